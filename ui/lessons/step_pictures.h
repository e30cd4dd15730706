// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/lessons/step_state.h"
#include "ui/state/run.h"

#include <stop_token>

namespace encoderscope
{

/// Makes the pictures of a lesson's steps, one after the other.
class StepPictures
{
public:
    /// `state` has the model, and the sentence of steps that bring none.
    StepPictures(SessionState state, QString language);

    /// The picture of the next step: the figure that it points at, else the one that its page begins with,
    /// made from a run as the step wants it after those before. The title says which step it is. Null for a
    /// step without a figure, such as one about the page Training. Throws Error, and Stopped when told to
    /// stop.
    FigurePtr next(const LessonStep &step, const std::stop_token &stop = {});

private:
    SessionState state_;
    QString language_;
    LearnersOwn own_;
    RunCaches caches_;
};

} // namespace encoderscope
