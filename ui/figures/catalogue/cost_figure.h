// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/encoder_config.h"
#include "ui/figures/figure.h"

namespace encoderscope
{

/// Parameters and multiplications of every block for that many tokens, all layers together, and of all
/// blocks; when `config` is not the `model`'s, also what the model as it is has. `shared`: all layers have
/// the weights of the first.
FigurePtr costsFigure(const EncoderConfig &config, const EncoderConfig &model, int tokens, bool shared);

} // namespace encoderscope
