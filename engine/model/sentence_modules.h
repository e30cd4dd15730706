// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

namespace encoderscope
{

/// The folder that the encoder's own files lie in: `folder`, or what lies below it where modules.json of
/// sentence-transformers says so ("0_Transformer"). Throws Error when `folder` has no config.json, naming
/// what lies there.
QString encoder_folder(const QString &folder);

/// Reads modules.json and what it names into the model's output heads: sets `sentence`, or `sentence_problem`
/// for a step that is not computed here, is missing or broken. Neither when there is no modules.json.
void read_sentence_modules(const QString &folder, Model &model);

/// The files below `folder`, by their paths in it, that say how text becomes one vector: modules.json and
/// what it names, apart from the encoder's own.
QStringList sentence_files(const QString &folder);

/// modules.json of `folder` with the encoder in the folder itself.
QByteArray modules_with_encoder_here(const QString &folder);

} // namespace encoderscope
