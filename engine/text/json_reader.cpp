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
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        return QCoreApplication::translate("Json", "nothing");
    case QJsonValue::Object:
        return QCoreApplication::translate("Json", "an object");
    case QJsonValue::Array:
        return QCoreApplication::translate("Json", "a list");
    case QJsonValue::String:
        return u'"' + shortened(value.toString()) + u'"';
    default:
        return value.toVariant().toString();
    }
}

/// Throws Error when `json` is deeper or has more values than any real file; whether it is JSON otherwise
/// is left to the parser.
void check_extent(const QByteArray &json, const QString &file)
{
    int depth = 0;
    qsizetype values = 1;
    bool in_text = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_text) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                in_text = false;
        } else if (c == '"') {
            in_text = true;
        } else if (c == '{' || c == '[') {
            ++values;
            if (++depth > JsonField::greatest_depth)
                throw Error(QCoreApplication::translate(
                                "Json", "%1: Expected at most %2 lists and objects within one another.")
                                .arg(file)
                                .arg(JsonField::greatest_depth));
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == ',' && ++values > JsonField::most_values) {
            throw Error(QCoreApplication::translate("Json", "%1: Expected at most %2 values.")
                            .arg(file)
                            .arg(JsonField::most_values));
        }
    }
}

} // namespace

JsonField::JsonField(QJsonValue value, QString file, QString path)
    : value_(std::move(value))
    , file_(std::move(file))
    , path_(std::move(path))
{
}

JsonField JsonField::read(const QString &file, qint64 most_bytes)
{
    return parse(read_bytes(file, most_bytes), file);
}

JsonField JsonField::parse(const QByteArray &bytes, const QString &file)
{
    check_extent(bytes, file);
    // Qt takes U+FEFF at the beginning of a string for a byte order mark and drops it; escaped it stays.
    QByteArray escaped = bytes.startsWith("\xEF\xBB\xBF") ? bytes.mid(3) : bytes;
    escaped.replace("\xEF\xBB\xBF", "\\uFEFF");
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(escaped, &problem);
    if (problem.error != QJsonParseError::NoError)
        throw Error(QCoreApplication::translate("Json", "%1 is not JSON: %2, at byte %3.")
                        .arg(file, problem.errorString())
                        .arg(problem.offset));
    return JsonField(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), file,
                     QString());
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
    //: %1: file, %2: field of the file, %3: what is wrong with it
    return Error(
        QCoreApplication::translate("Json", "%1, field \"%2\": %3").arg(file_, shortened(path_), what));
}

Error JsonField::too_long(qsizetype found, qsizetype most) const
{
    return error(QCoreApplication::translate("Json", "expected at most %1 characters, found %2.")
                     .arg(most)
                     .arg(found));
}

Error JsonField::unsupported(const QString &found, const QStringList &supported) const
{
    return error(QCoreApplication::translate("Json", "found \"%1\"; supported: %2.")
                     .arg(shortened(found), supported.join(QStringLiteral(", "))));
}

void JsonField::refuse(const QString &expected) const
{
    throw error(QCoreApplication::translate("Json", "expected %1, found %2.").arg(expected, shown(value_)));
}

void JsonField::refuse(const QString &field, const QString &expected) const
{
    (*this)[field].refuse(expected);
}

void JsonField::require(const QJsonValue &expected) const
{
    if (exists() && value_ != expected)
        throw error(QCoreApplication::translate("Json", "found %1; supported: %2.")
                        .arg(shown(value_), shown(expected)));
}

QJsonObject JsonField::object() const
{
    if (!value_.isObject())
        refuse(QCoreApplication::translate("Json", "an object"));
    return value_.toObject();
}

QJsonArray JsonField::array() const
{
    if (!value_.isArray())
        refuse(QCoreApplication::translate("Json", "a list"));
    return value_.toArray();
}

QString JsonField::string() const
{
    if (!value_.isString())
        refuse(QCoreApplication::translate("Json", "a text"));
    return value_.toString();
}

QString JsonField::string(qsizetype most) const
{
    QString text = string();
    if (text.size() > most)
        throw too_long(text.size(), most);
    return text;
}

double JsonField::number() const
{
    if (!value_.isDouble())
        refuse(QCoreApplication::translate("Json", "a number"));
    return value_.toDouble();
}

bool JsonField::boolean() const
{
    if (!value_.isBool())
        refuse(QCoreApplication::translate("Json", "true or false"));
    return value_.toBool();
}

int JsonField::integer(int least, int most) const
{
    const double value = value_.toDouble(NAN);
    if (!(value >= least && value <= most) || value != std::floor(value))
        refuse(QCoreApplication::translate("Json", "a whole number from %1 to %2").arg(least).arg(most));
    return static_cast<int>(value);
}

int JsonField::integer(const QString &field, int least, int most, std::optional<int> fallback) const
{
    const JsonField found = (*this)[field];
    return fallback && !found.exists() ? *fallback : found.integer(least, most);
}

double JsonField::number(const QString &field, double above, double most, double fallback) const
{
    const JsonField found = (*this)[field];
    if (!found.exists())
        return fallback;
    const double value = found.number();
    if (!(value > above && value <= most))
        found.refuse(
            QCoreApplication::translate("Json", "a number above %1, at most %2").arg(above).arg(most));
    return value;
}

QString JsonField::text(const QString &field, const QString &fallback) const
{
    return (*this)[field].string_or(fallback);
}

} // namespace encoderscope
