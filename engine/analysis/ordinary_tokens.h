// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <QList>

namespace encoderscope
{

/// The tokens that are no special tokens.
QList<int> ordinary_tokens(const Trace &trace);

/// Rows of attention weights or scores without the columns of other tokens than these
/// [rows x n] -> [rows x tokens]. `renormalized`: what is left of each row sums to 1 again, where there is
/// any.
Matrix among(const MatrixRef &rows, const QList<int> &tokens, bool renormalized);

/// The weights [n x n] of and between these tokens, renormalized [tokens x tokens].
Matrix weights_among(const MatrixRef &weights, const QList<int> &tokens);

} // namespace encoderscope
