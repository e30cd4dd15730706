// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/zip_directory.h"

#include "engine/model/unusable.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <vector>

namespace encoderscope
{

namespace
{

constexpr quint32 local_signature = 0x04034b50;
constexpr quint32 central_signature = 0x02014b50;
constexpr quint32 end_signature = 0x06054b50;
constexpr quint32 end64_signature = 0x06064b50;
constexpr quint32 locator64_signature = 0x07064b50;
constexpr qint64 local_size = 30;
constexpr qint64 central_size = 46;
constexpr qint64 end_size = 22;
constexpr qint64 end64_size = 56;
constexpr qint64 locator64_size = 20;
constexpr qint64 longest_comment = 65535;
constexpr quint16 extra64 = 1; ///< the extra field with 64-bit sizes
constexpr quint32 in_extra64 = 0xffffffff;

/// Numbers at offsets of the file; what lies outside of it is refused.
class Reader
{
public:
    Reader(std::span<const uchar> bytes, const QString &file)
        : bytes_(bytes)
        , file_(file)
    {
    }

    qint64 size() const { return static_cast<qint64>(bytes_.size()); }
    const uchar *at(qint64 offset, qint64 length) const
    {
        if (offset < 0 || length < 0 || offset > size() || length > size() - offset)
            refuse(QCoreApplication::translate("Model", "data within its %1 bytes").arg(size()),
                   QCoreApplication::translate("Model", "%1 bytes from offset %2").arg(length).arg(offset));
        return bytes_.data() + offset;
    }
    quint16 u16(qint64 offset) const { return qFromLittleEndian<quint16>(at(offset, 2)); }
    quint32 u32(qint64 offset) const { return qFromLittleEndian<quint32>(at(offset, 4)); }
    /// Sizes and offsets beyond what a file can have become the greatest, which at() refuses.
    qint64 u64(qint64 offset) const
    {
        const auto number = qFromLittleEndian<quint64>(at(offset, 8));
        return static_cast<qint64>(std::min<quint64>(number, std::numeric_limits<qint64>::max()));
    }
    QByteArray text(qint64 offset, qint64 length) const
    {
        return {reinterpret_cast<const char *>(at(offset, length)), static_cast<qsizetype>(length)};
    }
    [[noreturn]] void refuse(const QString &expected, const QString &found) const
    {
        throw Error(QCoreApplication::translate("Model", "%1 is a broken zip file: expected %2, found %3.")
                        .arg(file_, expected, found));
    }

private:
    std::span<const uchar> bytes_;
    QString file_;
};

struct Directory {
    qint64 offset = 0;
    qint64 size = 0;
};

Directory find_directory(const Reader &reader)
{
    const qint64 first = std::max<qint64>(reader.size() - end_size - longest_comment, 0);
    qint64 end = reader.size() - end_size;
    while (end >= first &&
           (reader.u32(end) != end_signature || end + end_size + reader.u16(end + 20) != reader.size()))
        --end;
    if (end < first)
        reader.refuse(QCoreApplication::translate("Model", "a directory at the end"),
                      QCoreApplication::translate("Model", "none: the file is cut off"));
    const qint64 locator = end - locator64_size;
    if (locator >= 0 && reader.u32(locator) == locator64_signature) {
        const qint64 end64 = reader.u64(locator + 8);
        reader.at(end64, end64_size);
        if (reader.u32(end64) == end64_signature)
            return {reader.u64(end64 + 48), reader.u64(end64 + 40)};
    }
    return {reader.u32(end + 16), reader.u32(end + 12)};
}

/// What one entry of the directory says.
struct Record {
    QByteArray name;
    qint64 stored_size = 0;
    qint64 size = 0;
    qint64 local = 0; ///< offset of the header before the data
};

/// Sizes and offset that do not fit into 32 bits stand in an extra field, in this order, each only then.
void read_extra64(const Reader &reader, qint64 extra, qint64 extra_size, Record &record)
{
    const qint64 end = extra + extra_size;
    while (extra + 4 <= end) {
        const qint64 size = reader.u16(extra + 2);
        qint64 at = extra + 4;
        const qint64 field_end = std::min(at + size, end);
        if (reader.u16(extra) == extra64) {
            for (qint64 *number : {&record.size, &record.stored_size, &record.local}) {
                if (*number == in_extra64 && at + 8 <= field_end) {
                    *number = reader.u64(at);
                    at += 8;
                }
            }
            return;
        }
        extra = field_end;
    }
}

ZipEntry entry_of(const Reader &reader, const Record &record)
{
    const QByteArray local_name = reader.text(record.local + local_size, reader.u16(record.local + 26));
    if (reader.u32(record.local) != local_signature || local_name != record.name)
        reader.refuse(QCoreApplication::translate("Model", "the entry \"%1\" at offset %2")
                          .arg(shortened(QString::fromUtf8(record.name)))
                          .arg(record.local),
                      QCoreApplication::translate("Model", "something else"));
    const qint64 begin = record.local + local_size + local_name.size() + reader.u16(record.local + 28);
    reader.at(begin, record.stored_size);
    return {begin, begin + record.stored_size};
}

void check_apart(const QMap<QString, ZipEntry> &entries, const Reader &reader)
{
    std::vector<ZipEntry> order(entries.begin(), entries.end());
    std::sort(order.begin(), order.end(), [](const ZipEntry &a, const ZipEntry &b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (order[i].begin < order[i - 1].end)
            reader.refuse(
                QCoreApplication::translate("Model", "entries one after the other"),
                QCoreApplication::translate("Model", "two over each other at offset %1").arg(order[i].begin));
    }
}

} // namespace

bool is_zip(std::span<const uchar> bytes)
{
    return bytes.size() >= 4 && qFromLittleEndian<quint32>(bytes.data()) == local_signature;
}

QMap<QString, ZipEntry> read_zip_directory(std::span<const uchar> bytes, const QString &file)
{
    const Reader reader(bytes, file);
    const Directory directory = find_directory(reader);
    reader.at(directory.offset, directory.size);
    const qint64 end = directory.offset + directory.size;
    QMap<QString, ZipEntry> entries;
    for (qint64 at = directory.offset; at < end;) {
        if (reader.u32(at) != central_signature)
            reader.refuse(
                QCoreApplication::translate("Model", "an entry of the directory at offset %1").arg(at),
                QCoreApplication::translate("Model", "something else"));
        const qint64 name_size = reader.u16(at + 28);
        const qint64 extra_size = reader.u16(at + 30);
        Record record{.name = reader.text(at + central_size, name_size),
                      .stored_size = reader.u32(at + 20),
                      .size = reader.u32(at + 24),
                      .local = reader.u32(at + 42)};
        const QString name = QString::fromUtf8(record.name);
        read_extra64(reader, at + central_size + name_size, extra_size, record);
        const bool encrypted = (reader.u16(at + 8) & 1U) != 0;
        const quint16 method = reader.u16(at + 10);
        if (encrypted || method != 0 || record.size != record.stored_size)
            reader.refuse(
                QCoreApplication::translate("Model", "\"%1\" stored uncompressed").arg(shortened(name)),
                encrypted ? QCoreApplication::translate("Model", "an encrypted entry")
                          : QCoreApplication::translate("Model", "compression method %1").arg(method));
        if (entries.contains(name))
            reader.refuse(QCoreApplication::translate("Model", "each name once"),
                          QStringLiteral("\"%1\"").arg(shortened(name)));
        entries.insert(name, entry_of(reader, record));
        at += central_size + name_size + extra_size + reader.u16(at + 32);
    }
    check_apart(entries, reader);
    return entries;
}

} // namespace encoderscope
