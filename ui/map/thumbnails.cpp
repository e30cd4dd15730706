// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/thumbnails.h"

#include "ui/figures/catalogue/thumbnail_data.h"
#include "ui/figures/cell_raster.h"

#include <optional>

namespace encoderscope
{

namespace
{

/// What a part has a picture of; nothing for the others.
std::optional<ThumbnailOf> pictured(const MapPart &part)
{
    using Kind = MapPart::Kind;
    using Part = ThumbnailOf::Part;
    switch (part.kind) {
    case Kind::head:
        return ThumbnailOf{Part::head, part.layer, part.head};
    case Kind::feedForward:
        return ThumbnailOf{Part::feedForward, part.layer};
    case Kind::positions:
        return ThumbnailOf{Part::positions};
    case Kind::embedding:
        return ThumbnailOf{Part::embedding};
    case Kind::output:
        return ThumbnailOf{Part::output};
    default:
        return std::nullopt;
    }
}

} // namespace

QImage thumbnail(const ComparedTrace &compared, const MapPart &part, bool dark, const std::stop_token &stop)
{
    const std::optional<ThumbnailOf> of = pictured(part);
    const HeatmapData data = of ? thumbnailData(compared, *of, stop) : HeatmapData();
    if (data.size() == 0)
        return {};
    CellRaster raster;
    return raster.image(
        data, {QRect(0, 0, data.columns, data.rows), QSize(data.columns, data.rows), {.dark = dark}});
}

double thumbnailCost(const Trace &trace, const MapPart &part)
{
    constexpr double compared = 8.0; // finding the largest takes several times as long as multiplying
    const double n = trace.tokens();
    if (part.kind == MapPart::Kind::head)
        return n * n * (trace.config().d_k() + 16.0);
    return compared * n *
           (part.kind == MapPart::Kind::feedForward ? trace.config().d_ff : trace.config().d_model);
}

} // namespace encoderscope
