// SPDX-License-Identifier: GPL-3.0-or-later
// Paints two figures beside each other or, where they are wide, one above the other. Each is painted by a
// renderer of its own, with its caption and title; where titles of several lines would leave no room for the
// pictures, they are one line each.
#include "ui/figures/content_renderer.h"
#include "ui/figures/figure_text.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <optional>

namespace encoderscope
{

namespace
{

constexpr double sideGap = 6.0;
constexpr double leastWidth = 150.0; // of a figure that gives only its reason
constexpr double leastHeight = 60.0;
constexpr double leastLines = 9.0;
constexpr double mostOfTitle = 0.25; // of a side's height

using Areas = std::array<QRectF, 2>;

Areas beside(const QRectF &body)
{
    const double width = (body.width() - sideGap) / 2.0;
    return {QRectF(body.left(), body.top(), width, body.height()),
            QRectF(body.right() - width, body.top(), width, body.height())};
}

Areas above(const QRectF &body)
{
    const double height = (body.height() - sideGap) / 2.0;
    return {QRectF(body.left(), body.top(), body.width(), height),
            QRectF(body.left(), body.bottom() - height, body.width(), height)};
}

/// How much of what is wanted there is, at most all of it.
double shareOf(const QSizeF &wanted, const QRectF &area)
{
    return std::min(
        {1.0, area.width() / std::max(1.0, wanted.width()), area.height() / std::max(1.0, wanted.height())});
}

/// `cells` moved to lie inside a matrix of that size, and no larger than it.
QRectF within(QRectF cells, const QSizeF &all)
{
    if (cells.isNull() || all.isEmpty())
        return cells;
    cells.setSize(cells.size().boundedTo(all));
    cells.moveLeft(std::clamp(cells.left(), 0.0, all.width() - cells.width()));
    cells.moveTop(std::clamp(cells.top(), 0.0, all.height() - cells.height()));
    return cells;
}

class SideBySideRenderer : public ContentRenderer
{
public:
    explicit SideBySideRenderer(const FigurePtr &figure)
        : ContentRenderer(figure)
        , sides_{FigureRenderer(figure->pair()->now), FigureRenderer(figure->pair()->reference)}
    {
    }

    bool goOnWith(const FigurePtr &next) override
    {
        if (!next->pair())
            return false;
        sides_[0].setFigure(next->pair()->now);
        sides_[1].setFigure(next->pair()->reference);
        placed_.reset();
        setFigure(next);
        return true;
    }

    QSizeF naturalSize(const Viewpoint &viewpoint, const FigureStyle &style, double width) const override
    {
        look(viewpoint);
        const QSizeF now = natural(0, style);
        const QSizeF reference = natural(1, style);
        const bool pile = width > 0.0 && width < 0.8 * (now.width() + reference.width() + sideGap);
        if (width <= 0.0 && !wide(now, reference))
            return {now.width() + reference.width() + sideGap, std::max(now.height(), reference.height())};
        if (width <= 0.0)
            return {std::max(now.width(), reference.width()), now.height() + reference.height() + sideGap};
        if (pile)
            return {width, 2.0 * std::max(heightAt(0, style, width), heightAt(1, style, width)) + sideGap};
        const double half = (width - sideGap) / 2.0;
        return {width, std::max(heightAt(0, style, half), heightAt(1, style, half))};
    }

    void paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
               const FigureStyle &style) override
    {
        look(viewpoint);
        const auto &[areas, own, brief] = placedIn(body, viewpoint, style);
        for (std::size_t side = 0; side < sides_.size(); ++side) {
            if (sides_[side].figure()) {
                sides_[side].paint(painter, areas[side], own);
                if (brief)
                    paintName(painter, areas[side], sides_[side].figure()->title, style);
                continue;
            }
            painter.setFont(style.font);
            painter.setPen(style.muted);
            painter.drawText(areas[side], Qt::AlignCenter | Qt::TextWordWrap, reason(side));
        }
    }

    std::optional<Hit> hit(const QPointF &point, const QRectF &body, const Viewpoint &viewpoint,
                           const FigureStyle &style) override
    {
        look(viewpoint);
        const auto &[areas, own, brief] = placedIn(body, viewpoint, style);
        for (std::size_t side = 0; side < sides_.size(); ++side) {
            if (!areas[side].contains(point))
                continue;
            std::optional<Hit> found = sides_[side].hit(point, areas[side], own);
            if (found) {
                found->ofReference = side == 1;
                const SideBySide &pair = *figure()->pair();
                found->description = (side == 0 ? pair.nowName : pair.referenceName) + QStringLiteral(" · ") +
                                     found->description;
            }
            return found;
        }
        return std::nullopt;
    }

    FigureRenderer::Preparation preparation(const QRectF &body, double scale, const Viewpoint &viewpoint,
                                            const FigureStyle &style) override
    {
        look(viewpoint);
        const auto &[areas, own, brief] = placedIn(body, viewpoint, style);
        std::vector<FigureRenderer::Preparation> parts;
        for (std::size_t side = 0; side < sides_.size(); ++side) {
            if (auto part = sides_[side].preparation(areas[side], scale, own))
                parts.push_back(std::move(part));
        }
        if (parts.empty())
            return nullptr;
        return [parts](const std::stop_token &stop) {
            for (const FigureRenderer::Preparation &part : parts)
                part(stop);
        };
    }

    QRectF cellArea(const QRectF &body, const QPointF &at, const Viewpoint &viewpoint,
                    const FigureStyle &style) const override
    {
        look(viewpoint);
        const auto &[areas, own, brief] = placedIn(body, viewpoint, style);
        const bool second = areas[1].contains(at) || sides_[0].cells().isEmpty();
        return sides_[second ? 1 : 0].cellArea(areas[second ? 1 : 0], own);
    }

private:
    /// Each side looks at its own part of what both show.
    void look(const Viewpoint &viewpoint) const
    {
        for (std::size_t side = 0; side < sides_.size(); ++side) {
            Viewpoint own = viewpoint;
            own.emphasis = side == 0 ? viewpoint.emphasis : viewpoint.reference;
            own.reference = {};
            own.visibleCells = within(viewpoint.visibleCells, sides_[side].cells());
            sides_[side].setViewpoint(own);
        }
    }

    QString reason(std::size_t side) const
    {
        const SideBySide &pair = *figure()->pair();
        return side == 0 ? pair.nowReason : pair.referenceReason;
    }

    QSizeF natural(std::size_t side, const FigureStyle &style) const
    {
        return sides_[side].figure() ? sides_[side].naturalSize(style) : QSizeF(leastWidth, leastHeight);
    }

    double heightAt(std::size_t side, const FigureStyle &style, double width) const
    {
        return sides_[side].figure() ? sides_[side].naturalSize(style, width).height() : leastHeight;
    }

    static bool wide(const QSizeF &now, const QSizeF &reference)
    {
        return std::max(now.width(), reference.width()) > 1.8 * std::max(now.height(), reference.height());
    }

    /// Where the sides are, and how they are painted there.
    struct Placement {
        Areas areas;
        FigureStyle style; ///< without titles where they are brief
        bool brief = false;
    };

    const Placement &placedIn(const QRectF &body, const Viewpoint &viewpoint, const FigureStyle &style) const
    {
        // What the pointer is on, and what is pinned, moves nothing.
        if (!placed_ || placed_->body != body || placed_->visibleCells != viewpoint.visibleCells ||
            placed_->style != style)
            placed_ = Placed{body, viewpoint.visibleCells, style, bestPlacement(body, style)};
        return placed_->placement;
    }

    Placement bestPlacement(const QRectF &body, const FigureStyle &style) const
    {
        const bool piles = isPiled(body, style);
        Placement best{piles ? above(body) : beside(body), style};
        for (std::size_t side = 0; side < sides_.size(); ++side)
            best.brief = best.brief || isCrowded(side, best.areas[side], style);
        if (best.brief) {
            best.style.showTitle = false;
            for (QRectF &area : best.areas)
                area.setTop(std::min(area.top() + nameHeight(style), area.bottom()));
        }
        best.areas = piles ? evened(best.areas, best.style) : levelled(best.areas, best.style);
        return best;
    }

    /// It has less room than it wants, and its title takes much of that.
    bool isCrowded(std::size_t side, const QRectF &area, const FigureStyle &style) const
    {
        const FigurePtr figure = sides_[side].figure();
        return figure && figureFrame(*figure, area, style).title.height() > mostOfTitle * area.height() &&
               area.height() + 1.0 <
                   std::min(natural(side, style).height(), heightAt(side, style, area.width()));
    }

    static QFont nameFont(const FigureStyle &style) { return scaledFont(style.font, 1.0, true); }
    static double nameHeight(const FigureStyle &style)
    {
        return QFontMetricsF(nameFont(style)).lineSpacing();
    }

    /// Above the area of a side.
    static void paintName(QPainter &painter, const QRectF &area, const QString &name,
                          const FigureStyle &style)
    {
        painter.setFont(nameFont(style));
        painter.setPen(style.text);
        const double height = nameHeight(style);
        paintLine(painter,
                  QRectF(area.left() + frameMargin, area.top() - height, area.width() - frameMargin, height),
                  Qt::AlignLeft | Qt::AlignVCenter, name);
    }

    /// One above the other shows more.
    bool isPiled(const QRectF &body, const FigureStyle &style) const
    {
        const QSizeF now = natural(0, style);
        const QSizeF reference = natural(1, style);
        const auto fit = [&](const Areas &areas) {
            return std::min(shareOf(now, areas[0]), shareOf(reference, areas[1]));
        };
        const Areas pile = above(body);
        const double atTheSide = fit(beside(body));
        // Below so many lines of text nothing is left between titles and axes.
        const bool low = pile[0].height() < leastLines * QFontMetricsF(style.font).height();
        const double piled = low && fit(pile) < 1.0 ? 0.0 : fit(pile);
        return piled > atTheSide || (piled == atTheSide && wide(now, reference));
    }

    /// With rows of both of one height, and so labels of one size, as far as their numbers allow.
    Areas evened(Areas areas, const FigureStyle &style) const
    {
        const QRectF now = sides_[0].cellArea(areas[0], style);
        const QRectF reference = sides_[1].cellArea(areas[1], style);
        const double rows = sides_[0].visibleCells().height();
        const double all = rows + sides_[1].visibleCells().height();
        if (now.isEmpty() || reference.isEmpty() || rows <= 0.0 || all <= rows)
            return areas;
        const double most = areas[0].height() / 3.0;
        const double more =
            std::clamp((now.height() + reference.height()) * rows / all - now.height(), -most, most);
        areas[0].setBottom(areas[0].bottom() + more);
        areas[1].setTop(areas[1].top() + more);
        return areas;
    }

    /// With the cells of both at one height, whatever their titles need.
    Areas levelled(Areas areas, const FigureStyle &style) const
    {
        const QRectF now = sides_[0].cellArea(areas[0], style);
        const QRectF reference = sides_[1].cellArea(areas[1], style);
        if (now.isEmpty() || reference.isEmpty())
            return areas;
        const double top = std::max(now.top(), reference.top());
        areas[0].setTop(areas[0].top() + top - now.top());
        areas[1].setTop(areas[1].top() + top - reference.top());
        return areas;
    }

    struct Placed {
        QRectF body, visibleCells;
        FigureStyle style;
        Placement placement;
    };

    mutable std::array<FigureRenderer, 2> sides_;
    mutable std::optional<Placed> placed_; ///< where the sides were last
};

} // namespace

std::unique_ptr<ContentRenderer> sideBySideRenderer(const FigurePtr &figure)
{
    return std::make_unique<SideBySideRenderer>(figure);
}

} // namespace encoderscope
