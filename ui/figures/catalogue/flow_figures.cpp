// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/flow_figures.h"

#include "engine/analysis/aligned_difference.h"
#include "engine/analysis/ordinary_tokens.h"
#include "engine/analysis/rollout.h"
#include "engine/error.h"
#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/jobs/stopped.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

Matrix comparedRollout(const ComparedTrace &compared, int lastLayer, bool hideSpecial,
                       const std::stop_token &stop)
{
    const auto shares = [&](const Trace &trace) {
        Matrix all = attention_rollout(trace, lastLayer, stop);
        throwIfStopped(stop);
        return all;
    };
    const AlignedValues values(compared);
    if (values.aligned())
        return hideSpecial ? values.alignedOrdinary(shares, true) : values.between(shares);
    return compared.matrix([&](const Trace &trace) {
        return hideSpecial ? weights_among(shares(trace), ordinary_tokens(trace)) : shares(trace);
    });
}

FigurePtr rolloutFigure(const ComparedTrace &compared, const Matrix &rollout, int lastLayer, bool hideSpecial)
{
    const Trace &trace = compared.trace();
    HeatmapData data;
    data.rowLabels = tokenLabels(trace);
    if (hideSpecial) {
        data.rowIndices = data.columnIndices = ordinary_tokens(trace);
        data.rowLabels = labelsAmong(data.rowLabels, data.rowIndices);
    }
    data.columnLabels = data.rowLabels;
    data.rows = data.columns = static_cast<int>(data.rowLabels.size());
    if (data.rows == 0 || rollout.rows() != data.rows)
        return nullptr;
    data.rowTitle = QCoreApplication::translate("Pages", "token after layer %1").arg(lastLayer + 1);
    data.columnTitle = QCoreApplication::translate("Pages", "input token");
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "share"));
    if (compared.difference())
        data.scale = ColourScale::diverging(divergingLimit(rollout, data.clipped));
    else
        data.scale = ColourScale::sequential(
            0.0, std::clamp(std::ceil(largestValue(rollout) * 10.0) / 10.0, 0.1, 1.0));
    data.values = rowsOf(rollout);
    hatchUnmatched(data, compared, true);
    return makeFigure(
        std::move(data),
        QCoreApplication::translate("Pages", "Attention rollout through layers 1 to %1").arg(lastLayer + 1) +
            (hideSpecial
                 ? QCoreApplication::translate("Figures", ", special tokens left out, rows renormalized")
                 : QString()) +
            comparisonSuffix(compared),
        QStringLiteral("rollout-layer%1").arg(lastLayer + 1) + comparisonName(compared),
        placeCaption(lastLayer));
}

FigurePtr linesFigure(const ComparedTrace &compared, int layer, int head, bool allHeads, bool hideSpecial)
{
    if (compared.trace().tokens() > most_line_tokens)
        return nullptr;
    TokenLines lines{.tokens = tokenLabels(compared.trace())};
    if (hideSpecial) {
        lines.indices = ordinary_tokens(compared.trace());
        lines.tokens = labelsAmong(lines.tokens, lines.indices);
    }
    const AlignedValues values(compared);
    if (values.aligned() && allHeads && compared.now->heads() != compared.before->heads())
        throw Error(why_no_head_difference(compared.now->heads(), compared.before->heads()));
    const int first = allHeads ? 0 : head;
    const int last = allHeads ? compared.trace().heads() - 1 : head;
    for (int one = first; one <= last; ++one) {
        if (allHeads && !compared.trace().switches().head_on(layer, one))
            continue;
        // Lines have no sign: of a difference they show its size.
        const auto ofHead = [layer, one](const Trace &trace) { return trace.attention_weights(layer, one); };
        Matrix weights =
            values.aligned()
                ? hideSpecial ? values.alignedOrdinary(ofHead, true) : values.between(ofHead)
                : compared.matrix([&](const Trace &trace) {
                      return hideSpecial ? weights_among(ofHead(trace), lines.indices) : ofHead(trace);
                  });
        // Without a partner there is no line.
        weights = weights.unaryExpr([](float weight) { return std::isnan(weight) ? 0.0F : weight; });
        lines.heads.push_back({.weights = weights.cwiseAbs(),
                               .name = QCoreApplication::translate("Pages", "head %1").arg(one + 1),
                               .colour = FigureColour::series(one)});
    }
    const QString title =
        allHeads ? QCoreApplication::translate("Pages", "Attention lines: layer %1, all heads").arg(layer + 1)
                 : QCoreApplication::translate("Pages", "Attention lines: layer %1, head %2")
                       .arg(layer + 1)
                       .arg(head + 1);
    const QString name = QStringLiteral("lines-layer%1%2")
                             .arg(layer + 1)
                             .arg(allHeads ? QString() : QStringLiteral("-head%1").arg(head + 1));
    const QString leftOut =
        hideSpecial ? QCoreApplication::translate("Figures", ", special tokens left out, rows renormalized")
                    : QString();
    return makeFigure(std::move(lines), title + leftOut + comparisonSuffix(compared),
                      name + comparisonName(compared), placeCaption(layer, allHeads ? -1 : head));
}

} // namespace encoderscope
