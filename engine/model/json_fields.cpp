// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/json_fields.h"

#include "engine/model/unusable.h"
#include "engine/regular_file.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

namespace encoderscope
{

JsonFields::JsonFields(QString file, QJsonObject object)
    : file_(std::move(file))
    , object_(std::move(object))
{
}

JsonFields JsonFields::read(const QString &path, qint64 greatest_size)
{
    check_regular_file(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(
            QCoreApplication::translate("Model", "%1 cannot be read: %2.").arg(path, file.errorString()));
    if (file.size() > greatest_size)
        throw Error(QCoreApplication::translate("Model", "%1 has %2 bytes; expected at most %3.")
                        .arg(path)
                        .arg(file.size())
                        .arg(greatest_size));
    return parse(path, file.read(file.size()));
}

JsonFields JsonFields::parse(const QString &file, const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        throw Error(QCoreApplication::translate("Model", "%1 is not JSON: %2, at byte %3.")
                        .arg(file, error.errorString())
                        .arg(error.offset));
    if (!document.isObject())
        throw Error(QCoreApplication::translate("Model", "%1: expected a JSON object at the top.").arg(file));
    return {file, document.object()};
}

QJsonValue JsonFields::value(const QString &field) const
{
    const auto found = object_.find(field);
    return found == object_.end() ? QJsonValue() : *found;
}

void JsonFields::refuse(const QString &field, const QString &expected) const
{
    const QJsonValue found = value(field);
    QString shown;
    if (found.isNull())
        shown = QCoreApplication::translate("Model", "nothing");
    else if (found.isString())
        shown = QStringLiteral("\"%1\"").arg(shortened(found.toString()));
    else if (found.isObject())
        shown = QCoreApplication::translate("Model", "an object");
    else if (found.isArray())
        shown = QCoreApplication::translate("Model", "a list");
    else
        shown = found.toVariant().toString();
    throw unusable(file_, field, expected, shown);
}

int JsonFields::integer(const QString &field, int least, int greatest, std::optional<int> fallback) const
{
    const QJsonValue found = value(field);
    if (found.isNull() && fallback)
        return *fallback;
    const qint64 number = found.toInteger(static_cast<qint64>(least) - 1);
    if (number < least || number > greatest)
        refuse(field,
               QCoreApplication::translate("Model", "a whole number from %1 to %2").arg(least).arg(greatest));
    return static_cast<int>(number);
}

double JsonFields::number(const QString &field, double above, double greatest, double fallback) const
{
    const QJsonValue found = value(field);
    if (found.isNull())
        return fallback;
    if (!found.isDouble() || !(found.toDouble() > above) || !(found.toDouble() <= greatest))
        refuse(
            field,
            QCoreApplication::translate("Model", "a number above %1, at most %2").arg(above).arg(greatest));
    return found.toDouble();
}

bool JsonFields::flag(const QString &field, bool fallback) const
{
    const QJsonValue found = value(field);
    if (found.isNull())
        return fallback;
    if (!found.isBool())
        refuse(field, QCoreApplication::translate("Model", "true or false"));
    return found.toBool();
}

QString JsonFields::text(const QString &field, const QString &fallback) const
{
    const QJsonValue found = value(field);
    if (found.isNull())
        return fallback;
    if (!found.isString())
        refuse(field, QCoreApplication::translate("Model", "text"));
    return found.toString();
}

} // namespace encoderscope
