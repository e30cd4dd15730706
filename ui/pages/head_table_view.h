// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"

#include <QTableView>

#include <vector>

class QSortFilterProxyModel;

namespace encoderscope
{

class HeadTableModel;

/// The table of all heads, which can be sorted. Columns are as wide as their titles and the longest numbers,
/// whatever is shown, and wider where there is room: it scrolls where there is not.
class HeadTableView : public QTableView
{
    Q_OBJECT

public:
    explicit HeadTableView(QWidget *parent = nullptr);

    /// `statistics`: [layer * heads + head]. `reference`: to show the difference from, when not empty.
    void setStatistics(std::vector<HeadStatistics> statistics, int heads,
                       std::vector<HeadStatistics> reference = {});
    /// They are means of so many sentences, not tokens.
    void setOverSentences();
    /// Selects its row.
    void showHead(int layer, int head);
    void retranslate();

Q_SIGNALS:
    /// Its row was clicked, or entered by the keyboard.
    void headChosen(int layer, int head);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitRows();
    void fitColumns();
    void choose(const QModelIndex &index);

    HeadTableModel *model_;
    QSortFilterProxyModel *sorted_;
};

} // namespace encoderscope
