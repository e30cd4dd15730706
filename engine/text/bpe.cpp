// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/bpe.h"

#include <algorithm>
#include <queue>

namespace encoderscope
{

namespace
{

quint64 key(int left, int right)
{
    return static_cast<quint64>(static_cast<quint32>(left)) << 32U | static_cast<quint32>(right);
}

/// A part in a doubly linked list, so that joining two costs no copying.
struct Symbol {
    WordPart part;
    int previous = -1;
    int next = -1;
    bool gone = false;
};

struct Candidate {
    int rank = 0;
    int left = 0; ///< index of the left symbol
    int joined = 0;
    /// Lowest rank first, of equals the leftmost.
    bool operator<(const Candidate &other) const
    {
        return rank != other.rank ? rank > other.rank : left > other.left;
    }
};

} // namespace

Bpe::Bpe(VocabularyPtr vocabulary, const std::vector<Merge> &merges, const BpeOptions &options)
    : vocabulary_(std::move(vocabulary))
    , options_(options)
{
    if (options_.byte_fallback)
        bytes_.emplace(vocabulary_->pieces());
    merges_.reserve(merges.size());
    for (std::size_t rank = 0; rank < merges.size(); ++rank)
        merges_.insert_or_assign(key(merges[rank].left, merges[rank].right),
                                 Ranked{static_cast<int>(rank), merges[rank].joined});
}

const Bpe::Ranked *Bpe::merge(int left, int right) const
{
    const auto found = merges_.find(key(left, right));
    return found == merges_.end() ? nullptr : &found->second;
}

std::vector<WordPart> Bpe::characters(AlignedView word) const
{
    std::vector<WordPart> parts;
    parts.reserve(word.size());
    std::optional<WordPart> unknown; // not written yet: neighbours may join it
    const auto flush = [&] {
        if (unknown)
            parts.push_back(*unknown);
        unknown.reset();
    };
    for (std::size_t i = 0; i < word.size(); ++i) {
        QString piece = to_string(word.subspan(i, 1));
        if (i > 0)
            piece.prepend(options_.prefix);
        if (i + 1 == word.size())
            piece.append(options_.suffix);
        const int id = vocabulary_->id(piece);
        if (id >= 0) {
            flush();
            parts.push_back({id, i, i + 1, false});
            continue;
        }
        if (bytes_) {
            const std::vector<int> bytes = bytes_->of(piece);
            for (const int byte : bytes)
                parts.push_back({byte, i, i + 1, false});
            if (!bytes.empty())
                continue;
        }
        if (options_.unknown_id < 0)
            continue;
        if (unknown && options_.fuse_unknown) {
            unknown->end = i + 1;
            continue;
        }
        flush();
        unknown = WordPart{options_.unknown_id, i, i + 1, true};
    }
    flush();
    return parts;
}

std::vector<WordPart> Bpe::parts(AlignedView word) const
{
    if (options_.ignore_merges) {
        const int id = vocabulary_->id(to_string(word));
        if (id >= 0)
            return {{id, 0, word.size(), false}};
    }
    std::vector<Symbol> symbols;
    for (const WordPart &part : characters(word)) {
        const int index = static_cast<int>(symbols.size());
        symbols.push_back({part, index - 1, index + 1, false});
    }
    if (symbols.empty())
        return {};
    symbols.back().next = -1;

    const auto at = [&](int index) -> Symbol & { return symbols[static_cast<std::size_t>(index)]; };
    std::priority_queue<Candidate> queue;
    const auto offer = [&](int left) {
        const int right = left < 0 ? -1 : at(left).next;
        if (right < 0)
            return;
        if (const Ranked *ranked = merge(at(left).part.id, at(right).part.id))
            queue.push({ranked->rank, left, ranked->joined});
    };
    for (int i = 0; i < static_cast<int>(symbols.size()); ++i)
        offer(i);
    while (!queue.empty()) {
        const Candidate best = queue.top();
        queue.pop();
        Symbol &left = at(best.left);
        if (left.gone || left.next < 0)
            continue;
        Symbol &right = at(left.next);
        const Ranked *ranked = merge(left.part.id, right.part.id);
        if (!ranked || ranked->rank != best.rank)
            continue; // one of the two has been joined to something else
        left.part.id = best.joined;
        left.part.end = std::max(left.part.end, right.part.end);
        left.part.unknown = false;
        right.gone = true;
        left.next = right.next;
        if (left.next >= 0)
            at(left.next).previous = best.left;
        offer(left.previous);
        offer(best.left);
    }
    std::vector<WordPart> parts;
    for (int i = 0; i >= 0; i = at(i).next)
        parts.push_back(at(i).part);
    return parts;
}

} // namespace encoderscope
