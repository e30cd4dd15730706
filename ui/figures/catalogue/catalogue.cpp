// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/catalogue.h"

#include "engine/analysis/aligned_difference.h"
#include "engine/analysis/trace_reader.h"
#include "engine/particles.h"
#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/figures/catalogue/side_by_side_figure.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <optional>

namespace encoderscope
{

std::span<const FigureKind> catalogue()
{
    static const std::vector<FigureKind> kinds = [] {
        std::vector<FigureKind> all;
        for (std::vector<FigureKind> page :
             {tokenKinds(), positionKinds(), attentionKinds(), headComparisonKinds(), feedForwardKinds(),
              outputKinds(), layerComparisonKinds(), whyKinds(), weightKinds(), weightComparisonKinds(),
              corpusKinds(), workedKinds()})
            std::move(page.begin(), page.end(), std::back_inserter(all));
        return all;
    }();
    return kinds;
}

const FigureKind *findFigureKind(const QString &name)
{
    const auto kinds = catalogue();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&name](const FigureKind &kind) {
        return name == QLatin1String(kind.name);
    });
    return found == kinds.end() ? nullptr : &*found;
}

namespace
{

/// What the frame says where nobody chose; nothing where the kind's own choice holds.
std::optional<int> pinnedValue(const ParameterKind &parameter, const Frame &frame)
{
    using Type = ParameterKind::Type;
    switch (parameter.type) {
    case Type::layer:
        // Hidden states count the embedding's output, too: they show the last one.
        return parameter.lowest < 0.0 ? frame.trace().layers() - 1 : frame.selection.layer;
    case Type::head:
        return frame.selection.head;
    case Type::token:
        return frame.selection.query;
    default:
        return std::nullopt;
    }
}

int lastOf(const ParameterKind &parameter, const Trace &trace)
{
    using Type = ParameterKind::Type;
    switch (parameter.type) {
    case Type::layer:
        return trace.layers() - 1;
    case Type::head:
        return trace.heads() - 1;
    case Type::token:
        return trace.tokens() - 1;
    default:
        return static_cast<int>(parameter.highest);
    }
}

} // namespace

Parameters resolved(const FigureKind &kind, const Frame &frame, const Parameters &parameters)
{
    Parameters all;
    for (const ParameterKind &parameter : kind.parameters()) {
        const auto found = parameters.find(parameter.name);
        const bool valid = found != parameters.end() && wrongValue(parameter, found->second).isEmpty();
        ParameterValue value = valid ? found->second : parameter.fallback;
        if (parameter.whole()) {
            int number = std::get<int>(value);
            if (!valid)
                number = pinnedValue(parameter, frame).value_or(number);
            if (parameter.name == neuronName() && number < 0)
                number = frame.selection.neuron;
            if (parameter.name == keyName() && number < 0)
                number = frame.selection.key;
            value =
                std::clamp(number, static_cast<int>(parameter.lowest),
                           std::max(static_cast<int>(parameter.lowest), lastOf(parameter, frame.trace())));
        }
        all[parameter.name] = value;
    }
    return all;
}

namespace
{

/// Why there is no difference from a run of other tokens or another model; empty when there is one.
QString whyNoDifference(const FigureKind &kind, const FigureRequest &request)
{
    const ComparedTrace &compared = request.frame.compared;
    if (!compared.difference() || !compared.acrossRuns() || kind.ofBoth ||
        kind.acrossRuns == AcrossRuns::unaffected)
        return {};
    const Trace &now = *compared.now;
    const Trace &reference = *compared.before;
    if (!kind.ofText && now.model_pointer() == reference.model_pointer())
        return QCoreApplication::translate("Figures",
                                           "Both runs are of the same model: nothing of it differs.");
    if (kind.acrossRuns == AcrossRuns::never)
        return QCoreApplication::translate("Figures",
                                           "This figure has no difference from a run of another text or "
                                           "model. Choose now, reference or side by side.");
    const bool all = kind.acrossRuns == AcrossRuns::allHeads;
    if (all && now.layers() != reference.layers())
        return QCoreApplication::translate("Figures",
                                           "There is no difference: the model has %1 layers here and %2 in "
                                           "the reference.")
            .arg(now.layers())
            .arg(reference.layers());
    const auto layer = request.parameters.find(QStringLiteral("layer"));
    if (layer != request.parameters.end() && std::get<int>(layer->second) >= reference.layers())
        return QCoreApplication::translate("Figures",
                                           "There is no difference: the reference has no layer %1, its model "
                                           "has layers 1 to %2.")
            .arg(std::get<int>(layer->second) + 1)
            .arg(reference.layers());
    const auto heads = request.parameters.find(QStringLiteral("heads"));
    const bool together =
        heads != request.parameters.end() && std::get<QString>(heads->second) != QStringLiteral("one");
    if (all || (kind.acrossRuns == AcrossRuns::head && !together))
        return why_no_head_difference(now.heads(), reference.heads());
    return {};
}

/// What one of the runs lacks that the figure needs, as a list for the user; empty when it lacks nothing.
QString lackOf(const FigureKind &kind, const FigureRequest &request, const Trace &trace)
{
    QStringList lacking;
    if (trace.recording() == nullptr)
        return {};
    for (const FigureNeed &need : kind.needs(request)) {
        if (need.layer >= trace.layers() ||
            (need.layer < 0 ? !trace.has(need.part) : !trace.has(need.part, need.layer)))
            lacking.append(part_name(need.part));
    }
    return lacking.join(QStringLiteral(", "));
}

/// Why there is no such figure of these runs, for the user; empty when there is one.
QString whyNone(const FigureKind &kind, const FigureRequest &request)
{
    const ComparedTrace &compared = request.frame.compared;
    if (kind.ofBoth && request.frame.reference == ReferenceRun::none &&
        !request.frame.referenceProblem.isEmpty())
        return request.frame.referenceProblem;
    if (const QString lack = lackOf(kind, request, request.frame.trace()); !lack.isEmpty())
        return QCoreApplication::translate("FigureKinds",
                                           "The file of this run does not hold what this shows: %1.")
            .arg(lack);
    if (const QString reason = whyNoDifference(kind, request); !reason.isEmpty())
        return reason;
    const bool both = compared.difference() || kind.ofBoth;
    const QString lack = both && compared.before ? lackOf(kind, request, *compared.before) : QString();
    return lack.isEmpty() ? QString()
                          : QCoreApplication::translate(
                                "FigureKinds", "The file of the reference does not hold what this shows: %1.")
                                .arg(lack);
}

/// Both runs have a figure of their own: it is of the text, or they have two models.
bool hasTwoSides(const FigureKind &kind, const Frame &frame)
{
    const ComparedTrace &compared = frame.compared;
    return compared.comparison == Comparison::sideBySide &&
           (kind.ofText || compared.now->model_pointer() != compared.before->model_pointer());
}

} // namespace

MadeFigure figureOf(const FigureKind &kind, const Frame &frame, const Parameters &parameters,
                    const std::any &kept, const std::stop_token &stop, const FigureListener &listener)
{
    if (kind.ofBoth && frame.compared.comparison != Comparison::now &&
        frame.compared.comparison != Comparison::difference)
        return figureOf(kind, comparedAs(frame, Comparison::now), parameters, kept, stop, listener);
    if (frame.compared.comparison == Comparison::sideBySide) {
        if (!hasTwoSides(kind, frame))
            return figureOf(kind, comparedAs(frame, Comparison::now), parameters, kept, stop, listener);
        return sideBySideFigure(kind, frame, parameters, kept,
                                [&](const Frame &side, const Parameters &ofSide, const std::any &keptOfIt) {
                                    return figureOf(kind, side, ofSide, keptOfIt, stop,
                                                    {.progress = listener.progress});
                                });
    }
    const auto captioned = [&](const FigurePtr &plain) -> FigurePtr {
        Figure figure = *plain;
        figure.caption = runCaption(kind.ofBoth ? comparedAs(frame, Comparison::difference) : frame,
                                    kind.ofText, figure.caption);
        return std::make_shared<const Figure>(std::move(figure));
    };
    FigureListener told{.progress = listener.progress};
    if (listener.partly)
        told.partly = [&](const FigurePtr &partial) { listener.partly(captioned(partial)); };
    const FigureRequest request{frame, resolved(kind, frame, parameters), kept, told};
    if (const QString reason = whyNone(kind, request); !reason.isEmpty())
        return {.reason = withParticles(reason), .kept = kept};
    MadeFigure made = kind.make(request, stop);
    made.reason = withParticles(made.reason);
    if (made.figure)
        made.figure = captioned(made.figure);
    return made;
}

const FigureListener &FigureRequest::nobody()
{
    static const FigureListener none;
    return none;
}

namespace
{

/// A layer of the run has so many numbers that going through them takes a window milliseconds, for each of
/// its figures.
bool isLong(const Trace &trace)
{
    constexpr double longLayer = 1e6;
    const EncoderConfig &config = trace.config();
    return static_cast<double>(trace.tokens()) * (config.d_model + config.d_ff) > longLayer;
}

} // namespace

bool takesLong(const FigureKind &kind, const Frame &frame, const Parameters &parameters, const std::any &kept)
{
    if (frame.compared.comparison == Comparison::sideBySide) {
        if (kind.ofBoth || !hasTwoSides(kind, frame))
            return takesLong(kind, comparedAs(frame, Comparison::now), parameters, kept);
        return takesLong(kind, comparedAs(frame, Comparison::now), parameters, keptOfSide(kept, false)) ||
               takesLong(kind, comparedAs(frame, Comparison::before),
                         referenceParameters(kind, frame, parameters), keptOfSide(kept, true));
    }
    const FigureRequest request{frame, resolved(kind, frame, parameters), kept};
    return whyNone(kind, request).isEmpty() && ((kind.ofText && isLong(frame.trace())) || kind.slow(request));
}

QString unfitParameter(const FigureKind &kind, const Frame &frame, const Parameters &parameters)
{
    using Type = ParameterKind::Type;
    const Trace &trace = frame.trace();
    for (const ParameterKind &parameter : kind.parameters()) {
        const auto found = parameters.find(parameter.name);
        if (found == parameters.end() || !parameter.whole())
            continue;
        const int value = std::get<int>(found->second);
        if (parameter.type == Type::layer && value >= trace.layers())
            return QCoreApplication::translate("Command",
                                               "There is no layer %1: the model has layers 1 to %2.")
                .arg(value + 1)
                .arg(trace.layers());
        if (parameter.type == Type::head && value >= trace.heads())
            return QCoreApplication::translate("Command",
                                               "There is no head %1: a layer of the model has heads 1 to %2.")
                .arg(value + 1)
                .arg(trace.heads());
        const bool token = parameter.type == Type::token || parameter.name == keyName();
        if (token && value >= trace.tokens())
            return QCoreApplication::translate("Command",
                                               "There is no token %1: the text has tokens 0 to %2.")
                .arg(value)
                .arg(trace.tokens() - 1);
        if (parameter.name == neuronName() && value >= trace.config().d_ff)
            return QCoreApplication::translate(
                       "Command", "There is no neuron %1: a layer of the model has neurons 0 to %2.")
                .arg(value)
                .arg(trace.config().d_ff - 1);
    }
    return {};
}

} // namespace encoderscope
