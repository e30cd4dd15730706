// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_renderer.h"

namespace encoderscope
{

/// Paints one kind of content into the body of a figure, between title and caption. Holds on to the figure
/// that it was made for.
class ContentRenderer
{
public:
    explicit ContentRenderer(FigurePtr figure)
        : figure_(std::move(figure))
    {
    }
    virtual ~ContentRenderer() = default;

    /// Goes on with another figure, using what it made for the one before; false when it cannot.
    virtual bool goOnWith(const FigurePtr & /*figure*/) { return false; }
    /// The body's size at which every label is readable: of that width, when it is not 0.
    virtual QSizeF naturalSize(const Viewpoint &viewpoint, const FigureStyle &style, double width) const = 0;
    virtual void paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
                       const FigureStyle &style) = 0;
    virtual std::optional<Hit> hit(const QPointF &point, const QRectF &body, const Viewpoint &viewpoint,
                                   const FigureStyle &style) = 0;
    virtual FigureRenderer::Preparation preparation(const QRectF & /*body*/, double /*scale*/,
                                                    const Viewpoint & /*viewpoint*/,
                                                    const FigureStyle & /*style*/)
    {
        return nullptr;
    }

    /// Where the cells of a heatmap are painted; of two heatmaps those of the one that `at` is nearer to.
    virtual QRectF cellArea(const QRectF & /*body*/, const QPointF & /*at*/, const Viewpoint & /*viewpoint*/,
                            const FigureStyle & /*style*/) const
    {
        return {};
    }

protected:
    const FigurePtr &figure() const { return figure_; }
    void setFigure(const FigurePtr &figure) { figure_ = figure; }

private:
    FigurePtr figure_;
};

// One for each kind of content; `figure` has it.
std::unique_ptr<ContentRenderer> heatmapRenderer(const FigurePtr &figure);
std::unique_ptr<ContentRenderer> gridRenderer(const FigurePtr &figure);
std::unique_ptr<ContentRenderer> chartRenderer(const FigurePtr &figure);
std::unique_ptr<ContentRenderer> barsRenderer(const FigurePtr &figure);
std::unique_ptr<ContentRenderer> tokenLinesRenderer(const FigurePtr &figure);
std::unique_ptr<ContentRenderer> tableRenderer(const FigurePtr &figure);
std::unique_ptr<ContentRenderer> stepsRenderer(const FigurePtr &figure);
std::unique_ptr<ContentRenderer> sideBySideRenderer(const FigurePtr &figure);

} // namespace encoderscope
