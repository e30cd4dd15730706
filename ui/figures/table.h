// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>
#include <QVariant>

#include <vector>

namespace encoderscope
{

/// The numbers behind a figure. Every row has as many values as there are columns.
struct Table {
    QStringList columns;
    std::vector<QVariantList> rows; ///< strings (labels) and doubles
};

/// A figure that is a table. Hit: row and column.
struct TableData {
    /// How the numbers of a column are written; labels stay as they are.
    struct Column {
        QString title;
        int decimals = -1;    ///< -1: as many as the value needs
        bool percent = false; ///< shares: 0.25 is written as 25 %
    };
    QList<Column> columns;
    std::vector<QVariantList> rows; ///< strings (labels) and doubles; not-a-number: there is no value
    int keyColumns = 0;             ///< the first columns, which tell the rows apart
};

/// Whether a cell holds a number; a label otherwise.
inline bool isNumber(const QVariant &cell)
{
    return cell.typeId() == QMetaType::Double;
}

/// A cell as it is written.
QString cellText(const TableData &table, int row, int column);

} // namespace encoderscope
