// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/step_pictures.h"

#include "engine/model/built_in_models.h"
#include "ui/figures/catalogue/catalogue.h"
#include "ui/lessons/live_numbers.h"

#include <array>

namespace encoderscope
{

namespace
{

using Names = std::pair<const char *, const char *>;

/// What a page begins with, where the step points at something that is no figure.
constexpr std::array<Names, 7> firstOfPage{{{"embedding", "tokens"},
                                            {"positions", "position-curves"},
                                            {"attention", "attention"},
                                            {"feed-forward", "feed-forward"},
                                            {"output", "hidden"},
                                            {"why", "why-methods"},
                                            {"weights", "weights"}}};
/// Views that are not called as their kind is.
constexpr std::array<Names, 5> kindOfView{{{"hidden-similarity", "similarity"},
                                           {"why-heads", "sweep-heads"},
                                           {"why-importance", "sweep-heads"},
                                           {"why-patch", "patch"},
                                           {"why-patch-heads", "patch"}}};

template <std::size_t count>
QString lookedUp(const std::array<Names, count> &names, const QString &name)
{
    for (const auto &[from, to] : names) {
        if (name == QLatin1String(from))
            return QLatin1String(to);
    }
    return {};
}

const FigureKind *kindOf(const LessonStep &step, const SessionState &state)
{
    if (step.target.kind != LessonTarget::Kind::figure)
        return findFigureKind(lookedUp(firstOfPage, state.page));
    if (const FigureKind *kind = findFigureKind(step.target.name))
        return kind;
    return findFigureKind(lookedUp(kindOfView, step.target.name));
}

/// What the state says of the figure: as its view's, its kind's or its page's choice.
Parameters choicesFor(const FigureKind &kind, const LessonStep &step, const SessionState &state)
{
    Parameters choices;
    for (const QString &view :
         {step.target.name, QString::fromLatin1(kind.name), state.page + QStringLiteral("-page")}) {
        const auto found = state.views.find(view);
        if (found == state.views.end())
            continue;
        for (const ParameterKind &parameter : kind.parameters()) {
            const auto value = found->second.find(parameter.name);
            if (value != found->second.end() && wrongValue(parameter, value->second).isEmpty())
                choices.insert(*value);
        }
    }
    return choices;
}

Frame frameOfRun(const SessionState &state, RunCaches &caches, const std::stop_token &stop)
{
    const RunResult result = runAlone(state.input, caches, stop);
    return frameOf(state, {result.now, result.before, state.comparison});
}

} // namespace

StepPictures::StepPictures(SessionState state, QString language)
    : state_(std::move(state))
    , language_(std::move(language))
{
}

FigurePtr StepPictures::next(const LessonStep &step, const std::stop_token &stop)
{
    state_ = followedState(state_, {}, step.state, step, language_, own_);
    if (!state_.input.model)
        state_.input.model = built_in_model(step.model);
    Frame frame = frameOfRun(state_, caches_, stop);
    if (!step.head.isEmpty() || !step.off.isEmpty()) { // they are found in the run
        state_ = stepState(state_, frame, step.state, step, language_);
        frame = step.off.isEmpty() ? frameOf(state_, frame.compared) : frameOfRun(state_, caches_, stop);
    }
    const FigureKind *kind = kindOf(step, state_);
    const FigurePtr made =
        kind ? figureOf(*kind, frame, choicesFor(*kind, step, state_), {}, stop).figure : nullptr;
    if (!made)
        return nullptr;
    auto titled = std::make_shared<Figure>(*made);
    titled->title =
        filledWithNumbers(step.title.in(language_), frame, stop) + QStringLiteral(" · ") + made->title;
    return titled;
}

} // namespace encoderscope
