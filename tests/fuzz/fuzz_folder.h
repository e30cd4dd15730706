// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QTemporaryDir>
#include <QtEndian>

#include <cstdlib>

namespace encoderscope
{

/// Cuts a fuzzer's input into files: each begins with a line "=== name".
inline QMap<QString, QByteArray> files_of(const QByteArray &input)
{
    QMap<QString, QByteArray> files;
    qsizetype at = input.startsWith("=== ") ? 0 : -1;
    while (at >= 0) {
        const qsizetype name = at + 4;
        const qsizetype line = input.indexOf('\n', name);
        if (line < 0)
            break;
        const qsizetype next = input.indexOf("\n=== ", line);
        const qsizetype end = next < 0 ? input.size() : next;
        if (end > line)
            files.insert(QString::fromLatin1(input.sliced(name, line - name)),
                         input.sliced(line + 1, std::max<qsizetype>(end - line - 1, 0)));
        at = next < 0 ? -1 : next + 1;
    }
    return files;
}

/// A safetensors file of the tensors that `lines` list, one "name dtype size size ..." a line, of which the
/// data are small numbers in each of the types, with texts of metadata.
inline QByteArray made_safetensors(const QByteArray &lines, const QMap<QString, QByteArray> &metadata = {})
{
    constexpr qint64 most_data = 256 * 1024;
    QByteArray header = "{";
    if (!metadata.isEmpty()) {
        QJsonObject texts;
        for (auto entry = metadata.begin(); entry != metadata.end(); ++entry)
            texts.insert(entry.key(), QString::fromUtf8(entry.value()));
        header += "\"__metadata__\":" + QJsonDocument(texts).toJson(QJsonDocument::Compact);
    }
    qint64 at = 0;
    for (const QByteArray &line : lines.split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() < 2 || words[0].contains('"') || words[0].contains('\\'))
            continue;
        qint64 bytes = words[1].endsWith("16") ? 2 : words[1] == "I64" ? 8 : 4;
        for (const QByteArray &size : words.sliced(2)) {
            if (__builtin_mul_overflow(bytes, size.toLongLong(), &bytes))
                bytes = 0;
        }
        if (bytes < 0 || bytes > most_data - at)
            bytes = 0;
        header += (header.size() > 1 ? ",\"" : "\"") + words[0] + R"(":{"dtype":")" + words[1] +
                  R"(","shape":[)" + words.sliced(2).join(',') + R"(],"data_offsets":[)" +
                  QByteArray::number(at) + ',' + QByteArray::number(at + bytes) + "]}";
        at += bytes;
    }
    header += '}';
    const quint64 length = qToLittleEndian(static_cast<quint64>(header.size()));
    QByteArray file(reinterpret_cast<const char *>(&length), 8);
    file += header;
    for (qint64 byte = 0; byte < at; ++byte)
        file += static_cast<char>(byte % 2 == 0 ? byte / 2 % 64 : 0x3D);
    return file;
}

/// A folder that is there while the program runs, and holds what the last input described.
class FuzzFolder
{
public:
    QString path() const { return folder_.path(); }

    /// Only files of these names are written, others of an earlier input removed.
    void fill(const QMap<QString, QByteArray> &files, const QStringList &names) const
    {
        for (const QString &name : names) {
            const QString path = folder_.filePath(name);
            if (!files.contains(name)) {
                QFile::remove(path);
                continue;
            }
            QDir(folder_.path()).mkpath(QFileInfo(path).path());
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly) || file.write(files[name]) != files[name].size())
                std::abort();
        }
    }

private:
    QTemporaryDir folder_;
};

/// Aborts when the message does not say where the fault is.
inline void check_message(const Error &error, const QString &place)
{
    if (!error.message().contains(place))
        std::abort();
}

} // namespace encoderscope
