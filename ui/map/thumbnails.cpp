// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/thumbnails.h"

#include "ui/figures/cell_raster.h"

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

/// The matrix of a part that keeps one; null for others.
const Matrix *stored(const Trace &trace, const MapPart &part)
{
    switch (part.kind) {
    case MapPart::Kind::feedForward:
        return &trace.layer(part.layer).activated;
    case MapPart::Kind::positions:
        return &trace.embedding().position;
    case MapPart::Kind::embedding:
        return &trace.embedding().output;
    case MapPart::Kind::output:
        return &trace.output();
    default:
        return nullptr;
    }
}

Matrix cellsOf(const ComparedTrace &compared, const MapPart &part, const std::stop_token &stop)
{
    const Trace &trace = compared.trace();
    if (part.kind == MapPart::Kind::head) {
        const Rows weights = [&](Index first, Index count) {
            const Trace::Rows rows{static_cast<int>(first), static_cast<int>(count)};
            return compared.matrix(
                [&](const Trace &run) { return run.attention_weights(part.layer, part.head, rows); });
        };
        return pooled(trace.tokens(), trace.tokens(), weights, stop);
    }
    const Matrix *values = stored(trace, part);
    if (!values || values->size() == 0 ||
        (compared.difference() && stored(*compared.before, part)->size() != values->size()))
        return {};
    const Rows rows = [&](Index first, Index count) {
        return compared.matrix(
            [&](const Trace &run) { return Matrix(stored(run, part)->middleRows(first, count)); });
    };
    return pooled(values->rows(), values->cols(), rows, stop);
}

} // namespace

QImage thumbnail(const ComparedTrace &compared, const MapPart &part, bool dark, const std::stop_token &stop)
{
    const Matrix cells = cellsOf(compared, part, stop);
    if (cells.size() == 0)
        return {};
    const double largest = std::max(1e-9, static_cast<double>(cells.cwiseAbs().maxCoeff()));
    const bool weights = part.kind == MapPart::Kind::head && !compared.difference();
    HeatmapData data;
    data.rows = static_cast<int>(cells.rows());
    data.columns = static_cast<int>(cells.cols());
    data.values = rowsOf(cells);
    data.scale = weights ? ColourScale::sequential(0.0, largest) : ColourScale::diverging(largest);
    CellRaster raster;
    return raster.image(data, {QRect(0, 0, data.columns, data.rows), QSize(data.columns, data.rows), dark});
}

double thumbnailCost(const Trace &trace, const MapPart &part)
{
    const double n = trace.tokens();
    if (part.kind == MapPart::Kind::head)
        return n * n * (trace.config().d_k() + 16.0);
    return n * (part.kind == MapPart::Kind::feedForward ? trace.config().d_ff : trace.config().d_model);
}

} // namespace encoderscope
