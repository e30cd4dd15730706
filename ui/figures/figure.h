// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_style.h"

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

class QPainter;

namespace encoderscope
{

/// The numbers behind a figure. Every row has as many values as there are columns.
struct Table {
    QStringList columns;
    std::vector<QVariantList> rows; ///< strings (labels) and doubles
};

/// What lies under a point of a figure: a cell, a point of a curve, a bar. Row and column are those of the
/// data (tokens, dimensions, neurons); -1 where the figure has none.
struct Hit {
    int row = -1;
    int column = -1;
    int panel = -1; ///< which of the heatmaps of a grid, which series of a chart
    double value = 0.0;
    QString description; ///< for the tool tip and the status line: labels and the exact value

    bool operator==(const Hit &) const = default;
};

/// What is emphasised: rows and columns of the data under the pointer or pinned. -1 = none.
struct Emphasis {
    int hoveredRow = -1, hoveredColumn = -1;
    int pinnedRow = -1, pinnedColumn = -1;

    bool operator==(const Emphasis &) const = default;
};

class Figure;

/// A figure for another thread, which asks for that many rows in all, about; null when there is none.
struct SlowFigure {
    std::shared_ptr<Figure> figure;
    int rows = 0;
};

/// A description of a picture made from a trace. The page on screen, the export dialog's preview, the
/// exported file and the command line all paint the same object by the same code.
class Figure
{
public:
    virtual ~Figure() = default;

    QString title;
    QString caption; ///< model, sentence, layer, head: painted when the style says so
    QString name;    ///< for file names, in English: "attention-layer2-head1"
    Emphasis emphasis;

    /// The size, in points at scale 1, at which every label is readable.
    virtual QSizeF naturalSize(const FigureStyle &style) const = 0;
    /// Paints into `area`, the title and caption included.
    virtual void paint(QPainter &painter, const QRectF &area, const FigureStyle &style) const = 0;
    /// What a paint() into `area` at `scale` pixels a unit would make a window wait for, to be run beside it
    /// before; null when painting is quick. Throws Stopped.
    using Preparation = std::function<void(const std::stop_token &)>;
    virtual Preparation preparation(const QRectF &area, double scale, const FigureStyle &style) const;
    /// A copy to be painted and read on another thread, when that takes long. It calls `asked` with a number
    /// of rows before it computes them; what that throws ends it.
    virtual SlowFigure slowCopy(const std::function<void(int rows)> &asked) const;
    /// What is under `point` when the figure is painted into `area`.
    virtual std::optional<Hit> hit(const QPointF &point, const QRectF &area,
                                   const FigureStyle &style) const = 0;
    virtual Table table() const = 0;
    /// The same row by row, for files: large figures never hold the whole table.
    virtual QStringList tableColumns() const { return table().columns; }
    virtual void visitRows(const std::function<void(const QVariantList &row)> &visit) const;
    /// Takes over what `previous`, shown no longer, built to paint itself, where that saves building it
    /// again.
    virtual void continueFrom(Figure &previous);
};

using FigurePtr = std::shared_ptr<Figure>;

} // namespace encoderscope
