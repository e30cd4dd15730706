// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/pairs_figure.h"

#include "ui/figures/catalogue/figure_messages.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/catalogue/token_score_figures.h"

namespace encoderscope
{

namespace
{

} // namespace

FigurePtr pairsFigure(const Frame &frame, const ChosenTarget &chosen, const Eigen::MatrixXd &pairs)
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
    return makeFigure(std::move(data), Why::tr("The pairs of tokens that make A and B similar"),
                      QStringLiteral("similarity-pairs"),
                      targetCaption(chosen, pairs.sum()) + QStringLiteral(" · ") +
                          Why::tr("the sum over all pairs of contextual tokens, special ones too"));
}

} // namespace encoderscope
