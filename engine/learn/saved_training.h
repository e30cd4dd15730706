// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/learn/training.h"

#include <QStringList>

namespace encoderscope
{

/// What a training needs to go on as if it had never stopped, beside the model's own files.
struct SavedTraining {
    TrainingSettings settings;
    TrainingState state;
    QStringList texts;             ///< files that are learned from
    QStringList validation_texts;  ///< files that are only measured with; may be none
    double validation_share = 0.0; ///< of the lines of `texts`, when there are none
    int max_tokens = 128;
    double seconds = 0.0;          ///< spent so far
    std::uint64_t fingerprint = 0; ///< of the sentences
};

/// Writes the training into its model's folder, as one file, synced. Throws Error.
void save_training(const SavedTraining &training, const QString &folder);

/// True when `folder` holds a training to go on with.
bool has_saved_training(const QString &folder);

/// Throws Error.
SavedTraining load_training(const QString &folder);

} // namespace encoderscope
