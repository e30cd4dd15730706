// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/side_by_side.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace encoderscope
{

namespace
{

void widen(double &low, double &high, double &otherLow, double &otherHigh)
{
    low = otherLow = std::min(low, otherLow);
    high = otherHigh = std::max(high, otherHigh);
}

void share(HeatmapData &now, HeatmapData &reference)
{
    if (now.size() == 0 || reference.size() == 0 || now.scale.map != reference.scale.map ||
        now.scale.logarithmic != reference.scale.logarithmic)
        return;
    widen(now.scale.low, now.scale.high, reference.scale.low, reference.scale.high);
    now.clipped = reference.clipped = now.clipped || reference.clipped;
}

void share(HeatmapGrid &now, HeatmapGrid &reference)
{
    if (now.panels.empty() || reference.panels.empty())
        return;
    share(now.panels.front(), reference.panels.front());
    for (HeatmapGrid *grid : {&now, &reference}) {
        for (HeatmapData &panel : grid->panels) {
            panel.scale = grid->panels.front().scale;
            panel.clipped = grid->panels.front().clipped;
        }
    }
}

void share(ChartData &now, ChartData &reference)
{
    widen(now.xLow, now.xHigh, reference.xLow, reference.xHigh);
    widen(now.yLow, now.yHigh, reference.yLow, reference.yHigh);
}

void share(BarsData &now, BarsData &reference)
{
    for (BarsData *bars : {&now, &reference}) {
        if (bars->low != 0.0 || bars->high != 0.0)
            continue;
        for (const double value : std::as_const(bars->values)) {
            if (std::isfinite(value)) {
                bars->low = std::min(bars->low, value);
                bars->high = std::max(bars->high, value);
            }
        }
    }
    widen(now.low, now.high, reference.low, reference.high);
    now.room = reference.room = std::max({now.room, reference.room, static_cast<int>(now.values.size()),
                                          static_cast<int>(reference.values.size())});
}

} // namespace

void shareScales(FigurePtr &now, FigurePtr &reference)
{
    if (!now || !reference || now->content.index() != reference->content.index())
        return;
    auto first = std::make_shared<Figure>(*now);
    auto second = std::make_shared<Figure>(*reference);
    std::visit(
        [&second](auto &content) {
            using Content = std::decay_t<decltype(content)>;
            if constexpr (std::is_same_v<Content, HeatmapData> || std::is_same_v<Content, HeatmapGrid> ||
                          std::is_same_v<Content, ChartData> || std::is_same_v<Content, BarsData>)
                share(content, std::get<Content>(second->content));
        },
        first->content);
    now = std::move(first);
    reference = std::move(second);
}

} // namespace encoderscope
