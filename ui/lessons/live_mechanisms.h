// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/lessons/live_source.h"

namespace encoderscope
{

// What lessons say of parts that the paper's encoder has not: rotary positions, windows, gates, products with
// relative positions. Each throws Error for models without.

/// Of the layer's head; `rotated` off: before they are turned by their positions [tokens x d_k].
Matrix headQueries(const LiveSource &source);
/// How far a pair of dimensions is turned at a position, in degrees; and after how many positions it is back.
double rotationAngle(const LiveSource &source);
double rotationWavelength(const LiveSource &source);
/// q·k of two tokens, were both `shift` positions further on, and the key `key_shift` more.
double scoreAfterShift(const LiveSource &source);

/// How far the layer's tokens attend, in tokens.
double windowOf(const LiveSource &source);
/// How many keys the query attends to: all, or those in the layer's window.
double keysInWindow(const LiveSource &source);

/// Throws for models whose scores do not have that product.
void needProduct(const LiveSource &source, bool RelativeProducts::*product);
/// Throws for models that add no position bias to their scores.
void needPositionBias(const LiveSource &source);
/// What a gated FFN's layer has of the neurons [tokens x d_ff].
const Matrix &gatedPart(const LiveSource &source, Matrix LayerTrace::*part);

} // namespace encoderscope
