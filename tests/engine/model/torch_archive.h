// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtEndian>

#include <utility>
#include <vector>

namespace encoderscope
{

/// `number` in as many bytes as its type has, the lowest first.
template <typename Number>
QByteArray bytes_of(Number number)
{
    const Number little = qToLittleEndian(number);
    return {reinterpret_cast<const char *>(&little), sizeof(Number)};
}

/// An entry of a zip file, with what can be wrong about it.
struct ArchiveEntry {
    QByteArray name;
    QByteArray content;
    quint16 method = 0;
    quint16 flags = 0;
    qint64 moved = 0; ///< added to the offset that the directory has of it
};

/// A zip file of uncompressed entries, as torch.save() writes (without its checksums).
inline QByteArray archive(const std::vector<ArchiveEntry> &entries)
{
    QByteArray file;
    QByteArray directory;
    for (const ArchiveEntry &entry : entries) {
        const auto offset = static_cast<quint32>(file.size() + entry.moved);
        const auto size = static_cast<quint32>(entry.content.size());
        const QByteArray common = bytes_of(quint16(20)) + bytes_of(entry.flags) + bytes_of(entry.method) +
                                  bytes_of(quint32(0)) + bytes_of(quint32(0)) + bytes_of(size) +
                                  bytes_of(size) + bytes_of(static_cast<quint16>(entry.name.size()));
        // Padded, as torch.save() does, so that the numbers are aligned.
        const auto padding = static_cast<quint16>((64 - (file.size() + 30 + entry.name.size()) % 64) % 64);
        file +=
            "PK\x03\x04" + common + bytes_of(padding) + entry.name + QByteArray(padding, 'Z') + entry.content;
        directory += "PK\x01\x02" + bytes_of(quint16(20)) + common + bytes_of(quint16(0)) +
                     bytes_of(quint16(0)) + bytes_of(quint16(0)) + bytes_of(quint16(0)) +
                     bytes_of(quint32(0)) + bytes_of(offset) + entry.name;
    }
    const auto count = static_cast<quint16>(entries.size());
    const auto begin = static_cast<quint32>(file.size());
    file += directory + QByteArray("PK\x05\x06\0\0\0\0", 8) + bytes_of(count) + bytes_of(count) +
            bytes_of(static_cast<quint32>(directory.size())) + bytes_of(begin) + bytes_of(quint16(0));
    return file;
}

/// The same with `pickle` as data.pkl, and the storages "0", "1" ...
inline QByteArray archive(const QByteArray &pickle, const std::vector<QByteArray> &storages)
{
    std::vector<ArchiveEntry> entries{{"archive/data.pkl", pickle}};
    for (std::size_t i = 0; i < storages.size(); ++i)
        entries.push_back({"archive/data/" + QByteArray::number(static_cast<int>(i)), storages[i]});
    return archive(entries);
}

// Pickles, opcode by opcode.

inline QByteArray pickled_text(const QByteArray &text)
{
    return 'X' + bytes_of(static_cast<quint32>(text.size())) + text;
}

inline QByteArray pickled_number(qint64 number)
{
    return "\x8a\x08" + bytes_of(number);
}

inline QByteArray pickled_name(const QByteArray &module, const QByteArray &name)
{
    return 'c' + module + '\n' + name + '\n';
}

inline QByteArray pickled_tuple(const std::vector<QByteArray> &items)
{
    QByteArray all = "(";
    for (const QByteArray &item : items)
        all += item;
    return all + 't';
}

inline QByteArray pickled_sizes(const std::vector<qint64> &sizes)
{
    std::vector<QByteArray> items;
    for (const qint64 size : sizes)
        items.push_back(pickled_number(size));
    return pickled_tuple(items);
}

/// A tensor over the storage `key`.
struct PickledTensor {
    QByteArray key = "0";
    qint64 offset = 0;
    std::vector<qint64> shape;
    std::vector<qint64> strides;
    QByteArray type = "FloatStorage";

    QByteArray bytes() const
    {
        const QByteArray storage = pickled_tuple({pickled_text("storage"), pickled_name("torch", type),
                                                  pickled_text(key), pickled_text("cpu"), pickled_number(1)});
        return pickled_name("torch._utils", "_rebuild_tensor_v2") +
               pickled_tuple({storage + 'Q', pickled_number(offset), pickled_sizes(shape),
                              pickled_sizes(strides), "\x89",
                              pickled_name("collections", "OrderedDict") + ")R"}) +
               'R';
    }
};

/// A dictionary of names and pickled values.
inline QByteArray pickled_dictionary(const std::vector<std::pair<QByteArray, QByteArray>> &items)
{
    QByteArray pickle = "\x80\x02" + pickled_name("collections", "OrderedDict") + ")R(";
    for (const auto &[name, value] : items)
        pickle += pickled_text(name) + value;
    return pickle + "u.";
}

} // namespace encoderscope
