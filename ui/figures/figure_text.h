// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"

#include <QFontMetricsF>

class QPainter;

namespace encoderscope
{

/// Text that is large already, for a projector, is never scaled below so many pixels.
constexpr int largeTextPixels = 18;
/// The style's font at `factor` times its size (pixels, at least 7).
QFont scaledFont(const QFont &font, double factor, bool bold = false);

/// Of the labels of axes and legends, and of the titles of axes.
QFont axisFont(const FigureStyle &style);
QFont axisTitleFont(const FigureStyle &style);

/// The widest of `labels` in that font.
double widestLabel(const QStringList &labels, const QFont &font);

/// Whether a short label has room across a place where longer ones are turned.
bool fitsUpright(const QString &text, const QFont &font, double width);

/// `text` in at most `most` lines of `width`; what does not fit is elided in the last line. Never breaks
/// within a character that a person sees as one.
QStringList wrappedLines(const QString &text, const QFont &font, double width, int most);

/// One line, elided to `rect`'s width, placed by `alignment`; -90 degrees when `vertical` (reads upwards),
/// but for a single character that has room as it is.
void paintLine(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text,
               bool vertical = false);

constexpr double frameMargin = 8.0; ///< around a figure

/// A body so narrow for its text, as in one column of print, that a colour bar belongs below rather than
/// beside.
bool narrow(double width, const FigureStyle &style);

/// A figure's area, divided: title above, caption below, the picture between.
struct FigureFrame {
    QRectF title;
    QRectF body;
    QRectF caption;
};
FigureFrame figureFrame(const Figure &figure, const QRectF &area, const FigureStyle &style);

/// What a body of that size becomes with title, caption and margins.
QSizeF framedSize(const Figure &figure, const QSizeF &body, const FigureStyle &style);

/// The height of a figure of that width whose body has that height.
double framedHeight(const Figure &figure, double width, double body, const FigureStyle &style);

/// Background, title and caption; returns where the picture goes.
QRectF paintFrame(QPainter &painter, const Figure &figure, const QRectF &area, const FigureStyle &style);

} // namespace encoderscope
