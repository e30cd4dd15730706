// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/sentence_result.h"

#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"

#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

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
std::vector<int> text_tokens(const Encoding &encoding)
{
    std::vector<int> tokens;
    for (std::size_t token = 0; token < encoding.tokens.size(); ++token) {
        if (encoding.tokens[token].word >= 0)
            tokens.push_back(static_cast<int>(token));
    }
    return tokens;
}

/// The pair of different tokens of the text on which a head's weight is greatest; the first of equals.
class StrongestPair
{
public:
    /// Pairs of a weight below `least` are of no interest.
    StrongestPair(const std::vector<int> &tokens, std::int64_t number, float least)
        : tokens_(tokens)
        , best_{.sentence = number,
                .value = std::max(std::nextafter(least, -std::numeric_limits<float>::infinity()), -1.0F)}
    {
    }

    /// Looks at the weights [queries x tokens] of the queries from `first_query` on.
    void look_at(const MatrixRef &weights, int first_query)
    {
        const Index first_key = tokens_.front();
        const Index keys = tokens_.back() - first_key + 1;
        for (const int query : tokens_) {
            const Index index = query - first_query;
            if (index < 0 || index >= weights.rows() ||
                weights.row(index).segment(first_key, keys).maxCoeff() <= best_.value)
                continue;
            for (const int key : tokens_) {
                if (weights(index, key) > best_.value && key != query) {
                    best_.token = query;
                    best_.key = key;
                    best_.value = weights(index, key);
                }
            }
        }
    }
    /// None where every pair was below the least.
    std::optional<Example> best() const { return best_.key < 0 ? std::nullopt : std::optional(best_); }

private:
    const std::vector<int> &tokens_;
    Example best_;
};

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

SentenceRun::SentenceRun(const Encoding &encoding, std::int64_t number, const std::vector<int> &token_layers,
                         TopExamples &neurons, TopExamples &heads)
    : measures_(encoding)
    , tokens_(text_tokens(encoding))
    , token_layers_(token_layers)
    , neurons_(neurons)
    , heads_(heads)
{
    result_.number = number;
}

void SentenceRun::look_at(const Model &model, const StackedRows &rows)
{
    look_at_heads(model, rows);
    if (!tokens_.empty())
        look_at_neurons(rows);
    if (std::find(token_layers_.begin(), token_layers_.end(), rows.layer + 1) != token_layers_.end())
        result_.token_vectors.push_back(halves_of(rows.parts.output.middleRows(rows.first, rows.count)));
}

void SentenceRun::look_at_heads(const Model &model, const StackedRows &rows)
{
    const AttentionOptions options = attention_options(model, rows.layer, Switches());
    const Index d_k = rows.parts.query.cols() / options.heads;
    for (int head = 0; head < options.heads; ++head) {
        const auto thing = static_cast<std::size_t>(rows.layer * options.heads + head);
        const auto key = rows.parts.key.block(rows.first, head * d_k, rows.count, d_k);
        HeadStatistics statistics;
        StrongestPair pair(tokens_, result_.number, heads_.least(thing));
        const auto look_at_weights = [&](const MatrixRef &weights, int first) {
            measures_.add(weights, first, statistics);
            if (tokens_.size() > 1)
                pair.look_at(weights, first);
        };
        if (rows.weights) {
            look_at_weights(rows.weights->middleRows(head * rows.count, rows.count), 0);
        } else {
            by_query_blocks(static_cast<int>(rows.count), [&](int first, int count) {
                const auto query = rows.parts.query.block(rows.first + first, head * d_k, count, d_k);
                look_at_weights(head_weights(query, key, options, head, first), first);
            });
        }
        for (std::size_t measure = 0; measure < head_measures.size(); ++measure) {
            const QueryMean &mean = statistics.*head_measures[measure].second;
            result_.queries[measure] = mean.queries;
            result_.heads.push_back(mean.value());
        }
        if (const std::optional<Example> best = pair.best())
            best_pairs_.emplace_back(thing, *best);
    }
}

void SentenceRun::look_at_neurons(const StackedRows &rows)
{
    const auto activated = rows.parts.activated.middleRows(rows.first, rows.count);
    RowVector greatest = activated.row(tokens_.front());
    for (const int token : tokens_)
        greatest = greatest.cwiseMax(activated.row(token));
    for (Index neuron = 0; neuron < greatest.size(); ++neuron) {
        const auto thing = static_cast<std::size_t>(rows.layer * greatest.size() + neuron);
        const float value = greatest(neuron);
        if (value < neurons_.least(thing))
            continue;
        // the first of equals
        const auto where = std::find_if(tokens_.begin(), tokens_.end(),
                                        [&](int token) { return activated(token, neuron) == value; });
        if (where != tokens_.end())
            best_tokens_.emplace_back(thing,
                                      Example{.sentence = result_.number, .token = *where, .value = value});
    }
}

SentenceResult SentenceRun::finish(const Trace &trace)
{
    result_.text = trace.encoding().text;
    result_.cut = trace.encoding().cut_a >= 0;
    result_.tokens = stored_tokens(trace);
    if (!trace.output().allFinite()) {
        result_.heads.clear();
        result_.queries = {};
        result_.token_vectors.clear();
        return std::move(result_);
    }
    for (const auto &[thing, example] : best_tokens_)
        neurons_.offer(thing, example);
    for (const auto &[thing, example] : best_pairs_)
        heads_.offer(thing, example);
    result_.predictions = stored_predictions(trace);
    if (trace.model().output.sentence)
        result_.vector = sentence_vector(trace);
    return std::move(result_);
}

SentenceResult sentence_result(const Trace &trace, std::int64_t number, const std::vector<int> &token_layers,
                               TopExamples &neurons, TopExamples &heads)
{
    SentenceRun run(trace.encoding(), number, token_layers, neurons, heads);
    for (int layer = 0; layer < trace.layers(); ++layer)
        run.look_at(trace.model(), {.layer = layer, .parts = trace.layer(layer), .count = trace.tokens()});
    return run.finish(trace);
}

} // namespace encoderscope
