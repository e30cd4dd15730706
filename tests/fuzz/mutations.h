// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

#include <random>
#include <vector>

namespace encoderscope
{

/// A model's folder in memory: content by path within it.
using ModelFiles = QMap<QString, QByteArray>;

/// The folders that mutations begin with: the checkpoints of tests/data, each with a vocabulary of its size,
/// a small model for each tokenizer there, and `more`, folders that hold a config.json.
std::vector<ModelFiles> base_folders(const QStringList &more);

/// The folder of that number: one of the bases with one to four faults. The same number gives the same folder
/// on every machine. `what` says which faults, for a person.
ModelFiles mutated(const std::vector<ModelFiles> &bases, unsigned number, QString &what);

} // namespace encoderscope
