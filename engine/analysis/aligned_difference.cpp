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
/// So many rows between two that are needed are computed rather than asked around.
constexpr int worth_asking = 64;

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

ReferenceAttention::ReferenceAttention(const TokenAlignment &alignment)
    : now_tokens_(alignment.now_tokens)
    , reference_tokens_(alignment.reference_tokens)
    , unit_of_(static_cast<std::size_t>(alignment.now_tokens), -1)
{
    for (const AlignedTokens &unit : alignment.units) {
        if (!unit.matched())
            continue;
        for (const int token : unit.now)
            unit_of_[static_cast<std::size_t>(token)] = static_cast<int>(units_.size());
        units_.push_back({now_.size(), now_.size() + unit.now.size(), reference_.size(),
                          reference_.size() + unit.reference.size()});
        now_.insert(now_.end(), unit.now.begin(), unit.now.end());
        reference_.insert(reference_.end(), unit.reference.begin(), unit.reference.end());
    }
}

Matrix ReferenceAttention::rows(const Rows &reference, int first, int count) const
{
    const auto unit_at = [&](int row) { return unit_of_[static_cast<std::size_t>(first + row)]; };
    std::vector<int> place(static_cast<std::size_t>(reference_tokens_), -1); // of a row among those needed
    std::vector<int> needed;
    for (int row = 0; row < count; ++row) {
        if (const int index = unit_at(row); index >= 0) {
            const Unit &unit = units_[static_cast<std::size_t>(index)];
            needed.insert(needed.end(), reference_.begin() + static_cast<std::ptrdiff_t>(unit.reference),
                          reference_.begin() + static_cast<std::ptrdiff_t>(unit.reference_end));
        }
    }
    std::sort(needed.begin(), needed.end());
    needed.erase(std::unique(needed.begin(), needed.end()), needed.end());

    // What each of them gives to the tokens of now.
    Matrix given = Matrix::Constant(static_cast<Index>(needed.size()), now_tokens_, none);
    for (std::size_t begin = 0; begin < needed.size();) {
        std::size_t end = begin + 1;
        while (end < needed.size() && needed[end] - needed[end - 1] <= worth_asking)
            ++end;
        const Matrix some = reference(needed[begin], needed[end - 1] - needed[begin] + 1);
        for (std::size_t i = begin; i < end; ++i) {
            place[static_cast<std::size_t>(needed[i])] = static_cast<int>(i);
            const float *from = some.data() + (needed[i] - needed[begin]) * some.cols();
            float *to = given.data() + static_cast<Index>(i) * given.cols();
            for (const Unit &unit : units_) {
                float sum = 0.0F;
                for (std::size_t at = unit.reference; at < unit.reference_end; ++at)
                    sum += from[reference_[at]];
                const float share = sum / static_cast<float>(unit.now_end - unit.now);
                for (std::size_t at = unit.now; at < unit.now_end; ++at)
                    to[now_[at]] = share;
            }
        }
        begin = end;
    }

    Matrix on_tokens = Matrix::Constant(count, now_tokens_, none);
    for (int row = 0; row < count; ++row) {
        const int index = unit_at(row);
        if (index < 0)
            continue;
        const Unit &unit = units_[static_cast<std::size_t>(index)];
        const auto row_of = [&](std::size_t at) {
            return given.row(place[static_cast<std::size_t>(reference_[at])]);
        };
        on_tokens.row(row) = row_of(unit.reference);
        for (std::size_t at = unit.reference + 1; at < unit.reference_end; ++at)
            on_tokens.row(row) += row_of(at);
        on_tokens.row(row) /= static_cast<float>(unit.reference_end - unit.reference);
    }
    return on_tokens;
}

Matrix reference_attention(const MatrixRef &reference, const TokenAlignment &alignment)
{
    const auto rows = [&reference](int first, int count) {
        return Matrix(reference.middleRows(first, count));
    };
    return ReferenceAttention(alignment).rows(rows, 0, alignment.now_tokens);
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
