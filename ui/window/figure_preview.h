// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/figure_preparation.h"

#include <QWidget>

namespace encoderscope
{

/// A figure as a page of a given size, made to fit into the widget.
class FigurePreview : public QWidget
{
    Q_OBJECT

public:
    explicit FigurePreview(FigurePtr figure, QWidget *parent = nullptr);

    /// `size` in units of 1/96 inch.
    void present(const FigureStyle &style, const QSizeF &size);

    QSize sizeHint() const override { return {560, 460}; }
    QSize minimumSizeHint() const override { return {240, 180}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    FigurePtr figure_;
    FigureStyle style_;
    QSizeF size_;
    FigurePreparation preparation_;
};

} // namespace encoderscope
