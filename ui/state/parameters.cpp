// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/parameters.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

using Type = ParameterKind::Type;

struct Parameter {
    Q_DECLARE_TR_FUNCTIONS(Parameter)
};

QString shown(const ParameterValue &value)
{
    if (const auto *word = std::get_if<QString>(&value))
        return u'"' + word->left(80) + u'"';
    if (const auto *truth = std::get_if<bool>(&value))
        return *truth ? QStringLiteral("true") : QStringLiteral("false");
    if (const auto *whole = std::get_if<int>(&value))
        return QString::number(*whole);
    return QString::number(std::get<double>(value));
}

/// "one of "a", "b"", "a whole number from 1 to 9".
QString expected(const ParameterKind &kind)
{
    switch (kind.type) {
    case Type::choice:
        return Parameter::tr("one of %1").arg(kind.choices.join(QStringLiteral(", ")));
    case Type::boolean:
        return Parameter::tr("true or false");
    case Type::number:
        return Parameter::tr("a number from %1 to %2").arg(kind.lowest).arg(kind.highest);
    case Type::text:
        return Parameter::tr("a text of at most %1 characters").arg(kind.highest);
    default:
        return Parameter::tr("a whole number from %1 to %2").arg(kind.lowest).arg(kind.highest);
    }
}

bool fits(const ParameterKind &kind, const ParameterValue &value)
{
    const auto inRange = [&kind](double number) { return number >= kind.lowest && number <= kind.highest; };
    if (kind.whole())
        return std::holds_alternative<int>(value) && inRange(std::get<int>(value));
    switch (kind.type) {
    case Type::choice:
        return std::holds_alternative<QString>(value) && kind.choices.contains(std::get<QString>(value));
    case Type::boolean:
        return std::holds_alternative<bool>(value);
    case Type::number:
        return std::holds_alternative<double>(value) && inRange(std::get<double>(value));
    default:
        return std::holds_alternative<QString>(value) &&
               static_cast<double>(std::get<QString>(value).size()) <= kind.highest;
    }
}

} // namespace

const ParameterKind *findKind(const ParameterKinds &kinds, const QString &name)
{
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [&name](const ParameterKind &kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : &*found;
}

QString wrongValue(const ParameterKind &kind, const ParameterValue &value)
{
    if (fits(kind, value))
        return {};
    return Parameter::tr("expected %1, found %2.").arg(expected(kind), shown(value));
}

ParameterValue valueOf(const ParameterKind &kind, const QString &word)
{
    ParameterValue value = word;
    bool read = true;
    if (kind.whole())
        value = word.toInt(&read);
    else if (kind.type == Type::number)
        value = word.toDouble(&read);
    else if (kind.type == Type::boolean &&
             (word == QStringLiteral("true") || word == QStringLiteral("false")))
        value = word == QStringLiteral("true");
    const QString wrong = wrongValue(kind, read ? value : ParameterValue(word));
    if (!wrong.isEmpty())
        throw Error(QStringLiteral("%1: %2").arg(kind.name, wrong));
    return value;
}

} // namespace encoderscope
