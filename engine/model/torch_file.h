// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/stored_tensor.h"

#include <QMap>

namespace encoderscope
{

/// The tensors of a file that PyTorch's torch.save() wrote (pytorch_model.bin): a zip file of `data.pkl`, a
/// dictionary of names and tensors in Python's pickle format, and of the numbers, one entry for each storage.
/// Nothing in it is run. Every tensor lies within its storage, no number of it twice, and all together take
/// no more bytes than the file has. `file` is for messages. Throws Error, also for the format before
/// PyTorch 1.6.
QMap<QString, TensorInfo> read_torch_tensors(std::span<const uchar> bytes, const QString &file);

} // namespace encoderscope
