// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace encoderscope
{

/// One token of the encoder's input.
struct Token {
    int id = 0;
    QString piece;       ///< as it stands in the vocabulary: "##ing", "Ġthe", "▁the", "[CLS]"
    QString text;        ///< what to show: the typed characters where there are any ("ing"), else the piece
    qsizetype begin = 0; ///< source span [begin, end) in UTF-16 units of the typed sentence of `segment`,
    qsizetype end = 0;   ///< of whole user-perceived characters; empty for added specials
    int word = -1; ///< index of the word that it belongs to, counted over its sentence; -1 = added around it
    int segment = 0;           ///< 0 = sentence A, 1 = sentence B
    int type = 0;              ///< row of the token type table
    bool special = false;      ///< [CLS], [SEP], <s> ...: added by the tokenizer (`word` is -1), or typed
    bool unknown = false;      ///< no piece of the vocabulary fits
    bool continuation = false; ///< goes on with the word of the token before it

    bool operator==(const Token &) const = default;
};

/// What a tokenizer makes of one sentence, or of a pair.
struct Encoding {
    QString text;
    QString text_b; ///< null = a single sentence
    std::vector<Token> tokens;
    qsizetype cut_a = -1;  ///< where in `text` the input was cut to fit the model; -1 = not cut
    qsizetype cut_b = -1;  ///< the same for `text_b`
    bool cut_left = false; ///< what stands before the cut is left out, not what stands after it

    bool operator==(const Encoding &) const = default;
};

} // namespace encoderscope
