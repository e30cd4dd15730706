// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/corpus_list.h"

#include "ui/figures/catalogue/figure_labels.h"
#include "ui/plain_text.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr qsizetype most_shown_before = 300; ///< characters of a sentence before what is marked
constexpr qsizetype most_shown = 1200;

/// Each sentence of such an answer has a number.
bool isScored(CorpusQuestion::Kind kind)
{
    using Kind = CorpusQuestion::Kind;
    return kind == Kind::headExamples || kind == Kind::neuronExamples || kind == Kind::nearestUses ||
           kind == Kind::nearestTokens || kind == Kind::nearestOfAny;
}

/// What is laid out of a sentence: a line around the marked token.
struct ShownSentence {
    QString text;
    TextPart token;
    std::optional<TextPart> key;
};

ShownSentence shownOf(const CorpusRow &row)
{
    const bool keyFirst = row.key && row.key->begin < row.token.begin;
    qsizetype first = std::max<qsizetype>(0, row.token.begin - most_shown_before);
    if (keyFirst && row.token.begin - row.key->begin < most_shown / 2)
        first = std::max<qsizetype>(0, row.key->begin - most_shown_before / 2);
    if (first > 0 && first < row.text.size() && row.text[first].isLowSurrogate())
        --first;
    ShownSentence shown;
    // One sign for each, so that places stay what they are.
    for (const QChar c : row.text.mid(first, most_shown))
        shown.text += c.unicode() < 0x20 ? QChar(0x2400 + c.unicode()) : c;
    const auto moved = [&](const TextPart &part) {
        const auto within = [&](qsizetype place) {
            return std::clamp<qsizetype>(place - first, 0, shown.text.size());
        };
        return TextPart{within(part.begin), within(part.end)};
    };
    shown.token = moved(row.token);
    if (row.key)
        shown.key = moved(*row.key);
    return shown;
}

/// Paints the sentence in a line, with its token and key marked and the token in sight.
class MarkedSentence : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const override
    {
        QStyleOptionViewItem option = given;
        initStyleOption(&option, index);
        option.text.clear();
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);

        const ShownSentence shown = shownOf(index.data(CorpusListModel::rowRole).value<CorpusRow>());
        const FigureStyle style = figureStyle(themeOf(option.palette));
        QTextLayout layout(shown.text, option.font);
        QList<QTextLayout::FormatRange> marks{rangeOf(shown.token, style.query, false)};
        if (shown.key)
            marks.append(rangeOf(*shown.key, style.key, true));
        layout.setFormats(marks);
        QTextOption oneLine;
        oneLine.setWrapMode(QTextOption::NoWrap);
        layout.setTextOption(oneLine);
        layout.beginLayout();
        QTextLine line = layout.createLine();
        if (line.isValid())
            line.setNumColumns(static_cast<int>(shown.text.size()) + 1);
        layout.endLayout();
        if (!line.isValid())
            return;

        const QRectF room = QRectF(option.rect).adjusted(margin, 0.0, -margin, 0.0);
        const double token = line.cursorToX(static_cast<int>(shown.token.begin));
        const double tokenEnd = line.cursorToX(static_cast<int>(shown.token.end));
        double shift = 0.0;
        if (tokenEnd > room.width())
            shift = std::clamp(token - 0.4 * room.width(), 0.0,
                               std::max(0.0, line.naturalTextWidth() - room.width()));
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->setClipRect(room);
        painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
        layout.draw(painter,
                    QPointF(room.left() - shift, room.top() + (room.height() - line.height()) / 2.0));
        painter->restore();
    }

private:
    static constexpr double margin = 4.0;

    static QTextLayout::FormatRange rangeOf(const TextPart &part, QColor colour, bool key)
    {
        constexpr float strength = 0.35F;
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(part.begin);
        range.length = static_cast<int>(part.end - part.begin);
        colour.setAlphaF(strength);
        range.format.setBackground(colour);
        range.format.setFontWeight(QFont::Bold);
        range.format.setFontUnderline(key); // not by the colour alone
        return range;
    }
};

} // namespace

void CorpusListModel::setAnswer(std::vector<CorpusRow> rows, CorpusQuestion::Kind of)
{
    beginResetModel();
    rows_ = std::move(rows);
    of_ = of;
    endResetModel();
}

void CorpusListModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columns - 1);
    if (!rows_.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

int CorpusListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int CorpusListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns);
}

QString CorpusListModel::number(const CorpusRow &row) const
{
    if (!isScored(of_))
        return {};
    return QString::number(row.value, 'f', of_ == CorpusQuestion::Kind::neuronExamples ? 2 : 3);
}

QVariant CorpusListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const CorpusRow &shown = row(index.row());
    const auto part = [&shown](const TextPart &one) {
        return printableText(shown.text.mid(one.begin, one.end - one.begin));
    };
    switch (role) {
    case Qt::TextAlignmentRole:
        return static_cast<int>((index.column() == value ? Qt::AlignRight : Qt::AlignLeft) |
                                Qt::AlignVCenter);
    case Qt::DisplayRole:
        if (index.column() == value)
            return number(shown);
        if (index.column() == source)
            return printableText(QStringLiteral("%1:%2").arg(shown.source).arg(shown.line));
        return shortened(printableText(shown.text), most_shown);
    case Qt::ToolTipRole:
        if (index.column() == source)
            return plainToolTip(data(index, Qt::DisplayRole).toString());
        return {};
    case Qt::AccessibleTextRole:
        if (index.column() != sentence)
            return {};
        if (shown.key)
            return tr("“%1” looks at “%2” in: %3")
                .arg(part(shown.token), part(*shown.key), data(index, Qt::DisplayRole).toString());
        return tr("“%1” in: %2").arg(part(shown.token), data(index, Qt::DisplayRole).toString());
    case rowRole:
        return QVariant::fromValue(shown);
    default:
        return {};
    }
}

QVariant CorpusListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case value:
        return of_ == CorpusQuestion::Kind::neuronExamples ? tr("activation")
               : of_ == CorpusQuestion::Kind::headExamples ? tr("weight")
                                                           : tr("cosine");
    case sentence:
        return tr("sentence");
    default:
        return tr("from");
    }
}

CorpusList::CorpusList(QWidget *parent)
    : QTableView(parent)
    , model_(new CorpusListModel(this))
{
    setModel(model_);
    setItemDelegateForColumn(CorpusListModel::sentence, new MarkedSentence(this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideLeft); // of a path its end says more
    verticalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsClickable(false);
    fitRows();
    connect(this, &QAbstractItemView::clicked, this, &CorpusList::choose);
    connect(this, &QAbstractItemView::activated, this, &CorpusList::choose);
}

void CorpusList::setAnswer(const CorpusAnswer &answer)
{
    model_->setAnswer(answer.rows, answer.question.kind);
    setColumnHidden(CorpusListModel::value, !isScored(answer.question.kind));
    fitColumns();
}

void CorpusList::choose(const QModelIndex &index)
{
    const CorpusRow row = model_->row(index.row()); // what is done with it may change the list
    Q_EMIT chosen(row);
}

void CorpusList::fitRows()
{
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
}

void CorpusList::fitColumns()
{
    const auto needed = [this](int column, const QString &longest) {
        return std::max(horizontalHeader()->sectionSizeHint(column),
                        fontMetrics().horizontalAdvance(longest) + 14);
    };
    const int number = isColumnHidden(CorpusListModel::value)
                           ? 0
                           : needed(CorpusListModel::value, QStringLiteral("−000.000"));
    int from = needed(CorpusListModel::source, QString());
    for (int row = 0; row < model_->rowCount(); ++row)
        from = std::max(from, needed(CorpusListModel::source,
                                     model_->index(row, CorpusListModel::source).data().toString()));
    from = std::min(from, std::max(viewport()->width() / 4, needed(CorpusListModel::source, QString())));
    setColumnWidth(CorpusListModel::value, number);
    setColumnWidth(CorpusListModel::source, from);
    setColumnWidth(CorpusListModel::sentence, std::max(80, viewport()->width() - number - from));
}

void CorpusList::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void CorpusList::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitRows();
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange)
        fitColumns();
}

} // namespace encoderscope
