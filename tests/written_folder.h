// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace encoderscope
{

/// Writes the files of a folder as tests/data/tokenizers/folders.json has them, by name: a text, an object as
/// JSON, or {"@join": names} for files of that folder one behind another.
inline void write_folder(const QJsonObject &files, const QDir &folder)
{
    for (auto entry = files.begin(); entry != files.end(); ++entry) {
        QByteArray bytes;
        if (entry.value().isString()) {
            bytes = entry.value().toString().toUtf8();
        } else if (entry.value().toObject().contains(QStringLiteral("@join"))) {
            for (const QJsonValue &name : entry.value()[QStringLiteral("@join")].toArray()) {
                QFile part(QStringLiteral(ENCODERSCOPE_TEST_DATA "/tokenizers/") + name.toString());
                if (!part.open(QIODevice::ReadOnly))
                    qFatal("cannot read %s", qPrintable(part.fileName()));
                bytes += part.readAll();
            }
        } else {
            bytes = QJsonDocument(entry.value().toObject()).toJson();
        }
        QFile file(folder.filePath(entry.key()));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
    }
}

} // namespace encoderscope
