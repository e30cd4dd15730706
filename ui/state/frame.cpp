// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/frame.h"

#include "ui/state/view_kinds.h"

#include <algorithm>

namespace encoderscope
{

const Parameters &Frame::parameters(const QString &view) const
{
    static const Parameters none;
    const auto found = state.views.find(view);
    return found == state.views.end() ? none : found->second;
}

int Frame::layerOf(const QString &view) const
{
    const int layer = chosen<int>(parameters(view), viewKind(view, QStringLiteral("layer")));
    return std::min(layer, trace().layers() - 1);
}

} // namespace encoderscope
