// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/similarity.h"

namespace encoderscope
{

Matrix unit_rows(const MatrixRef &rows)
{
    Matrix units = rows;
    for (Index i = 0; i < units.rows(); ++i) {
        const float length = units.row(i).stableNorm();
        if (length != 0.0F)
            units.row(i) /= length;
    }
    return units;
}

float cosine_similarity(const MatrixRef &a, const MatrixRef &b)
{
    return unit_rows(a).row(0).dot(unit_rows(b).row(0));
}

} // namespace encoderscope
