// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/head_table.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

QString percent(float share)
{
    return QStringLiteral("%1 %").arg(static_cast<double>(share) * 100.0, 0, 'f', 1);
}

/// "+0.31", "−2.0 %": a difference as it is read; what is written as zero has no sign.
QString withSign(QString number)
{
    const bool zero = std::none_of(number.begin(), number.end(),
                                   [](QChar c) { return c >= QLatin1Char('1') && c <= QLatin1Char('9'); });
    const bool negative = number.startsWith(QLatin1Char('-'));
    if (negative)
        number.remove(0, 1);
    return zero ? number : (negative ? QChar(0x2212) : QLatin1Char('+')) + number;
}

/// What a column of shares, bits or tokens shows.
QueryMean meanOf(const HeadStatistics &one, int column)
{
    switch (column) {
    case HeadTableModel::entropy:
        return one.entropy;
    case HeadTableModel::distance:
        return one.distance;
    case HeadTableModel::diagonal:
        return one.diagonal;
    case HeadTableModel::previous:
        return one.previous;
    case HeadTableModel::next:
        return one.next;
    case HeadTableModel::first:
        return one.first;
    case HeadTableModel::separator:
        return one.separator;
    case HeadTableModel::word:
        return one.word;
    case HeadTableModel::same:
        return one.same;
    case HeadTableModel::punctuation:
        return one.punctuation;
    default:
        return {};
    }
}

} // namespace

void HeadTableModel::setStatistics(std::vector<HeadStatistics> statistics, int heads,
                                   std::vector<HeadStatistics> reference)
{
    if (statistics.size() == statistics_.size() && heads == heads_ && !statistics.empty()) {
        statistics_ = std::move(statistics);
        reference_ = std::move(reference);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        return;
    }
    beginResetModel();
    statistics_ = std::move(statistics);
    reference_ = std::move(reference);
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

/// Some tokens count for it.
bool HeadTableModel::isKnown(int row, int column) const
{
    const auto at = static_cast<std::size_t>(row);
    return meanOf(statistics_[at], column).queries > 0 &&
           (!showsDifference() || meanOf(reference_[at], column).queries > 0);
}

double HeadTableModel::number(int row, int column) const
{
    const auto at = static_cast<std::size_t>(row);
    switch (column) {
    case layer:
        return row / heads_ + 1;
    case head:
        return row % heads_ + 1;
    case pattern:
        return static_cast<double>(pattern_of(statistics_[at]));
    default:
        return static_cast<double>(meanOf(statistics_[at], column).value()) -
               (showsDifference() ? static_cast<double>(meanOf(reference_[at], column).value()) : 0.0);
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
        const int counted = meanOf(statistics_[static_cast<std::size_t>(index.row())], column).queries;
        if (column > pattern)
            return overSentences_ ? tr("mean over %Ln sentence(s)", nullptr, counted)
                                  : tr("mean over %Ln token(s)", nullptr, counted);
        return {};
    }
    if (role != Qt::DisplayRole)
        return {};
    if (column < pattern)
        return static_cast<int>(value);
    if (column == pattern) {
        const HeadPattern before =
            showsDifference() ? pattern_of(reference_[static_cast<std::size_t>(index.row())]) : named;
        return before == named ? patternName(named)
                               : patternName(before) + QStringLiteral(" → ") + patternName(named);
    }
    if (!isKnown(index.row(), column))
        return QStringLiteral("–");
    const QString text =
        column <= distance ? QString::number(value, 'f', 2) : percent(static_cast<float>(value));
    return showsDifference() ? withSign(text) : text;
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
