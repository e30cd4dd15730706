// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/chart.h"
#include "ui/figures/heatmap.h"
#include "ui/figures/steps.h"
#include "ui/figures/table.h"
#include "ui/figures/token_lines.h"

#include <QString>

#include <functional>
#include <memory>
#include <variant>

namespace encoderscope
{

struct Figure;
using FigurePtr = std::shared_ptr<const Figure>;

/// Two figures of one kind, of a run and of the one that it is compared with, painted beside or above each
/// other with their own titles and captions. Where one of them is null, its reason is shown.
struct SideBySide {
    FigurePtr now, reference;
    QString nowReason = {}, referenceReason = {};
    QString nowName = {}, referenceName = {}; ///< what tells the runs apart: in tables
};

/// A picture made from a trace, as data: values, labels, scales. It never changes once it is made, so views,
/// exports and threads share it; a FigureRenderer paints it.
struct Figure {
    QString title;
    QString caption; ///< what makes the picture reproducible: painted when the style says so
    QString name;    ///< for file names, in English: "attention-layer2-head1"

    std::variant<HeatmapData, HeatmapGrid, ChartData, BarsData, TokenLines, TableData, WorkedSteps,
                 SideBySide>
        content;

    /// The numbers behind the picture.
    Table table() const;
    /// The same row by row, for files: large figures never hold the whole table.
    QStringList tableColumns() const;
    void visitRows(const std::function<void(const QVariantList &row)> &visit) const;

    /// The heatmap, when it is one.
    const HeatmapData *heatmap() const { return std::get_if<HeatmapData>(&content); }
    /// The two, when it is two side by side.
    const SideBySide *pair() const { return std::get_if<SideBySide>(&content); }
};

template <typename Content>
FigurePtr makeFigure(Content content, const QString &title, const QString &name, const QString &caption)
{
    return std::make_shared<const Figure>(Figure{title, caption, name, std::move(content)});
}

/// Rows that its values are asked for by, when computing all of them takes longer than a window should wait;
/// 0 otherwise.
int slowRows(const Figure &figure);
/// The same figure, which calls `asked` with a number of rows before it computes them; what that throws ends
/// the computation.
FigurePtr watched(const Figure &figure, const std::function<void(int rows)> &asked);

} // namespace encoderscope
