// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/token_rows.h"

#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_scales.h"

#include <QCoreApplication>

namespace encoderscope
{

HeatmapData tokenRows(const ComparedTrace &compared, Matrix values, const QString &columnTitle)
{
    HeatmapData data;
    data.rows = static_cast<int>(values.rows());
    data.columns = static_cast<int>(values.cols());
    data.rowLabels = tokenLabels(compared.trace());
    data.rowTitle = QCoreApplication::translate("Figures", "token");
    data.columnTitle = columnTitle;
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Figures", "value"));
    data.scale = ColourScale::diverging(divergingLimit(values, data.clipped));
    data.values = rowsOf(std::move(values));
    hatchUnmatched(data, compared, false);
    return data;
}

FigurePtr tokenRowsFigure(HeatmapData data, const QString &title, const QString &name, const QString &place)
{
    const bool off = data.switchedOff;
    return makeFigure(std::move(data), title, name, withHatching(place, off));
}

QString dimensionTitle()
{
    return QCoreApplication::translate("Figures", "dimension");
}

FigurePtr vectorFigure(const RowVector &values, const QString &title, const QString &name,
                       const QString &place, const QString &valueTitle)
{
    BarsData data;
    for (Index index = 0; index < values.size(); ++index) {
        const auto value = static_cast<double>(values[index]);
        data.labels.append(QString::number(index));
        data.values.append(value);
        data.colours.append(FigureColour::series(value < 0.0 ? 1 : 0));
    }
    data.labelTitle = dimensionTitle();
    data.valueTitle = valueTitle;
    return makeFigure(std::move(data), title, name, place);
}

} // namespace encoderscope
