// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace encoderscope
{

/// Which of a repository's files the program needs: configuration, tokenizer, sentence-transformers' steps,
/// and the weights, as safetensors where they are there so; in the order in which to fetch them: config.json
/// first, weights last. Throws Error when there is no config.json, or when there are no weights that can be
/// opened.
QStringList neededFiles(const QString &model, const QStringList &repositoryFiles);

} // namespace encoderscope
