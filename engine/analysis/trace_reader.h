// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

namespace encoderscope
{

inline const QString trace_suffix = QStringLiteral(".safetensors");

/// Opens the file of a trace: one that write_trace() wrote, or one recorded from any other encoder
/// (app/python/encoderscope_record). Its model has a name and sizes, and no weights; Trace::has() says which
/// parts the file lacks. Attention weights stay in the mapped file. Throws Error, which names file and
/// tensor, for a file that is no trace of a version that is known, or whose tensors do not fit together.
TracePtr read_trace(const QString &path);

/// Whether the file says of itself that it is a trace; false for what cannot be read.
bool is_trace_file(const QString &path);

/// A part in a few words for the user: "attention weights".
QString part_name(TracePart part);

/// What the trace lacks, each in a few words for the user; empty for a run.
QStringList lacking_parts(const Trace &trace);

} // namespace encoderscope
