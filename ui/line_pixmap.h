// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>

#include <functional>

class QPainter;

namespace encoderscope
{

/// The picture of an icon: lines that wide with round ends, which `draw` draws in a square of 64 x 64.
QPixmap linePixmap(const QColor &colour, double width, const std::function<void(QPainter &painter)> &draw);

} // namespace encoderscope
