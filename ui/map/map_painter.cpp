// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_painter.h"

#include "ui/figures/figure_text.h"
#include "ui/figures/heatmap_parts.h"

#include <QPainter>
#include <QPainterPath>

namespace encoderscope
{

namespace
{

using Kind = MapPart::Kind;

bool isBlock(Kind kind)
{
    return kind == Kind::output || kind == Kind::layer || kind == Kind::positions || kind == Kind::embedding;
}

/// On: filled, knob right. Off: hatched, knob left.
void paintToggle(QPainter &painter, const QRectF &rect, bool on, const FigureStyle &style,
                 const QPalette &palette)
{
    const double radius = rect.height() / 2;
    const QRectF pill = rect.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(on ? palette.color(QPalette::Highlight) : style.muted, 1.0));
    painter.setBrush(on ? palette.color(QPalette::Highlight) : palette.color(QPalette::Base));
    painter.drawRoundedRect(pill, radius, radius);
    if (!on) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(style.muted, Qt::BDiagPattern));
        painter.drawRoundedRect(pill, radius, radius);
    }
    const double knob = radius - 2.0;
    painter.setPen(Qt::NoPen);
    painter.setBrush(on ? QColor(Qt::white) : style.muted);
    painter.drawEllipse(QPointF(on ? rect.right() - radius : rect.left() + radius, rect.center().y()), knob,
                        knob);
}

void paintFrame(QPainter &painter, const MapItem &item, const MapItemState &state, const FigureStyle &style,
                const QPalette &palette)
{
    const bool block = isBlock(item.part.kind);
    const QRectF frame = item.frame.adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath shape;
    shape.addRoundedRect(frame, block ? 7.0 : 5.0, block ? 7.0 : 5.0);
    painter.fillPath(shape, palette.color(block ? QPalette::Base : QPalette::AlternateBase));
    if (!state.on) {
        painter.save();
        painter.setClipPath(shape);
        painter.fillRect(frame, QBrush(style.muted, Qt::BDiagPattern));
        painter.restore();
    }
    if (!block && !state.hovered)
        return;
    QPen border(palette.color(QPalette::Mid), 1.0);
    if (state.pinned)
        border = QPen(palette.color(QPalette::Highlight), 1.5);
    if (state.hovered)
        border = QPen(style.hover, 1.5);
    painter.setPen(border);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape);
}

/// Around the thumbnail, which does not cover it.
void paintBorder(QPainter &painter, const MapItem &item, const MapItemState &state, const FigureStyle &style)
{
    const QRectF rect = item.thumbnail;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.grid, 1.0));
    painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5));
    if (item.part.kind != Kind::head || !(state.pinned || state.hovered))
        return;
    painter.setPen(QPen(state.hovered ? style.hover : style.pin, 2.0));
    painter.drawRect(rect.adjusted(-1.0, -1.0, 1.0, 1.0));
}

/// The label on a ground of its own, readable over hatching.
void paintLabel(QPainter &painter, const MapItem &item, const MapItemState &state, const FigureStyle &style,
                const QPalette &palette)
{
    QFont font = painter.font();
    font.setBold(item.part.kind == Kind::layer);
    if (!isBlock(item.part.kind))
        font.setPointSizeF(font.pointSizeF() * 0.88);
    painter.save();
    painter.setFont(font);
    const bool centred = item.part.kind == Kind::headColumn || item.part.kind == Kind::feedForward;
    const auto alignment = (centred ? Qt::AlignHCenter : Qt::AlignLeft) | Qt::AlignVCenter;
    if (!state.on && item.part.kind != Kind::headColumn) {
        const QFontMetricsF metrics(font);
        const QString text = metrics.elidedText(state.label, Qt::ElideRight, item.label.width() + 1.0);
        const QRectF ground = metrics.boundingRect(item.label, alignment, text);
        painter.fillRect(ground.adjusted(-3, 0, 3, 0), palette.color(QPalette::Base));
    }
    painter.setPen(isBlock(item.part.kind) ? palette.color(QPalette::Text) : style.muted);
    paintLine(painter, item.label, alignment, state.label);
    painter.restore();
}

} // namespace

void paintMapItem(QPainter &painter, const MapItem &item, const MapItemState &state, const FigureStyle &style,
                  const QPalette &palette)
{
    if (item.part.kind != Kind::head && item.part.kind != Kind::headColumn)
        paintFrame(painter, item, state, style, palette);
    if (!item.thumbnail.isNull())
        paintBorder(painter, item, state, style);
    if (!item.label.isNull())
        paintLabel(painter, item, state, style, palette);
    if (!item.toggle.isNull())
        paintToggle(painter, item.toggle, state.switchOn, style, palette);
    if (state.current) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette.color(QPalette::Highlight), 1.0, Qt::DashLine));
        painter.drawRoundedRect(item.frame.adjusted(-1.5, -1.5, 1.5, 1.5), 4.0, 4.0);
    }
}

void paintMapPicture(QPainter &painter, const MapItem &item, const QImage &picture, const MapItemState &state,
                     const FigureStyle &style)
{
    if (!picture.isNull())
        painter.drawImage(item.thumbnail, picture);
    if (!state.on)
        paintHatching(painter, item.thumbnail, style);
}

void paintMapArrows(QPainter &painter, const MapLayout &layout, const FigureStyle &style)
{
    const MapItem *above = nullptr;
    for (const MapItem &item : layout.items) {
        if (!isBlock(item.part.kind))
            continue;
        if (above) {
            const double x = item.frame.center().x();
            const double top = above->frame.bottom() + 1.5;
            const double bottom = item.frame.top() - 1.0;
            // The line of switches between output and the top layer lies in the way.
            if (bottom - top < 20.0) {
                painter.setPen(QPen(style.muted, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
                painter.drawLine(QPointF(x, bottom), QPointF(x, top));
                painter.drawPolyline(QPolygonF({{x - 3.0, top + 3.5}, {x, top}, {x + 3.0, top + 3.5}}));
            }
        }
        above = &item;
    }
}

} // namespace encoderscope
