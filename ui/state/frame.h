// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/selection.h"
#include "ui/state/session_state.h"
#include "ui/state/token_marks.h"

#include <memory>

namespace encoderscope
{

/// What `Frame::compared.before` is.
enum class ReferenceRun {
    none,            ///< the same run: there is nothing to compare with
    withoutSwitches, ///< the same tokens with everything on
    other,           ///< one that was chosen: another text, another model, other switches
};

/// What views redraw from: everything in it belongs together and never changes.
struct Frame {
    SessionState state;     ///< what it answers; its anchors count the characters of the run's text
    ComparedTrace compared; ///< the run and the reference run; without traces when nothing can be shown
    ReferenceRun reference = ReferenceRun::none;
    QString referenceProblem = {}; ///< why the run that was chosen to compare with is not there, for the user
    QString referenceHash = {};    ///< model_hash() of the model of another run that is compared with
    /// What is pinned. With a run: layer, head and query are of the trace to show, the others too or -1.
    Selected selection;
    std::set<int> masked;   ///< tokens taken out of attention
    std::set<int> replaced; ///< tokens shown to the model as its mask token
    ComparedMarks tokenMarks = {};
    QString problem; ///< why there is no run, or where its numbers are not finite; for the user; else empty

    /// What was chosen for a view; nothing for one that was left as it is.
    const Parameters &parameters(const QString &view) const;
    /// The layer chosen for a view that has one, as far up as the run goes; -1 = the embedding's output.
    int layerOf(const QString &view) const;

    explicit operator bool() const { return static_cast<bool>(compared); }
    const Trace &trace() const { return compared.trace(); }
    /// The run that views without a difference show.
    const TracePtr &shown() const
    {
        return compared.comparison == Comparison::before ? compared.before : compared.now;
    }
    /// What its heads say of tokens; null where the model marks none.
    const TokenMarks *marks() const
    {
        return (compared.comparison == Comparison::before ? tokenMarks.before : tokenMarks.now).get();
    }
};

using FramePtr = std::shared_ptr<const Frame>;

/// What of `pinned` the run has: the nearest there is.
Selected selectionIn(const Pinned &pinned, const Trace &trace);
/// A frame of these runs, which answer `state`, with a selection that is valid for them.
Frame frameOf(const SessionState &state, const ComparedTrace &compared, const QString &problem = {});
/// The same runs, looked at in another way: with the tokens pinned that stand for those pinned before.
Frame comparedAs(const Frame &frame, Comparison comparison);

} // namespace encoderscope
