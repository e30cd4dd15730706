// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/token_score_figures.h"

#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_messages.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/ticks.h"

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

const QString partSeparator = QStringLiteral(" · ");

QString settingsCaption(TokenMethod method, const ScoreSettings &settings)
{
    QString text;
    if (has_baseline(method))
        text += partSeparator + Why::tr("baseline: %1").arg(baselineTitle(settings.baseline));
    if (method == TokenMethod::integrated_gradients)
        text += partSeparator + Why::tr("%n step(s)", nullptr, settings.steps);
    return text;
}

/// A series, and the range of all of them.
ChartSeries seriesOf(const Curve &curve, const QString &name, FigureColour::Role colour, bool dashed,
                     double &low, double &high)
{
    ChartSeries series{.kind = dashed ? ChartSeries::Kind::dashedLine : ChartSeries::Kind::line,
                       .name = name,
                       .colour = {colour}};
    for (std::size_t at = 0; at < curve.values.size(); ++at) {
        const double value = curve.values[at];
        series.points.append(QPointF(static_cast<double>(at), value));
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    return series;
}

/// The token of the frame's run that a token of the run of one sentence alone is; past the end when it has
/// none.
int frameToken(const Frame &frame, const Trace &alone, int segment, int token)
{
    TokenAnchor anchor = anchorOf(alone.encoding(), token);
    const auto &sentence = alone.model().output.sentence;
    if (anchor.special < 0) {
        const qsizetype prompt = sentence ? sentence->prompt.size() : 0;
        anchor.segment = segment;
        anchor.begin -= prompt;
        anchor.end -= prompt;
    } else if (segment == 1 && anchor.special > 0) {
        ++anchor.special; // A's has one at its end, too
    }
    const std::set<int> found = tokensAt(frame.trace().encoding(), anchor);
    return found.empty() ? frame.trace().tokens() + token : *found.begin();
}

} // namespace

QString methodTitle(TokenMethod method)
{
    switch (method) {
    case TokenMethod::gradient:
        return Why::tr("Gradient");
    case TokenMethod::gradient_times_input:
        return Why::tr("Gradient × input");
    case TokenMethod::integrated_gradients:
        return Why::tr("Integrated gradients");
    case TokenMethod::occlusion:
        return Why::tr("Occlusion");
    case TokenMethod::key_mask:
        return Why::tr("Key masked");
    case TokenMethod::deletion:
        return Why::tr("Deletion");
    case TokenMethod::rollout:
        return Why::tr("Attention rollout");
    case TokenMethod::norm:
        return Why::tr("Value norms");
    case TokenMethod::residual:
        return Why::tr("Norms with residual");
    case TokenMethod::globenc:
        return QStringLiteral("GlobEnc");
    case TokenMethod::alti:
        break;
    }
    return QStringLiteral("ALTI");
}

QString baselineTitle(Baseline baseline)
{
    switch (baseline) {
    case Baseline::mask:
        return Why::tr("mask token");
    case Baseline::zero:
        return Why::tr("zeros");
    case Baseline::average:
        break;
    }
    return Why::tr("mean embedding");
}

QString targetCaption(const ChosenTarget &chosen, double value)
{
    return targetTitle(chosen) + QStringLiteral(" = ") + readableNumber(value);
}

namespace
{

template <typename IndexOf>
ShownTokens shownTokensOf(const Frame &frame, const Trace &trace, IndexOf indexOf)
{
    ShownTokens shown;
    const QStringList labels = tokenLabels(trace);
    for (int token = 0; token < trace.tokens(); ++token) {
        if (frame.state.hidesSpecial && trace.token(token).special)
            continue;
        shown.tokens.append(token);
        shown.indices.append(indexOf(token));
        shown.labels.append(labels[token]);
    }
    return shown;
}

} // namespace

ShownTokens shownTokens(const Frame &frame, const ChosenTarget &chosen)
{
    if (chosen.trace == frame.shown())
        return shownTokensOf(frame, *chosen.trace, [](int token) { return token; });
    return shownTokens(frame, *chosen.trace, 0);
}

ShownTokens shownTokens(const Frame &frame, const Trace &alone, int segment)
{
    return shownTokensOf(frame, alone, [&](int token) { return frameToken(frame, alone, segment, token); });
}

FigurePtr tokenMethodsFigure(const Frame &frame, const ChosenTarget &chosen, const ScoreSettings &settings,
                             const std::vector<ScoredTokens> &methods)
{
    const ShownTokens shown = shownTokens(frame, chosen);
    HeatmapData data;
    data.rows = static_cast<int>(methods.size());
    data.columns = static_cast<int>(shown.tokens.size());
    Matrix shares = Matrix::Zero(data.rows, data.columns);
    double value = 0.0;
    for (int row = 0; row < data.rows; ++row) {
        const ScoredTokens &one = methods[static_cast<std::size_t>(row)];
        value = one.found.value;
        data.rowLabels.append(methodTitle(one.method));
        // Also of tokens that are not shown: hiding them does not change the others.
        const double largest = one.found.scores.cwiseAbs().maxCoeff();
        for (int column = 0; column < data.columns && largest > 0.0; ++column)
            shares(row, column) = static_cast<float>(one.found.scores(shown.tokens[column]) / largest);
    }
    data.rowsNamed = true;
    data.columnLabels = shown.labels;
    data.columnIndices = shown.indices;
    data.columnTitle = QCoreApplication::translate("Figures", "token");
    data.valueTitle = Why::tr("relative score");
    data.scale = ColourScale::diverging(1.0);
    data.values = rowsOf(std::move(shares));
    return makeFigure(std::move(data), Why::tr("What each token did for %1").arg(targetTitle(chosen)),
                      QStringLiteral("why-methods"),
                      targetCaption(chosen, value) +
                          settingsCaption(TokenMethod::integrated_gradients, settings));
}

FigurePtr tokenScoresFigure(const Frame &frame, const ChosenTarget &chosen, const ScoreSettings &settings,
                            const ScoredTokens &scored)
{
    const ShownTokens shown = shownTokens(frame, chosen);
    BarsData data;
    data.labels = shown.labels;
    data.indices = shown.indices;
    for (const int token : shown.tokens) {
        const double score = scored.found.scores(token);
        data.values.append(score);
        data.colours.append({score < 0.0 ? FigureColour::Role::query : FigureColour::Role::key});
    }
    data.valueTitle = Why::tr("score");
    data.numbers = true;
    QString caption = targetCaption(chosen, scored.found.value) + partSeparator + methodTitle(scored.method) +
                      settingsCaption(scored.method, settings);
    if (scored.found.gap)
        caption += partSeparator +
                   Why::tr("target of the baseline: %1, gap: %2")
                       .arg(readableNumber(*scored.found.baseline_value), readableNumber(*scored.found.gap));
    return makeFigure(std::move(data), Why::tr("%1: each token's score").arg(methodTitle(scored.method)),
                      QStringLiteral("why-scores"), caption);
}

FigurePtr curvesFigure(const ChosenTarget &chosen, const ScoreSettings &settings, TokenMethod method,
                       const Curves &curves, const Curves &random, int orders)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    ChartData data;
    using Role = FigureColour::Role;
    data.series.push_back(seriesOf(curves.deletion, Why::tr("taken away"), Role::key, false, low, high));
    data.series.push_back(
        seriesOf(random.deletion, Why::tr("taken away at random"), Role::key, true, low, high));
    data.series.push_back(seriesOf(curves.insertion, Why::tr("given back"), Role::query, false, low, high));
    data.series.push_back(
        seriesOf(random.insertion, Why::tr("given back at random"), Role::query, true, low, high));
    data.xTitle = Why::tr("tokens, highest score first");
    data.yTitle = Why::tr("target");
    data.xHigh = std::max(1.0, static_cast<double>(curves.deletion.values.size()) - 1.0);
    data.wholeX = true;
    if (low <= high) {
        const double margin = std::max(1e-6, (high - low) * 0.05);
        data.yLow = low - margin;
        data.yHigh = high + margin;
    }
    const double value = curves.deletion.values.empty() ? 0.0 : curves.deletion.values.front();
    const QString areas =
        Why::tr(
            "area taken away %1 (random %2: the smaller the better), given back %3 (random %4: the larger "
            "the better)")
            .arg(readableNumber(curves.deletion.area), readableNumber(random.deletion.area),
                 readableNumber(curves.insertion.area), readableNumber(random.insertion.area));
    return makeFigure(std::move(data), Why::tr("The proof of %1").arg(methodTitle(method)),
                      QStringLiteral("why-curves"),
                      targetCaption(chosen, value) + partSeparator + methodTitle(method) + partSeparator +
                          Why::tr("replaced by: %1").arg(baselineTitle(settings.baseline)) + partSeparator +
                          areas + partSeparator + Why::tr("mean of %n random order(s)", nullptr, orders));
}

} // namespace encoderscope
