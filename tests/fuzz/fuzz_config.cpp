// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/model_description.h"
#include "tests/fuzz/fuzz_folder.h"

using namespace encoderscope;

/// A config.json; what is accepted must be a configuration that can be computed, and can be written.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString file = QStringLiteral("config.json");
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    try {
        const ModelDescription description = read_model_description(JsonField::parse(bytes, file));
        const EncoderConfig &config = description.config;
        const bool computable = config.vocabulary_size > 0 && config.d_model > 0 && config.heads > 0 &&
                                config.d_model % config.heads == 0 && config.d_ff > 0 &&
                                config.embedding_size > 0 && config.max_positions >= 0 &&
                                config.norm_epsilon >= 0.0F && config.layers > 0 && config.layers <= 1000 &&
                                description.layer_stems.size() == config.layers;
        if (!computable || write_model_description(description).isEmpty())
            std::abort();
    } catch (const Error &error) {
        check_message(error, file);
    }
    return 0;
}
