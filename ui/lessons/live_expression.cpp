// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/live_expression.h"

#include "engine/error.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace encoderscope
{

namespace
{

Error notUnderstood(const QString &text)
{
    return Error(QCoreApplication::translate("Lesson",
                                             "\"%1\" is not understood; expected was a form like "
                                             "\"attention.weights[layer=2,head=1,query=pinned,key=max]\".")
                     .arg(text));
}

/// "1.2e-06" as "1.2 · 10⁻⁶".
QString withPowerOfTen(const QString &number)
{
    const qsizetype exponent = number.indexOf(QLatin1Char('e'));
    if (exponent < 0)
        return number;
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    const int power = number.mid(exponent + 1).toInt();
    QString raised = power < 0 ? QStringLiteral("⁻") : QString();
    for (const QChar digit : QString::number(std::abs(power)))
        raised += digits[digit.digitValue()];
    return number.left(exponent) + QStringLiteral(" · 10") + raised;
}

} // namespace

LiveExpression parsedExpression(const QString &text)
{
    static const QRegularExpression form(QStringLiteral(
        "\\A\\s*([a-z][a-z_.]*)\\s*(?:\\[([^\\[\\]]*)\\])?\\s*(?::\\s*(%|signed|[0-6]))?\\s*\\z"));
    static const QRegularExpression argument(
        QStringLiteral("\\G\\s*([a-z_]+)\\s*=\\s*('[^']*'|[^,'\\s]+)\\s*(?:,|\\z)"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        throw notUnderstood(text);
    LiveExpression expression{match.captured(1), {}, match.captured(3)};
    const QString list = match.captured(2);
    qsizetype place = 0;
    while (place < list.size()) {
        const QRegularExpressionMatch next = argument.match(list, place);
        if (!next.hasMatch() || !expression.arguments.emplace(next.captured(1), next.captured(2)).second)
            throw notUnderstood(text);
        place = next.capturedEnd();
    }
    return expression;
}

QString writtenNumber(double value, const QString &format)
{
    if (!std::isfinite(value))
        return std::isnan(value) ? QStringLiteral("NaN")
               : value < 0       ? QStringLiteral("−∞")
                                 : QStringLiteral("∞");
    const QLocale plain = QLocale::c();
    if (format == QStringLiteral("%"))
        return plain.toString(100.0 * value, 'f', std::abs(value) < 0.0995 ? 1 : 0) + QStringLiteral(" %");
    if (format.size() == 1)
        return plain.toString(value, 'f', format.toInt()).replace(QLatin1Char('-'), QChar(0x2212));
    const double size = std::abs(value);
    QString written;
    if (value == std::floor(value) && size < 1e15)
        written = QLocale(QLocale::English).toString(static_cast<qlonglong>(value));
    else if (size < 0.001)
        written = withPowerOfTen(plain.toString(value, 'g', 3));
    else
        written = plain.toString(value, 'f', size < 1.0 ? 3 : size < 100.0 ? 2 : 1);
    written.replace(QLatin1Char('-'), QChar(0x2212));
    return format == QStringLiteral("signed") && value > 0.0 ? QLatin1Char('+') + written : written;
}

} // namespace encoderscope
