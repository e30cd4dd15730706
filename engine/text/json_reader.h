// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <optional>

namespace encoderscope
{

/// A value in a JSON file from others that knows where it stands: the one reader of such files. Each message
/// names file and field, what was expected and what was found. `null` counts as absent. Files are refused for
/// their size before any memory is taken for them, and for their depth and number of values before they
/// become values in memory.
class JsonField
{
public:
    /// The largest configuration that is read, in bytes; those in use have less than a tenth of it.
    static constexpr qint64 largest_configuration = 16 * 1024 * 1024;
    /// The greatest depth of objects and lists within one another.
    static constexpr int greatest_depth = 100;
    /// The greatest number of values in a file: each takes memory, whatever its length in the file.
    static constexpr qsizetype most_values = 8'000'000;

    /// The root of a file, an object or a list. Throws Error when it cannot be read, has more than
    /// `most_bytes`, or is no JSON within the limits above.
    static JsonField read(const QString &file, qint64 most_bytes = largest_configuration);
    /// The same from the bytes of a file; `file` is only named in messages.
    static JsonField parse(const QByteArray &bytes, const QString &file);

    /// An object that was made, not read; messages name `file` as where it came from.
    static JsonField made(const QJsonObject &object, const QString &file);

    const QString &file() const { return file_; }

    /// A field of this object; undefined when there is none.
    JsonField operator[](const QString &name) const;
    /// An element of this array.
    JsonField operator[](qsizetype index) const;
    /// This object has such a field, and it is not null.
    bool has(const QString &name) const { return (*this)[name].exists(); }

    /// There is a value, and it is not null.
    bool exists() const { return !value_.isUndefined() && !value_.isNull(); }
    bool is_object() const { return value_.isObject(); }
    bool is_array() const { return value_.isArray(); }
    bool is_string() const { return value_.isString(); }
    bool is_number() const { return value_.isDouble(); }

    /// The value; these throw Error when it is of another type, or outside the limits.
    QJsonObject object() const;
    QJsonArray array() const;
    QString string() const;
    /// A text of at most `most` characters.
    QString string(qsizetype most) const;
    double number() const;
    bool boolean() const;
    /// A whole number in [least, most].
    int integer(int least, int most) const;
    QString string_or(const QString &fallback) const { return exists() ? string() : fallback; }
    bool boolean_or(bool fallback) const { return exists() ? boolean() : fallback; }

    /// Fields of this object. A whole number in [least, most]; without `fallback` it must be there.
    int integer(const QString &field, int least, int most, std::optional<int> fallback = std::nullopt) const;
    /// A number above `above`, at most `most`.
    double number(const QString &field, double above, double most, double fallback) const;
    bool flag(const QString &field, bool fallback) const { return (*this)[field].boolean_or(fallback); }
    QString text(const QString &field, const QString &fallback = QString()) const;

    /// Throws for this value with what was expected; what was found is read from it.
    [[noreturn]] void refuse(const QString &expected) const;
    /// The same for a field of this object.
    [[noreturn]] void refuse(const QString &field, const QString &expected) const;
    /// "file, field "a.b[2]": what"
    Error error(const QString &what) const;
    /// A text here has `found` characters, more than `most`.
    Error too_long(qsizetype found, qsizetype most) const;
    /// The field holds `found`, which is none of `supported`.
    Error unsupported(const QString &found, const QStringList &supported) const;
    /// Throws unless the value is missing, null, or equal to `expected`.
    void require(const QJsonValue &expected) const;

private:
    JsonField(QJsonValue value, QString file, QString path);

    QJsonValue value_;
    QString file_;
    QString path_;
};

} // namespace encoderscope
