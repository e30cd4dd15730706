// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/token_lines_figure.h"

#include "ui/figures/figure_text.h"
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
constexpr double widestLine = 2.4;

struct LinesLayout {
    QRectF left, right; ///< the two columns of tokens
    QRectF lines;
    QRectF header, legend;
    double pitch = 1.0;
    QFont font;

    double y(int token) const { return lines.top() + (token + 0.5) * pitch; }
};

double headerHeight(const FigureStyle &style)
{
    return std::ceil(QFontMetricsF(style.font).height()) + 4.0;
}

LinesLayout linesLayout(const QStringList &tokens, bool legend, const QRectF &body, const FigureStyle &style)
{
    LinesLayout layout;
    const double header = headerHeight(style);
    const double line = QFontMetricsF(style.font).height();
    const double count = static_cast<double>(std::max<qsizetype>(1, tokens.size()));
    layout.header = QRectF(body.left(), body.top(), body.width(), header);
    layout.legend = QRectF(body.left(), body.bottom() - (legend ? header : 0.0), body.width(), header);
    const double top = layout.header.bottom();
    const double height = std::max(1.0, layout.legend.top() - top);
    layout.pitch = std::min(height / count, line * 1.8);
    layout.font =
        layout.pitch >= line ? style.font : scaledFont(style.font, std::max(layout.pitch / line, 0.6));
    const double label = std::clamp(std::ceil(widestLabel(tokens, layout.font) / 24.0 + 0.5) * 24.0, 48.0,
                                    std::max(48.0, body.width() * 0.3));
    layout.left = QRectF(body.left(), top, label, layout.pitch * count);
    layout.right = QRectF(body.right() - label, top, label, layout.pitch * count);
    layout.lines =
        QRectF(layout.left.right() + 6.0, top,
               std::max(1.0, layout.right.left() - layout.left.right() - 12.0), layout.pitch * count);
    return layout;
}

} // namespace

TokenLinesFigure::TokenLinesFigure(QStringList tokens, std::vector<Head> heads)
    : tokens_(std::move(tokens))
    , heads_(std::move(heads))
{
}

QSizeF TokenLinesFigure::naturalSize(const FigureStyle &style) const
{
    const double line = QFontMetricsF(style.font).height();
    const double label = std::clamp(widestLabel(tokens_, style.font) + 12.0, 48.0, 160.0);
    const double rows = std::min(static_cast<double>(tokens_.size()) * line * 1.25, 4000.0);
    const double legend = heads_.size() > 1 ? headerHeight(style) : 0.0;
    return framedSize(
        *this,
        QSizeF(std::max(420.0, 2.0 * label + 240.0), std::max(rows, 80.0) + headerHeight(style) + legend),
        style);
}

void TokenLinesFigure::paint(QPainter &painter, const QRectF &area, const FigureStyle &style) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = paintFrame(painter, *this, area, style);
    const bool legend = heads_.size() > 1;
    const LinesLayout layout = linesLayout(tokens_, legend, body, style);
    const int count = static_cast<int>(tokens_.size());

    // The hovered token speaks first, then the pinned one; without either every line is equal.
    const bool hovered = emphasis.hoveredRow >= 0 || emphasis.hoveredColumn >= 0;
    const int row = hovered ? emphasis.hoveredRow : emphasis.pinnedRow;
    const int column = hovered ? emphasis.hoveredColumn : emphasis.pinnedColumn;
    const auto emphasised = [row, column](int query, int key) {
        return (row < 0 || query == row) && (column < 0 || key == column);
    };
    const double share = 1.0 / static_cast<double>(std::max<std::size_t>(1, heads_.size()));
    for (const bool front : {false, true}) {
        for (const Head &head : heads_) {
            for (int query = 0; query < std::min<int>(count, static_cast<int>(head.weights.rows()));
                 ++query) {
                for (int key = 0; key < std::min<int>(count, static_cast<int>(head.weights.cols())); ++key) {
                    if (emphasised(query, key) != front)
                        continue;
                    const bool faded = !front;
                    const double weight = std::clamp(static_cast<double>(head.weights(query, key)), 0.0, 1.0);
                    // A single emphasised token may use the whole range of opacity.
                    const double opacity =
                        (front && (row >= 0 || column >= 0) ? std::max(share, 0.7) : share) * weight *
                        (faded ? 0.12 : 1.0);
                    if (opacity < leastOpacity)
                        continue;
                    QColor colour = head.colour;
                    colour.setAlphaF(static_cast<float>(std::min(1.0, opacity)));
                    painter.setPen(QPen(colour, 0.6 + widestLine * weight, Qt::SolidLine, Qt::FlatCap));
                    painter.drawLine(QPointF(layout.lines.left(), layout.y(query)),
                                     QPointF(layout.lines.right(), layout.y(key)));
                }
            }
        }
    }

    painter.setFont(layout.font);
    const double textHeight = QFontMetricsF(layout.font).height();
    const int step = std::max(1, static_cast<int>(std::ceil(textHeight * 0.85 / layout.pitch)));
    const auto paintTokens = [&](const QRectF &columnRect, Qt::Alignment alignment, int hoveredToken,
                                 int pinnedToken) {
        for (int token = 0; token < count; ++token) {
            const bool strong = token == hoveredToken || token == pinnedToken;
            if (token % step != 0 && !strong)
                continue;
            const double height = std::max(layout.pitch, textHeight);
            const QRectF rect(columnRect.left(), layout.y(token) - height / 2.0, columnRect.width(), height);
            if (strong) {
                QColor fill = token == hoveredToken ? style.hover : style.pin;
                fill.setAlphaF(0.22F);
                painter.setPen(Qt::NoPen);
                painter.setBrush(fill);
                painter.drawRoundedRect(rect.adjusted(-3.0, 0.0, 3.0, 0.0), 3.0, 3.0);
                painter.setBrush(Qt::NoBrush);
            }
            painter.setPen(style.text);
            paintLine(painter, rect, alignment | Qt::AlignVCenter, tokens_.at(token));
        }
    };
    paintTokens(layout.left, Qt::AlignRight, emphasis.hoveredRow, emphasis.pinnedRow);
    paintTokens(layout.right, Qt::AlignLeft, emphasis.hoveredColumn, emphasis.pinnedColumn);

    painter.setFont(scaledFont(style.font, 0.9));
    painter.setPen(style.query);
    paintLine(painter,
              QRectF(layout.left.left(), layout.header.top(), layout.left.width(), layout.header.height()),
              Qt::AlignRight | Qt::AlignTop, QCoreApplication::translate("Figures", "query"));
    painter.setPen(style.key);
    paintLine(painter,
              QRectF(layout.right.left(), layout.header.top(), layout.right.width(), layout.header.height()),
              Qt::AlignLeft | Qt::AlignTop, QCoreApplication::translate("Figures", "key"));
    if (legend) {
        double x = layout.legend.left();
        for (const Head &head : heads_) {
            const double width = QFontMetricsF(painter.font()).horizontalAdvance(head.name);
            if (x + width + 20.0 > layout.legend.right())
                break;
            painter.setPen(QPen(head.colour, 3.0, Qt::SolidLine, Qt::FlatCap));
            const double y = layout.legend.center().y() + 2.0;
            painter.drawLine(QPointF(x, y), QPointF(x + 12.0, y));
            painter.setPen(style.text);
            paintLine(painter,
                      QRectF(x + 16.0, layout.legend.top() + 2.0, width + 1.0, layout.legend.height()),
                      Qt::AlignLeft | Qt::AlignVCenter, head.name);
            x += width + 32.0;
        }
    }
    painter.restore();
}

std::optional<Hit> TokenLinesFigure::hit(const QPointF &point, const QRectF &area,
                                         const FigureStyle &style) const
{
    const LinesLayout layout =
        linesLayout(tokens_, heads_.size() > 1, figureFrame(*this, area, style).body, style);
    const int token = static_cast<int>(std::floor((point.y() - layout.lines.top()) / layout.pitch));
    if (token < 0 || token >= tokens_.size())
        return std::nullopt;
    Hit hit;
    const QString label = QString::number(token) + QLatin1Char(' ') + tokens_.at(token);
    if (layout.left.adjusted(0.0, 0.0, 6.0, 0.0).contains(point)) {
        hit.row = token;
        hit.description = QCoreApplication::translate("Figures", "query") + QLatin1Char(' ') + label;
        return hit;
    }
    if (layout.right.adjusted(-6.0, 0.0, 0.0, 0.0).contains(point)) {
        hit.column = token;
        hit.description = QCoreApplication::translate("Figures", "key") + QLatin1Char(' ') + label;
        return hit;
    }
    return std::nullopt;
}

Table TokenLinesFigure::table() const
{
    Table table;
    table.columns = {QStringLiteral("head"), QStringLiteral("query")};
    for (int key = 0; key < tokens_.size(); ++key)
        table.columns.append(QString::number(key) + QLatin1Char(' ') + tokens_.at(key));
    for (const Head &head : heads_) {
        for (Index query = 0; query < head.weights.rows(); ++query) {
            const int token = static_cast<int>(query);
            QVariantList row{head.name, QString::number(token) + QLatin1Char(' ') + tokens_.value(token)};
            for (Index key = 0; key < head.weights.cols(); ++key)
                row.append(static_cast<double>(head.weights(query, key)));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

} // namespace encoderscope
