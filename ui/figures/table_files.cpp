// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/table_files.h"

#include "engine/error.h"

#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>

namespace encoderscope
{

namespace
{

QString cellText(const QVariant &value)
{
    return isNumber(value) ? QString::number(value.toDouble(), 'g', 9) : value.toString();
}

QByteArray csvCell(const QVariant &value)
{
    QString text = cellText(value);
    const bool quote = std::any_of(text.begin(), text.end(), [](QChar c) {
        return c == QLatin1Char('"') || c == QLatin1Char(',') || c == QLatin1Char('\n') ||
               c == QLatin1Char('\r');
    });
    if (quote)
        text = QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
    return text.toUtf8();
}

template <typename Cells>
QByteArray csvLine(const Cells &cells)
{
    QByteArray line;
    for (const auto &cell : cells) {
        if (&cell != &cells.front())
            line += ',';
        line += csvCell(cell);
    }
    return line + "\r\n";
}

/// A table may be long: what cannot be written ends it at once.
void put(QIODevice &device, const QByteArray &bytes)
{
    if (device.write(bytes) != bytes.size())
        throw Error(device.errorString());
}

} // namespace

void writeCsv(QIODevice &device, const Figure &figure)
{
    put(device, csvLine(figure.tableColumns()));
    figure.visitRows([&device](const QVariantList &row) { put(device, csvLine(row)); });
}

void writeJson(QIODevice &device, const Figure &figure)
{
    const auto compact = [](const QJsonArray &array) {
        return QJsonDocument(array).toJson(QJsonDocument::Compact);
    };
    // The head as an object, left open for the rows, which may be too many to hold at once.
    const QJsonObject head{{QStringLiteral("title"), figure.title},
                           {QStringLiteral("caption"), figure.caption},
                           {QStringLiteral("columns"), QJsonArray::fromStringList(figure.tableColumns())}};
    QByteArray opening = QJsonDocument(head).toJson(QJsonDocument::Compact);
    opening.chop(1);
    put(device, opening + ",\"rows\":[");
    bool first = true;
    figure.visitRows([&](const QVariantList &row) {
        QJsonArray cells;
        for (const QVariant &cell : row) {
            if (!isNumber(cell))
                cells.append(cell.toString());
            else if (std::isfinite(cell.toDouble()))
                cells.append(cell.toDouble());
            else
                cells.append(QJsonValue::Null);
        }
        put(device, (first ? "\n" : ",\n") + compact(cells));
        first = false;
    });
    put(device, "\n]}\n");
}

namespace
{

/// The array's shape: a grid whose panels are all alike has one axis for its rows of panels and one for those
/// in a row.
QString shapeOf(const Figure &figure, qsizetype rows, qsizetype columns)
{
    const auto *grid = std::get_if<HeatmapGrid>(&figure.content);
    const bool alike =
        grid != nullptr && !grid->panels.empty() &&
        grid->panels.size() % static_cast<std::size_t>(grid->inARow) == 0 &&
        std::all_of(grid->panels.begin(), grid->panels.end(), [grid](const HeatmapData &panel) {
            return panel.rows == grid->panels.front().rows && panel.columns == grid->panels.front().columns;
        });
    if (!alike)
        return QStringLiteral("(%1, %2)").arg(rows).arg(columns);
    return QStringLiteral("(%1, %2, %3, %4)")
        .arg(grid->panels.size() / static_cast<std::size_t>(grid->inARow))
        .arg(grid->inARow)
        .arg(grid->panels.front().rows)
        .arg(grid->panels.front().columns);
}

} // namespace

void writeNpy(QIODevice &device, const Figure &figure)
{
    QByteArray numbers;
    qsizetype rows = 0;
    qsizetype columns = 0;
    figure.visitRows([&](const QVariantList &row) {
        ++rows;
        columns = 0;
        for (const QVariant &cell : row) {
            if (!isNumber(cell))
                continue;
            ++columns;
            const auto bits = qToLittleEndian(std::bit_cast<quint32>(static_cast<float>(cell.toDouble())));
            numbers.append(reinterpret_cast<const char *>(&bits), sizeof bits);
        }
    });
    // https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0: the header ends
    // with a newline at a multiple of 64 bytes.
    QByteArray header = QStringLiteral("{'descr': '<f4', 'fortran_order': False, 'shape': %1, }")
                            .arg(shapeOf(figure, rows, columns))
                            .toLatin1();
    constexpr qsizetype preamble = 10;
    constexpr qsizetype alignment = 64;
    header.append((alignment - (preamble + header.size() + 1) % alignment) % alignment, ' ');
    header.append('\n');
    const auto length = qToLittleEndian(static_cast<quint16>(header.size()));
    put(device, QByteArray("\x93NUMPY\x01\x00", 8));
    put(device, QByteArray(reinterpret_cast<const char *>(&length), sizeof length));
    put(device, header);
    put(device, numbers);
}

QString tabSeparated(const Figure &figure)
{
    QString text = figure.tableColumns().join(QLatin1Char('\t')) + QLatin1Char('\n');
    figure.visitRows([&text](const QVariantList &row) {
        QStringList cells;
        for (const QVariant &cell : row)
            cells.append(cellText(cell));
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    });
    return text;
}

} // namespace encoderscope
