// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/figures/viewpoint.h"

#include <QImage>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

class QPainter;

namespace encoderscope
{

class ContentRenderer;

/// Charts and bars are drawn by Qt Charts, formulas by QTextDocument, which are for the GUI thread alone:
/// whether only that may call paint() and hit() for such a figure. All others may be painted in any thread.
bool needsGuiThread(const Figure &figure);

/// Paints a figure and keeps what it computed for that. Each view has one, and each export; the page on
/// screen, the export dialog's preview, the exported file and the command line all paint by this code.
class FigureRenderer
{
public:
    explicit FigureRenderer(FigurePtr figure = {}, const Viewpoint &viewpoint = {});
    ~FigureRenderer();

    const FigurePtr &figure() const { return figure_; }
    /// Emphasis stays; so does the zoomed part where the next heatmap has as many cells.
    void setFigure(FigurePtr figure);

    const Viewpoint &viewpoint() const { return viewpoint_; }
    void setEmphasis(const Emphasis &emphasis, const Emphasis &reference = {})
    {
        viewpoint_.emphasis = emphasis;
        viewpoint_.reference = reference;
    }
    void setViewpoint(const Viewpoint &viewpoint) { viewpoint_ = viewpoint; }
    /// Of a heatmap, or the larger sides of two: columns and rows; empty for what cannot be zoomed.
    QSizeF cells() const;
    /// The part of a heatmap to show, in cells (x = column, y = row); null = all of it.
    void setVisibleCells(const QRectF &cells);
    /// Of a heatmap: the part shown, all of it included; of others null.
    QRectF visibleCells() const;
    bool zoomed() const { return !viewpoint_.visibleCells.isNull(); }

    /// The size, in points at scale 1, at which every label is readable.
    QSizeF naturalSize(const FigureStyle &style) const;
    /// The same at a given width: as tall as the labels ask for then.
    QSizeF naturalSize(const FigureStyle &style, double width) const;
    /// Paints into `area`, the title and caption included.
    void paint(QPainter &painter, const QRectF &area, const FigureStyle &style);
    /// What a paint() into `area` at `scale` pixels a unit would make a window wait for, to be run beside it
    /// before; null when painting is quick. Throws Stopped. It may outlive this object.
    using Preparation = std::function<void(const std::stop_token &)>;
    Preparation preparation(const QRectF &area, double scale, const FigureStyle &style);
    /// What is under `point` when the figure is painted into `area`.
    std::optional<Hit> hit(const QPointF &point, const QRectF &area, const FigureStyle &style);

    /// Where the cells of a heatmap are painted when the figure is painted into `area`; of two side by side
    /// those of the one that `at` is nearer to.
    QRectF cellArea(const QRectF &area, const FigureStyle &style, const QPointF &at = {}) const;
    /// A whole heatmap in at most `pixels`; where it has more rows than that, of each that share a pixel the
    /// first.
    QImage overview(const QSize &pixels, const FigureStyle &style) const;

private:
    FigurePtr figure_;
    Viewpoint viewpoint_;
    QSizeF zoomed_; ///< of the heatmap that the visible cells are a part of
    std::unique_ptr<ContentRenderer> content_;
};

} // namespace encoderscope
