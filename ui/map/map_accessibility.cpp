// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/head_statistics.h"
#include "ui/figures/catalogue/head_table.h"
#include "ui/map/encoder_map.h"
#include "ui/map/map_switches.h"
#include "ui/state/session.h"

#include <QScrollBar>

namespace encoderscope
{

namespace
{

/// What a head attends to is found out when it is asked for: in about a millisecond up to that many tokens.
constexpr int mostTokens = 512;

} // namespace

QString EncoderMap::patternOf(const MapPart &part) const
{
    const TracePtr &trace = session_.frame()->compared.now;
    if (part.kind != MapPart::Kind::head || !trace || trace->tokens() > mostTokens ||
        part.layer >= trace->layers() || part.head >= trace->heads())
        return {};
    if (patternsOf_ != trace) {
        patternsOf_ = trace;
        patterns_.clear();
    }
    const auto [found, anew] = patterns_.try_emplace({part.layer, part.head});
    if (anew)
        found->second = patternName(encoderscope::pattern_of(head_statistics(*trace, part.layer, part.head)));
    return found->second;
}

AccessibleItem EncoderMap::accessibleItem(int index) const
{
    const MapItem &item = layout_.items[static_cast<std::size_t>(index)];
    const MapItemState state = stateOf(static_cast<std::size_t>(index));
    AccessibleItem told;
    told.name = nameOf(item.part);
    told.description = describe(item.part).section(QLatin1Char('\n'), 1);
    const bool switches = !item.toggle.isEmpty();
    told.role = switches ? QAccessible::CheckBox : QAccessible::Button;
    told.state.checkable = switches;
    told.state.checked = switches && state.switchOn;
    told.state.selectable = true;
    told.state.selected = state.pinned;
    told.value = state.on ? patternOf(item.part) : tr("switched off");
    told.rect = item.frame.translated(0.0, -verticalScrollBar()->value()).toAlignedRect();
    return told;
}

int EncoderMap::accessibleItemAt(const QPoint &point) const
{
    const MapItem *item = layout_.at(inMap(point));
    return item != nullptr ? static_cast<int>(item - layout_.items.data()) : -1;
}

void EncoderMap::pressAccessibleItem(int index)
{
    const MapItem &item = layout_.items[static_cast<std::size_t>(index)];
    setCurrent(static_cast<std::size_t>(index));
    if (item.toggle.isEmpty())
        open(item.part);
    else
        toggle(item.part);
}

} // namespace encoderscope
