// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/text/granularity.h"
#include "engine/text/tokenizer_json.h"
#include "tests/fuzz/check_encoding.h"

using namespace encoderscope;

/// A tokenizer.json, then some texts through what it describes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    try {
        const TokenizerPtr tokenizer =
            tokenizer_from_json(JsonField::parse(bytes, QStringLiteral("tokenizer.json")));
        const QString text =
            QString::fromUtf8("  The caf\u00e9's e\u0301\u0323 \xED\x95\x9C\xEA\xB8\x80 [MASK]<mask> 12 "
                              "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD\t``x'' ");
        for (const Granularity granularity :
             {Granularity::word, Granularity::character, Granularity::subword}) {
            const TokenizerPtr cutter = with_granularity(tokenizer, granularity);
            check_encoding(*cutter, cutter->encode(text, text.mid(3, 9)));
        }
    } catch (const Error &error) {
        if (!error.message().contains(QStringLiteral("tokenizer.json")))
            std::abort();
    }
    return 0;
}
