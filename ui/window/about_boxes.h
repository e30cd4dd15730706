// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace encoderscope
{

// What the menu Help says of the program by itself. Each opens over `window` and returns at once.

void showAbout(QWidget *window);
/// Keys and mouse actions that stand in no menu.
void showShortcuts(QWidget *window);

} // namespace encoderscope
