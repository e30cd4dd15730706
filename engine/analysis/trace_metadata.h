// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <QMap>

namespace encoderscope
{

/// What a trace's file says besides its tensors; trace-format.md describes it.
struct TraceMetadata {
    QString model; ///< its name
    QString hash;  ///< of its weights, see model_hash(); empty = not known
    bool trained = true;
    EncoderConfig config;
    Encoding encoding; ///< without ids and types, which are tensors
    Switches switches;
    bool scaled_dot_product = false;  ///< see Recording
    bool activation_function = false; ///< the same
};

/// Of that trace, as safetensors keep it: texts by name.
QMap<QString, QString> trace_metadata(const Trace &trace);

/// Whether the metadata are a trace's, of whatever version.
bool is_trace(const QMap<QString, QString> &metadata);

/// The same back, checked. `file` is for messages. Throws Error.
TraceMetadata read_trace_metadata(const QMap<QString, QString> &metadata, const QString &file);

} // namespace encoderscope
