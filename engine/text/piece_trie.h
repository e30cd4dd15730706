// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/aligned_text.h"

#include <QStringList>

#include <vector>

namespace encoderscope
{

/// All pieces that a text goes on with at some place, in one walk. Immutable.
class PieceTrie
{
public:
    PieceTrie() = default;
    /// Finds `pieces[i]` as i; of equal ones the last, empty ones never.
    explicit PieceTrie(const QStringList &pieces);

    /// Where a walk stands; negative = there is no such piece.
    using Node = int;
    Node root() const { return nodes_.empty() ? -1 : 0; }
    Node child(Node node, char32_t c) const;
    /// The piece that ends at `node`; -1 when none does.
    int piece(Node node) const { return nodes_[static_cast<std::size_t>(node)].piece; }
    /// The node that `text` leads to from the root.
    Node walk(AlignedView text) const;

private:
    struct Entry {
        char32_t value = 0;
        int piece = -1;
        int children = 0; ///< index of the first; they lie together, in order
        int count = 0;
    };
    std::vector<Entry> nodes_;
};

} // namespace encoderscope
