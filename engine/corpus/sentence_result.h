// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"
#include "engine/corpus/top_examples.h"
#include "engine/forward/trace.h"

#include <array>
#include <cstdint>
#include <vector>

namespace encoderscope
{

/// The number of a sentence in a corpus: 2^32 times that of its source, plus its line, both from 1.
std::int64_t sentence_number(int source, qint64 line);

struct StoredToken {
    int piece = 0; ///< its id in the vocabulary
    QString text;  ///< of the vocabulary
    int begin = 0; ///< [begin, end) of the sentence's text, in Unicode code points
    int end = 0;
    bool special = false;
};

struct StoredPrediction {
    QString kind;   ///< "class", "token-class", "answer", "replaced" or "masked"
    int first = -1; ///< tokens [first, last]; -1: of the whole sentence
    int last = -1;
    int rank = 1; ///< 1 = likeliest
    QString label;
    double value = 0.0; ///< a probability; a regression's score
};

/// What a corpus keeps of a sentence's run.
struct SentenceResult {
    std::int64_t number = 0;
    QString text;
    bool cut = false;
    std::vector<StoredToken> tokens;
    std::array<int, head_measures.size()> queries{}; ///< that each measure is a mean over
    std::vector<float> heads; ///< [layers * heads * measures]; empty: the run's numbers are not finite
    std::vector<StoredPrediction> predictions;
    RowVector vector; ///< of the sentence; empty where the model has none
    /// For each layer after which they are kept, those of the tokens one after the other, as token_vector()
    /// reads them; empty: none are kept, or the run's numbers are not finite.
    std::vector<QByteArray> token_vectors;
};

/// `number` names the sentence. Offers each neuron's strongest token of it [layer * d_ff + neuron] and each
/// head's strongest pair of different tokens [layer * heads + head]; tokens added around the sentence do not
/// count. `token_layers` count from 1. Throws Error.
SentenceResult sentence_result(const Trace &trace, std::int64_t number, const std::vector<int> &token_layers,
                               TopExamples &neurons, TopExamples &heads);

/// Hidden states as a corpus keeps them: little-endian float16, row after row.
QByteArray halves_of(const MatrixRef &vectors);
/// What halves_of() made of one vector. Throws nothing: of an odd number of bytes the last is left out.
RowVector vector_of_halves(const QByteArray &halves);

} // namespace encoderscope
