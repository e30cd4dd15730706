// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the page Why?.
#include "engine/analysis/contributions.h"
#include "engine/analysis/trace_reader.h"
#include "engine/attribution/similarity_pairs.h"
#include "ui/figures/catalogue/kept_explanations.h"
#include "ui/figures/catalogue/lens_figures.h"
#include "ui/figures/catalogue/pairs_figure.h"
#include "ui/figures/catalogue/sweep_figures.h"
#include "ui/figures/catalogue/token_score_figures.h"
#include "ui/jobs/stopped.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace encoderscope
{

namespace
{

constexpr int most_steps = 1000;
constexpr int most_jacobians = 300; // a step of them takes as long as many
constexpr int random_orders = 10;
constexpr unsigned random_seed = 1;

/// In the order of token_methods().
ParameterKind methodParameter()
{
    return viewParameter("why-page", "method", FigureKinds::tr("How tokens are scored."));
}

/// In the order of `baselines`.
ParameterKind baselineParameter()
{
    return viewParameter("why-page", "baseline",
                         FigureKinds::tr("What a token is compared with or replaced by."));
}
constexpr std::array<Baseline, 3> baselines{Baseline::mask, Baseline::zero, Baseline::average};

ParameterKind pathStepsParameter()
{
    return {.name = QStringLiteral("steps"),
            .description = FigureKinds::tr("Points on the way of integrated gradients."),
            .type = ParameterKind::Type::integer,
            .lowest = 1,
            .highest = most_steps,
            .fallback = 50};
}

/// In the order of `bool byGradient`.
ParameterKind byParameter()
{
    return {.name = QStringLiteral("by"),
            .description = FigureKinds::tr("Each head switched off, or what the gradient says of it."),
            .type = ParameterKind::Type::choice,
            .choices = {QStringLiteral("switching"), QStringLiteral("gradient")},
            .fallback = QStringLiteral("switching")};
}

/// In the order of `bool fitted`.
ParameterKind readingParameter()
{
    return viewParameter("why-page", "reading",
                         FigureKinds::tr("The layers' hidden states as they are, or through the maps to the "
                                         "last layer that were fitted to the model."));
}

/// In the order of ScaledOutput::Kind.
ParameterKind scaledParameter()
{
    return viewParameter("why-page", "scaled", FigureKinds::tr("Whose output is multiplied."));
}

/// In the order of `patches`.
ParameterKind blockParameter()
{
    ParameterKind block = viewParameter("why-page", "block",
                                        FigureKinds::tr("Which block's output is taken from the other run."));
    block.choices.append(QStringLiteral("heads")); // which the page shows beside it
    return block;
}
constexpr std::array<std::optional<Patch>, 4> patches{Patch::hidden, Patch::attention, Patch::feed_forward,
                                                      std::nullopt};

ScoreSettings settingsOf(const FigureRequest &request)
{
    return {.baseline = baselines[static_cast<std::size_t>(choiceOf(request, baselineParameter()))],
            .steps = wholeOf(request, pathStepsParameter())};
}

TokenMethod methodOf(const FigureRequest &request)
{
    return token_methods()[static_cast<std::size_t>(choiceOf(request, methodParameter()))].method;
}

ScoredTokens scored(const FigureRequest &request, TokenMethod method, const ChosenTarget &chosen,
                    const std::stop_token &stop, const OnProgress &progress)
{
    const ScoreSettings settings = settingsOf(request);
    if (const auto shared = sharedOf(request.kept))
        return {method, shared->scores(method, chosen, settings, stop, progress)};
    ScoredTokens one{method, token_scores(method, chosen.target, *chosen.trace, settings.baseline,
                                          settings.steps, stop, progress)};
    throwIfStopped(stop);
    return one;
}

Curves randomCurves(const FigureRequest &request, const ChosenTarget &chosen, const std::stop_token &stop,
                    const OnProgress &progress)
{
    const Baseline baseline = settingsOf(request).baseline;
    if (const auto shared = sharedOf(request.kept))
        return shared->random(chosen, baseline, random_orders, random_seed, stop, progress);
    Curves random =
        random_curves(chosen.target, *chosen.trace, random_orders, random_seed, baseline, stop, progress);
    throwIfStopped(stop);
    return random;
}

Explained tokenMethods(const FigureRequest &request, const std::stop_token &stop)
{
    const ChosenTarget chosen = chosenTarget(request.frame, stop);
    const ScoreSettings settings = settingsOf(request);
    const auto methods = token_methods();
    const auto place = [&methods](TokenMethod method) {
        return std::find_if(methods.begin(), methods.end(),
                            [method](const NamedMethod &one) { return one.method == method; });
    };
    // The dearest last.
    std::vector<TokenMethod> order;
    for (const NamedMethod &one : methods) {
        if (one.method != TokenMethod::integrated_gradients)
            order.push_back(one.method);
    }
    order.push_back(TokenMethod::integrated_gradients);
    std::vector<ScoredTokens> found;
    for (std::size_t at = 0; at < order.size(); ++at) {
        const auto count = static_cast<double>(order.size());
        const auto done = static_cast<double>(at);
        found.push_back(
            scored(request, order[at], chosen, stop, partOf(request, done / count, (done + 1.0) / count)));
        std::sort(found.begin(), found.end(), [&place](const ScoredTokens &a, const ScoredTokens &b) {
            return place(a.method) < place(b.method);
        });
        if (request.listener.progress)
            request.listener.progress((done + 1.0) / count);
        if (request.listener.partly && found.size() < order.size())
            request.listener.partly(tokenMethodsFigure(request.frame, chosen, settings, found));
    }
    return {[frame = request.frame, chosen, settings, found] {
        return tokenMethodsFigure(frame, chosen, settings, found);
    }};
}

Explained tokenScores(const FigureRequest &request, const std::stop_token &stop)
{
    const ChosenTarget chosen = chosenTarget(request.frame, stop);
    const ScoreSettings settings = settingsOf(request);
    const ScoredTokens one = scored(request, methodOf(request), chosen, stop, partOf(request, 0.0, 1.0));
    return {[frame = request.frame, chosen, settings, one] {
        return tokenScoresFigure(frame, chosen, settings, one);
    }};
}

Explained proofCurves(const FigureRequest &request, const std::stop_token &stop)
{
    const ChosenTarget chosen = chosenTarget(request.frame, stop);
    const ScoreSettings settings = settingsOf(request);
    const TokenMethod method = methodOf(request);
    const Trace &trace = *chosen.trace;
    // The page's other figures compute the scores meanwhile.
    const Curves random = randomCurves(request, chosen, stop, partOf(request, 0.0, 0.7));
    const ScoredTokens one = scored(request, method, chosen, stop, partOf(request, 0.7, 0.9));
    const Curves found =
        deletion_curves(chosen.target, trace, order_by_scores(chosen.target, trace, one.found.scores),
                        settings.baseline, stop);
    throwIfStopped(stop);
    return {[chosen, settings, method, found, random] {
        return curvesFigure(chosen, settings, method, found, random, random_orders);
    }};
}

Explained sweepHeads(const FigureRequest &request, const std::stop_token &stop)
{
    const ChosenTarget chosen = chosenTarget(request.frame, stop);
    const bool byGradient = choiceOf(request, byParameter()) == 1;
    Eigen::MatrixXd changes;
    if (byGradient) {
        const TraceGradients gradients = target_gradients(chosen.target, *chosen.trace, stop);
        throwIfStopped(stop);
        changes = head_importance(*chosen.trace, gradients);
    } else {
        changes = sweep(chosen.target, *chosen.trace,
                        {.heads = true, .sublayers = false, .tokens = false, .positions = false}, stop,
                        partOf(request, 0.0, 1.0))
                      .heads;
        throwIfStopped(stop);
    }
    return {[chosen, changes, byGradient] { return headsSweepFigure(chosen, changes, byGradient); }};
}

/// Of some parts, and not when stopped.
Sweep swept(const FigureRequest &request, const ChosenTarget &chosen, const SweepParts &parts,
            const std::stop_token &stop)
{
    Sweep all = sweep(chosen.target, *chosen.trace, parts, stop, partOf(request, 0.0, 1.0));
    throwIfStopped(stop);
    return all;
}

Explained sweepSublayers(const FigureRequest &request, const std::stop_token &stop)
{
    const ChosenTarget chosen = chosenTarget(request.frame, stop);
    const SweepParts sublayers{.heads = false, .sublayers = true, .tokens = false, .positions = false};
    return {[chosen, found = swept(request, chosen, sublayers, stop)] {
        return sublayersSweepFigure(chosen, found);
    }};
}

Explained sweepTokens(const FigureRequest &request, const std::stop_token &stop)
{
    const ChosenTarget chosen = chosenTarget(request.frame, stop);
    const SweepParts tokens{.heads = false, .sublayers = false, .tokens = true, .positions = true};
    return {[frame = request.frame, chosen, found = swept(request, chosen, tokens, stop)] {
        return tokensSweepFigure(frame, chosen, found);
    }};
}

Explained lensOf(const FigureRequest &request, const std::stop_token &stop)
{
    const Trace &trace = *request.frame.shown();
    if (!trace.model().output.masked_word)
        return {.reason = FigureKinds::tr("The model has no head that predicts masked words.")};
    // Of the piece that is explained, where one is.
    std::optional<int> piece;
    QString name;
    const auto &target = request.frame.state.target;
    if ((target ? *target : usualTarget(request.frame)).kind == TargetChoice::Kind::word) {
        const ChosenTarget chosen = chosenTarget(request.frame, stop);
        piece = chosen.target.index;
        name = chosen.choice.name;
    }
    const bool fitted = choiceOf(request, readingParameter()) == 1;
    const LensMaps maps = fitted ? lens_maps(trace.model()) : LensMaps();
    const Lens read = lens(trace, piece, fitted ? &maps : nullptr, stop, partOf(request, 0.0, 1.0));
    throwIfStopped(stop);
    return {[frame = request.frame, read, name, fitted] { return lensFigure(frame, read, name, fitted); }};
}

Explained steeringCurve(const FigureRequest &request, const std::stop_token &stop)
{
    const ChosenTarget chosen = chosenTarget(request.frame, stop);
    const int layer = layerOf(request);
    ScaledOutput output{.layer = layer, .index = headOf(request)};
    if (choiceOf(request, scaledParameter()) == 1) {
        const int neuron = wholeOf(request, neuronParameter());
        const int token = std::min(request.frame.selection.query, chosen.trace->tokens() - 1);
        output.kind = ScaledOutput::Kind::neuron;
        output.index = neuron < 0
                           ? strongest_neurons(*chosen.trace, layer, std::max(0, token), 1).front().index
                           : neuron;
    }
    const FactorCurve curve = factor_curve(chosen.target, *chosen.trace, output, stop);
    throwIfStopped(stop);
    return {[chosen, output, curve] { return factorCurveFigure(chosen, output, curve); }};
}

/// Which token of the reference stands for each of the target's run: as the frame has them aligned, where
/// that is its run.
Alignment alignmentOf(const Frame &frame, const ChosenTarget &chosen, const Trace &reference,
                      const std::stop_token &stop)
{
    const ComparedTrace both = aligned(frame.compared, {}, stop);
    throwIfStopped(stop);
    if (both.alignment && chosen.trace == both.now)
        return partners(*both.alignment);
    return partners(align_tokens(chosen.trace->encoding(), reference.encoding(), {}, stop));
}

/// Nothing but special tokens have a partner.
bool sharesNothing(const Trace &trace, const Alignment &alignment)
{
    for (int token = 0; token < trace.tokens(); ++token) {
        if (!trace.token(token).special && alignment[static_cast<std::size_t>(token)] >= 0)
            return false;
    }
    return true;
}

MadeFigure patched(const FigureRequest &request, const std::stop_token &stop)
{
    const Frame &frame = request.frame;
    if (frame.reference == ReferenceRun::none)
        return {.reason = FigureKinds::tr("There is nothing to take parts from yet. Switch something off, or "
                                          "pin this run (F9) and type another sentence: then parts of the "
                                          "reference are put into this run, and it shows which of them bring "
                                          "the prediction back.")};
    for (const TracePtr &run : {frame.compared.now, frame.compared.before}) {
        if (!run->has(TracePart::model)) // both are run
            return {
                .reason =
                    (run == frame.compared.now
                         ? FigureKinds::tr("The file of this run does not hold what this shows: %1.")
                         : FigureKinds::tr("The file of the reference does not hold what this shows: %1."))
                        .arg(part_name(TracePart::model))};
    }
    const ChosenTarget chosen = chosenTarget(comparedAs(frame, Comparison::now), stop);
    ChosenTarget there = chosenTarget(comparedAs(frame, Comparison::before), stop);
    there.target.other = chosen.target.other; // of a similarity only the run of A is patched
    const Trace &reference = *there.trace;
    const Alignment alignment = alignmentOf(frame, chosen, reference, stop);
    throwIfStopped(stop);
    if (sharesNothing(*chosen.trace, alignment))
        return {.reason =
                    FigureKinds::tr("No word of this text has a partner in the reference: nothing can be "
                                    "put in its place. Without a partner: %1.")
                        .arg(tokensWithoutPartner(*chosen.trace, alignment))};
    const std::optional<Patch> patch = patches[static_cast<std::size_t>(choiceOf(request, blockParameter()))];
    const OnProgress progress = partOf(request, 0.0, 1.0);
    const PatchMap map =
        patch ? patch_tokens(chosen.target, *chosen.trace, there.target, reference, *patch, alignment, stop,
                             progress)
              : patch_heads(chosen.target, *chosen.trace, there.target, reference, alignment, stop, progress);
    throwIfStopped(stop);
    if (map.now == map.reference)
        return {.reason = FigureKinds::tr("The prediction is the same in both runs: nothing can come back.")};
    return {patchFigure(comparedAs(frame, Comparison::now), chosen, reference, alignment, map, patch)};
}

/// Whatever else is explained.
ChosenTarget similarityOf(const Frame &frame, const std::stop_token &stop)
{
    Frame similar = frame;
    similar.state.target = TargetChoice{.kind = TargetChoice::Kind::similarity};
    return chosenTarget(similar, stop);
}

Explained pairs(const FigureRequest &request, const std::stop_token &stop)
{
    const QString problem = whyNoTarget(TargetChoice::Kind::similarity, request.frame);
    if (!problem.isEmpty())
        return {.reason = problem};
    const ChosenTarget chosen = similarityOf(request.frame, stop);
    return {[frame = request.frame, chosen, found = similarity_pairs(*chosen.trace, *chosen.other)] {
        return pairsFigure(frame, chosen, found);
    }};
}

Explained inputPairs(const FigureRequest &request, const std::stop_token &stop)
{
    const QString problem = whyNoTarget(TargetChoice::Kind::similarity, request.frame);
    if (!problem.isEmpty())
        return {.reason = problem};
    const ChosenTarget chosen = similarityOf(request.frame, stop);
    const ScoreSettings settings = settingsOf(request);
    const InputPairs found = input_pairs(*chosen.trace, *chosen.other, settings.baseline, settings.steps,
                                         stop, partOf(request, 0.0, 1.0));
    throwIfStopped(stop);
    return {[frame = request.frame, chosen, settings, found] {
        return inputPairsFigure(frame, chosen, settings, found);
    }};
}

} // namespace

std::vector<FigureKind> whyKinds()
{
    return {
        whyKind<tokenMethods>(
            "why-methods",
            [] { return FigureKinds::tr("What each token did for a prediction, by every method"); },
            [] {
                return ParameterKinds{baselineParameter(), pathStepsParameter()};
            }),
        whyKind<tokenScores>(
            "why-scores",
            [] { return FigureKinds::tr("What each token did for a prediction, by one method"); },
            [] {
                return ParameterKinds{methodParameter(), baselineParameter(), pathStepsParameter()};
            }),
        curveKind<proofCurves>(
            "why-curves",
            [] {
                return FigureKinds::tr(
                    "The proof: the prediction while tokens are taken away and given back");
            },
            [] {
                return ParameterKinds{methodParameter(), baselineParameter(), pathStepsParameter()};
            }),
        whyKind<sweepHeads>(
            "sweep-heads", [] { return FigureKinds::tr("A prediction without each head"); },
            [] { return ParameterKinds{byParameter()}; }, AcrossRuns::allHeads),
        whyKind<sweepSublayers>(
            "sweep-sublayers", [] { return FigureKinds::tr("A prediction without each sublayer and layer"); },
            [] { return ParameterKinds(); }),
        whyKind<sweepTokens>(
            "sweep-tokens",
            [] { return FigureKinds::tr("A prediction without each token as a key, and without positions"); },
            [] { return ParameterKinds(); }),
        whyKind<lensOf>(
            "lens", [] { return FigureKinds::tr("The words that each layer would predict (lens)"); },
            [] { return ParameterKinds{readingParameter()}; }),
        curveKind<steeringCurve>(
            "steering-curve",
            [] { return FigureKinds::tr("A prediction while one head's or neuron's output is multiplied"); },
            [] {
                return ParameterKinds{scaledParameter(), layerParameter(), headParameter(),
                                      neuronParameter()};
            }),
        {.name = "patch",
         .page = FigurePage::why,
         .title = [] { return FigureKinds::tr("Which parts of the reference run bring a prediction back"); },
         .parameters = [] { return ParameterKinds{blockParameter()}; },
         .make = patched,
         .slow = [](const FigureRequest &) { return true; },
         .ofBoth = true},
        whyKind<pairs>(
            "similarity-pairs",
            [] { return FigureKinds::tr("The pairs of tokens that make A and B similar"); },
            [] { return ParameterKinds(); }),
        whyKind<inputPairs>(
            "input-pairs",
            [] {
                return FigureKinds::tr(
                    "The pairs of input tokens that make A and B similar (integrated Jacobians)");
            },
            [] {
                ParameterKind steps = pathStepsParameter();
                steps.highest = most_jacobians;
                return ParameterKinds{baselineParameter(), steps};
            }),
    };
}

} // namespace encoderscope
