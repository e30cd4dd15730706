// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/aligned_text.h"

#include <vector>

namespace encoderscope
{

/// A piece of a word: characters [begin, end) of it.
struct WordPart {
    int id = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool unknown = false;

    bool operator==(const WordPart &) const = default;
};

/// How a word (already normalized, never empty) is cut into pieces of a vocabulary. Immutable.
class PieceModel
{
public:
    virtual ~PieceModel() = default;
    /// The parts in order. Characters that the model leaves out are in none.
    virtual std::vector<WordPart> parts(AlignedView word) const = 0;
};

} // namespace encoderscope
