// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/session_state.h"

#include <vector>

namespace encoderscope
{

/// The states to go back to and forth. Undo and redo swap what decides the run, what it is compared with, and
/// what is explained; how it is looked at (page, layer, what views show) stays, except where a step replaced
/// the whole state.
class History
{
public:
    bool canUndo() const { return !done_.empty(); }
    bool canRedo() const { return !undone_.empty(); }
    /// What undo or redo would take back or do again, for the user; empty when there is nothing.
    QString undoText() const { return done_.empty() ? QString() : done_.back().description; }
    QString redoText() const { return undone_.empty() ? QString() : undone_.back().description; }

    /// Something new was done to `before`. What was undone is gone. `whole`: the step replaced all of it.
    void push(const SessionState &before, const QString &description, bool whole = false);
    void clear();

    /// The state to go to from `current`, which can be gone back to afterwards. Only when there is one.
    SessionState undo(const SessionState &current) { return swap(done_, undone_, current); }
    SessionState redo(const SessionState &current) { return swap(undone_, done_, current); }

    /// In every state: another version of the same model, as training makes them.
    void replaceModel(const ModelPtr &from, const ModelPtr &to);
    /// In every state with that reference and no model.
    void attachModel(const ModelReference &reference, const ModelPtr &model);

    /// In every state: the model, or recorded run, of pinned runs with that reference.
    void attachPinned(const ModelReference &reference, const ModelPtr &model, const TracePtr &recorded);

private:
    struct Step {
        SessionState state;
        QString description;
        bool whole = false;
    };
    using Steps = std::vector<Step>;

    static SessionState swap(Steps &from, Steps &to, const SessionState &current);

    Steps done_, undone_;
};

/// Gives those of the state's pinned runs that model which name it and have none; true when there are some.
bool withPinnedModel(SessionState &state, const ModelReference &reference, const ModelPtr &model,
                     const TracePtr &recorded);

/// `state` with that text, and all that is anchored to the text moved along with it.
SessionState withTexts(const SessionState &state, const QString &text, const std::optional<QString> &textB);

/// Tells which changes of a text are one stretch of typing, to be undone at once: a word with the space after
/// it, or what the backspace key took away.
class TypedStretch
{
public:
    /// True when the change goes on with the one told before it. Remembers it.
    bool goesOn(int sentence, const QString &before, const QString &after);
    /// Something else was done: the next change begins a new stretch.
    void end() { sentence_ = -1; }

private:
    int sentence_ = -1; ///< 0 = A, 1 = B; -1 = none
    bool inserts_ = false;
    qsizetype place_ = 0; ///< where the next change has to be
};

} // namespace encoderscope
