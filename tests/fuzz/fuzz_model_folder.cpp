// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/load_model.h"
#include "tests/fuzz/fuzz_folder.h"
#include "tests/fuzz/run_model.h"

using namespace encoderscope;

/// A model's folder ("=== name" before each file; "=== tensors" lists those of model.safetensors), opened and
/// run.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static FuzzFolder folder;
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    QMap<QString, QByteArray> files = files_of(bytes);
    const auto make = [&](const QString &list, const QString &file) {
        if (files.contains(list))
            files.insert(file, made_safetensors(files[list]));
    };
    make(QStringLiteral("tensors"), QStringLiteral("model.safetensors"));
    make(QStringLiteral("part"), QStringLiteral("part.safetensors"));
    folder.fill(files, {QStringLiteral("config.json"), QStringLiteral("model.safetensors"),
                        QStringLiteral("model.safetensors.index.json"), QStringLiteral("part.safetensors"),
                        QStringLiteral("modules.json"), QStringLiteral("1_Pooling/config.json"),
                        QStringLiteral("tokenizer_config.json"), QStringLiteral("vocab.txt")});
    try {
        run_model(load_model(folder.path()));
    } catch (const Error &error) {
        if (error.message().isEmpty())
            std::abort();
    }
    return 0;
}
