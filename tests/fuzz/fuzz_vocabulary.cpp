// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/text/bert.h"
#include "engine/text/granularity.h"
#include "tests/fuzz/check_encoding.h"

using namespace encoderscope;

/// A vocab.txt; its own first characters are the text that it then cuts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    try {
        const TokenizerPtr tokenizer = bert_tokenizer(std::make_shared<const Vocabulary>(
            parse_vocabulary(bytes, QStringLiteral("vocab.txt"), {QStringLiteral("[UNK]")})));
        constexpr qsizetype longest = 300;
        const QString text = QString::fromUtf8(bytes).right(longest).replace(u'\n', u' ');
        for (const Granularity granularity :
             {Granularity::word, Granularity::character, Granularity::subword}) {
            const TokenizerPtr cutter = with_granularity(tokenizer, granularity);
            check_encoding(*cutter, cutter->encode(text, text.left(20)));
        }
    } catch (const Error &error) {
        if (!error.message().contains(QStringLiteral("\"")) &&
            !error.message().contains(QStringLiteral("vocab.txt")))
            std::abort();
    }
    return 0;
}
