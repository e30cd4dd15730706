// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace encoderscope
{

/// The fields of a JSON object in a file from others, read with their types and limits. Whatever does not fit
/// throws Error with file, field, what was expected and what was found. `null` counts as absent.
class JsonFields
{
public:
    /// Reads the file; throws Error when it cannot be read, is larger than `greatest_size` bytes, or is not a
    /// JSON object.
    static JsonFields read(const QString &path, qint64 greatest_size = 16 * 1024 * 1024);
    /// `file` is for messages.
    static JsonFields parse(const QString &file, const QByteArray &json);

    const QString &file() const { return file_; }
    const QJsonObject &object() const { return object_; }
    bool has(const QString &field) const { return !value(field).isNull(); }

    /// A whole number within [least, greatest]; without `fallback` the field must be there.
    int integer(const QString &field, int least, int greatest,
                std::optional<int> fallback = std::nullopt) const;
    /// A number above `above`, at most `greatest`.
    double number(const QString &field, double above, double greatest, double fallback) const;
    bool flag(const QString &field, bool fallback) const;
    QString text(const QString &field, const QString &fallback = QString()) const;
    /// Throws for the field with what was expected; what was found is read from it.
    [[noreturn]] void refuse(const QString &field, const QString &expected) const;

private:
    JsonFields(QString file, QJsonObject object);
    QJsonValue value(const QString &field) const;

    QString file_;
    QJsonObject object_;
};

} // namespace encoderscope
