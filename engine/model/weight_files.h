// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/stored_tensor.h"
#include "engine/text/json_reader.h"

#include <QMap>

namespace encoderscope
{

/// The files of a folder that its weights lie in.
struct WeightFiles {
    QString path;                   ///< the file, or the index of several; for messages
    QStringList files;              ///< their paths
    QMap<QString, QString> file_of; ///< tensor -> path, of an index; empty: all tensors of the one file
};

/// `model.safetensors`, else `pytorch_model.bin`, each also as several files with an index (`.index.json`);
/// else the one variant that is there (`model.fp16.safetensors`). Throws Error that names what lies there
/// instead.
WeightFiles find_weight_files(const QString &folder);

/// The names of the files find_weight_files() takes, in their order: what a download needs one of.
QStringList weight_file_names();

/// The files that an index says its tensors lie in: name -> file name. Throws Error.
QMap<QString, QString> read_weight_map(const JsonField &index);

/// An open file of weights.
struct WeightFile {
    MappedFilePtr file;
    QMap<QString, TensorInfo> tensors;
    QMap<QString, QString> aliases; ///< other names of tensors: name -> name in `tensors`
};

/// A safetensors file by its ending, else a file of PyTorch's. Throws Error.
WeightFile open_weight_file(const QString &path);

} // namespace encoderscope
