// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/tokenizer_folder.h"
#include "tests/fuzz/check_encoding.h"
#include "tests/fuzz/fuzz_folder.h"

using namespace encoderscope;

/// A folder's tokenizer files ("=== name" before each), then a text through what they describe.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static FuzzFolder folder;
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    folder.fill(files_of(bytes),
                {QStringLiteral("tokenizer_config.json"), QStringLiteral("special_tokens_map.json"),
                 QStringLiteral("config.json"), QStringLiteral("tokenizer.json"), QStringLiteral("vocab.txt"),
                 QStringLiteral("vocab.json"), QStringLiteral("merges.txt"), QStringLiteral("spiece.model"),
                 QStringLiteral("sentencepiece.bpe.model"), QStringLiteral("added_tokens.json"),
                 QStringLiteral("tokenizer.model")});
    try {
        const TokenizerPtr tokenizer = load_tokenizer(folder.path());
        const QString text = QString::fromUtf8(" The caf\u00e9's e\u0301 \xED\x95\x9C\xEA\xB8\x80 "
                                               "[MASK]<mask> 12 \u6771\u4eac\u3059\u3082\u3082");
        check_encoding(*tokenizer, tokenizer->encode(text, text.mid(2, 9)));
    } catch (const Error &error) {
        // The text that was too much for a tokenizer stands in no file.
        if (!error.message().contains(QStringLiteral("tokenizer.json has steps")))
            check_message(error, folder.path());
    }
    return 0;
}
