// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/head_table.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

QString percent(float share)
{
    return QStringLiteral("%1 %").arg(static_cast<double>(share) * 100.0, 0, 'f', 1);
}

} // namespace

void HeadTableModel::setStatistics(std::vector<HeadStatistics> statistics, int heads)
{
    if (statistics.size() == statistics_.size() && heads == heads_ && !statistics.empty()) {
        statistics_ = std::move(statistics);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        return;
    }
    beginResetModel();
    statistics_ = std::move(statistics);
    heads_ = heads;
    endResetModel();
}

void HeadTableModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columns - 1);
}

int HeadTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(statistics_.size());
}

int HeadTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns);
}

/// What a column of shares, bits or tokens shows.
QueryMean HeadTableModel::mean(int row, int column) const
{
    const HeadStatistics &one = statistics_[static_cast<std::size_t>(row)];
    switch (column) {
    case entropy:
        return one.entropy;
    case distance:
        return one.distance;
    case diagonal:
        return one.diagonal;
    case previous:
        return one.previous;
    case next:
        return one.next;
    case first:
        return one.first;
    case separator:
        return one.separator;
    case word:
        return one.word;
    case same:
        return one.same;
    case punctuation:
        return one.punctuation;
    default:
        return {};
    }
}

double HeadTableModel::number(int row, int column) const
{
    switch (column) {
    case layer:
        return row / heads_ + 1;
    case head:
        return row % heads_ + 1;
    case pattern:
        return static_cast<double>(pattern_of(statistics_[static_cast<std::size_t>(row)]));
    default:
        return static_cast<double>(mean(row, column).value());
    }
}

QVariant HeadTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int column = index.column();
    const HeadPattern named = pattern_of(statistics_[static_cast<std::size_t>(index.row())]);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((column == pattern ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    const double value = number(index.row(), column);
    if (role == Qt::UserRole)
        return value;
    if (role == Qt::ToolTipRole) {
        if (column == pattern)
            return patternRule(named);
        const int counted = mean(index.row(), column).queries;
        if (column > pattern)
            return overSentences_ ? tr("mean over %Ln sentence(s)", nullptr, counted)
                                  : tr("mean over %Ln token(s)", nullptr, counted);
        return {};
    }
    if (role != Qt::DisplayRole)
        return {};
    if (column < pattern)
        return static_cast<int>(value);
    if (column == pattern)
        return patternName(named);
    if (mean(index.row(), column).queries == 0)
        return QStringLiteral("–");
    if (column <= distance)
        return QString::number(value, 'f', 2);
    return percent(static_cast<float>(value));
}

namespace
{

QString columnTip(int column)
{
    switch (column) {
    case HeadTableModel::pattern:
        return HeadTableModel::tr(
            "What the head does, by the first rule that fits; point at a name for its rule");
    case HeadTableModel::entropy:
        return HeadTableModel::tr("How spread the weights are, in bits: 0 = one key, more = several");
    case HeadTableModel::distance:
        return HeadTableModel::tr("Mean distance between query and key, in tokens");
    case HeadTableModel::diagonal:
        return HeadTableModel::tr("Weight on the token itself, mean over all tokens");
    case HeadTableModel::previous:
        return HeadTableModel::tr("Weight on the token before, mean over all tokens but the first");
    case HeadTableModel::next:
        return HeadTableModel::tr("Weight on the token after, mean over all tokens but the last");
    case HeadTableModel::first:
        return HeadTableModel::tr("Weight on the first token ([CLS] in BERT), mean over all tokens");
    case HeadTableModel::separator:
        return HeadTableModel::tr(
            "Weight on the other special tokens around sentences ([SEP] in BERT), mean over all tokens");
    case HeadTableModel::word:
        return HeadTableModel::tr(
            "Weight on the other pieces of the token's word, mean over the tokens whose word has several");
    case HeadTableModel::same:
        return HeadTableModel::tr(
            "Weight on the same piece elsewhere, mean over the pieces that come more than once");
    case HeadTableModel::punctuation:
        return HeadTableModel::tr(
            "Weight on punctuation marks other than the token itself, mean over all tokens");
    default:
        return {};
    }
}

} // namespace

QVariant HeadTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole)
        return columnTip(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case layer:
        return tr("layer");
    case head:
        return tr("head");
    case pattern:
        return tr("pattern");
    case entropy:
        return tr("entropy");
    case distance:
        return tr("distance");
    case diagonal:
        return tr("itself");
    case previous:
        return tr("previous");
    case next:
        return tr("next");
    case first:
        return tr("first");
    case separator:
        return tr("separators");
    case word:
        return tr("word");
    case same:
        return tr("same");
    case punctuation:
        return tr("punctuation");
    default:
        return {};
    }
}

QString patternName(HeadPattern pattern)
{
    switch (pattern) {
    case HeadPattern::same:
        return HeadTableModel::tr("same word");
    case HeadPattern::word:
        return HeadTableModel::tr("rest of the word");
    case HeadPattern::previous:
        return HeadTableModel::tr("previous token");
    case HeadPattern::next:
        return HeadTableModel::tr("next token");
    case HeadPattern::itself:
        return HeadTableModel::tr("itself");
    case HeadPattern::first:
        return HeadTableModel::tr("first token");
    case HeadPattern::separator:
        return HeadTableModel::tr("separator");
    case HeadPattern::punctuation:
        return HeadTableModel::tr("punctuation");
    case HeadPattern::neighbours:
        return HeadTableModel::tr("neighbours");
    case HeadPattern::broad:
        return HeadTableModel::tr("broad");
    case HeadPattern::mixed:
        break;
    }
    return HeadTableModel::tr("mixed");
}

QString patternRule(HeadPattern pattern)
{
    const auto percents = [](float share) { return QString::number(qRound(100.0F * share)); };
    switch (pattern) {
    case HeadPattern::same:
        return HeadTableModel::tr(
                   "At least %1 % of the weight of pieces that come more than once is on the same "
                   "piece elsewhere.")
            .arg(percents(pattern_limits::same));
    case HeadPattern::word:
        return HeadTableModel::tr(
                   "In words of several pieces, at least %1 % of the weight is on the word's other "
                   "pieces, and more than on the token before or after.")
            .arg(percents(pattern_limits::word));
    case HeadPattern::previous:
    case HeadPattern::next:
    case HeadPattern::itself:
    case HeadPattern::first:
    case HeadPattern::separator:
    case HeadPattern::punctuation:
        return HeadTableModel::tr("The largest of the shares itself, previous, next, first, separators and "
                                  "punctuation, and at least %1 %.")
            .arg(percents(pattern_limits::one_place));
    case HeadPattern::neighbours:
        return HeadTableModel::tr(
                   "No single place has %1 %, but itself, previous and next have %2 % together.")
            .arg(percents(pattern_limits::one_place), percents(pattern_limits::neighbours));
    case HeadPattern::broad:
        return HeadTableModel::tr(
                   "No place stands out: the entropy is at least %1 % of that of even weights.")
            .arg(percents(pattern_limits::broad));
    case HeadPattern::mixed:
        break;
    }
    return HeadTableModel::tr(
        "No rule fits this text: no place has enough of the weight, and it is not spread "
        "evenly.");
}

QString headSummary(const HeadStatistics &statistics)
{
    return QCoreApplication::translate(
               "Pages", "%1 · entropy %2 bits · distance %3 · itself %4 · previous %5 · next %6 · special %7")
        .arg(patternName(pattern_of(statistics)))
        .arg(static_cast<double>(statistics.entropy.value()), 0, 'f', 2)
        .arg(static_cast<double>(statistics.distance.value()), 0, 'f', 1)
        .arg(percent(statistics.diagonal.value()), percent(statistics.previous.value()),
             percent(statistics.next.value()), percent(statistics.special()));
}

} // namespace encoderscope
