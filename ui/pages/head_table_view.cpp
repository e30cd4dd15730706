// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/head_table_view.h"

#include "ui/figures/catalogue/head_table.h"

#include <QEvent>
#include <QHeaderView>
#include <QSortFilterProxyModel>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace encoderscope
{

HeadTableView::HeadTableView(QWidget *parent)
    : QTableView(parent)
    , model_(new HeadTableModel(this))
    , sorted_(new QSortFilterProxyModel(this))
{
    sorted_->setSourceModel(model_);
    sorted_->setSortRole(Qt::UserRole);
    setModel(sorted_);
    setSortingEnabled(true);
    sortByColumn(HeadTableModel::layer, Qt::AscendingOrder);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setAlternatingRowColors(true);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->hide();
    fitRows();
    connect(this, &QAbstractItemView::clicked, this, &HeadTableView::choose);
    connect(this, &QAbstractItemView::activated, this, &HeadTableView::choose);
}

void HeadTableView::setStatistics(std::vector<HeadStatistics> statistics, int heads,
                                  std::vector<HeadStatistics> reference)
{
    const bool differed = model_->showsDifference();
    model_->setStatistics(std::move(statistics), heads, std::move(reference));
    if (model_->showsDifference() != differed)
        fitColumns();
}

void HeadTableView::setOverSentences()
{
    model_->setOverSentences();
}

void HeadTableView::showHead(int layer, int head)
{
    const int row = layer * model_->headsInALayer() + head;
    if (head < model_->headsInALayer() && row < model_->rowCount())
        selectRow(sorted_->mapFromSource(model_->index(row, 0)).row());
    else
        clearSelection();
}

void HeadTableView::retranslate()
{
    model_->retranslate();
}

void HeadTableView::fitRows()
{
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
}

void HeadTableView::choose(const QModelIndex &index)
{
    const int row = sorted_->mapToSource(index).row();
    Q_EMIT headChosen(row / model_->headsInALayer(), row % model_->headsInALayer());
}

void HeadTableView::fitColumns()
{
    std::array<int, HeadTableModel::columns> widths{};
    const int around = fontMetrics().horizontalAdvance(QStringLiteral("00"));
    for (int column = 0; column < HeadTableModel::columns; ++column) {
        int content = 0;
        if (column == HeadTableModel::pattern) {
            for (int name = 0; name <= static_cast<int>(HeadPattern::mixed); ++name)
                content = std::max(
                    content, fontMetrics().horizontalAdvance(patternName(static_cast<HeadPattern>(name))));
            if (model_->showsDifference()) // of two
                content = 2 * content + fontMetrics().horizontalAdvance(QStringLiteral(" → "));
        } else if (column > HeadTableModel::pattern) {
            content = fontMetrics().horizontalAdvance(QStringLiteral("100.0 %"));
        }
        widths[static_cast<std::size_t>(column)] =
            std::max(content + around, horizontalHeader()->sectionSizeHint(column));
    }
    const int all = std::accumulate(widths.begin(), widths.end(), 0);
    const int more = std::max(0, viewport()->width() - all) / HeadTableModel::columns;
    for (int column = 0; column < HeadTableModel::columns; ++column)
        setColumnWidth(column, widths[static_cast<std::size_t>(column)] + more);
}

void HeadTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void HeadTableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitRows();
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        fitColumns();
}

} // namespace encoderscope
