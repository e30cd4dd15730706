// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/bert.h"
#include "engine/text/granularity.h"
#include "engine/text/initial_vocabulary.h"
#include "tests/fuzz/check_encoding.h"

#include <cstring>

using namespace encoderscope;

/// Any UTF-16, lone surrogates included, through the default model's tokenizer and its variants.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const TokenizerPtr cutters[] = {
        bert_tokenizer(std::make_shared<const Vocabulary>(initial_vocabulary()),
                       {.normalizer = {.strip_accents = false}}),
        bert_tokenizer(std::make_shared<const Vocabulary>(initial_vocabulary())),
        with_granularity(cutters[0], Granularity::word),
        with_granularity(cutters[1], Granularity::character),
    };
    QString text(static_cast<qsizetype>(size / 2), Qt::Uninitialized);
    if (!text.isEmpty())
        std::memcpy(text.data(), data, size / 2 * 2);
    for (const TokenizerPtr &cutter : cutters)
        check_encoding(*cutter, cutter->encode(text, text.left(4), 64));
    return 0;
}
