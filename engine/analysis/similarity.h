// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"

namespace encoderscope
{

/// a · b / (|a| |b|); 0 when either has no length.
float cosine_similarity(const MatrixRef &a, const MatrixRef &b);

/// Each row at length 1, so that products of rows are cosines; a row that has no length stays as it is.
Matrix unit_rows(const MatrixRef &rows);

} // namespace encoderscope
