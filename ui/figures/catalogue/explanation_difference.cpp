// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/explanation_difference.h"

#include "engine/error.h"
#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_messages.h"
#include "ui/figures/catalogue/figure_scales.h"

#include <limits>

namespace encoderscope
{

namespace
{

/// Where each of `now` stands in the reference's axis, -1 = nowhere. Indices are tokens; past a run's end
/// they are what both have beside them, in the same order.
std::vector<int> placesOfTokens(const QList<int> &now, const QList<int> &reference,
                                const ComparedTrace &compared)
{
    std::vector<int> places;
    for (const int token : now) {
        const int beyond = token - compared.now->tokens();
        const int partner = beyond < 0 ? referenceToken(compared, token) : compared.before->tokens() + beyond;
        places.push_back(partner < 0 ? -1 : static_cast<int>(reference.indexOf(partner)));
    }
    return places;
}

QList<int> upTo(int count)
{
    QList<int> all;
    for (int one = 0; one < count; ++one)
        all.append(one);
    return all;
}

struct Axis {
    int count;
    bool named;
    const QList<int> &indices;
};

std::vector<int> placesOf(const Axis &now, const Axis &reference, const ComparedTrace &compared)
{
    if (!now.named)
        return placesOfTokens(now.indices.isEmpty() ? upTo(now.count) : now.indices,
                              reference.indices.isEmpty() ? upTo(reference.count) : reference.indices,
                              compared);
    if (now.count != reference.count)
        throw Error(QCoreApplication::translate("Figures",
                                                "There is no difference: the model has %1 layers here and %2 "
                                                "in the reference.")
                        .arg(compared.now->layers())
                        .arg(compared.before->layers()));
    const QList<int> all = upTo(now.count);
    return {all.begin(), all.end()};
}

HeatmapData differenceOf(const HeatmapData &now, const HeatmapData &reference, const ComparedTrace &compared)
{
    const std::vector<int> rows =
        placesOf({now.rows, now.rowsNamed, now.rowIndices},
                 {reference.rows, reference.rowsNamed, reference.rowIndices}, compared);
    const std::vector<int> columns =
        placesOf({now.columns, now.columnsNamed, now.columnIndices},
                 {reference.columns, reference.columnsNamed, reference.columnIndices}, compared);
    Matrix values = now.values(0, now.rows);
    const Matrix others = reference.values(0, reference.rows);
    HeatmapData data = now;
    for (Index row = 0; row < values.rows(); ++row) {
        for (Index column = 0; column < values.cols(); ++column) {
            const int otherRow = rows[static_cast<std::size_t>(row)];
            const int otherColumn = columns[static_cast<std::size_t>(column)];
            if (otherRow < 0 || otherColumn < 0)
                values(row, column) = std::numeric_limits<float>::quiet_NaN();
            else
                values(row, column) -= others(otherRow, otherColumn);
        }
    }
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row] < 0)
            data.hatchedRows.append(static_cast<int>(row));
    }
    for (std::size_t column = 0; column < columns.size(); ++column) {
        if (columns[column] < 0)
            data.hatchedColumns.append(static_cast<int>(column));
    }
    data.clipped = false;
    data.scale = ColourScale::diverging(divergingLimit(values, data.clipped));
    data.cellText = {};
    data.valueTitle = comparedValueTitle(compared, now.valueTitle);
    data.values = rowsOf(std::move(values));
    return data;
}

BarsData differenceOf(const BarsData &now, const BarsData &reference, const ComparedTrace &compared)
{
    const std::vector<int> places = placesOfTokens(now.indices, reference.indices, compared);
    BarsData data = now;
    for (qsizetype bar = 0; bar < data.values.size(); ++bar) {
        const int other = places[static_cast<std::size_t>(bar)];
        data.values[bar] -= other < 0 ? qQNaN() : reference.values[other];
        data.colours[bar] = {data.values[bar] < 0.0 ? FigureColour::Role::query : FigureColour::Role::key};
    }
    data.valueTitle = comparedValueTitle(compared, now.valueTitle);
    return data;
}

} // namespace

FigurePtr explanationDifference(const Figure &now, const Figure &reference, const ComparedTrace &runs)
{
    const ComparedTrace compared = aligned(runs);
    Figure figure = now;
    if (const HeatmapData *map = now.heatmap())
        figure.content = differenceOf(*map, *reference.heatmap(), compared);
    else
        figure.content =
            differenceOf(std::get<BarsData>(now.content), std::get<BarsData>(reference.content), compared);
    figure.title += comparisonSuffix(compared);
    figure.name += comparisonName(compared);
    if (reference.caption != now.caption)
        figure.caption = (otherReference(compared) ? Why::tr("now: %1 · in the reference: %2")
                                                   : Why::tr("now: %1 · before: %2"))
                             .arg(now.caption, reference.caption);
    if (const QString without = compared.alignment ? partnersText(compared) : QString(); !without.isEmpty())
        figure.caption += QStringLiteral(" · ") + without;
    return std::make_shared<const Figure>(std::move(figure));
}

} // namespace encoderscope
