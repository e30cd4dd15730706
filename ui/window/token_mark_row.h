// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_style.h"
#include "ui/state/frame.h"

#include <QRectF>
#include <QStringList>

#include <functional>
#include <vector>

class QPainter;

namespace encoderscope
{

/// What stands over the chips of tokens [first, last].
struct TokenMark {
    int first = 0;
    int last = 0;
    QString text;
    FigureColour colour;
};

/// The labels of spans, the likeliest answer, and the tokens that are more likely replaced than not; one
/// after another as the tokens are.
std::vector<TokenMark> tokenMarksShown(const Frame &frame);

/// What the model's heads say of one token, a line each: for tool tips and screen readers.
QStringList markDescriptions(const Frame &frame, int token);

/// A line over the chips of each mark, and its text above, as far as there is room before the next mark: in
/// `row`, which ends where the chips begin and is as wide as what is seen. `chip` is where a token's chip is;
/// null when it is not shown.
void paintTokenMarks(QPainter &painter, const std::vector<TokenMark> &marks,
                     const std::function<QRectF(int token)> &chip, const QRectF &row,
                     const FigureStyle &style);

} // namespace encoderscope
