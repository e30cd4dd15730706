// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/weight_files.h"
#include "tests/fuzz/fuzz_folder.h"

using namespace encoderscope;

/// A model.safetensors.index.json. No file that it names may lie outside the folder.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString file = QStringLiteral("model.safetensors.index.json");
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    try {
        const QDir folder(QStringLiteral("/folder"));
        for (const QString &shard : read_weight_map(JsonField::parse(bytes, file))) {
            const QString path = QDir::cleanPath(folder.path() + QLatin1Char('/') + shard);
            if (QFileInfo(path).path() != folder.path())
                std::abort();
        }
    } catch (const Error &error) {
        check_message(error, file);
    }
    return 0;
}
