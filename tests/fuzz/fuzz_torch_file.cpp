// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/torch_file.h"
#include "engine/model/weight_files.h"
#include "tests/engine/model/torch_archive.h"
#include "tests/fuzz/fuzz_folder.h"

using namespace encoderscope;

namespace
{

void read_all(const FuzzFolder &folder, const QString &name, const QByteArray &bytes)
{
    const auto *data = reinterpret_cast<const uchar *>(bytes.constData());
    const auto size = static_cast<std::size_t>(bytes.size());
    try {
        // Its own memory, so that the address sanitizer sees a step beyond its end.
        const std::vector<uchar> own(data, data + size);
        for (const TensorInfo &tensor : read_torch_tensors(own, name)) {
            if (tensor.begin < 0 || tensor.end < tensor.begin || tensor.end > bytes.size())
                std::abort();
        }
        folder.fill({{name, bytes}}, {name});
        const WeightFile file = open_weight_file(folder.path() + QLatin1Char('/') + name);
        for (auto it = file.tensors.begin(); it != file.tensors.end(); ++it) {
            try {
                const SharedMatrix matrix = matrix_of(file.file, it.key(), *it, it->shape);
                if (matrix.rows() * matrix.columns() > static_cast<Index>(size))
                    std::abort();
                volatile float total = matrix.view().sum();
                static_cast<void>(total);
            } catch (const Error &error) {
                check_message(error, name);
            }
        }
    } catch (const Error &error) {
        check_message(error, name);
    }
}

} // namespace

/// A pytorch_model.bin: as a whole when it begins like a zip file, else the pickle in one that is made, with
/// three storages of 256 bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static FuzzFolder folder;
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const QByteArray numbers(256, '\x3d');
    read_all(folder, QStringLiteral("pytorch_model.bin"),
             bytes.startsWith("PK") ? bytes : archive(bytes, {numbers, numbers, numbers}));
    return 0;
}
