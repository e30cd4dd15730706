// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/selection.h"

namespace encoderscope
{

void Selection::hover(const Selected &selected)
{
    if (selected == hovered_)
        return;
    hovered_ = selected;
    Q_EMIT hoveredChanged();
}

void Selection::pinLayer(int layer)
{
    Selected changed = pinned_;
    changed.layer = layer;
    pin(changed);
}

void Selection::pinHead(int layer, int head)
{
    Selected changed = pinned_;
    changed.layer = layer;
    changed.head = head;
    pin(changed);
}

void Selection::pinQuery(int token)
{
    Selected changed = pinned_;
    changed.query = token;
    pin(changed);
}

void Selection::pinKey(int token)
{
    Selected changed = pinned_;
    changed.key = token;
    pin(changed);
}

void Selection::pinDimension(int dimension)
{
    Selected changed = pinned_;
    changed.dimension = dimension;
    pin(changed);
}

void Selection::pinNeuron(int neuron)
{
    Selected changed = pinned_;
    changed.neuron = neuron;
    pin(changed);
}

} // namespace encoderscope
