// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <vector>

namespace encoderscope
{

class CorpusFile;

/// A line on standard error.
void say(const QString &line);
/// The layers after which the corpus keeps vectors of tokens, at least one. Throws ArgumentError when there
/// is none.
const std::vector<int> &token_layers_of(const CorpusFile &file);

// The commands under `encoderscope corpus`. Each as Command::run.

int run_corpus_add(const QStringList &arguments);
int run_corpus_index(const QStringList &arguments);
int run_corpus_merge(const QStringList &arguments);
int run_corpus_query(const QStringList &arguments);

} // namespace encoderscope
