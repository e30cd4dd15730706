// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/ordinary_tokens.h"

namespace encoderscope
{

QList<int> ordinary_tokens(const Trace &trace)
{
    QList<int> tokens;
    for (int token = 0; token < trace.tokens(); ++token) {
        if (!trace.token(token).special)
            tokens.append(token);
    }
    return tokens;
}

Matrix among(const MatrixRef &rows, const QList<int> &tokens, bool renormalized)
{
    Matrix kept(rows.rows(), tokens.size());
    for (Index column = 0; column < kept.cols(); ++column)
        kept.col(column) = rows.col(tokens.at(column));
    for (Index row = 0; renormalized && row < kept.rows(); ++row) {
        const float sum = kept.row(row).sum();
        if (sum > 0.0F)
            kept.row(row) /= sum;
    }
    return kept;
}

Matrix weights_among(const MatrixRef &weights, const QList<int> &tokens)
{
    Matrix rows(tokens.size(), weights.cols());
    for (Index row = 0; row < rows.rows(); ++row)
        rows.row(row) = weights.row(tokens.at(row));
    return among(rows, tokens, true);
}

} // namespace encoderscope
