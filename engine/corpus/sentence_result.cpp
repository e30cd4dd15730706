// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/sentence_result.h"

#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"

#include <QtEndian>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr int masked_words = 5; ///< predictions that are kept of each mask token

/// How many code points the first `units` UTF-16 units of `text` are.
int code_points(QStringView text, qsizetype units)
{
    int count = 0;
    for (const QChar c : text.first(std::min(units, text.size())))
        count += c.isLowSurrogate() ? 0 : 1;
    return count;
}

std::vector<StoredToken> stored_tokens(const Trace &trace)
{
    const QString &text = trace.encoding().text;
    std::vector<StoredToken> tokens;
    tokens.reserve(trace.encoding().tokens.size());
    for (const Token &token : trace.encoding().tokens)
        tokens.push_back({.piece = token.id,
                          .text = token.piece,
                          .begin = code_points(text, token.begin),
                          .end = code_points(text, token.end),
                          .special = token.special});
    return tokens;
}

void add_masked_words(const Trace &trace, std::vector<StoredPrediction> &predictions)
{
    for (int token = 0; token < trace.tokens(); ++token) {
        if (trace.token(token).id != trace.model().tokenizer->mask_id())
            continue;
        int rank = 0;
        for (const WordPrediction &word : masked_word_predictions(trace, token, masked_words))
            predictions.push_back({.kind = QStringLiteral("masked"),
                                   .first = token,
                                   .last = token,
                                   .rank = ++rank,
                                   .label = word.piece,
                                   .value = static_cast<double>(word.probability)});
    }
}

std::vector<StoredPrediction> stored_predictions(const Trace &trace)
{
    const OutputHeads &output = trace.model().output;
    std::vector<StoredPrediction> predictions;
    if (output.classification) {
        std::vector<ClassPrediction> classes = class_predictions(trace);
        std::stable_sort(classes.begin(), classes.end(),
                         [](const auto &a, const auto &b) { return a.value > b.value; });
        int rank = 0;
        for (const ClassPrediction &one : classes)
            predictions.push_back({.kind = QStringLiteral("class"),
                                   .rank = ++rank,
                                   .label = one.label,
                                   .value = static_cast<double>(one.value)});
    }
    if (output.token_classification) {
        for (const LabelledSpan &span : labelled_spans(trace))
            predictions.push_back({.kind = QStringLiteral("token-class"),
                                   .first = span.first,
                                   .last = span.last,
                                   .label = span.label,
                                   .value = static_cast<double>(span.probability)});
    }
    if (output.discriminator) {
        const RowVector logits = replaced_logits(trace);
        for (int token = 0; token < trace.tokens(); ++token) {
            if (logits(token) > 0.0F)
                predictions.push_back({.kind = QStringLiteral("replaced"),
                                       .first = token,
                                       .last = token,
                                       .label = trace.token(token).piece,
                                       .value = 1.0 / (1.0 + std::exp(-static_cast<double>(logits(token))))});
        }
    }
    if (output.masked_word && trace.model().tokenizer->mask_id() >= 0)
        add_masked_words(trace, predictions);
    return predictions;
}

/// Tokens of the text, as opposed to those added around it.
std::vector<int> text_tokens(const Trace &trace)
{
    std::vector<int> tokens;
    for (int token = 0; token < trace.tokens(); ++token) {
        if (trace.token(token).word >= 0)
            tokens.push_back(token);
    }
    return tokens;
}

/// Of each column of `activated`, the greatest value in the rows of `tokens`; the first of equals.
void offer_neurons(const Matrix &activated, const std::vector<int> &tokens, std::int64_t number,
                   std::size_t first_thing, TopExamples &neurons)
{
    RowVector greatest = activated.row(tokens.front());
    for (const int token : tokens)
        greatest = greatest.cwiseMax(activated.row(token));
    for (Index neuron = 0; neuron < greatest.size(); ++neuron) {
        const std::size_t thing = first_thing + static_cast<std::size_t>(neuron);
        const float value = greatest(neuron);
        if (value < neurons.least(thing))
            continue;
        const auto where = std::find_if(tokens.begin(), tokens.end(),
                                        [&](int token) { return activated(token, neuron) == value; });
        if (where != tokens.end())
            neurons.offer(thing, {.sentence = number, .token = *where, .value = value});
    }
}

/// The pair of different tokens of the text on which the head's weight is greatest; the first of equals.
Example strongest_pair(const Matrix &weights, const std::vector<int> &tokens, std::int64_t number)
{
    Example best{.sentence = number, .value = -1.0F};
    for (const int query : tokens) {
        const float *row = weights.row(query).data();
        for (const int key : tokens) {
            if (row[key] > best.value && key != query) {
                best.token = query;
                best.key = key;
                best.value = row[key];
            }
        }
    }
    return best;
}

/// `tokens` are those of the text: at least one.
void offer_examples(const Trace &trace, const std::vector<int> &tokens, std::int64_t number,
                    TopExamples &neurons, TopExamples &heads)
{
    const auto d_ff = static_cast<std::size_t>(trace.config().d_ff);
    std::size_t thing = 0;
    for (int layer = 0; layer < trace.layers(); ++layer) {
        offer_neurons(trace.layer(layer).activated, tokens, number, static_cast<std::size_t>(layer) * d_ff,
                      neurons);
        for (int head = 0; head < trace.heads(); ++head, ++thing) {
            if (tokens.size() > 1)
                heads.offer(thing, strongest_pair(trace.attention_weights(layer, head), tokens, number));
        }
    }
}

} // namespace

std::int64_t sentence_number(int source, qint64 line)
{
    return (static_cast<std::int64_t>(source) << 32) + line;
}

QByteArray halves_of(const MatrixRef &vectors)
{
    QByteArray halves(static_cast<qsizetype>(vectors.size()) * 2, Qt::Uninitialized);
    char *to = halves.data();
    for (Index row = 0; row < vectors.rows(); ++row) {
        for (Index column = 0; column < vectors.cols(); ++column, to += 2)
            qToLittleEndian<quint16>(
                Eigen::numext::bit_cast<quint16>(static_cast<Eigen::half>(vectors(row, column))), to);
    }
    return halves;
}

RowVector vector_of_halves(const QByteArray &halves)
{
    RowVector vector(static_cast<Index>(halves.size() / 2));
    for (Index i = 0; i < vector.size(); ++i)
        vector(i) = static_cast<float>(
            Eigen::numext::bit_cast<Eigen::half>(qFromLittleEndian<quint16>(halves.constData() + 2 * i)));
    return vector;
}

SentenceResult sentence_result(const Trace &trace, std::int64_t number, const std::vector<int> &token_layers,
                               TopExamples &neurons, TopExamples &heads)
{
    SentenceResult result;
    result.number = number;
    result.text = trace.encoding().text;
    result.cut = trace.encoding().cut_a >= 0;
    result.tokens = stored_tokens(trace);
    if (!trace.output().allFinite())
        return result;
    const std::vector<int> tokens = text_tokens(trace);
    const std::vector<HeadStatistics> statistics = head_statistics(trace);
    result.heads.reserve(statistics.size() * head_measures.size());
    for (const HeadStatistics &head : statistics) {
        for (std::size_t measure = 0; measure < head_measures.size(); ++measure) {
            const QueryMean &mean = head.*head_measures[measure].second;
            result.queries[measure] = mean.queries;
            result.heads.push_back(mean.value());
        }
    }
    if (!tokens.empty())
        offer_examples(trace, tokens, number, neurons, heads);
    result.predictions = stored_predictions(trace);
    if (trace.model().output.sentence)
        result.vector = sentence_vector(trace);
    for (const int layer : token_layers)
        result.token_vectors.push_back(halves_of(trace.hidden(layer - 1)));
    return result;
}

} // namespace encoderscope
