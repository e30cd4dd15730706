// SPDX-License-Identifier: GPL-3.0-or-later
// A computation, step by step.
#include "ui/figures/content_renderer.h"
#include "ui/figures/steps_painter.h"

#include <QPainter>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr double stepMargin = 4.0; ///< what is chosen is tinted beyond its line

class StepsRenderer : public ContentRenderer
{
public:
    using ContentRenderer::ContentRenderer;

    QSizeF naturalSize(const Viewpoint &, const FigureStyle &style, double width) const override
    {
        const double wide = width > 0.0 ? width : 32.0 * style.font.pixelSize();
        layOut(wide, style);
        return {wide, steps_.height() + 2.0 * stepMargin};
    }

    void paint(QPainter &painter, const QRectF &body, const Viewpoint &, const FigureStyle &style) override
    {
        layOut(body.width(), style);
        painter.save();
        painter.translate(body.topLeft() + QPointF(stepMargin, stepMargin));
        steps_.paint(painter, QRectF(QPointF(), body.size()), {});
        painter.restore();
    }

    std::optional<Hit> hit(const QPointF &point, const QRectF &body, const Viewpoint &,
                           const FigureStyle &style) override
    {
        layOut(body.width(), style);
        const StepPoint at = steps_.pointAt(point - body.topLeft() - QPointF(stepMargin, stepMargin));
        if (at.line < 0 || at.element < 0)
            return std::nullopt;
        const StepLine &line = steps_.lines()[static_cast<std::size_t>(at.line)];
        return Hit{.row = at.line,
                   .column = at.element,
                   .value = static_cast<double>(line.values[at.element]),
                   .description = describe(line, at.element)};
    }

private:
    void layOut(double width, const FigureStyle &style) const
    {
        steps_.layOut(figure(), std::max(1.0, width - 2.0 * stepMargin), style);
    }

    mutable StepsPainter steps_;
};

} // namespace

std::unique_ptr<ContentRenderer> stepsRenderer(const FigurePtr &figure)
{
    return std::make_unique<StepsRenderer>(figure);
}

} // namespace encoderscope
