// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QSizeF>

#include <vector>

namespace encoderscope
{

/// A part of the encoder as the map names it. Layer and head from 0; -1 where there is none.
struct MapPart {
    enum class Kind { output, headColumn, layer, attention, head, feedForward, positions, embedding };
    Kind kind = Kind::embedding;
    int layer = -1;
    int head = -1;

    bool operator==(const MapPart &) const = default;
};

/// Where a part lies. Parts lie inside of others: a head in its attention, that in its layer.
struct MapItem {
    MapPart part;
    QRectF frame;
    QRectF label;     ///< may be null
    QRectF thumbnail; ///< may be null
    QRectF toggle;    ///< the switch; may be null
};

struct MapLayout {
    std::vector<MapItem> items; ///< outer ones before inner ones; top to bottom
    QSizeF size;

    /// The innermost item there; null when there is none.
    const MapItem *at(const QPointF &point) const;
    const MapItem *find(const MapPart &part) const;
};

/// The map of an encoder in a column of that width, with labels of that height.
MapLayout mapLayout(int layers, int heads, double width, double lineHeight);

} // namespace encoderscope
