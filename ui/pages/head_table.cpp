// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/head_table.h"

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

double HeadTableModel::number(int row, int column) const
{
    const HeadStatistics &one = statistics_[static_cast<std::size_t>(row)];
    switch (column) {
    case layer:
        return row / heads_ + 1;
    case head:
        return row % heads_ + 1;
    case entropy:
        return static_cast<double>(one.entropy);
    case distance:
        return static_cast<double>(one.mean_distance);
    case diagonal:
        return static_cast<double>(one.diagonal);
    case previous:
        return static_cast<double>(one.previous);
    case next:
        return static_cast<double>(one.next);
    case special:
        return static_cast<double>(one.special);
    default:
        return 0.0;
    }
}

QVariant HeadTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    const double value = number(index.row(), index.column());
    if (role == Qt::UserRole)
        return value;
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() <= head)
        return static_cast<int>(value);
    if (index.column() <= distance)
        return QString::number(value, 'f', 2);
    return percent(static_cast<float>(value));
}

QVariant HeadTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case entropy:
            return tr("How spread the weights are, in bits: 0 = one key, more = several");
        case distance:
            return tr("Mean distance between query and key, in tokens");
        case diagonal:
            return tr("Weight on the token itself");
        case previous:
            return tr("Weight on the token before");
        case next:
            return tr("Weight on the token after");
        case special:
            return tr("Weight on special tokens");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case layer:
        return tr("layer");
    case head:
        return tr("head");
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
    case special:
        return tr("special");
    default:
        return {};
    }
}

QString headSummary(const HeadStatistics &statistics)
{
    return QCoreApplication::translate(
               "Pages", "entropy %1 bits · distance %2 · itself %3 · previous %4 · next %5 · special %6")
        .arg(static_cast<double>(statistics.entropy), 0, 'f', 2)
        .arg(static_cast<double>(statistics.mean_distance), 0, 'f', 1)
        .arg(percent(statistics.diagonal), percent(statistics.previous), percent(statistics.next),
             percent(statistics.special));
}

} // namespace encoderscope
