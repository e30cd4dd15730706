// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/bert.h"

#include <QStringList>

namespace encoderscope
{

struct WordPieceTraining {
    int pieces = 8000;         ///< most pieces of the vocabulary, specials included
    int min_frequency = 2;     ///< of a pair that becomes a piece, counted in the lines
    int alphabet = 3000;       ///< most single-character pieces beside required ones; rarer stay unknown
    int longest_piece = 20;    ///< in characters
    QStringList required = {}; ///< pieces that must be in, as they are written in a vocabulary ("##갔")
    QStringList specials{QStringLiteral("[PAD]"), QStringLiteral("[UNK]"), QStringLiteral("[CLS]"),
                         QStringLiteral("[SEP]"), QStringLiteral("[MASK]")};
    BertNormalizerOptions normalizer = {.strip_accents = false}; ///< the tokenizer's, which cuts the words
};

/// A WordPiece vocabulary for `lines` of text: the specials, printable ASCII, the required pieces, the most
/// frequent characters, then pieces in the order in which the most frequent pairs of neighbours are joined
/// ("Neural Machine Translation of Rare Words with Subword Units", algorithm 1). The same lines and options
/// give the same vocabulary.
QStringList train_wordpiece(const QStringList &lines, const WordPieceTraining &options = {});

} // namespace encoderscope
