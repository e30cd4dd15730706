// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/aligned_difference.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace encoderscope
{

namespace
{

constexpr float none = std::numeric_limits<float>::quiet_NaN();

RowVector mean_row(const MatrixRef &values, const std::vector<int> &tokens)
{
    RowVector sum = values.row(tokens.front());
    for (std::size_t i = 1; i < tokens.size(); ++i)
        sum += values.row(tokens[i]);
    return sum / static_cast<float>(tokens.size());
}

} // namespace

Matrix reference_rows(const MatrixRef &reference, const TokenAlignment &alignment)
{
    Matrix rows = Matrix::Constant(alignment.now_tokens, reference.cols(), none);
    for (const AlignedTokens &unit : alignment.units) {
        if (!unit.matched())
            continue;
        const RowVector mean = mean_row(reference, unit.reference);
        for (const int token : unit.now)
            rows.row(token) = mean;
    }
    return rows;
}

Matrix reference_attention(const MatrixRef &reference, const TokenAlignment &alignment)
{
    Matrix columns = Matrix::Constant(reference.rows(), alignment.now_tokens, none);
    for (Index row = 0; row < reference.rows(); ++row) {
        for (const AlignedTokens &unit : alignment.units) {
            if (!unit.matched())
                continue;
            float sum = 0.0F;
            for (const int token : unit.reference)
                sum += reference(row, token);
            for (const int token : unit.now)
                columns(row, token) = sum / static_cast<float>(unit.now.size());
        }
    }
    return reference_rows(columns, alignment);
}

QString why_no_row_difference(Index here, Index there)
{
    if (here == there)
        return {};
    return QCoreApplication::translate("Comparison",
                                       "There is no difference: a token has %1 numbers here and %2 in the "
                                       "reference, and none of them stands for one of the others.")
        .arg(here)
        .arg(there);
}

QString why_no_head_difference(int here, int there)
{
    if (here == there)
        return {};
    return QCoreApplication::translate("Comparison",
                                       "There is no difference: a layer has %1 heads here and %2 in the "
                                       "reference, and none of them stands for one of the others.")
        .arg(here)
        .arg(there);
}

int tokens_without_partner(const TokenAlignment &alignment)
{
    int count = 0;
    for (const AlignedTokens &unit : alignment.units)
        count += unit.reference.empty() ? static_cast<int>(unit.now.size()) : 0;
    return count;
}

Matrix unit_means(const MatrixRef &values, const TokenAlignment &alignment, AlignedSide side)
{
    const auto count = std::count_if(alignment.units.begin(), alignment.units.end(),
                                     [](const AlignedTokens &unit) { return unit.matched(); });
    Matrix means(count, values.cols());
    Index row = 0;
    for (const AlignedTokens &unit : alignment.units) {
        if (unit.matched())
            means.row(row++) = mean_row(values, side == AlignedSide::now ? unit.now : unit.reference);
    }
    return means;
}

} // namespace encoderscope
