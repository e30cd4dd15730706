// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <map>

namespace encoderscope
{

/// `name[argument=value,...]:format`, taken apart.
struct LiveExpression {
    QString name;
    std::map<QString, QString> arguments;
    QString format; ///< "" = three significant digits, "2" = decimals, "%" = percent, "signed"
};

/// Throws Error when `text` has not that form.
LiveExpression parsedExpression(const QString &text);

/// A number as a lesson writes it.
QString writtenNumber(double value, const QString &format);

} // namespace encoderscope
