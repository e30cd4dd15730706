// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

namespace encoderscope
{

/// Opens a model's folder: config.json, model.safetensors (or its index), the tokenizer's files, and the
/// pooling of sentence-transformers. Weights stay mapped. Throws Error.
ModelPtr load_model(const QString &folder);

/// The same without a tokenizer: its files are not looked at.
std::shared_ptr<Model> load_encoder(const QString &folder);

} // namespace encoderscope
