// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/measure.h"
#include "ui/state/token_anchor.h"

#include <QString>

namespace encoderscope
{

/// What is to be explained, as the user chose it: a token by its characters, a piece or a class by its name,
/// so that it stands for the same thing in another sentence and another model, as far as they have it.
struct TargetChoice {
    enum class Kind {
        word,       ///< what the masked-word head gives to a piece at a token
        label,      ///< what the classification head gives to a class
        similarity, ///< the cosine of sentences A and B
        neuron,     ///< a neuron at a token
        hidden,     ///< an element of the hidden state of a token after a layer, or its length
    };

    Kind kind = Kind::word;
    Measure measure = Measure::logit;      ///< of words and classes
    std::optional<TokenAnchor> token = {}; ///< of words, neurons and hidden states; nothing: the first mask
                                           ///< token, else the pinned query
    QString name = {};                     ///< of the piece or class; empty: the likeliest
    QString contrast = {}; ///< another piece or class, whose measure is subtracted; empty: none
    int layer = 0;         ///< from 0; of hidden states also -1, the embedding's output
    int index = 0;         ///< the neuron or dimension; -1: the hidden state's length
    bool lost = false;     ///< the token's characters were edited: `token` is its old place

    bool operator==(const TargetChoice &) const = default;

    /// Stands at a token.
    bool atToken() const { return kind != Kind::label && kind != Kind::similarity; }
};

/// The choice after an edit of the text.
TargetChoice movedChoice(const TargetChoice &choice, const TextPair &from, const TextPair &to);

/// The word for a kind or a measure in files and on the command line.
const char *targetWord(TargetChoice::Kind kind);
const char *measureWord(Measure measure);

} // namespace encoderscope
