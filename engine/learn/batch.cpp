// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/batch.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

/// Types and specials of the sentence that was last added to `batch`.
void describe_last(Batch &batch, const MaskingVocabulary &vocabulary)
{
    const auto begin = static_cast<std::size_t>(batch.starts.back());
    bool second = false;
    for (std::size_t index = begin; index < batch.ids.size(); ++index) {
        const int id = batch.ids[index];
        batch.types.push_back(second ? vocabulary.type_b : 0);
        batch.special.push_back(vocabulary.special[static_cast<std::size_t>(id)]);
        second = second || id == vocabulary.separator;
    }
}

} // namespace

Batch mask_tokens(std::span<const std::vector<int> *const> sentences, const MaskingVocabulary &vocabulary,
                  double share, KeyedRandom random, bool whole_words)
{
    Batch batch;
    batch.starts.push_back(0);
    for (const std::vector<int> *sentence : sentences) {
        batch.ids.insert(batch.ids.end(), sentence->begin(), sentence->end());
        describe_last(batch, vocabulary);
        batch.starts.push_back(batch.tokens());
    }
    const auto hide = [&](int position) {
        int &id = batch.ids[static_cast<std::size_t>(position)];
        batch.positions.push_back(position);
        batch.labels.push_back(id);
        const double kind = random.uniform();
        if (kind < 0.8)
            id = vocabulary.mask;
        else if (kind < 0.9)
            id = vocabulary.replacements[static_cast<std::size_t>(
                random.below(static_cast<int>(vocabulary.replacements.size())))];
    };
    const auto is = [&](const std::vector<bool> &of_ids, int position) {
        const auto id = static_cast<std::size_t>(batch.ids[static_cast<std::size_t>(position)]);
        return id < of_ids.size() && of_ids[id];
    };
    const auto can_hide = [&](int position) {
        return !batch.special[static_cast<std::size_t>(position)] && !is(vocabulary.given, position);
    };
    bool word_hidden = false;
    for (int position = 0; position < batch.tokens(); ++position) {
        if (!can_hide(position)) {
            word_hidden = false;
            continue;
        }
        if (!(whole_words && is(vocabulary.continues, position)))
            word_hidden = random.uniform() < share;
        if (word_hidden)
            hide(position);
    }
    if (batch.positions.empty()) {
        std::vector<int> candidates;
        for (int position = 0; position < batch.tokens(); ++position) {
            if (can_hide(position))
                candidates.push_back(position);
        }
        if (!candidates.empty())
            hide(candidates[static_cast<std::size_t>(random.below(static_cast<int>(candidates.size())))]);
    }
    return batch;
}

std::vector<Batch> split(const Batch &batch, int parts)
{
    std::vector<Batch> result;
    std::size_t label = 0;
    int sentence = 0;
    for (int part = 0; part < parts && sentence < batch.sentences(); ++part) {
        const auto at = [&](int index) { return batch.starts[static_cast<std::size_t>(index)]; };
        const int begin = at(sentence);
        const int aim = begin + (batch.tokens() - begin) / (parts - part);
        Batch piece;
        piece.starts.push_back(0);
        do {
            ++sentence;
            piece.starts.push_back(at(sentence) - begin);
        } while (sentence < batch.sentences() && at(sentence) < aim);
        const int end = at(sentence);
        piece.ids.assign(batch.ids.begin() + begin, batch.ids.begin() + end);
        if (!batch.types.empty())
            piece.types.assign(batch.types.begin() + begin, batch.types.begin() + end);
        if (!batch.special.empty())
            piece.special.assign(batch.special.begin() + begin, batch.special.begin() + end);
        for (; label < batch.positions.size() && batch.positions[label] < end; ++label) {
            piece.positions.push_back(batch.positions[label] - begin);
            piece.labels.push_back(batch.labels[label]);
        }
        result.push_back(std::move(piece));
    }
    return result;
}

} // namespace encoderscope
