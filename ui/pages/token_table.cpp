// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/token_table.h"

#include "engine/particles.h"
#include "ui/plain_text.h"

#include <QEvent>
#include <QHash>
#include <QHeaderView>
#include <QScrollBar>

#include <algorithm>

namespace encoderscope
{

void TokenTableModel::setTokens(const Encoding &encoding)
{
    if (encoding == encoding_)
        return;
    beginResetModel();
    encoding_ = encoding;
    endResetModel();
}

void TokenTableModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Vertical, 0, rows - 1);
}

int TokenTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows);
}

int TokenTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(encoding_.tokens.size());
}

bool TokenTableModel::sameWord(std::size_t a, std::size_t b) const
{
    const Token &first = encoding_.tokens[a];
    const Token &second = encoding_.tokens[b];
    return first.word >= 0 && first.word == second.word && first.segment == second.segment;
}

int TokenTableModel::wordLength(int token) const
{
    const auto begin = static_cast<std::size_t>(token);
    if (begin > 0 && sameWord(begin - 1, begin))
        return 1; // not its first token
    std::size_t end = begin + 1;
    while (end < encoding_.tokens.size() && sameWord(begin, end))
        ++end;
    return static_cast<int>(end - begin);
}

QString TokenTableModel::typed(int token) const
{
    const auto begin = static_cast<std::size_t>(token);
    const Token &first = encoding_.tokens[begin];
    if (first.word < 0)
        return QStringLiteral("—");
    const QString &sentence = first.segment == 0 ? encoding_.text : encoding_.text_b;
    qsizetype end = first.end;
    for (std::size_t next = begin + 1; next < encoding_.tokens.size() && sameWord(begin, next); ++next)
        end = std::max(end, encoding_.tokens[next].end);
    return sentence.mid(first.begin, end - first.begin);
}

QVariant TokenTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignCenter);
    const Token &token = encoding_.tokens[static_cast<std::size_t>(index.column())];
    if (role == Qt::ToolTipRole && token.unknown)
        return plainToolTip(
            withParticles(tr("The vocabulary has no piece for “%1”.").arg(typed(index.column()))));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.row()) {
    case word:
        return typed(index.column());
    case piece:
        return token.piece;
    case id:
        return token.id;
    default:
        return {};
    }
}

QVariant TokenTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Horizontal)
        return section;
    switch (section) {
    case word:
        return tr("text");
    case piece:
        return tr("piece");
    case id:
        return tr("id");
    default:
        return {};
    }
}

TokenTable::TokenTable(Session &session, QWidget *parent)
    : QTableView(parent)
    , selection_(session.selection())
    , model_(new TokenTableModel(this))
{
    setModel(model_);
    setMouseTracking(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSelectionBehavior(QAbstractItemView::SelectColumns);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // the height must not change while typing
    setCornerButtonEnabled(false);
    setWordWrap(false);
    horizontalHeader()->setMinimumSectionSize(34);
    horizontalHeader()->setSectionsClickable(false);
    verticalHeader()->setSectionsClickable(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setAccessibleName(tr("Tokens"));
    fitHeight();
    connect(this, &QAbstractItemView::entered, this,
            [this](const QModelIndex &index) { selection_.hover({.query = index.column()}); });
    connect(this, &QAbstractItemView::clicked, this,
            [this](const QModelIndex &index) { selection_.pinQuery(index.column()); });
    connect(selectionModel(), &QItemSelectionModel::currentColumnChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid() && hasFocus())
                    selection_.pinQuery(current.column());
            });
    connect(&session, &Session::frameChanged, this, &TokenTable::showPinned);
}

void TokenTable::fitHeight()
{
    const int row = fontMetrics().height() + 6;
    verticalHeader()->setMinimumSectionSize(row);
    verticalHeader()->setDefaultSectionSize(row);
    const int around = height() - viewport()->height(); // header, scroll bar, frame: as the style has them
    const int needed = horizontalHeader()->sizeHint().height() + horizontalScrollBar()->sizeHint().height() +
                       2 * frameWidth();
    setFixedHeight(std::max(isVisible() ? around : 0, needed) + TokenTableModel::rows * row);
}

void TokenTable::setTokens(const Encoding &encoding)
{
    const int before = model_->columnCount();
    model_->setTokens(encoding);
    if (before > 0 || model_->columnCount() > 0)
        clearSpans();
    for (int token = 0; token < model_->columnCount(); ++token) {
        const int length = model_->wordLength(token);
        if (length > 1)
            setSpan(TokenTableModel::word, token, 1, length);
    }
    fitColumns();
    fitHeight();
    showPinned();
}

/// As resizeColumnsToContents(), but of columns that look the same only one is measured.
void TokenTable::fitColumns()
{
    QHash<std::pair<QString, int>, int> cells; // by text and id
    QHash<qsizetype, int> headers;             // by number of digits
    // Else the header finds out for each of them where the others are.
    horizontalHeader()->setUpdatesEnabled(false);
    for (int column = 0; column < model_->columnCount(); ++column) {
        int &cell = cells[{model_->index(TokenTableModel::word, column).data().toString(),
                           model_->index(TokenTableModel::id, column).data().toInt()}];
        if (cell == 0)
            cell = sizeHintForColumn(column);
        int &header = headers[QString::number(column).size()];
        if (header == 0)
            header = horizontalHeader()->sectionSizeHint(column);
        setColumnWidth(column, std::max(cell, header));
    }
    horizontalHeader()->setUpdatesEnabled(true);
}

void TokenTable::showPinned()
{
    const int token = selection_.pinned().query;
    if (token < 0 || token >= model_->columnCount() || currentIndex().column() == token)
        return;
    setCurrentIndex(model_->index(TokenTableModel::piece, token));
}

void TokenTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Tokens"));
        model_->retranslate();
    } else if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fitColumns();
        fitHeight();
    }
}

void TokenTable::showEvent(QShowEvent *event)
{
    fitHeight();
    QTableView::showEvent(event);
}

bool TokenTable::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        selection_.unhover();
    return QTableView::viewportEvent(event);
}

} // namespace encoderscope
