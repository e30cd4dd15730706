// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/run.h"

#include <list>

namespace encoderscope
{

// What a run is compared with. Intents of the session are made of these functions.

/// The most runs that are kept by name, and the longest name.
constexpr std::size_t most_pinned_runs = 50;
constexpr qsizetype longest_run_name = 100;

/// The run that the window shows: of A alone where B is a run of its own.
RunInput shownInput(const SessionState &state);
/// There is something to compare with: something is switched, or a reference was chosen.
bool comparable(const SessionState &state);

/// Null when there is none of that name.
const PinnedRun *pinnedRun(const SessionState &state, const QString &name);
/// With the run of this moment kept under a new name, as the reference.
SessionState withRunPinned(SessionState state);
/// With the recorded run in that file as the reference, under the file's name; a ReferenceLoader reads it.
SessionState withTracePinned(SessionState state, const QString &path);
/// With another name for it: without spaces around it, and as it was when that is empty or taken.
SessionState withRunRenamed(SessionState state, const QString &name, const QString &to);
/// Without it; the reference is again the run without switches when it was this one.
SessionState withoutRun(SessionState state, const QString &name);

/// The run that the state's reference names, without a trace yet; with the reason when there is none: nothing
/// in the text is replaced, there is no sentence B, training has shown no earlier step, no model.
/// `stepBefore`: the version that training had shown before the state's; may be null. `lacking`: why models
/// cannot be opened.
ReferenceRunOf wantedReference(const SessionState &state, const ModelPtr &stepBefore,
                               const std::vector<std::pair<ModelReference, QString>> &lacking = {});

/// The runs that others were compared with last, so that the same one is not computed again.
class KeptReferences
{
public:
    /// `run` with what is known of it.
    ReferenceRunOf known(ReferenceRunOf run) const;
    /// Its input and what came of it; nothing where one of both is missing.
    void keep(const ReferenceRunOf &run);

private:
    std::list<ReferenceRunOf> kept_; ///< the one used last first
};

} // namespace encoderscope
