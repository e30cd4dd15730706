// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/figure_source.h"

#include "engine/error.h"
#include "ui/state/chosen_target.h"

#include <chrono>

namespace encoderscope
{

FigureSource::FigureSource(const FigureKind &kind, std::function<void()> arrived)
    : kind_(kind)
    , arrived_(std::move(arrived))
    , job_(
          [this](const Result<Answer> &answer) {
              if (answer ? answer->number != number_ : !waiting_ || answer.wasStopped())
                  return; // something newer is there
              waiting_ = false;
              take(answer ? answer->made : MadeFigure{.reason = answer.problem()});
              arrived_();
              told_();
          },
          [this](const Progress &progress) {
              done_ = static_cast<double>(progress.done) / static_cast<double>(progress.total);
              told_();
          })
{
}

FigureSource::Question FigureSource::questionOf(const Frame &frame, const Parameters &parameters) const
{
    Question question{.model = frame.trace().model_pointer(),
                      .modelHash = frame.state.input.reference.hash,
                      .now = {},
                      .before = {},
                      .parameters = resolved(kind_, frame, parameters)};
    const bool ofText = kind_.ofText || frame.compared.acrossRuns(); // weights of two models
    if (ofText) {
        question.now = frame.compared.now;
        question.before = frame.compared.before;
        question.comparison = frame.compared.comparison;
        question.alignment = frame.compared.alignment;
        question.referenceName = frame.state.reference.name;
        if (frame.compared.comparison == Comparison::sideBySide)
            question.compared = frame.parameters(QStringLiteral("compared"));
        question.hidesSpecial = frame.state.hidesSpecial;
    }
    if (kind_.page == FigurePage::why) {
        const Result<Done> found = attempt([&] {
            question.target = frame.state.target ? *frame.state.target : usualTarget(frame);
            if (question.target->atToken())
                question.targetToken = targetToken(*question.target, frame);
        });
        Q_UNUSED(found) // what is wrong with it is said by the figure's maker
    }
    return question;
}

/// Where a figure could not be made, what the one before handed back still serves the next.
void FigureSource::take(MadeFigure made)
{
    if (!made.kept.has_value())
        made.kept = std::move(made_.kept);
    made_ = std::move(made);
}

void FigureSource::keep(std::any kept)
{
    made_.kept = std::move(kept);
    forget();
}

namespace
{

constexpr std::chrono::milliseconds worthSeeing{300}; // what comes sooner is seen whole

}

FigureListener FigureSource::listenerOf(const JobControl &control, quint64 number)
{
    using Clock = std::chrono::steady_clock;
    FigureListener listener;
    listener.progress = [&control](double done) { control.report(static_cast<qint64>(done * 1000.0), 1000); };
    listener.partly = [this, &control, number, begin = Clock::now()](const FigurePtr &figure) {
        if (Clock::now() - begin < worthSeeing)
            return;
        control.post([this, number, figure] {
            if (number != number_ || !waiting_)
                return;
            made_.figure = figure;
            arrived_();
        });
    };
    return listener;
}

void FigureSource::stop()
{
    if (!waiting_)
        return;
    job_.cancel();
    waiting_ = false;
    stopped_ = true;
    take({});
    arrived_();
    told_();
}

FigurePtr FigureSource::figure(const FramePtr &frame, const Parameters &parameters)
{
    const Question question = questionOf(*frame, parameters);
    if (asked_ == question)
        return made_.figure;
    asked_ = question;
    ++number_;
    stopped_ = false;
    waiting_ = takesLong(kind_, *frame, parameters, made_.kept);
    if (waiting_) {
        made_.reason.clear();
        if (supplied_)
            return made_.figure;
        done_ = 0.0;
        job_.ask([this, &kind = kind_, frame, parameters, kept = made_.kept,
                  number = number_](const JobControl &control) {
            const FigureListener listener = listenerOf(control, number);
            return Answer{number, figureOf(kind, *frame, parameters, kept, control.stop(), listener)};
        });
        told_();
        return made_.figure;
    }
    if (job_.running())
        job_.cancel();
    const Result<MadeFigure> made = attempt([&] { return figureOf(kind_, *frame, parameters, made_.kept); });
    take(made ? *made : MadeFigure{.reason = made.problem()});
    return made_.figure;
}

} // namespace encoderscope
