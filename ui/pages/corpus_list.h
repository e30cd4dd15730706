// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/corpus_answers.h"

#include <QAbstractTableModel>
#include <QTableView>

namespace encoderscope
{

/// Sentences of a corpus, one a row: a number, the sentence, where it is from.
class CorpusListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { value, sentence, source, columns };
    /// Of a sentence's cell: the row, as CorpusRow.
    static constexpr int rowRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    /// `of`: what the number is.
    void setAnswer(std::vector<CorpusRow> rows, CorpusQuestion::Kind of);
    void retranslate();
    const CorpusRow &row(int index) const { return rows_[static_cast<std::size_t>(index)]; }
    CorpusQuestion::Kind of() const { return of_; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString number(const CorpusRow &row) const;

    std::vector<CorpusRow> rows_;
    CorpusQuestion::Kind of_ = CorpusQuestion::Kind::none;
};

/// The list. What is marked of a sentence is in sight, however long the sentence is.
class CorpusList : public QTableView
{
    Q_OBJECT

public:
    explicit CorpusList(QWidget *parent = nullptr);

    void setAnswer(const CorpusAnswer &answer);
    void retranslate() { model_->retranslate(); }

Q_SIGNALS:
    /// A sentence was clicked, or entered by the keyboard.
    void chosen(const encoderscope::CorpusRow &row);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void fitRows();
    void fitColumns();

    CorpusListModel *model_;
};

} // namespace encoderscope
