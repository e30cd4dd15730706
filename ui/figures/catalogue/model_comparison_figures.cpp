// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/model_comparison_figures.h"

#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_messages.h"
#include "ui/figures/catalogue/weight_figures.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace encoderscope
{

namespace
{

QStringList stateNames(int layers)
{
    QStringList names;
    for (int layer = -1; layer < layers; ++layer)
        names.append(stateName(layer));
    return names;
}

} // namespace

FigurePtr layerSimilarityFigure(const ComparedTrace &compared, const Eigen::MatrixXd &similarity)
{
    HeatmapData data;
    data.rows = static_cast<int>(similarity.rows());
    data.columns = static_cast<int>(similarity.cols());
    data.rowLabels = stateNames(compared.now->layers());
    data.columnLabels = stateNames(compared.before->layers());
    data.rowsNamed = data.columnsNamed = true;
    data.rowTitle = Figures::tr("now");
    data.columnTitle = compared.now == compared.before ? data.rowTitle : Figures::tr("reference");
    data.valueTitle = Figures::tr("linear CKA");
    data.scale = ColourScale::sequential(0.0, 1.0);
    data.values = rowsOf(similarity.cast<float>());
    return makeFigure(std::move(data), Figures::tr("Similarity of the hidden states, layer by layer"),
                      QStringLiteral("layer-similarity"), QString());
}

FigurePtr weightChangesFigure(const ComparedWeights &weights, int count)
{
    const WeightChanges &changes = weights.changes;
    std::vector<int> order(changes.blocks.size());
    std::iota(order.begin(), order.end(), 0);
    const auto relative = [&changes](int place) {
        return changes.blocks[static_cast<std::size_t>(place)].relative;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](int one, int other) { return relative(one) > relative(other); });
    BarsData data;
    for (const int place : order) {
        const WeightChange &change = changes.blocks[static_cast<std::size_t>(place)];
        if (data.values.size() >= count || !std::isfinite(change.relative))
            continue;
        data.labels.append(change.layer < 0
                               ? weightSymbol(change.block)
                               : Figures::tr("L%1 %2").arg(change.layer + 1).arg(weightSymbol(change.block)));
        data.values.append(change.relative);
        data.indices.append(place);
    }
    data.colours = {FigureColour::series(0)};
    data.labelTitle = Figures::tr("block");
    data.valueTitle = Figures::tr("relative change ‖W − W₀‖ / ‖W₀‖");
    data.horizontal = true;
    data.numbers = true;
    return makeFigure(std::move(data),
                      Figures::tr("Weights that differ most: %1 and %2")
                          .arg(printableText(weights.model->name), printableText(weights.base->name)),
                      QStringLiteral("weight-changes"), QString());
}

} // namespace encoderscope
