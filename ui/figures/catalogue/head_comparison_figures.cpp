// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/head_comparison_figures.h"

#include "ui/figures/catalogue/attention_figures.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_messages.h"
#include "ui/figures/catalogue/figure_scales.h"

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

QString shortName(const HeadPlace &head)
{
    return Figures::tr("L%1 H%2").arg(head.layer + 1).arg(head.head + 1);
}

HeatmapData dataOf(const ComparedTrace &compared, const HeadPlace &head, bool hideSpecial)
{
    return attentionData(compared, {.layer = head.layer, .head = head.head, .hideSpecial = hideSpecial});
}

Matrix combined(const std::vector<HeatmapData> &all, HeadsTogether together, int first, int count)
{
    Matrix values = all.front().values(first, count);
    Matrix others = Matrix::Zero(values.rows(), values.cols());
    for (std::size_t index = 1; index < all.size(); ++index) {
        const Matrix one = all[index].values(first, count);
        if (together == HeadsTogether::maximum)
            values = values.cwiseMax(one);
        else
            others += one;
    }
    if (together == HeadsTogether::mean)
        return (values + others) / static_cast<float>(all.size());
    if (together == HeadsTogether::difference)
        return values - others / static_cast<float>(std::max<std::size_t>(1, all.size() - 1));
    return values;
}

} // namespace

FigurePtr severalHeadsFigure(const ComparedTrace &compared, const std::vector<HeadPlace> &heads,
                             HeadsTogether together, bool hideSpecial)
{
    std::vector<HeatmapData> all;
    QStringList names;
    double largest = 0.0;
    bool off = true;
    for (const HeadPlace &head : heads) {
        all.push_back(dataOf(compared, head, hideSpecial));
        names.append(shortName(head));
        largest = std::max(largest, all.back().scale.high);
        off = off && all.back().switchedOff;
    }
    const QString suffix = comparisonSuffix(compared);
    const QString name = QStringLiteral("several-heads") + comparisonName(compared);
    const QString caption = names.join(QStringLiteral(", "));
    ColourScale scale = all.front().scale;
    scale.high = largest;
    if (scale.map == ColourMap::diverging)
        scale = ColourScale::diverging(largest);
    if (together == HeadsTogether::sideBySide) {
        HeatmapGrid grid{.titles = names};
        grid.inARow = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(all.size()))));
        const bool clipped =
            std::any_of(all.begin(), all.end(), [](const HeatmapData &data) { return data.clipped; });
        for (HeatmapData &panel : all) {
            panel.scale = scale;
            panel.clipped = clipped;
        }
        grid.panels = std::move(all);
        return makeFigure(std::move(grid), Figures::tr("Attention weights of chosen heads") + suffix, name,
                          withHatching(caption, off));
    }
    HeatmapData data = all.front();
    data.switchedOff = off;
    for (const HeatmapData &one : all) // of several windows the widest; a layer without one sees everything
        data.reach = data.reach < 0 || one.reach < 0 ? -1 : std::max(data.reach, one.reach);
    data.values = [all, together](int first, int count) { return combined(all, together, first, count); };
    QString title;
    if (together == HeadsTogether::difference) {
        const Matrix values = data.values(0, data.rows);
        data.scale = ColourScale::diverging(divergingLimit(values, data.clipped));
        data.valueTitle = Figures::tr("difference of attention weights");
        title = heads.size() == 2 ? Figures::tr("%1 − %2").arg(names[0], names[1])
                                  : Figures::tr("%1 − mean of %2")
                                        .arg(names[0], QStringList(names.mid(1)).join(QStringLiteral(", ")));
    } else {
        data.scale = scale;
        title = (together == HeadsTogether::mean ? Figures::tr("Mean of %1") : Figures::tr("Maximum of %1"))
                    .arg(caption);
    }
    return makeFigure(std::move(data), Figures::tr("Attention weights: %1").arg(title) + suffix, name,
                      withHatching(caption, off));
}

FigurePtr likeHeadsFigure(const ComparedTrace &compared, const HeadLikeness &likeness, const HeadPlace &head,
                          int count)
{
    const int heads = compared.trace().heads();
    BarsData data;
    for (const NearHead &near : nearest_heads(likeness.distances, head.layer * heads + head.head, count)) {
        if (!std::isfinite(near.distance))
            continue;
        data.labels.append(shortName({near.index / heads, near.index % heads}));
        data.values.append(near.distance);
        data.indices.append(near.index);
    }
    data.colours = {FigureColour::series(0)};
    data.labelTitle = Figures::tr("head");
    data.valueTitle = Figures::tr("Jensen-Shannon distance");
    data.high = 1.0;
    data.horizontal = true;
    data.numbers = true;
    return makeFigure(
        std::move(data),
        Figures::tr("Heads most like layer %1, head %2").arg(head.layer + 1).arg(head.head + 1) +
            comparisonSuffix(compared),
        QStringLiteral("like-heads-layer%1-head%2").arg(head.layer + 1).arg(head.head + 1) +
            comparisonName(compared),
        placeCaption(head.layer, head.head));
}

FigurePtr headMapFigure(const ComparedTrace &compared, const HeadLikeness &likeness)
{
    const Trace &trace = compared.trace();
    const Eigen::MatrixXd &points = likeness.plane.points;
    ChartData data;
    const double reach = points.size() > 0 && points.allFinite()
                             ? std::max(0.1, std::ceil(points.cwiseAbs().maxCoeff() * 11.0) / 10.0)
                             : 1.0;
    data.xLow = data.yLow = -reach;
    data.xHigh = data.yHigh = reach;
    const auto axis = [&likeness](int index) {
        return Figures::tr("axis %1 (%2 % of the spread)")
            .arg(index + 1)
            .arg(likeness.plane.shares[index] * 100.0, 0, 'f', 0);
    };
    data.xTitle = axis(0);
    data.yTitle = axis(1);
    for (int layer = 0; layer < trace.layers(); ++layer) {
        ChartSeries series{.kind = ChartSeries::Kind::points,
                           .name = Figures::tr("layer %1").arg(layer + 1),
                           .colour = FigureColour::series(layer)};
        for (int head = 0; head < trace.heads(); ++head) {
            const Index row = layer * trace.heads() + head;
            series.points.append(row < points.rows() ? QPointF(points(row, 0), points(row, 1))
                                                     : QPointF(qQNaN(), qQNaN()));
            series.labels.append(QStringLiteral("%1.%2").arg(layer + 1).arg(head + 1));
        }
        data.series.push_back(std::move(series));
    }
    return makeFigure(std::move(data),
                      Figures::tr("All heads, by how alike they weight the tokens") +
                          comparisonSuffix(compared),
                      QStringLiteral("head-map") + comparisonName(compared), QString());
}

} // namespace encoderscope
