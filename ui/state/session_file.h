// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/file_writer.h"
#include "engine/text/json_reader.h"
#include "ui/state/session_state.h"

namespace encoderscope
{

/// How a session's file ends.
inline const QString sessionSuffix = QStringLiteral(".encoderscope");
/// The largest session file that is read, in bytes; the texts are most of it.
constexpr qint64 largest_session = 16 * 1024 * 1024;
/// The longest sentence in a file, in UTF-16 units.
constexpr int longest_session_text = 1'000'000;

/// The state as a session file: JSON, described in ui/state/README.md. Not in it is the model itself.
QJsonObject sessionObject(const SessionState &state);
QByteArray sessionBytes(const SessionState &state);

/// The state in a session file, without a model. Checks every value: throws Error that names file, field,
/// what was expected and what was found. Fields that it does not know are passed over, and choices of views
/// that are not in `views`.
SessionState readSession(const JsonField &file, const ViewKinds &views);

/// The same of a file on disk, and of one written there whole or not at all. Throw Error.
SessionState readSessionFile(const QString &path, const ViewKinds &views);
void writeSessionFile(const SessionState &state, const QString &path,
                      FileWriter::Care care = FileWriter::Care::synced);

} // namespace encoderscope
