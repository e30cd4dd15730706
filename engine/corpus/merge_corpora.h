// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/corpus_writer.h"

#include <QStringList>

#include <stop_token>

namespace encoderscope
{

struct MergeProgress {
    qint64 added = 0;
    qint64 present = 0; ///< sentences that were there already
    bool stopped = false;
};

/// What the corpora of these paths, one or more, have in common: those of what they are merged into. Before
/// anything is written: throws Error when one is no corpus, or model or settings differ from the first's.
CorpusSettings settings_to_merge(const QStringList &paths);

/// Adds the sentences of `from` that `into` lacks, with everything that is kept of them: the result is what
/// adding them to `into` would have given. Sources are the same when their names are. Stored in portions, so
/// that the same call goes on after a stop. Throws Error: when model or settings differ, or a sentence has
/// another text there.
MergeProgress merge_corpus(CorpusWriter &into, const CorpusFile &from, const CorpusSettings &settings,
                           const std::stop_token &stop = {});

} // namespace encoderscope
