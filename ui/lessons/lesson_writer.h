// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/lessons/lesson.h"
#include "ui/state/session_state.h"

namespace encoderscope
{

/// What a teacher says about a state: in the language of the interface.
struct StepNote {
    QString title;
    QString text;
    bool withSentence = true; ///< the sentence, and what is pinned in it, is part of the step
};

/// A step that shows the window as `state` has it. The model is no part of it.
LessonStep stepOf(const SessionState &state, const StepNote &note, const QString &language);

/// Adds a step to the lesson in that file, or makes one called `title` when there is none. A file that is
/// no lesson is left alone. Throws Error.
void appendStep(const QString &path, const LessonStep &step, const QString &title, const QString &language);

/// Whether the file says that it is a lesson; whether all of it is well is another matter. False when it
/// cannot be read.
bool isLessonFile(const QString &path);

} // namespace encoderscope
