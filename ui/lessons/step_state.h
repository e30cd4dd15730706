// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/lessons/lesson.h"
#include "ui/state/frame.h"

namespace encoderscope
{

/// `now` as a lesson's step wants it: `fields` (of a session file) replace those of `now`, objects within
/// objects name by name; a sentence of the step's replaces the learner's, and its `head` is looked for in the
/// frame's run, whose numbers of layers and heads are also those of what is to be `off`. What an earlier step
/// may have left behind goes when this one does not name it: switches, masks, another tokenization, a
/// comparison. The model stays, but where the step names one: then the state has its reference and not the
/// model itself yet, unless it is there already. Throws Error that names the field when a value is none of a
/// session's.
SessionState stepState(const SessionState &now, const Frame &frame, const QJsonObject &fields,
                       const LessonStep &step, const QString &language);

/// The learner's sentence, and what was pinned in it, while a step shows one of its own.
struct OwnSentence {
    QString instead; ///< the step's sentence
    QString text;
    std::optional<QString> textB;
    std::optional<TokenAnchor> query, key;
};

/// The learner's model while a step shows one of the program's.
struct OwnModel {
    QString instead; ///< the step's model
    RunInput input;  ///< with the learner's; all of it where it is a recorded run
};

/// What of the learner's a step has replaced.
struct LearnersOwn {
    std::optional<OwnSentence> sentence = {};
    std::optional<OwnModel> model = {};
};

/// The same from step to step: where the sentence or the model of a step before is still there, the learner's
/// own comes back first. `own` is kept between the steps, and is nothing at the start.
SessionState followedState(const SessionState &now, const Frame &frame, const QJsonObject &fields,
                           const LessonStep &step, const QString &language, LearnersOwn &own);
/// `now` with the learner's model where that of a step is still there.
SessionState withOwnModel(const SessionState &now, const std::optional<OwnModel> &own);

} // namespace encoderscope
