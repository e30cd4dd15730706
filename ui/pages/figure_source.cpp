// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/figure_source.h"

namespace encoderscope
{

FigureSource::FigureSource(const FigureKind &kind, std::function<void()> arrived)
    : kind_(kind)
    , arrived_(std::move(arrived))
    , job_([this](const Result<Answer> &answer) {
        if (answer ? answer->number != number_ : !waiting_ || answer.wasStopped())
            return; // something newer is there
        waiting_ = false;
        made_ = answer ? answer->made : MadeFigure{.reason = answer.problem()};
        arrived_();
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
    if (kind_.ofText) {
        question.now = frame.compared.now;
        question.before = frame.compared.before;
        question.comparison = frame.compared.comparison;
        question.hidesSpecial = frame.state.hidesSpecial;
    }
    return question;
}

void FigureSource::keep(std::any kept)
{
    made_.kept = std::move(kept);
    forget();
}

FigurePtr FigureSource::figure(const FramePtr &frame, const Parameters &parameters)
{
    const Question question = questionOf(*frame, parameters);
    if (asked_ == question)
        return made_.figure;
    asked_ = question;
    ++number_;
    waiting_ = takesLong(kind_, *frame, parameters, made_.kept);
    if (waiting_) {
        made_.reason.clear();
        if (supplied_)
            return made_.figure;
        job_.ask([&kind = kind_, frame, parameters, kept = made_.kept,
                  number = number_](const JobControl &control) {
            return Answer{number, figureOf(kind, *frame, parameters, kept, control.stop())};
        });
        return made_.figure;
    }
    if (job_.running())
        job_.cancel();
    const Result<MadeFigure> made = attempt([&] { return figureOf(kind_, *frame, parameters, made_.kept); });
    made_ = made ? *made : MadeFigure{.reason = made.problem()};
    return made_.figure;
}

} // namespace encoderscope
