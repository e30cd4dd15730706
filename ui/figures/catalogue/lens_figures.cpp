// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/lens_figures.h"

#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_messages.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/catalogue/sweep_figures.h"
#include "ui/figures/catalogue/token_score_figures.h"
#include "ui/figures/ticks.h"

namespace encoderscope
{

namespace
{

/// What is taken from the other run, and the name of the figure's file.
std::pair<QString, QString> patchNames(std::optional<Patch> patch)
{
    if (!patch)
        return {Why::tr("each head"), QStringLiteral("patch-heads")};
    switch (*patch) {
    case Patch::hidden:
        return {Why::tr("the hidden state after each layer"), QStringLiteral("patch-hidden")};
    case Patch::attention:
        return {Why::tr("each layer's attention"), QStringLiteral("patch-attention")};
    case Patch::feed_forward:
        break;
    }
    return {Why::tr("each layer's FFN"), QStringLiteral("patch-feed-forward")};
}

} // namespace

FigurePtr lensFigure(const Frame &frame, const Lens &lens, const QString &piece, bool fitted)
{
    const Trace &trace = *frame.shown();
    Matrix values = piece.isEmpty() ? lens.best_probability : lens.piece_probability;
    HeatmapData data;
    data.rows = static_cast<int>(values.rows());
    data.columns = static_cast<int>(values.cols());
    nameLayers(data, trace.layers(), true);
    data.columnLabels = tokenLabels(trace);
    data.columnTitle = QCoreApplication::translate("Figures", "token");
    // What is unlikely everywhere would be one colour on a scale to 1.
    const double largest = largestValue(values);
    data.scale = ColourScale::sequential(0.0, piece.isEmpty() || largest <= 0.0 ? 1.0 : niceLimit(largest));
    data.values = rowsOf(std::move(values));
    data.valueTitle = piece.isEmpty() ? Why::tr("probability of the likeliest piece")
                                      : Why::tr("probability of “%1”").arg(printableText(piece));
    data.cellText = [best = lens.best, model = trace.model_pointer()](int row, int column) {
        return printableText(model->tokenizer->piece(best(row, column)));
    };
    const QString asItIs =
        Why::tr("the head was trained for the last layer only: what it says of early ones is a reading");
    const QString mapped = Why::tr("fitted: the head reads each layer through an affine map to the last one, "
                                   "fitted by least squares to other sentences");
    return makeFigure(
        std::move(data),
        fitted ? Why::tr("What the masked-word head reads after each layer, through fitted maps")
               : Why::tr("What the masked-word head reads after each layer"),
        fitted ? QStringLiteral("lens-fitted") : QStringLiteral("lens"), fitted ? mapped : asItIs);
}

QString tokensWithoutPartner(const Trace &trace, const Alignment &alignment)
{
    constexpr qsizetype named = 8;
    QStringList parts;
    for (int token = 0; token < trace.tokens(); ++token) {
        if (alignment[static_cast<std::size_t>(token)] < 0)
            parts.append(QString::number(token) + QLatin1Char(' ') + quotedToken(trace, token));
    }
    const bool more = parts.size() > named;
    return parts.mid(0, named).join(QStringLiteral(", ")) + (more ? QStringLiteral(", …") : QString());
}

FigurePtr patchFigure(const Frame &frame, const ChosenTarget &chosen, const Trace &reference,
                      const Alignment &alignment, const PatchMap &map, std::optional<Patch> patch)
{
    const Trace &trace = *chosen.trace;
    HeatmapData data;
    data.rows = static_cast<int>(map.recovered.rows());
    nameLayers(data, trace.layers());
    Matrix values = map.recovered.cast<float>();
    if (patch) {
        const ShownTokens shown = shownTokens(frame, chosen);
        const QStringList others = tokenLabels(reference);
        Matrix kept(data.rows, shown.tokens.size());
        data.columnLabels = shown.labels;
        for (Index column = 0; column < kept.cols(); ++column) {
            kept.col(column) = values.col(shown.tokens[column]);
            const int partner = alignment[static_cast<std::size_t>(shown.tokens[column])];
            if (partner < 0)
                data.hatchedColumns.append(static_cast<int>(column));
            else if (others[partner] != shown.labels[column])
                data.columnLabels[column] += QStringLiteral(" ← ") + others[partner];
        }
        values = std::move(kept);
        data.columnIndices = shown.indices;
        data.columnTitle = QCoreApplication::translate("Figures", "token");
    } else {
        nameHeads(data, trace.heads());
    }
    data.columns = static_cast<int>(values.cols());
    // 0 is nothing and 1 all of it, in every sentence.
    data.scale = ColourScale::diverging(
        largestMagnitude(values) < 1.005 ? 1.0 : std::max(1.0, divergingLimit(values, data.clipped)));
    data.valueTitle = Why::tr("share of the difference that comes back");
    data.values = rowsOf(std::move(values));
    const auto [what, name] = patchNames(patch);
    QString caption = targetCaption(chosen, map.now) + QStringLiteral(" · ") +
                      Why::tr("in the reference %1").arg(readableNumber(map.reference));
    if (const QString without = tokensWithoutPartner(trace, alignment); !without.isEmpty())
        caption += QStringLiteral(" · ") + Why::tr("without a partner in the reference: %1").arg(without);
    return makeFigure(std::move(data), Why::tr("Taken from the reference: %1").arg(what), name, caption);
}

} // namespace encoderscope
