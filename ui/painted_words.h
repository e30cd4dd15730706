// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QPoint;

namespace encoderscope
{

/// A view that paints text which is the name of none of its accessible items.
class PaintedWords
{
public:
    virtual ~PaintedWords() = default;
    /// At a point of the viewport.
    virtual QString wordsAt(const QPoint &point) const = 0;
};

} // namespace encoderscope
