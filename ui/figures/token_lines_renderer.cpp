// SPDX-License-Identifier: GPL-3.0-or-later
// Paints lines between two columns of tokens.
#include "ui/figures/content_renderer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/heatmap_parts.h"
#include "ui/figures/legend.h"
#include "ui/figures/ticks.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double leastOpacity = 1.0 / 64.0;
constexpr double leastShare = 0.3; ///< of the opacity that a head has among others
constexpr double fadedShare = 0.12;
constexpr double widestLine = 2.4;
constexpr std::size_t mostLines = 6'000;

struct LinesLayout {
    QRectF left, right; ///< the two columns of tokens
    QRectF lines;
    QRectF header, legend;
    double pitch = 1.0;
    QFont font;

    double y(int token) const { return lines.top() + (token + 0.5) * pitch; }
};

/// What the strengths of lines mean.
struct LineScale {
    double full = 1.0;  ///< the weight that is drawn with full strength
    double least = 0.0; ///< weaker lines are not drawn: there would be too many
};

LineScale scaleOf(const TokenLines &lines)
{
    std::vector<float> weights;
    for (const TokenLines::Head &head : lines.heads)
        std::copy_if(head.weights.data(), head.weights.data() + head.weights.size(),
                     std::back_inserter(weights),
                     [](float weight) { return std::isfinite(weight) && weight > 0.0F; });
    if (weights.empty())
        return {};
    const auto largest = static_cast<double>(*std::max_element(weights.begin(), weights.end()));
    LineScale scale{.full = niceLimit(largest)};
    if (weights.size() > mostLines) {
        const auto last = weights.begin() + mostLines - 1;
        std::nth_element(weights.begin(), last, weights.end(), std::greater<>());
        scale.least = static_cast<double>(*last);
    }
    return scale;
}

double headerHeight(const FigureStyle &style)
{
    return std::ceil(QFontMetricsF(style.font).height()) + 4.0;
}

class TokenLinesRenderer : public ContentRenderer
{
public:
    explicit TokenLinesRenderer(const FigurePtr &figure)
        : ContentRenderer(figure)
        , lines_(std::get<TokenLines>(figure->content))
        , scale_(scaleOf(lines_))
    {
    }

    QSizeF naturalSize(const Viewpoint &, const FigureStyle &style, double width) const override
    {
        const double line = QFontMetricsF(style.font).height();
        const double label = std::clamp(widestLabel(lines_.tokens, style.font) + 12.0, 48.0, 160.0);
        const double rows = std::min(static_cast<double>(lines_.tokens.size()) * line * 1.25, 4000.0);
        const double across = width > 0.0 ? width : std::max(420.0, 2.0 * label + 240.0);
        return {across,
                std::max(rows, 80.0) + headerHeight(style) + legendHeight(legend(style), across, style)};
    }

    void paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
               const FigureStyle &style) override
    {
        const LinesLayout where = layout(body, style);
        const Emphasis emphasis = placed(viewpoint.emphasis);
        paintLines(painter, where, emphasis, style);
        paintTokens(painter, where, emphasis, style);
        paintHeader(painter, where, style);
        paintLegend(painter, legend(style), where.legend, style);
    }

    std::optional<Hit> hit(const QPointF &point, const QRectF &body, const Viewpoint &,
                           const FigureStyle &style) override;

private:
    QList<LegendEntry> legend(const FigureStyle &style) const;
    LinesLayout layout(const QRectF &body, const FigureStyle &style) const;
    QString scaleText() const;
    /// With places in the columns for tokens; -1 for those that are left out.
    Emphasis placed(Emphasis emphasis) const
    {
        for (int *token :
             {&emphasis.hoveredRow, &emphasis.hoveredColumn, &emphasis.pinnedRow, &emphasis.pinnedColumn})
            *token = *token < 0 ? -1 : placeOf(lines_.indices, *token);
        return emphasis;
    }
    void paintLines(QPainter &painter, const LinesLayout &where, const Emphasis &emphasis,
                    const FigureStyle &style) const;
    void paintTokens(QPainter &painter, const LinesLayout &where, const Emphasis &emphasis,
                     const FigureStyle &style) const;
    void paintHeader(QPainter &painter, const LinesLayout &where, const FigureStyle &style) const;

    const TokenLines &lines_;
    LineScale scale_;
};

QList<LegendEntry> TokenLinesRenderer::legend(const FigureStyle &style) const
{
    QList<LegendEntry> entries;
    for (const TokenLines::Head &head : lines_.heads)
        entries.append({head.name, head.colour.in(style)});
    return entries.size() > 1 ? entries : QList<LegendEntry>();
}

LinesLayout TokenLinesRenderer::layout(const QRectF &body, const FigureStyle &style) const
{
    LinesLayout layout;
    const double line = QFontMetricsF(style.font).height();
    const double count = static_cast<double>(std::max<qsizetype>(1, lines_.tokens.size()));
    const double legendRoom = std::min(legendHeight(legend(style), body.width(), style), body.height() / 2.0);
    layout.header = QRectF(body.left(), body.top(), body.width(), headerHeight(style));
    layout.legend = QRectF(body.left(), body.bottom() - legendRoom, body.width(), legendRoom);
    const double top = layout.header.bottom();
    const double height = std::max(1.0, layout.legend.top() - top);
    layout.pitch = std::min(height / count, line * 1.8);
    layout.font =
        layout.pitch >= line ? style.font : scaledFont(style.font, std::max(layout.pitch / line, 0.6));
    const double label = std::clamp(std::ceil(widestLabel(lines_.tokens, layout.font) / 24.0 + 0.5) * 24.0,
                                    48.0, std::max(48.0, body.width() * 0.3));
    layout.left = QRectF(body.left(), top, label, layout.pitch * count);
    layout.right = QRectF(body.right() - label, top, label, layout.pitch * count);
    layout.lines =
        QRectF(layout.left.right() + 6.0, top,
               std::max(1.0, layout.right.left() - layout.left.right() - 12.0), layout.pitch * count);
    return layout;
}

QString TokenLinesRenderer::scaleText() const
{
    const QString full =
        QCoreApplication::translate("Figures", "full strength: %1").arg(readableNumber(scale_.full));
    if (scale_.least <= 0.0)
        return full;
    return full + QStringLiteral(" · ") +
           QCoreApplication::translate("Figures", "from %1").arg(shortNumber(scale_.least));
}

void TokenLinesRenderer::paintLines(QPainter &painter, const LinesLayout &where, const Emphasis &emphasis,
                                    const FigureStyle &style) const
{
    // The hovered token speaks first, then the pinned one; without either every line is equal.
    const int count = static_cast<int>(lines_.tokens.size());
    const bool hovered = emphasis.hoveredRow >= 0 || emphasis.hoveredColumn >= 0;
    const int row = hovered ? emphasis.hoveredRow : emphasis.pinnedRow;
    const int column = hovered ? emphasis.hoveredColumn : emphasis.pinnedColumn;
    const bool some = row >= 0 || column >= 0;
    const double share =
        lines_.heads.size() < 2 ? 1.0 : std::max(1.0 / static_cast<double>(lines_.heads.size()), leastShare);
    for (const bool front : {false, true}) {
        for (const TokenLines::Head &head : lines_.heads) {
            for (int query = 0; query < std::min<int>(count, static_cast<int>(head.weights.rows()));
                 ++query) {
                if (front && row >= 0 && query != row)
                    continue;
                for (int key = 0; key < std::min<int>(count, static_cast<int>(head.weights.cols())); ++key) {
                    const bool emphasised = (row < 0 || query == row) && (column < 0 || key == column);
                    if (emphasised != front)
                        continue;
                    const auto weight = static_cast<double>(head.weights(query, key));
                    if (!std::isfinite(weight) || (weight < scale_.least && !(front && some)))
                        continue;
                    const double strength = std::clamp(weight / scale_.full, 0.0, 1.0);
                    // A single emphasised token may use the whole range of opacity.
                    const double opacity = (front && some ? std::max(share, 0.7) : share) * strength *
                                           (front ? 1.0 : fadedShare);
                    if (opacity < leastOpacity)
                        continue;
                    QColor colour = head.colour.in(style);
                    colour.setAlphaF(static_cast<float>(std::min(1.0, opacity)));
                    painter.setPen(QPen(colour, 0.6 + widestLine * strength, Qt::SolidLine, Qt::FlatCap));
                    painter.drawLine(QPointF(where.lines.left(), where.y(query)),
                                     QPointF(where.lines.right(), where.y(key)));
                }
            }
        }
    }
}

void TokenLinesRenderer::paintTokens(QPainter &painter, const LinesLayout &where, const Emphasis &emphasis,
                                     const FigureStyle &style) const
{
    painter.setFont(where.font);
    const double textHeight = QFontMetricsF(where.font).height();
    const int step = std::max(1, static_cast<int>(std::ceil(textHeight * 0.85 / where.pitch)));
    const auto paintColumn = [&](const QRectF &columnRect, Qt::Alignment alignment, int hoveredToken,
                                 int pinnedToken) {
        for (int token = 0; token < lines_.tokens.size(); ++token) {
            const bool strong = token == hoveredToken || token == pinnedToken;
            if (token % step != 0 && !strong)
                continue;
            const double height = std::max(where.pitch, textHeight);
            const QRectF rect(columnRect.left(), where.y(token) - height / 2.0, columnRect.width(), height);
            if (strong) {
                QColor fill = token == hoveredToken ? style.hover : style.pin;
                fill.setAlphaF(0.22F);
                painter.setPen(Qt::NoPen);
                painter.setBrush(fill);
                painter.drawRoundedRect(rect.adjusted(-3.0, 0.0, 3.0, 0.0), 3.0, 3.0);
                painter.setBrush(Qt::NoBrush);
            }
            painter.setPen(style.text);
            paintLine(painter, rect, alignment | Qt::AlignVCenter, lines_.tokens.at(token));
        }
    };
    paintColumn(where.left, Qt::AlignRight, emphasis.hoveredRow, emphasis.pinnedRow);
    paintColumn(where.right, Qt::AlignLeft, emphasis.hoveredColumn, emphasis.pinnedColumn);
}

void TokenLinesRenderer::paintHeader(QPainter &painter, const LinesLayout &where,
                                     const FigureStyle &style) const
{
    const auto part = [&where](double left, double right) {
        return QRectF(left, where.header.top(), right - left, where.header.height());
    };
    painter.setFont(scaledFont(style.font, 0.9));
    painter.setPen(style.query);
    paintLine(painter, part(where.left.left(), where.left.right()), Qt::AlignRight | Qt::AlignTop,
              QCoreApplication::translate("Figures", "query"));
    painter.setPen(style.key);
    paintLine(painter, part(where.right.left(), where.right.right()), Qt::AlignLeft | Qt::AlignTop,
              QCoreApplication::translate("Figures", "key"));
    painter.setFont(axisFont(style));
    painter.setPen(style.muted);
    paintLine(painter, part(where.lines.left(), where.lines.right()), Qt::AlignHCenter | Qt::AlignTop,
              scaleText());
}

std::optional<Hit> TokenLinesRenderer::hit(const QPointF &point, const QRectF &body, const Viewpoint &,
                                           const FigureStyle &style)
{
    const LinesLayout where = layout(body, style);
    const int token = static_cast<int>(std::floor((point.y() - where.lines.top()) / where.pitch));
    if (token < 0 || token >= lines_.tokens.size())
        return std::nullopt;
    Hit hit;
    const int index = indexOf(lines_.indices, token);
    const QString label = QString::number(index) + QLatin1Char(' ') + lines_.tokens.at(token);
    if (where.left.adjusted(0.0, 0.0, 6.0, 0.0).contains(point)) {
        hit.row = index;
        hit.description = QCoreApplication::translate("Figures", "query") + QLatin1Char(' ') + label;
        return hit;
    }
    if (where.right.adjusted(-6.0, 0.0, 0.0, 0.0).contains(point)) {
        hit.column = index;
        hit.description = QCoreApplication::translate("Figures", "key") + QLatin1Char(' ') + label;
        return hit;
    }
    return std::nullopt;
}

} // namespace

std::unique_ptr<ContentRenderer> tokenLinesRenderer(const FigurePtr &figure)
{
    return std::make_unique<TokenLinesRenderer>(figure);
}

} // namespace encoderscope
