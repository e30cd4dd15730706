// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/corpus_writer.h"

#include <stop_token>

namespace encoderscope
{

struct MergeProgress {
    qint64 added = 0;
    qint64 present = 0; ///< sentences that were there already
    bool stopped = false;
};

/// The settings of what `first` and others like it are merged into. Throws Error.
CorpusSettings merged_settings(const CorpusFile &first);

/// Adds the sentences of `from` that `into` lacks, with everything that is kept of them: the result is what
/// adding them to `into` would have given. Sources are the same when their names are. Stored in portions, so
/// that the same call goes on after a stop. Throws Error: when model or settings differ, or a sentence has
/// another text there.
MergeProgress merge_corpus(CorpusWriter &into, const CorpusFile &from, const CorpusSettings &settings,
                           const std::stop_token &stop = {});

} // namespace encoderscope
