// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_style.h"

#include <QPalette>

namespace encoderscope
{

/// The theme that a widget with this palette is in.
Theme themeOf(const QPalette &palette);

/// The colours of the window in a theme.
QPalette windowPalette(Theme theme);

/// Black, white and yellow, for those who see little; figures are those of the dark theme.
QPalette contrastPalette();

/// Gives the application the theme "light", "dark" or "contrast"; anything else: the one of the desktop's
/// palette. Widgets hear of it through QEvent::PaletteChange.
void applyTheme(const QString &choice);

} // namespace encoderscope
