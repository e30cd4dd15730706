// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/text/sentencepiece_file.h"
#include "tests/fuzz/check_encoding.h"

using namespace encoderscope;

/// A sentencepiece model, then a text through the tokenizers of the two architectures that use it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const QString file = QStringLiteral("spiece.model");
    const QString text = QString::fromUtf8(" The caf\u00e9's e\u0301 \xED\x95\x9C\xEA\xB8\x80 [MASK] 12");
    try {
        const SentencePieceFile model = parse_sentencepiece(bytes, file);
        const QString first = model.pieces.value(0);
        for (const bool keep_accents : {false, true}) {
            const TokenizerPtr albert = albert_tokenizer(
                model, {first, first, first, QStringLiteral("[MASK]")}, true, keep_accents, file);
            check_encoding(*albert, albert->encode(text, text));
        }
        const TokenizerPtr xlm_roberta =
            xlm_roberta_tokenizer(model,
                                  {QStringLiteral("<s>"), QStringLiteral("</s>"), QStringLiteral("<pad>"),
                                   QStringLiteral("<mask>")},
                                  file);
        check_encoding(*xlm_roberta, xlm_roberta->encode(text, text));
    } catch (const Error &error) {
        if (!error.message().contains(file))
            std::abort();
    }
    return 0;
}
