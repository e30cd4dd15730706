// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/elementwise.h"
#include "engine/kernels/panels.h"
#include "engine/kernels/strided.h"

#include <span>
#include <stop_token>

namespace encoderscope::kernels
{

/// to = from Wᵀ + bias, and what follows from it while it is still in the cache.
struct Product {
    ConstRows from;        ///< [rows x in]
    const Panels *weights; ///< W [out x in]
    const float *bias;     ///< [out]; null: none
    Rows to;               ///< [rows x out]
    Rows activated = {};   ///< where curve(to) goes; no data: nowhere
    Curve curve = {};
    ConstRows residual = {}; ///< where `sum` is wanted [rows x out]
    Rows sum = {};           ///< where residual + to goes; no data: nowhere
};

/// Computes all of them, on all worker threads; pieces not begun when `stop` is requested are left out. No
/// output may overlap an input.
void multiply(std::span<const Product> products, const std::stop_token &stop = {});

} // namespace encoderscope::kernels
