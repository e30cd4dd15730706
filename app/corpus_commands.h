// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace encoderscope
{

/// A line on standard error.
void say(const QString &line);

// The commands under `encoderscope corpus`. Each as Command::run.

int run_corpus_add(const QStringList &arguments);
int run_corpus_index(const QStringList &arguments);
int run_corpus_merge(const QStringList &arguments);
int run_corpus_query(const QStringList &arguments);

} // namespace encoderscope
