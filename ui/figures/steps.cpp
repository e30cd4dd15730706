// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/steps.h"

#include <algorithm>
#include <cmath>

namespace encoderscope
{

QString labelOf(const StepLine &line)
{
    return line.weight.isEmpty() ? line.text : line.weight + worked_weight_separator + line.text;
}

QString widestWeight()
{
    return workedNumber(8.888e-88);
}

QString workedNumber(double value, int digits)
{
    if (!std::isfinite(value))
        return std::isnan(value) ? QStringLiteral("NaN")
               : value > 0.0     ? QStringLiteral("∞")
                                 : QStringLiteral("−∞");
    if (value == 0.0)
        return QStringLiteral("0");
    const QString scientific = QString::number(value, 'e', digits - 1);
    const int exponent = scientific.section(QLatin1Char('e'), 1).toInt();
    QString text;
    if (exponent < -3 || exponent > 5) {
        static const QString raised = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
        text = scientific.section(QLatin1Char('e'), 0, 0) + QStringLiteral("×10");
        if (exponent < 0)
            text += QStringLiteral("⁻");
        for (const QChar digit : QString::number(std::abs(exponent)))
            text += raised[digit.digitValue()];
    } else {
        text = QString::number(value, 'f', std::max(0, digits - 1 - exponent));
    }
    return text.replace(QLatin1Char('-'), QChar(0x2212));
}

} // namespace encoderscope
