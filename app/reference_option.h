// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/option_parser.h"
#include "ui/state/session_state.h"

namespace encoderscope
{

/// What names another run to compare with: `--reference-text`, `--reference-text-b`, `--reference-model`,
/// `--reference-session`, or the file of one that was recorded: `--reference-trace`.
class ReferenceOptions
{
public:
    ReferenceOptions();

    void add_to(OptionParser &parser) const;

    /// The run that they name: the session's, else this one, with another text or model. Nothing when none of
    /// them is set. Opens the model. Throws ArgumentError, and Error for what cannot be read.
    std::optional<RunInput> read(const QCommandLineParser &parser, const RunInput &now) const;

    /// What the session of `state` is compared with, where it is something else than itself without switches;
    /// `state` becomes the run that the window shows next to that. Opens the model. Throws Error when there
    /// is no such run.
    static std::optional<RunInput> of_session(SessionState &state);

private:
    QCommandLineOption text_, text_b_, model_, trace_, session_;
};

} // namespace encoderscope
