// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/ticks.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace encoderscope
{

namespace
{

QString withMinusSign(QString number)
{
    return number.replace(QLatin1Char('-'), QChar(0x2212));
}

double roundedUp(double value, std::initializer_list<double> steps)
{
    if (!(value > 0.0) || !std::isfinite(value))
        return 1.0;
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    if (!(decade > 0.0))
        return value; // among the smallest doubles there are no round numbers
    for (const double step : steps) {
        if (value <= step * decade * (1.0 + 1e-9))
            return step * decade;
    }
    return 10.0 * decade;
}

} // namespace

double niceCeiling(double value)
{
    return roundedUp(value, {1.0, 2.0, 5.0});
}

double niceLimit(double value)
{
    return roundedUp(value, {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0});
}

QList<double> niceTicks(double low, double high, int most)
{
    QList<double> ticks;
    if (!(high > low) || !std::isfinite(high - low))
        return ticks;
    most = std::max(2, most);
    const double step = niceCeiling((high - low) / (most - 1));
    const double slack = step * 1e-6;
    const double first = std::ceil((low - slack) / step);
    // Counted: far from 0 a step may be lost in rounding.
    for (int index = 0; index <= most; ++index) {
        const double tick = (first + index) * step;
        if (!(tick <= high + slack) || (index > 0 && tick == ticks.constLast()))
            break;
        ticks.append(first + index == 0.0 ? 0.0 : tick);
    }
    return ticks;
}

QList<double> decadeTicks(double low, double high, int most)
{
    QList<double> ticks;
    if (!(low > 0.0) || !(high > low) || !std::isfinite(high))
        return ticks;
    const int first = static_cast<int>(std::ceil(std::log10(low) - 1e-9));
    const int last = static_cast<int>(std::floor(std::log10(high) + 1e-9));
    const int step = std::max(1, (last - first + most) / std::max(1, most));
    for (int exponent = last; exponent >= first; exponent -= step)
        ticks.prepend(std::pow(10.0, exponent));
    return ticks;
}

QList<int> indexTicks(int first, int count, int most)
{
    QList<int> ticks;
    if (count <= 0)
        return ticks;
    const int step = std::max(1, static_cast<int>(std::lround(niceCeiling(std::ceil(
                                     static_cast<double>(count) / static_cast<double>(std::max(1, most)))))));
    for (int tick = (first + step - 1) / step * step; tick < first + count; tick += step)
        ticks.append(tick);
    return ticks;
}

QString tickLabel(double value, double step)
{
    if (value != 0.0 && (std::abs(value) >= 1e5 || std::abs(step) < 1e-4))
        return withMinusSign(QString::number(value, 'g', 3));
    const int decimals =
        step > 0.0 ? std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 4) : 2;
    return fixedNumber(value, decimals);
}

QString fixedNumber(double value, int decimals)
{
    const QString number = QString::number(value, 'f', decimals);
    return number.toDouble() == 0.0 ? QString::number(0.0, 'f', decimals) : withMinusSign(number);
}

QString readableNumber(double value)
{
    if (!std::isfinite(value))
        return QString::number(value);
    return withMinusSign(QString::number(value, 'g', 4));
}

QString shortNumber(double value)
{
    if (!std::isfinite(value))
        return QString::number(value);
    const double size = std::abs(value);
    if (size > 0.0 && size < 0.0005)
        return withMinusSign(QString::number(value, 'g', 2));
    return size < 1.0 ? fixedNumber(value, 3) : withMinusSign(QString::number(value, 'g', 4));
}

} // namespace encoderscope
