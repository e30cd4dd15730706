// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"

namespace encoderscope
{

/// a · b / (|a| |b|); 0 when either has no length.
float cosine_similarity(const MatrixRef &a, const MatrixRef &b);

/// The cosine of every pair of rows [rows x rows]; 0 with a row that has no length.
Matrix cosine_similarities(const MatrixRef &rows);

} // namespace encoderscope
