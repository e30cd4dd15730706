// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace encoderscope
{

/// Over a zoomed heatmap: the whole matrix, small, and which part of it is shown. Dragging moves that part.
class Overview : public QWidget
{
    Q_OBJECT

public:
    explicit Overview(QWidget *parent);

    /// Pixels that show a matrix of `all` cells (x = columns, y = rows), whatever its proportions.
    static QSize sizeFor(const QSizeF &all);

    /// A picture of a matrix of `all` cells.
    void setPicture(const QImage &picture, const QSizeF &all);
    void setVisibleCells(const QRectF &cells);

Q_SIGNALS:
    /// This cell is to be in the middle of what is shown.
    void centred(const QPointF &cell);

protected:
    bool event(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslate();
    void centreAt(const QPointF &point);

    QImage picture_;
    QSizeF all_;
    QRectF visible_;
};

} // namespace encoderscope
