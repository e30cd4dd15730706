// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/corpus_writer.h"
#include "engine/corpus/sentence_reader.h"

#include <functional>
#include <stop_token>

namespace encoderscope
{

/// One of `count` parts of the work, from 0: it has the sentences on lines `index`, `index` + count ... (from
/// 0) of each file.
struct Shard {
    int index = 0;
    int count = 1;
};

struct AddOptions {
    Shard shard;
    QString name;             ///< the source's, instead of the file's path
    bool refuse_long = false; ///< a sentence of too many tokens is a bad line; else it is cut
    /// What is done about a bad line: called from the calling thread; when it throws, the work ends with what
    /// was added before.
    std::function<void(const BadLine &)> bad_line;
};

struct AddProgress {
    qint64 added = 0;
    qint64 present = 0;    ///< sentences that were there already
    qint64 bad = 0;        ///< lines
    qint64 cut = 0;        ///< of those added
    qint64 not_finite = 0; ///< of those added
    qint64 bytes = 0;      ///< of the file read, up to the last sentence added
    qint64 size = -1;      ///< of the file; -1 = not known
    qint64 new_bytes = 0;  ///< of them, those of lines that were not there already
    bool stopped = false;
};

/// Runs the model on every sentence of the file that the corpus lacks, and adds what is kept of each. What is
/// added is in the file after some seconds at most; what has been added when the work is stopped or killed
/// stays, and the same call goes on where it was. Sentences are packed by their length and run on all cores;
/// what is stored does not depend on how. Throws Error: also when a line is no longer what was added.
AddProgress add_sentences(CorpusWriter &corpus, const CorpusSettings &settings, const ModelPtr &model,
                          SentenceReader &reader, const AddOptions &options,
                          const std::function<void(const AddProgress &)> &report = {},
                          const std::stop_token &stop = {});

} // namespace encoderscope
