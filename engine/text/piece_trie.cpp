// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/piece_trie.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace encoderscope
{

namespace
{

struct Key {
    std::u32string_view characters;
    int piece;
};

} // namespace

PieceTrie::PieceTrie(const QStringList &pieces)
{
    // All in one block, whose keys are cheap to move. Qt's own conversion drops a leading U+FEFF.
    std::u32string characters;
    std::vector<std::size_t> ends;
    for (const QString &piece : pieces) {
        for (const AlignedCharacter &c : aligned_text(piece))
            characters += c.value;
        ends.push_back(characters.size());
    }
    std::vector<Key> keys;
    keys.reserve(ends.size());
    for (std::size_t i = 0, begin = 0; i < ends.size(); begin = ends[i++]) {
        if (ends[i] > begin)
            keys.push_back(
                {std::u32string_view(characters).substr(begin, ends[i] - begin), static_cast<int>(i)});
    }
    std::sort(keys.begin(), keys.end(), [](const Key &a, const Key &b) {
        const int order = a.characters.compare(b.characters);
        return order != 0 ? order < 0 : a.piece < b.piece;
    });

    // Level by level: the children of a node are the groups of its keys by their next character.
    struct Range {
        std::size_t begin;
        std::size_t end;
    };
    std::vector<Range> level{{0, keys.size()}};
    nodes_.emplace_back();
    std::size_t first = 0;
    for (std::size_t depth = 0; !level.empty(); ++depth) {
        std::vector<Range> next;
        const std::size_t first_of_next = nodes_.size();
        for (std::size_t i = 0; i < level.size(); ++i) {
            std::size_t begin = level[i].begin;
            while (begin < level[i].end && keys[begin].characters.size() == depth)
                nodes_[first + i].piece = keys[begin++].piece;
            nodes_[first + i].children = static_cast<int>(nodes_.size());
            while (begin < level[i].end) {
                const char32_t value = keys[begin].characters[depth];
                std::size_t end = begin + 1;
                while (end < level[i].end && keys[end].characters[depth] == value)
                    ++end;
                nodes_.push_back({value, -1, 0, 0});
                ++nodes_[first + i].count;
                next.push_back({begin, end});
                begin = end;
            }
        }
        first = first_of_next;
        level = std::move(next);
    }
}

PieceTrie::Node PieceTrie::child(Node node, char32_t c) const
{
    if (node < 0)
        return -1;
    const Entry &parent = nodes_[static_cast<std::size_t>(node)];
    const auto begin = nodes_.begin() + parent.children;
    const auto end = begin + parent.count;
    const auto found = std::lower_bound(
        begin, end, c, [](const Entry &entry, char32_t value) { return entry.value < value; });
    return found != end && found->value == c ? static_cast<Node>(found - nodes_.begin()) : -1;
}

PieceTrie::Node PieceTrie::walk(AlignedView text) const
{
    Node node = root();
    for (const AlignedCharacter &c : text)
        node = child(node, c.value);
    return node;
}

} // namespace encoderscope
