// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>

namespace encoderscope
{

enum class Theme { light, dark };

/// How figures look: the one place where colours and fonts are chosen. Roles keep one colour everywhere.
struct FigureStyle {
    Theme theme = Theme::light;
    QFont font; ///< text; titles are larger, ticks smaller
    QColor background;
    QColor text;
    QColor muted; ///< ticks, captions
    QColor grid;
    QColor hover;                     ///< outline of what the pointer is on
    QColor pin;                       ///< outline of what is pinned
    QColor query, key, value, output; ///< blue, red, green, purple
    bool showTitle = true;
    bool showCaption = false; ///< exported files have it

    /// The colour-blind safe colour of the index-th curve, bar or group.
    QColor series(int index) const;
};

/// `pointSize` 0: the application's.
FigureStyle figureStyle(Theme theme, double pointSize = 0.0);

} // namespace encoderscope
