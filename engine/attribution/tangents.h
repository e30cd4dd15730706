// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/layer.h"

namespace encoderscope
{

/// The encoder's result for some token rows, and how it moves when the rows do.
struct Tangents {
    Matrix output; ///< [n x d_model]
    Matrix moved;  ///< for each direction the derivative of the result along it, one below the other
                   ///< [directions * n x d_model]
};

/// The encoder from its token rows on ([n x embedding_size]), with its derivative along each of `directions`
/// (stacked: [directions * n x embedding_size]): each formula's differential, forwards along the computation.
/// A sentence has far fewer tokens than a vector has numbers, so this way is the shorter one to a Jacobian of
/// all tokens. Empty when stopped.
Tangents tangents(const Model &model, const Encoding &encoding, const Switches &switches, Matrix rows,
                  const Matrix &directions, const std::stop_token &stop = {});

} // namespace encoderscope
