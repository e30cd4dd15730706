// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_style.h"
#include "ui/map/map_layout.h"

#include <QImage>
#include <QPalette>
#include <QString>

class QPainter;

namespace encoderscope
{

/// How a part of the map looks right now.
struct MapItemState {
    QString label;
    bool on = true;       ///< it takes part in the computation
    bool switchOn = true; ///< its own switch; the layer's may be off
    bool pinned = false;
    bool hovered = false;
    bool current = false; ///< has the keyboard

    bool operator==(const MapItemState &) const = default;
};

/// Everything but the thumbnail.
void paintMapItem(QPainter &painter, const MapItem &item, const MapItemState &state, const FigureStyle &style,
                  const QPalette &palette);

/// The thumbnail of a part that has one.
void paintMapPicture(QPainter &painter, const MapItem &item, const QImage &picture, const MapItemState &state,
                     const FigureStyle &style);

/// The way of the data, from each block up to the next one.
void paintMapArrows(QPainter &painter, const MapLayout &layout, const FigureStyle &style);

} // namespace encoderscope
