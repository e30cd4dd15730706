// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/learn/training.h"

#include <QStringList>

#include <optional>

namespace encoderscope
{

/// A training from scratch: text, sizes and how to learn.
struct TrainingPlan {
    QStringList lines = {};
    int d_model = 128;
    int heads = 4;
    int layers = 4;
    int d_ff = 512;
    Activation activation = Activation::relu;
    int vocabulary = 8000;   ///< most pieces
    QStringList pieces = {}; ///< that the vocabulary must have
    QStringList asked = {};  ///< the pieces that are masked; empty = all
    int max_tokens = 128;    ///< longer lines are cut
    bool positions = true;   ///< sine and cosine; false: none are added
    /// What the initial weights are drawn with; unset: the settings' seed, which also says what each batch
    /// holds and hides.
    std::optional<unsigned> weights_seed = {};
    TrainingSettings settings = {};
};

/// A model of the plan's sizes with initial weights and a vocabulary made from its lines: the paper's encoder
/// (sinusoidal positions unless the plan has none, scaled embeddings, post-norm), with two token types
/// when there are pairs of sentences (a tab between them). Throws Error.
ModelPtr initial_model(const TrainingPlan &plan);

/// The plan's first step is the next one. Throws Error.
std::unique_ptr<Training> begin_training(const TrainingPlan &plan, int threads);

/// Learned in well under a minute: each letter is followed by the number of its group, so that a masked
/// number can only be known from the token before it, and a head learns to look there. `lines`: how many of
/// its lines are written, from the first on; the rest of the plan is the same.
TrainingPlan playground_plan(int lines = 2000);

/// The same, and badly without an activation: two letters and a number, which alone is masked. Each of the
/// pairs of letters has a number of its own, drawn at random, so that neither letter says anything and no sum
/// of what each says is right for all pairs.
TrainingPlan code_book_plan();

} // namespace encoderscope
