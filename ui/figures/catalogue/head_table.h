// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"

#include <QAbstractTableModel>

namespace encoderscope
{

/// What every head looks at, one row a head. Qt::UserRole: the number, for sorting.
class HeadTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        layer,
        head,
        pattern,
        entropy,
        distance,
        diagonal,
        previous,
        next,
        first,
        separator,
        word,
        same,
        punctuation,
        columns
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// `statistics`: [layer * heads + head]. `reference`: of as many heads, to show the difference from;
    /// empty: the numbers themselves are shown.
    void setStatistics(std::vector<HeadStatistics> statistics, int heads,
                       std::vector<HeadStatistics> reference = {});
    bool showsDifference() const { return !reference_.empty(); }
    /// What the statistics are means of, in tool tips: sentences, not tokens.
    void setOverSentences() { overSentences_ = true; }
    void retranslate();
    int headsInALayer() const { return heads_; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isKnown(int row, int column) const;
    double number(int row, int column) const;

    std::vector<HeadStatistics> statistics_, reference_;
    int heads_ = 1;
    bool overSentences_ = false;
};

/// What the head does, in a word or two: "previous token".
QString patternName(HeadPattern pattern);

/// The rule that gives this name.
QString patternRule(HeadPattern pattern);

/// "previous token · entropy 2.31 bits · ..." in one line.
QString headSummary(const HeadStatistics &statistics);

} // namespace encoderscope
