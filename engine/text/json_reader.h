// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

namespace encoderscope
{

/// A value in a JSON file that knows where it stands, so that each message can name file and field.
/// The readers throw Error when the value is of another type than asked for.
class JsonField
{
public:
    /// The root of a file. Throws Error when it cannot be read or is no JSON object.
    static JsonField read(const QString &file);
    /// The same from the bytes of a file; `file` is only named in messages.
    static JsonField parse(const QByteArray &bytes, const QString &file);

    /// An object that was made, not read; messages name `file` as where it came from.
    static JsonField made(const QJsonObject &object, const QString &file);

    /// A field of this object; undefined when there is none.
    JsonField operator[](const QString &name) const;
    /// An element of this array.
    JsonField operator[](qsizetype index) const;

    /// There is a value, and it is not null.
    bool exists() const { return !value_.isUndefined() && !value_.isNull(); }
    bool is_object() const { return value_.isObject(); }
    bool is_array() const { return value_.isArray(); }
    bool is_string() const { return value_.isString(); }
    bool is_number() const { return value_.isDouble(); }

    QJsonObject object() const;
    QJsonArray array() const;
    QString string() const;
    double number() const;
    bool boolean() const;
    /// A whole number in [least, most].
    int integer(int least, int most) const;
    QString string_or(const QString &fallback) const { return exists() ? string() : fallback; }
    bool boolean_or(bool fallback) const { return exists() ? boolean() : fallback; }

    /// "file: field "a.b[2]": what"
    Error error(const QString &what) const;
    /// The field holds `found`, which is none of `supported`.
    Error unsupported(const QString &found, const QStringList &supported) const;
    /// Throws unless the value is missing, null, or equal to `expected`.
    void require(const QJsonValue &expected) const;

private:
    JsonField(QJsonValue value, QString file, QString path);
    Error wrong_type(const QString &expected) const;

    QJsonValue value_;
    QString file_;
    QString path_;
};

} // namespace encoderscope
