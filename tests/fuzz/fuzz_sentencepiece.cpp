// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/text/kobert.h"
#include "engine/text/sentencepiece_tokenizers.h"
#include "tests/fuzz/check_encoding.h"

using namespace encoderscope;

/// A sentencepiece model, then a text through the tokenizers of the architectures that use it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const QString file = QStringLiteral("spiece.model");
    const QString text = QString::fromUtf8(" The caf\u00e9's e\u0301 \xED\x95\x9C\xEA\xB8\x80 [MASK] 12");
    try {
        const SentencePieceFile model = parse_sentencepiece(bytes, file);
        const QString first = model.pieces.value(0);
        const auto check = [&](Pipeline pipeline) {
            const PipelineTokenizer tokenizer(std::move(pipeline));
            check_encoding(tokenizer, tokenizer.encode(text, text));
        };
        for (const bool keep_accents : {false, true}) {
            check(albert_pipeline(model, {first, first, first, QStringLiteral("[MASK]")}, true, keep_accents,
                                  file));
            check(kobert_pipeline(model, std::make_shared<const Vocabulary>(model.pieces),
                                  {first, first, first}, true, keep_accents, file));
        }
        const SentencePieceNames names{QStringLiteral("<s>"), QStringLiteral("</s>"), QStringLiteral("<pad>"),
                                       QStringLiteral("<mask>")};
        check(xlm_roberta_pipeline(model, names, file));
        if (model.pieces.contains(names.cls) && model.pieces.contains(names.sep))
            check(camembert_pipeline(model, names, file));
    } catch (const Error &error) {
        const bool gave_up = error.message().contains(QStringLiteral("tokenizer.json"));
        if (!error.message().contains(file) && !gave_up)
            std::abort();
    }
    return 0;
}
