// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"

#include <stop_token>
#include <vector>

namespace encoderscope
{

/// A small feed-forward network, x W_1 + b_1, activation, W_2 + b_2, that learns to tell two kinds of points
/// in the plane apart which no straight line separates: those whose coordinates have the same sign from those
/// whose coordinates have different ones. What an activation is good for can be seen by leaving it out.
struct Separation {
    Matrix points;             ///< [points x 2], in [-1, 1]
    std::vector<int> labels;   ///< 1: the signs are the same; 0: they differ
    std::vector<float> losses; ///< mean cross-entropy before each step, and at the end
    Matrix plane;              ///< probability of label 1 over the square [side x side]; row 0 is y = 1
    float right = 0.0F;        ///< share of the points on the right side of 0.5
};

/// Trains it for `steps` steps of Adam ("Adam: A Method for Stochastic Optimization", algorithm 1) on all
/// points at once, with ReLU between the two linear layers, or with nothing between them. `hidden` neurons;
/// `side` cells of the plane each way. The same seed gives the same result. A stopped training returns what
/// it has.
Separation train_separation(bool relu, int hidden, int steps, int side, unsigned seed,
                            const std::stop_token &stop = {});

} // namespace encoderscope
