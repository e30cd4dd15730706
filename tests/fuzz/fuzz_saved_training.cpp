// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/saved_training.h"
#include "tests/fuzz/fuzz_folder.h"

using namespace encoderscope;

/// A training.safetensors; what is accepted must be settings that can be learned with.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static FuzzFolder folder;
    const QString name = QStringLiteral("training.safetensors");
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    folder.fill({{name, bytes}}, {name});
    try {
        const SavedTraining training = load_training(folder.path());
        const TrainingSettings &settings = training.settings;
        const bool usable = training.state.step >= 0 && settings.steps >= 0 && settings.warmup_steps >= 0 &&
                            settings.batch_tokens > 0 && training.max_tokens > 0 &&
                            settings.mask_share >= 0.0 && settings.mask_share <= 1.0 &&
                            settings.dropout >= 0.0 && settings.dropout < 1.0 &&
                            training.validation_share >= 0.0 && training.validation_share < 1.0;
        if (!usable || training.state.parameters.size() > static_cast<Index>(size))
            std::abort();
    } catch (const Error &error) {
        check_message(error, name);
    }
    return 0;
}
