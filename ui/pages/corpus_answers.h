// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"
#include "engine/corpus/corpus_settings.h"
#include "engine/forward/trace.h"
#include "ui/state/token_anchor.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace encoderscope
{

// What the page Corpus asks a file, beside the window. Each opens the file anew, which takes a millisecond:
// it may have grown, or be gone.

/// What is shown of a corpus as soon as it is open.
struct OpenedCorpus {
    QString path;
    CorpusSettings settings;
    qint64 sentences = 0;
    qint64 tokens = 0;
    bool vectors = false;              ///< of sentences
    std::vector<int> indexed;          ///< layers, from 1, whose vectors of tokens have an index
    std::vector<HeadStatistics> heads; ///< [layer * heads + head]: means over the sentences
};
using OpenedCorpusPtr = std::shared_ptr<const OpenedCorpus>;

/// Throws Error when it is no corpus, or damaged.
OpenedCorpusPtr openCorpus(const QString &path);

/// Loads what searches an index, where it is there: from a cold disk the first question to one would wait for
/// it for a tenth of a second.
void prepareNearest();

/// The most rows of an answer.
constexpr int most_corpus_rows = 200;

struct CorpusQuestion {
    enum class Kind {
        none,
        headExamples,   ///< where a head is strongest
        neuronExamples, ///< where a neuron is
        uses,           ///< where a piece is used
        nearestUses,    ///< the same, the sentences most like the run's first
        nearestTokens,  ///< the same, the tokens most like the run's first
        nearestOfAny,   ///< the tokens most like the run's, whatever their piece
        search          ///< sentences with words
    };

    Kind kind = Kind::none;
    OpenedCorpusPtr corpus = {};
    int layer = -1; ///< from 0
    int index = -1; ///< the head, neuron or token, from 0
    QString piece = {};
    TracePtr run = {}; ///< whose sentence the others are compared with
    QString words = {};

    bool operator==(const CorpusQuestion &) const = default;
};

/// A part of a sentence: [begin, end), in UTF-16 units.
struct TextPart {
    qsizetype begin = 0;
    qsizetype end = 0;
};

/// A sentence of the corpus, in a list.
struct CorpusRow {
    QString source;
    qint64 line = 0;
    QString text;
    double value = 0.0;               ///< activation, weight or cosine
    TextPart token;                   ///< the strongest, the one asked for, or the first word found
    std::optional<TextPart> key = {}; ///< of a head's example
    std::optional<TokenAnchor> query = {};
    std::optional<TokenAnchor> keyToken = {};
};

struct CorpusAnswer {
    CorpusQuestion question;
    std::vector<CorpusRow> rows;
    qint64 all = 0;       ///< sentences that there are; the rows are some of them
    qint64 compared = 0;  ///< of them, those whose vectors were compared
    bool byIndex = false; ///< those compared are what an index found nearest of all
};

/// One sentence, with nothing marked. Throws Error.
CorpusRow rowOfSentence(const QString &path, std::int64_t number);

/// Throws Error; Stopped when told to stop.
CorpusAnswer answerOf(const CorpusQuestion &question, const std::stop_token &stop);

} // namespace encoderscope
