// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/session_state.h"

#include <QCommandLineParser>

namespace encoderscope
{

/// `--session FILE`, the same for every command: text, model, switches and what else the command uses, as
/// they were saved in the window. Other options take precedence.
QCommandLineOption session_option();

/// The session that the option names, else one without text and with the default model. Throws Error when the
/// file cannot be read.
SessionState session_from(const QCommandLineParser &parser);

/// The session's texts, model and switches, with `--text`, `--text-b` and `--model` in place of its own where
/// they are set; with a model. Throws Error when the model cannot be read.
RunInput input_from(const QCommandLineParser &parser);

/// Reads the model that a session's input names. Throws Error; where it was never saved, with `option` as the
/// one that names another.
void open_model(RunInput &input, const QString &option);

} // namespace encoderscope
