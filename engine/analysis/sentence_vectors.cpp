// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/sentence_vectors.h"

#include "engine/analysis/pooling.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/forward/stacks.h"
#include "engine/kernels/workers.h"

#include <algorithm>
#include <vector>

namespace encoderscope
{

Matrix sentence_vectors(const ModelPtr &model, std::span<const QString> texts, const std::stop_token &stop)
{
    constexpr std::size_t texts_of_chunk = 32;
    const SentenceEncoder &sentence = sentence_encoder(*model);
    std::vector<Encoding> encodings(texts.size());
    const auto encode = [&](std::size_t chunk, std::size_t) {
        const std::size_t end = std::min((chunk + 1) * texts_of_chunk, texts.size());
        for (std::size_t text = chunk * texts_of_chunk; text < end; ++text)
            encodings[text] = sentence_encoding(*model, texts[text]);
    };
    kernels::run_chunks((texts.size() + texts_of_chunk - 1) / texts_of_chunk, encode, stop);
    if (stop.stop_requested())
        return {};
    std::vector<std::size_t> tokens;
    for (const Encoding &encoding : encodings)
        tokens.push_back(encoding.tokens.size());
    const int first = first_pooled(*model);
    const std::vector<std::vector<std::size_t>> stacks = stacks_by_length(tokens);
    std::vector<RowVector> vectors(texts.size());
    const auto run = [&](std::size_t chunk, std::size_t) {
        std::vector<Encoding> stack;
        for (const std::size_t text : stacks[chunk])
            stack.push_back(std::move(encodings[text]));
        const Matrix hidden = stack_outputs(model, stack, stop);
        Index row = 0;
        for (std::size_t i = 0; i < stack.size() && hidden.rows() > 0; ++i) {
            const auto rows = static_cast<Index>(stack[i].tokens.size());
            vectors[stacks[chunk][i]] = pooled_sentence(hidden.middleRows(row, rows), first, {}, sentence);
            row += rows;
        }
    };
    kernels::run_chunks(stacks.size(), run, stop);
    if (stop.stop_requested() || vectors.empty())
        return {};
    Matrix all(static_cast<Index>(vectors.size()), vectors.front().size());
    for (Index text = 0; text < all.rows(); ++text)
        all.row(text) = vectors[static_cast<std::size_t>(text)];
    return all;
}

} // namespace encoderscope
