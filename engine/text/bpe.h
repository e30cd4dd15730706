// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/byte_pieces.h"
#include "engine/text/piece_model.h"
#include "engine/text/vocabulary.h"

#include <optional>
#include <unordered_map>

namespace encoderscope
{

/// A pair of neighbouring pieces that becomes one; its place in the list of merges is its rank.
struct Merge {
    int left = 0;
    int right = 0;
    int joined = 0;
};

struct BpeOptions {
    int unknown_id = -1;        ///< -1: characters that are no pieces are left out
    bool fuse_unknown = false;  ///< neighbouring unknown characters are one token
    bool ignore_merges = false; ///< a word that is a piece is taken as it is
    bool byte_fallback = false; ///< characters that are no pieces become the pieces of their bytes ("<0xEA>")
    QString prefix = {};        ///< of all characters but the first of a word
    QString suffix = {};        ///< of the last character of a word ("</w>")
};

/// Byte-pair encoding: a word starts as its characters; of all neighbouring pairs the one with the lowest
/// rank is joined first ("Neural Machine Translation of Rare Words with Subword Units").
class Bpe : public PieceModel
{
public:
    Bpe(VocabularyPtr vocabulary, const std::vector<Merge> &merges, const BpeOptions &options);
    std::vector<WordPart> parts(AlignedView word) const override;

private:
    struct Ranked {
        int rank = 0;
        int joined = 0;
    };
    const Ranked *merge(int left, int right) const;
    /// The word's characters as parts, before anything is joined.
    std::vector<WordPart> characters(AlignedView word) const;

    VocabularyPtr vocabulary_;
    std::unordered_map<quint64, Ranked> merges_; ///< by left << 32 | right
    BpeOptions options_;
    std::optional<BytePieces> bytes_;
};

} // namespace encoderscope
