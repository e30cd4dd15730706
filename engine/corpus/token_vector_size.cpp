// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/token_vector_size.h"

#include "engine/corpus/corpus_schema.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr qint64 enough_tokens = 20'000; ///< that are counted, after which the rest is taken to be like them
constexpr double fill = 1.22;            ///< pages of the table are not full, as measured

} // namespace

TokenVectorSize estimated_token_vectors(const Model &model, const SentenceFile &file, int max_tokens,
                                        const std::stop_token &stop)
{
    SentenceReader reader(file);
    qint64 counted = 0;
    bool more = true;
    while (more && counted < enough_tokens && !stop.stop_requested()) {
        try {
            const std::optional<SourceSentence> sentence = reader.next();
            more = sentence.has_value();
            if (!more)
                break;
            const Encoding encoding = model.tokenizer->encode(sentence->text, QString(), max_tokens);
            counted += std::count_if(encoding.tokens.begin(), encoding.tokens.end(),
                                     [](const Token &token) { return !token.special; });
        } catch (const BadLine &) {
            // It will be left out.
        }
    }
    if (counted == 0 || stop.stop_requested())
        return {};
    const double share = more && reader.position() > 0 && reader.size() > reader.position()
                             ? static_cast<double>(reader.size()) / static_cast<double>(reader.position())
                             : 1.0;
    const double tokens = static_cast<double>(counted) * share;
    const qint64 columns = model.config.d_model;
    const auto row = static_cast<double>(token_vector_row(columns, token_vector_page(columns)));
    return {.tokens = static_cast<qint64>(tokens),
            .vectors = static_cast<qint64>(tokens * fill * row),
            .index = static_cast<qint64>(tokens * static_cast<double>(columns + 8))};
}

} // namespace encoderscope
