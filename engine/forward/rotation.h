// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "engine/model/encoder_config.h"

#include <stop_token>

namespace encoderscope
{

/// Cosine and sine of the angle that each pair of dimensions is turned by at each position: position *
/// base^(-2i/d_k) / slowing for pair i ("RoFormer", equation 15), both [positions x d_k / 2].
struct Turns {
    Matrix cosine, sine;
};

/// `d_k` is even.
Turns rotary_turns(Index positions, Index d_k, const TurnRate &rate);

/// Positions from which on a pair of dimensions comes around again.
double rotary_wavelength(Index pair, Index d_k, const TurnRate &rate);

enum class Turning { forth, back };

/// Turns dimensions i and i + d_k / 2 of each head of row p by the angles of position p; `to` may be `x`
/// [n x heads * d_k]. Turning back is what gradients need, and the inverse.
void rotate(const MatrixRef &x, const Turns &turns, Turning turning, Eigen::Ref<Matrix> to,
            const std::stop_token &stop = {});

} // namespace encoderscope
