// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/lessons/lesson.h"
#include "ui/state/frame.h"

#include <QStringList>

#include <stop_token>
#include <vector>

namespace encoderscope
{

/// A question as it can be asked of a run: what there is to choose, and what is right.
struct AskedQuestion {
    QString ask;
    QStringList options = {};
    int right = -1;                    ///< -1: the run has no answer
    std::vector<QString> numbers = {}; ///< what decides, one an option; shown once it was answered
};

/// Computes the answer from the frame's run. `language` is a code.
AskedQuestion askedQuestion(const LessonQuestion &question, const Frame &frame, const QString &language,
                            const std::stop_token &stop = {});

} // namespace encoderscope
