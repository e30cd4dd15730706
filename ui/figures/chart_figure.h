// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"

#include <QList>

namespace encoderscope
{

/// One set of points in a chart.
struct ChartSeries {
    enum class Kind { line, dashedLine, points } kind = Kind::line;
    QString name; ///< in the legend; empty = not there
    QColor colour;
    QList<QPointF> points;
    QStringList labels; ///< of the points (scatter): painted beside them; may be empty
};

struct ChartData {
    std::vector<ChartSeries> series;
    QString xTitle;
    QString yTitle;
    double xLow = 0.0, xHigh = 1.0; ///< stable ranges, so that nothing jumps while typing
    double yLow = 0.0, yHigh = 1.0;
    bool wholeX = false; ///< x counts something: no ticks between whole numbers
    bool logarithmicY = false;
    double cursorX = qQNaN(); ///< a vertical line, e.g. at the hovered position
};

/// Curves and scatters by Qt Charts, painted through a graphics scene. Hit: panel = series, row = point.
class ChartFigure : public Figure
{
public:
    explicit ChartFigure(ChartData data);
    ~ChartFigure() override;

    QSizeF naturalSize(const FigureStyle &style) const override;
    void paint(QPainter &painter, const QRectF &area, const FigureStyle &style) const override;
    std::optional<Hit> hit(const QPointF &point, const QRectF &area, const FigureStyle &style) const override;
    Table table() const override;
    void continueFrom(Figure &previous) override;

private:
    ChartData data_;
    struct Scene;
    mutable std::unique_ptr<Scene> scene_; ///< made when it is first painted
};

struct BarsData {
    QStringList labels; ///< one a bar
    QList<double> values;
    QList<QColor> colours; ///< one a bar, or one for all
    QList<int> indices;    ///< what Hit::column says for a bar; empty = its place
    QString labelTitle;
    QString valueTitle;
    double low = 0.0, high = 0.0; ///< of the value axis; both 0 = fit
    bool horizontal = false;
    int room = 0; ///< bars are as thick as if there were at least so many
};

/// A bar chart by Qt Charts.
class BarsFigure : public Figure
{
public:
    explicit BarsFigure(BarsData data);
    ~BarsFigure() override;

    QSizeF naturalSize(const FigureStyle &style) const override;
    void paint(QPainter &painter, const QRectF &area, const FigureStyle &style) const override;
    std::optional<Hit> hit(const QPointF &point, const QRectF &area, const FigureStyle &style) const override;
    Table table() const override;
    void continueFrom(Figure &previous) override;

private:
    BarsData data_;
    struct Scene;
    mutable std::unique_ptr<Scene> scene_; ///< made when it is first painted
};

} // namespace encoderscope
