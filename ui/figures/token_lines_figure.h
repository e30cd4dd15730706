// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "ui/figures/figure.h"

namespace encoderscope
{

/// Two columns of tokens, queries left and keys right, with a line for each weight. Heads are drawn over each
/// other in their series colours, opacity = weight / heads.
class TokenLinesFigure : public Figure
{
public:
    struct Head {
        Matrix weights; ///< [n x n]
        QString name;   ///< "head 3"
        QColor colour;
    };
    TokenLinesFigure(QStringList tokens, std::vector<Head> heads);

    QSizeF naturalSize(const FigureStyle &style) const override;
    void paint(QPainter &painter, const QRectF &area, const FigureStyle &style) const override;
    /// Row = token of the left column under the point, column = token of the right one.
    std::optional<Hit> hit(const QPointF &point, const QRectF &area, const FigureStyle &style) const override;
    Table table() const override;

private:
    QStringList tokens_;
    std::vector<Head> heads_;
};

} // namespace encoderscope
