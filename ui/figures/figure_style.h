// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/colour_map.h"

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
    Palette palette = Palette::viridis;
    bool showTitle = true;
    bool showCaption = false; ///< exported files have it
    bool showNumbers = true;  ///< the values in cells that have room for them, and at bars

    /// The colour-blind safe colour of the index-th curve, bar or group.
    QColor series(int index) const;
    Colouring colouring() const { return {theme == Theme::dark, palette}; }

    bool operator==(const FigureStyle &) const = default;
};

/// A colour by what it stands for, so that a figure looks right in every style.
struct FigureColour {
    enum class Role { series, text, muted, query, key, value, output } role = Role::series;
    int index = 0; ///< of the series

    static FigureColour series(int index) { return {Role::series, index}; }
    QColor in(const FigureStyle &style) const;

    bool operator==(const FigureColour &) const = default;
};

/// `pointSize` 0: the application's.
FigureStyle figureStyle(Theme theme, double pointSize = 0.0);

} // namespace encoderscope
