// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_files.h"
#include "ui/pages/figure_preparation.h"

#include <QWidget>

namespace encoderscope
{

/// A figure as a page of a given size, made to fit into the widget.
class FigurePreview : public QWidget
{
    Q_OBJECT

public:
    explicit FigurePreview(QWidget *parent = nullptr);

    void present(const FigurePtr &figure, const FigureStyle &style, const FileOptions &options);

    QSize sizeHint() const override { return {560, 460}; }
    QSize minimumSizeHint() const override { return {240, 180}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    FigureRenderer renderer_;
    FigureStyle style_;
    QSizeF size_;
    FigurePreparation preparation_;
};

} // namespace encoderscope
