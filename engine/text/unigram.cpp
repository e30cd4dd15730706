// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/unigram.h"

#include <algorithm>

namespace encoderscope
{

Unigram::Unigram(const QStringList &pieces, std::vector<double> scores, int unknown_id, bool byte_fallback)
    : trie_(pieces)
    , scores_(std::move(scores))
    , unknown_id_(unknown_id)
{
    if (byte_fallback)
        bytes_.emplace(pieces);
    constexpr double unknown_penalty = 10.0;
    const auto least = std::min_element(scores_.begin(), scores_.end());
    unknown_score_ = (least == scores_.end() ? 0.0 : *least) - unknown_penalty;
}

std::vector<WordPart> Unigram::parts(AlignedView word) const
{
    struct Best {
        double score = 0.0;
        std::size_t begin = 0;
        int id = -1; ///< -1: not reached yet
    };
    std::vector<Best> best_until(word.size() + 1);
    const auto offer = [&](std::size_t begin, std::size_t end, int id, double score) {
        Best &best = best_until[end];
        if (best.id < 0 || score > best.score)
            best = {score, begin, id};
    };
    for (std::size_t begin = 0; begin < word.size(); ++begin) {
        const double score = best_until[begin].score;
        bool covered = false;
        PieceTrie::Node node = trie_.root();
        for (std::size_t end = begin + 1; end <= word.size(); ++end) {
            node = trie_.child(node, word[end - 1].value);
            if (node < 0)
                break;
            const int id = trie_.piece(node);
            if (id < 0)
                continue;
            offer(begin, end, id, scores_[static_cast<std::size_t>(id)] + score);
            covered = covered || end == begin + 1;
        }
        if (!covered)
            offer(begin, begin + 1, unknown_id_, unknown_score_ + score);
    }

    std::vector<WordPart> parts;
    for (std::size_t end = word.size(); end > 0; end = best_until[end].begin) {
        const Best &best = best_until[end];
        const bool unknown = best.id == unknown_id_;
        if (unknown && !parts.empty() && parts.back().unknown)
            parts.back().begin = best.begin;
        else
            parts.push_back({best.id, best.begin, end, unknown});
    }
    std::reverse(parts.begin(), parts.end());
    if (!bytes_)
        return parts;
    std::vector<WordPart> with_bytes;
    for (const WordPart &part : parts) {
        const AlignedView text = word.subspan(part.begin, part.end - part.begin);
        const PieceTrie::Node node = part.unknown ? trie_.walk(text) : -1;
        const bool is_piece = node >= 0 && trie_.piece(node) >= 0; // the name of the unknown piece, typed
        const std::vector<int> bytes =
            part.unknown && !is_piece ? bytes_->of(to_string(text)) : std::vector<int>{};
        for (const int byte : bytes)
            with_bytes.push_back({byte, part.begin, part.end, false});
        if (bytes.empty())
            with_bytes.push_back(part);
    }
    return with_bytes;
}

} // namespace encoderscope
