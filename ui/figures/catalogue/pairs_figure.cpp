// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/pairs_figure.h"

#include "ui/figures/catalogue/figure_messages.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/ticks.h"

namespace encoderscope
{

namespace
{

HeatmapData pairsData(const Frame &frame, const ChosenTarget &chosen, const Eigen::MatrixXd &pairs)
{
    const ShownTokens a = shownTokens(frame, *chosen.trace, 0);
    const ShownTokens b = shownTokens(frame, *chosen.other, 1);
    Matrix values(a.tokens.size(), b.tokens.size());
    for (Index row = 0; row < values.rows(); ++row) {
        for (Index column = 0; column < values.cols(); ++column)
            values(row, column) = static_cast<float>(pairs(a.tokens[row], b.tokens[column]));
    }
    HeatmapData data;
    data.rows = static_cast<int>(values.rows());
    data.columns = static_cast<int>(values.cols());
    data.rowLabels = a.labels;
    data.rowIndices = a.indices;
    data.columnLabels = b.labels;
    data.columnIndices = b.indices;
    data.rowTitle = Why::tr("sentence A");
    data.columnTitle = Why::tr("sentence B");
    data.valueTitle = Why::tr("share of the cosine");
    data.scale = ColourScale::diverging(divergingLimit(values, data.clipped));
    data.values = rowsOf(std::move(values));
    return data;
}

} // namespace

FigurePtr pairsFigure(const Frame &frame, const ChosenTarget &chosen, const Eigen::MatrixXd &pairs)
{
    return makeFigure(pairsData(frame, chosen, pairs),
                      Why::tr("The pairs of tokens that make A and B similar"),
                      QStringLiteral("similarity-pairs"),
                      targetCaption(chosen, pairs.sum()) + QStringLiteral(" · ") +
                          Why::tr("the sum over all pairs of contextual tokens, special ones too"));
}

FigurePtr inputPairsFigure(const Frame &frame, const ChosenTarget &chosen, const ScoreSettings &settings,
                           const InputPairs &found)
{
    return makeFigure(pairsData(frame, chosen, found.pairs),
                      Why::tr("The pairs of input tokens that make A and B similar"),
                      QStringLiteral("input-pairs"),
                      targetCaption(chosen, found.cosine) + QStringLiteral(" · ") +
                          Why::tr("integrated Jacobians, baseline: %1, %n step(s)", nullptr, settings.steps)
                              .arg(baselineTitle(settings.baseline)) +
                          QStringLiteral(" · ") +
                          Why::tr("the pairs' sum: %1, of the baselines: %2, gap: %3")
                              .arg(readableNumber(found.pairs.sum()), readableNumber(found.of_baselines),
                                   readableNumber(found.gap)));
}

} // namespace encoderscope
