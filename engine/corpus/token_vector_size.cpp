// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/token_vector_size.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr qint64 enough_tokens = 20'000; ///< that are counted, after which the rest is taken to be like them
constexpr double fill = 1.22;            ///< pages of the table are not full, as measured
constexpr qint64 key = 17;               ///< bytes of a row beside its vector

/// Of a row in SQLite's table: a long one keeps its beginning there and the rest in pages of its own
/// (https://www.sqlite.org/fileformat.html, "Cell Payload Overflow Pages").
double row_size(qint64 columns)
{
    constexpr qint64 page = 4096, longest = (page - 12) * 64 / 255 - 23,
                     shortest = (page - 12) * 32 / 255 - 23;
    const qint64 payload = 2 * columns + key;
    if (payload <= longest)
        return fill * static_cast<double>(payload);
    const qint64 rest = (payload - shortest) % (page - 4);
    const qint64 local = shortest + rest <= longest ? shortest + rest : shortest;
    const qint64 pages = (payload - local + page - 5) / (page - 4);
    return fill * static_cast<double>(local) + static_cast<double>(pages * page);
}

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
    return {.tokens = static_cast<qint64>(tokens),
            .vectors = static_cast<qint64>(tokens * row_size(columns)),
            .index = static_cast<qint64>(tokens * static_cast<double>(columns + 8))};
}

} // namespace encoderscope
