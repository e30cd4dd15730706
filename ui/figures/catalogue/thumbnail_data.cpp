// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/thumbnail_data.h"

#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/figure_scales.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace encoderscope
{

namespace
{

constexpr Index mostRows = 48;
constexpr Index mostColumns = 64;
constexpr Index block = 64; // rows computed at once

using Rows = std::function<Matrix(Index first, Index count)>;

/// At most mostRows x mostColumns: of the values that share a cell the one of largest magnitude.
Matrix pooled(Index rows, Index columns, const Rows &values, const std::stop_token &stop)
{
    Matrix cells = Matrix::Zero(std::min(rows, mostRows), std::min(columns, mostColumns));
    for (Index first = 0; first < rows; first += block) {
        if (stop.stop_requested())
            return {};
        const Matrix part = values(first, std::min(block, rows - first));
        for (Index row = 0; row < part.rows(); ++row) {
            const Index into = (first + row) * cells.rows() / rows;
            for (Index x = 0; x < cells.cols(); ++x) {
                // the columns that fall into cell x
                const Index begin = (x * columns + cells.cols() - 1) / cells.cols();
                const Index end = ((x + 1) * columns + cells.cols() - 1) / cells.cols();
                const auto some = part.row(row).segment(begin, end - begin);
                const float high = some.maxCoeff();
                const float low = some.minCoeff();
                const float largest = high > -low ? high : low;
                float &cell = cells(into, x);
                if (std::abs(largest) > std::abs(cell))
                    cell = largest;
            }
        }
    }
    return cells;
}

/// The matrix that a run keeps; null for heads, whose weights are computed.
const Matrix *stored(const Trace &trace, const ThumbnailOf &of)
{
    switch (of.part) {
    case ThumbnailOf::Part::feedForward:
        return &trace.layer(of.layer).activated;
    case ThumbnailOf::Part::positions:
        return &trace.embedding().position;
    case ThumbnailOf::Part::embedding:
        return &trace.embedding().output;
    case ThumbnailOf::Part::output:
        return &trace.output();
    case ThumbnailOf::Part::head:
        break;
    }
    return nullptr;
}

Matrix cellsOf(const ComparedTrace &compared, const ThumbnailOf &of, const std::stop_token &stop)
{
    const Trace &trace = compared.trace();
    const bool head = of.part == ThumbnailOf::Part::head;
    if (head && !trace.has(TracePart::weights, of.layer))
        return {};
    if (compared.difference() && compared.acrossRuns()) {
        const Trace &reference = *compared.before;
        if (of.layer >= reference.layers() || of.head >= reference.heads() ||
            (head && !reference.has(TracePart::weights, of.layer)))
            return {};
        const AlignedValues aligned(compared);
        // What has no partner has no difference to show.
        const auto known = [](const Matrix &values) {
            return Matrix(values.unaryExpr([](float value) { return std::isnan(value) ? 0.0F : value; }));
        };
        if (head) {
            const auto weights = [&](const Trace &run, Trace::Rows rows) {
                return run.attention_weights(of.layer, of.head, rows);
            };
            const Rows difference = [&](Index first, Index count) {
                return known(aligned.between(weights, {static_cast<int>(first), static_cast<int>(count)}));
            };
            return pooled(trace.tokens(), trace.tokens(), difference, stop);
        }
        if (stored(trace, of)->size() == 0 || stored(trace, of)->cols() != stored(reference, of)->cols())
            return {};
        const Matrix all = known(aligned.rows([&](const Trace &run) { return *stored(run, of); }));
        const Rows rows = [&](Index first, Index count) { return Matrix(all.middleRows(first, count)); };
        return pooled(all.rows(), all.cols(), rows, stop);
    }
    if (head) {
        const Rows weights = [&](Index first, Index count) {
            const Trace::Rows rows{static_cast<int>(first), static_cast<int>(count)};
            return compared.matrix(
                [&](const Trace &run) { return run.attention_weights(of.layer, of.head, rows); });
        };
        return pooled(trace.tokens(), trace.tokens(), weights, stop);
    }
    const Matrix *values = stored(trace, of);
    if (values->size() == 0 ||
        (compared.difference() && stored(*compared.before, of)->size() != values->size()))
        return {};
    const Rows rows = [&](Index first, Index count) {
        return compared.matrix(
            [&](const Trace &run) { return Matrix(stored(run, of)->middleRows(first, count)); });
    };
    return pooled(values->rows(), values->cols(), rows, stop);
}

} // namespace

HeatmapData thumbnailData(const ComparedTrace &compared, const ThumbnailOf &of, const std::stop_token &stop)
{
    const Matrix cells = cellsOf(compared, of, stop);
    HeatmapData data;
    if (cells.size() == 0)
        return data;
    const double largest = std::max(1e-9, largestMagnitude(cells));
    const bool weights = of.part == ThumbnailOf::Part::head && !compared.difference();
    data.rows = static_cast<int>(cells.rows());
    data.columns = static_cast<int>(cells.cols());
    data.values = rowsOf(cells);
    data.scale = weights ? ColourScale::sequential(0.0, largest) : ColourScale::diverging(largest);
    return data;
}

} // namespace encoderscope
