// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"
#include "engine/corpus/top_examples.h"
#include "engine/forward/stacks.h"

#include <array>
#include <cstdint>
#include <utility>
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

/// Makes what a corpus keeps of a sentence's run, which has no switches, while the layers are there one after
/// the other.
class SentenceRun
{
public:
    /// `number` names the sentence. `token_layers`, in rising order, count from 1: those after which the
    /// tokens' vectors are kept. What is found is offered to `neurons` [layer * d_ff + neuron] and `heads`
    /// [layer * heads + head].
    SentenceRun(const Encoding &encoding, std::int64_t number, const std::vector<int> &token_layers,
                TopExamples &neurons, TopExamples &heads);

    /// To be called for each layer in turn: measures the heads, and finds each neuron's strongest token and
    /// each head's strongest pair of different tokens. Tokens added around the sentence do not count.
    void look_at(const Model &model, const StackedRows &rows);
    /// What is kept, once all layers were looked at. Throws Error.
    SentenceResult finish(const Trace &trace);

private:
    void look_at_heads(const Model &model, const StackedRows &rows);
    void look_at_neurons(const StackedRows &rows);

    HeadMeasures measures_;
    std::vector<int> tokens_; ///< of the text
    const std::vector<int> &token_layers_;
    TopExamples &neurons_, &heads_;
    SentenceResult result_;
    std::vector<std::pair<std::size_t, Example>> best_tokens_, best_pairs_; ///< of neurons, of heads
};

/// The same of a run without switches whose layers are all there. Throws Error.
SentenceResult sentence_result(const Trace &trace, std::int64_t number, const std::vector<int> &token_layers,
                               TopExamples &neurons, TopExamples &heads);

/// Hidden states as a corpus keeps them: little-endian float16, row after row.
QByteArray halves_of(const MatrixRef &vectors);
/// What halves_of() made of one vector. Throws nothing: of an odd number of bytes the last is left out.
RowVector vector_of_halves(const QByteArray &halves);

} // namespace encoderscope
