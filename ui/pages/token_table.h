// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"
#include "ui/state/session.h"

#include <QAbstractTableModel>
#include <QTableView>

namespace encoderscope
{

/// Text -> pieces -> ids: one column a token; rows: the typed word, the vocabulary's piece, its id.
class TokenTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Row { word, piece, id, rows };

    using QAbstractTableModel::QAbstractTableModel;

    void setTokens(const Encoding &encoding);
    void retranslate();
    /// How many tokens, this one included, continue the word that begins here.
    int wordLength(int token) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool sameWord(std::size_t a, std::size_t b) const;
    QString typed(int token) const;

    Encoding encoding_;
};

/// The table, linked with the pinned and the hovered token.
class TokenTable : public QTableView
{
    Q_OBJECT

public:
    TokenTable(Session &session, QWidget *parent = nullptr);

    void setTokens(const Encoding &encoding);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void showPinned();
    void fitColumns();
    void fitHeight();

    Selection &selection_;
    TokenTableModel *model_;
};

} // namespace encoderscope
