// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace encoderscope
{

/// The smallest of 1, 2, 5, 10, 20, ... times a power of ten that is not below `value` (above 0).
double niceCeiling(double value);

/// The same in finer steps (1, 1.5, 2, 3, 4, 5, 6, 8, 10): for the end of a scale.
double niceLimit(double value);

/// Round numbers from low to high, at most `most` (at least 2) of them where that is possible.
QList<double> niceTicks(double low, double high, int most);

/// Powers of ten from low to high (above 0), thinned to at most `most`.
QList<double> decadeTicks(double low, double high, int most);

/// Whole numbers 0, step, 2 step, ... below `count`, with a round step so that at most `most` come out.
QList<int> indexTicks(int first, int count, int most);

/// A tick's label with just the decimals that the distance between ticks asks for; a real minus sign.
QString tickLabel(double value, double step);

/// With so many decimals: a real minus sign, and none before what is rounded to zero.
QString fixedNumber(double value, int decimals);

/// A value as a person reads it: four significant digits, a real minus sign.
QString readableNumber(double value);

/// The same where many numbers stand together: three decimals below 1.
QString shortNumber(double value);

} // namespace encoderscope
