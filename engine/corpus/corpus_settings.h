// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

#include <QString>

#include <optional>
#include <vector>

namespace encoderscope
{

/// What all sentences of a corpus have in common.
struct CorpusSettings {
    QString model;      ///< model_hash()
    QString model_name; ///< for the user
    int layers = 0;
    int heads = 0;
    int d_ff = 0;
    int d_model = 0;                    ///< of the vectors of tokens; not read with a file's own
    int max_tokens = 0;                 ///< longer sentences are cut; 0 = no limit
    int examples = 10;                  ///< that are kept of each neuron and head
    std::vector<int> token_layers = {}; ///< after which vectors of tokens are kept, from 1, in order

    std::size_t all_heads() const
    {
        return static_cast<std::size_t>(layers) * static_cast<std::size_t>(heads);
    }
    std::size_t all_neurons() const
    {
        return static_cast<std::size_t>(layers) * static_cast<std::size_t>(d_ff);
    }
};

/// What names of corpora end in.
inline const QString corpus_suffix = QStringLiteral(".sqlite");

/// Most that can be kept.
constexpr int most_kept_examples = 100;

CorpusSettings settings_of(const Model &model, int max_tokens, int examples,
                           std::vector<int> token_layers = {});
/// "2,4": the layers as they are written; empty for none.
QString layers_as_text(const std::vector<int> &layers);
/// What layers_as_text() made; none when it is something else, or names a layer that is not within 1 to
/// `layers`, or not in order.
std::optional<std::vector<int>> layers_from_text(const QString &text, int layers);
/// Tokens of a sentence where nobody says how many: those that the model takes, or 512 of one that takes any
/// number.
int usual_max_tokens(const Model &model);
/// What holds where nobody chose.
CorpusSettings usual_settings(const Model &model);

} // namespace encoderscope
