// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetrics>
#include <QStringList>
#include <QWidget>

namespace encoderscope
{

/// The height of so many lines of text in the widget's font, in any language of the window: where Hangul
/// comes from another font, its lines are taller than the font's own.
inline int textHeight(const QWidget &widget, int lines)
{
    const QStringList each(lines, QStringLiteral("Ág 가힣"));
    return widget.fontMetrics().size(0, each.join(QLatin1Char('\n'))).height();
}

} // namespace encoderscope
