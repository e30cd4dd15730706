// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/attention_figures.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/head_table.h"

#include <QCoreApplication>

#include <limits>

namespace encoderscope
{

namespace
{

/// A cell of the table: a label, or a number; not-a-number where no token counts.
QVariant cellOf(const HeadTableModel &model, int row, int column)
{
    const QModelIndex index = model.index(row, column);
    if (column == HeadTableModel::pattern)
        return index.data(Qt::DisplayRole);
    if (index.data(Qt::DisplayRole) == QStringLiteral("–"))
        return std::numeric_limits<double>::quiet_NaN();
    return index.data(Qt::UserRole).toDouble();
}

QVariant differenceOf(int column, const QVariant &now, const QVariant &before)
{
    if (column < HeadTableModel::pattern)
        return now; // layer and head
    if (column > HeadTableModel::pattern)
        return now.toDouble() - before.toDouble();
    return now == before ? now : QVariant(before.toString() + QStringLiteral(" → ") + now.toString());
}

} // namespace

FigurePtr headStatisticsFigure(const ComparedTrace &compared, const std::vector<HeadStatistics> &heads,
                               const std::vector<HeadStatistics> &before)
{
    HeadTableModel now;
    HeadTableModel then;
    now.setStatistics(heads, compared.trace().heads());
    then.setStatistics(before, compared.trace().heads());
    TableData table;
    table.keyColumns = HeadTableModel::pattern;
    for (int column = 0; column < now.columnCount(); ++column) {
        const bool share = column > HeadTableModel::distance;
        table.columns.append({.title = now.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                              .decimals = column < HeadTableModel::pattern ? 0
                                          : share                          ? 1
                                                                           : 2,
                              .percent = share});
    }
    for (int row = 0; row < now.rowCount(); ++row) {
        QVariantList cells;
        for (int column = 0; column < now.columnCount(); ++column) {
            const QVariant cell = cellOf(now, row, column);
            cells.append(compared.difference() ? differenceOf(column, cell, cellOf(then, row, column))
                                               : cell);
        }
        table.rows.push_back(std::move(cells));
    }
    return makeFigure(std::move(table),
                      QCoreApplication::translate("Figures", "Head statistics") + comparisonSuffix(compared),
                      QStringLiteral("head-statistics") + comparisonName(compared), QString());
}

} // namespace encoderscope
