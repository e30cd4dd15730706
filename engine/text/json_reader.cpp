// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/json_reader.h"

#include "engine/text/text_file.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cmath>

namespace encoderscope
{

namespace
{

/// The value as JSON, cut to what fits into a message.
QString shown(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Undefined:
        return QCoreApplication::translate("Tokenizer", "nothing");
    case QJsonValue::Object:
        return QCoreApplication::translate("Tokenizer", "an object");
    case QJsonValue::Array:
        return QCoreApplication::translate("Tokenizer", "a list");
    case QJsonValue::String:
        return u'"' + value.toString().left(80) + u'"';
    default:
        return value.toVariant().isNull() ? QStringLiteral("null") : value.toVariant().toString();
    }
}

} // namespace

JsonField::JsonField(QJsonValue value, QString file, QString path)
    : value_(std::move(value))
    , file_(std::move(file))
    , path_(std::move(path))
{
}

JsonField JsonField::read(const QString &file)
{
    return parse(read_bytes(file), file);
}

JsonField JsonField::parse(const QByteArray &bytes, const QString &file)
{
    // Qt takes U+FEFF at the beginning of a string for a byte order mark and drops it; escaped it stays.
    QByteArray escaped = bytes.startsWith("\xEF\xBB\xBF") ? bytes.mid(3) : bytes;
    escaped.replace("\xEF\xBB\xBF", "\\uFEFF");
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(escaped, &problem);
    if (problem.error != QJsonParseError::NoError)
        throw Error(QCoreApplication::translate("Tokenizer", "%1: The file is not valid JSON (byte %2: %3).")
                        .arg(file)
                        .arg(problem.offset)
                        .arg(problem.errorString()));
    if (!document.isObject())
        throw Error(
            QCoreApplication::translate("Tokenizer", "%1: Expected a JSON object, found a list.").arg(file));
    return JsonField(document.object(), file, QString());
}

JsonField JsonField::made(const QJsonObject &object, const QString &file)
{
    return JsonField(object, file, QString());
}

JsonField JsonField::operator[](const QString &name) const
{
    return {exists() ? object().value(name) : QJsonValue(QJsonValue::Undefined), file_,
            path_.isEmpty() ? name : path_ + u'.' + name};
}

JsonField JsonField::operator[](qsizetype index) const
{
    return {array().at(index), file_, QStringLiteral("%1[%2]").arg(path_).arg(index)};
}

Error JsonField::error(const QString &what) const
{
    if (path_.isEmpty())
        return Error(QStringLiteral("%1: %2").arg(file_, what));
    return Error(QCoreApplication::translate("Tokenizer", "%1: field \"%2\": %3").arg(file_, path_, what));
}

Error JsonField::unsupported(const QString &found, const QStringList &supported) const
{
    return error(QCoreApplication::translate("Tokenizer", "found \"%1\"; supported: %2.")
                     .arg(found.left(80), supported.join(QStringLiteral(", "))));
}

Error JsonField::wrong_type(const QString &expected) const
{
    return error(
        QCoreApplication::translate("Tokenizer", "expected %1, found %2.").arg(expected, shown(value_)));
}

void JsonField::require(const QJsonValue &expected) const
{
    if (exists() && value_ != expected)
        throw error(QCoreApplication::translate("Tokenizer", "found %1; supported: %2.")
                        .arg(shown(value_), shown(expected)));
}

QJsonObject JsonField::object() const
{
    if (!value_.isObject())
        throw wrong_type(QCoreApplication::translate("Tokenizer", "an object"));
    return value_.toObject();
}

QJsonArray JsonField::array() const
{
    if (!value_.isArray())
        throw wrong_type(QCoreApplication::translate("Tokenizer", "a list"));
    return value_.toArray();
}

QString JsonField::string() const
{
    if (!value_.isString())
        throw wrong_type(QCoreApplication::translate("Tokenizer", "a text"));
    return value_.toString();
}

double JsonField::number() const
{
    if (!value_.isDouble())
        throw wrong_type(QCoreApplication::translate("Tokenizer", "a number"));
    return value_.toDouble();
}

bool JsonField::boolean() const
{
    if (!value_.isBool())
        throw wrong_type(QCoreApplication::translate("Tokenizer", "true or false"));
    return value_.toBool();
}

int JsonField::integer(int least, int most) const
{
    const double value = value_.toDouble(NAN);
    if (!(value >= least && value <= most) || value != std::floor(value))
        throw wrong_type(
            QCoreApplication::translate("Tokenizer", "a whole number from %1 to %2").arg(least).arg(most));
    return static_cast<int>(value);
}

} // namespace encoderscope
