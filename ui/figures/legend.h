// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_style.h"

#include <QList>
#include <QRectF>
#include <QString>

class QPainter;

namespace encoderscope
{

/// One entry of a legend.
struct LegendEntry {
    QString name;
    QColor colour;
    enum class Mark { line, dashes, dot } mark = Mark::line;
};

/// Entries side by side, in as many lines as the width asks for: Qt Charts' own legend leaves out what has no
/// room.
double legendHeight(const QList<LegendEntry> &entries, double width, const FigureStyle &style);
void paintLegend(QPainter &painter, const QList<LegendEntry> &entries, const QRectF &area,
                 const FigureStyle &style);

} // namespace encoderscope
