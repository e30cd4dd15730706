// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/safetensors.h"
#include "tests/fuzz/fuzz_folder.h"

using namespace encoderscope;

/// A safetensors file: its header, then every number of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static FuzzFolder folder;
    const QString name = QStringLiteral("model.safetensors");
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    try {
        // Its own memory, so that the address sanitizer sees a step beyond its end.
        const SafetensorsHeader header = read_safetensors_header({data, size}, name);
        qint64 sum = 0;
        for (const TensorInfo &tensor : header.tensors) {
            if (tensor.begin < 8 || tensor.end < tensor.begin || tensor.end > bytes.size())
                std::abort();
            sum += tensor.end - tensor.begin;
        }
        if (sum > bytes.size())
            std::abort();
        folder.fill({{name, bytes}}, {name});
        const SafetensorsFile file(folder.path() + QLatin1Char('/') + name);
        for (auto it = file.tensors().begin(); it != file.tensors().end(); ++it) {
            try {
                const SharedMatrix matrix = file.matrix(it.key(), it->shape);
                if (matrix.rows() * matrix.columns() > static_cast<Index>(size))
                    std::abort();
                volatile float total = matrix.view().sum();
                static_cast<void>(total);
            } catch (const Error &error) {
                check_message(error, name);
            }
            try {
                if (file.integers(it.key()).size() > size / 8)
                    std::abort();
            } catch (const Error &error) {
                check_message(error, name);
            }
        }
    } catch (const Error &error) {
        check_message(error, name);
    }
    return 0;
}
