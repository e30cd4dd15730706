// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/figure_preview.h"

#include <QPainter>

#include <algorithm>

namespace encoderscope
{

FigurePreview::FigurePreview(QWidget *parent)
    : QWidget(parent)
    , preparation_([this] { update(); })
{
    setAccessibleName(tr("Preview of the figure"));
}

void FigurePreview::present(const FigurePtr &figure, const FigureStyle &style, const FileOptions &options)
{
    renderer_.setFigure(figure);
    renderer_.setEmphasis(options.viewpoint.emphasis);
    renderer_.setVisibleCells(options.viewpoint.visibleCells);
    style_ = style;
    size_ = options.size;
    update();
}

void FigurePreview::paintEvent(QPaintEvent *)
{
    if (size_.isEmpty())
        return;
    constexpr double margin = 8.0;
    const QSizeF room(width() - 2.0 * margin, height() - 2.0 * margin);
    const double scale = std::min({room.width() / size_.width(), room.height() / size_.height(), 2.0});
    QPainter painter(this);
    painter.translate((width() - size_.width() * scale) / 2.0, (height() - size_.height() * scale) / 2.0);
    painter.scale(scale, scale);
    const QRectF page(QPointF(0.0, 0.0), size_);
    if (preparation_.ready(renderer_, page, scale * devicePixelRatioF(), style_))
        renderer_.paint(painter, page, style_);
    else
        painter.fillRect(page, style_.background);
    painter.setPen(style_.muted);
    painter.drawText(page, Qt::AlignCenter | Qt::TextWordWrap, preparation_.problem());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style_.grid, 0.0));
    painter.drawRect(page);
}

} // namespace encoderscope
