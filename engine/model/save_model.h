// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"
#include "engine/model/safetensors_writer.h"

namespace encoderscope
{

/// Writes a model as a folder that load_model() opens: config.json, model.safetensors and the tokenizer's
/// files. As "bert", which other programs open too, when BERT computes the same; else as "encoderscope".
/// Everything is written aside first, synced, and moved into place when whole. A classification head with a
/// dense layer of its own is left out. Throws Error.
void save_model(const Model &model, const QString &folder, FloatType type = FloatType::f32);

} // namespace encoderscope
