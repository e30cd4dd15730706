// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/weights.h"

#include <stop_token>
#include <vector>

namespace encoderscope
{

/// How far a block's weights are from those of the base model.
struct WeightChange {
    WeightMatrix block =
        WeightMatrix::query; ///< of a layer: matrices, biases, norms; of the embedding: tables, norms
    int layer = -1;          ///< from 0; -1: of the embedding
    double relative = 0.0; ///< ||W - W_base|| / ||W_base||, Frobenius norms; infinite when the base is all 0
    double moved = 0.0;    ///< ||W - W_base||
};

struct WeightChanges {
    std::vector<WeightChange> blocks; ///< the embedding first, then layer by layer
    QString reason; ///< why there are none, for the user: the models are of other sizes; else empty
};

/// What training changed, block by block. Tables of other sizes, as after adding pieces to the vocabulary,
/// are left out. A stopped computation returns no blocks.
WeightChanges weight_changes(const Model &model, const Model &base, const std::stop_token &stop = {});

} // namespace encoderscope
