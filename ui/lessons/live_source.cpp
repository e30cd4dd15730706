// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/live_source.h"

#include "engine/analysis/costs.h"
#include "engine/analysis/rollout.h"
#include "engine/analysis/similarity.h"
#include "engine/forward/embedding.h"
#include "engine/forward/encoder.h"
#include "engine/forward/operations.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr std::array<std::pair<const char *, WeightMatrix>, 11> matrices{
    {{"query", WeightMatrix::query},
     {"key", WeightMatrix::key},
     {"value", WeightMatrix::value},
     {"output", WeightMatrix::output},
     {"query_key", WeightMatrix::query_key},
     {"value_output", WeightMatrix::value_output},
     {"up", WeightMatrix::up},
     {"gate_value", WeightMatrix::gate_value},
     {"down", WeightMatrix::down},
     {"tokens", WeightMatrix::token_embedding},
     {"positions", WeightMatrix::position_embedding}}};

/// It has no part for each head.
bool isOfNeurons(WeightMatrix which)
{
    return which == WeightMatrix::up || which == WeightMatrix::gate_value || which == WeightMatrix::down;
}

constexpr std::array<std::pair<const char *, bool>, 2> onOff{{{"on", true}, {"off", false}}};

enum class Part { all, embedding, attention, feedForward, norms };
constexpr std::array<std::pair<const char *, Part>, 5> parts{{{"all", Part::all},
                                                              {"embedding", Part::embedding},
                                                              {"attention", Part::attention},
                                                              {"ffn", Part::feedForward},
                                                              {"norms", Part::norms}}};

bool belongs(BlockCost::Block block, Part part)
{
    using Block = BlockCost::Block;
    switch (part) {
    case Part::all:
        return true;
    case Part::embedding:
        return block == Block::token_embedding || block == Block::position_embedding ||
               block == Block::embedding_norm;
    case Part::attention:
        return block == Block::query_key_value || block == Block::scores || block == Block::weighted_sum ||
               block == Block::output;
    case Part::feedForward:
        return block == Block::up || block == Block::down;
    case Part::norms:
        break;
    }
    return block == Block::norms;
}

/// Of two matrices of one shape, each taken as one long vector; 0 when either has no length.
double cosineOf(const Matrix &one, const Matrix &other)
{
    const double lengths = static_cast<double>(one.norm()) * static_cast<double>(other.norm());
    return lengths > 0.0 ? static_cast<double>(one.cwiseProduct(other).sum()) / lengths : 0.0;
}

} // namespace

double LiveSource::countTokens(bool Token::*which) const
{
    const auto &tokens = trace_->encoding().tokens;
    return static_cast<double>(
        std::count_if(tokens.begin(), tokens.end(), [which](const Token &token) { return token.*which; }));
}

double LiveSource::words() const
{
    std::set<std::pair<int, int>> words;
    for (const Token &token : trace_->encoding().tokens) {
        if (token.word >= 0)
            words.emplace(token.segment, token.word);
    }
    return static_cast<double>(words.size());
}

const Matrix &LiveSource::embeddingStage() const
{
    const EmbeddingTrace &embedding = trace_->embedding();
    const std::array<std::pair<const char *, const Matrix *>, 8> stages{
        {{"token", &embedding.token},
         {"scaled", &embedding.scaled},
         {"position", &embedding.position},
         {"token-type", &embedding.token_type},
         {"task-type", &embedding.task_type},
         {"sum", &embedding.sum},
         {"normalized", &embedding.normalized},
         {"output", &embedding.output}}};
    const QString word = argument(QStringLiteral("stage"));
    const Matrix *stage = word.isEmpty() ? &embedding.token : oneOf(QStringLiteral("stage"), word, stages);
    if (stage->size() == 0)
        throw nothingThere(word);
    return *stage;
}

double LiveSource::embeddingCosine() const
{
    const Matrix &rows = trace_->embedding().token;
    return static_cast<double>(cosine_similarity(rows.row(token(QStringLiteral("token"))),
                                                 rows.row(token(QStringLiteral("other")))));
}

NearWord LiveSource::nearestWord() const
{
    const QString word = argument(QStringLiteral("rank"));
    const int rank = word.isEmpty() ? 1 : number(QStringLiteral("rank"), word, 1, 100);
    const std::vector<NearWord> near =
        nearest_words(trace_->model(), trace_->token(token(QStringLiteral("token"))).id, rank);
    if (static_cast<int>(near.size()) < rank)
        throw nothingThere(QStringLiteral("rank %1").arg(rank));
    return near.back();
}

double LiveSource::positionEncoding() const
{
    const int place = position(QStringLiteral("position"));
    const Matrix &added = trace_->embedding().position;
    if (trace_->config().positions == Positions::sinusoidal) {
        const int width = trace_->config().embedding_size;
        return static_cast<double>(positional_encoding(place + 1, width)(place, dimension(width)));
    }
    if (place >= added.rows())
        throw nothingThere(QStringLiteral("position %1").arg(place));
    return static_cast<double>(added(place, dimension(added.cols())));
}

void LiveSource::needCurves() const
{
    if (trace_->config().positions != Positions::sinusoidal)
        throw nothingThere(QStringLiteral("sine and cosine"));
}

double LiveSource::wavelength() const
{
    needCurves();
    const int width = trace_->config().embedding_size;
    return position_wavelength(dimension(width), width);
}

double LiveSource::positionDistance() const
{
    needCurves();
    const int one = position(QStringLiteral("position"));
    const int other = position(QStringLiteral("other"));
    const Matrix table = positional_encoding(std::max(one, other) + 1, trace_->config().embedding_size);
    return static_cast<double>((table.row(one) - table.row(other)).norm());
}

double LiveSource::nearestPositionDistance() const
{
    needCurves();
    const Matrix table = positional_encoding(trace_->tokens(), trace_->config().embedding_size);
    double least = std::numeric_limits<double>::infinity();
    for (Index a = 0; a < table.rows(); ++a) {
        for (Index b = 0; b < a; ++b)
            least = std::min(least, static_cast<double>((table.row(a) - table.row(b)).norm()));
    }
    return least;
}

std::pair<TracePtr, TracePtr> LiveSource::runBoth(const Encoding &edited, const Switches &switches) const
{
    const TracePtr as = run_encoder(trace_->model_pointer(), trace_->encoding(), switches, nullptr, stop_);
    const TracePtr then = run_encoder(trace_->model_pointer(), edited, switches, nullptr, stop_);
    if (!as || !then)
        throw nothingThere(QStringLiteral("run"));
    return {as, then};
}

double LiveSource::orderChange() const
{
    const QString word = argument(QStringLiteral("positions"));
    Encoding swapped = trace_->encoding();
    std::vector<std::size_t> words;
    for (std::size_t i = 0; i < swapped.tokens.size(); ++i) {
        if (!swapped.tokens[i].special && swapped.tokens[i].segment == 0)
            words.push_back(i);
    }
    if (words.size() < 2)
        throw nothingThere(QStringLiteral("two words"));
    std::swap(swapped.tokens[words.front()], swapped.tokens[words.back()]);
    Switches switches = trace_->switches();
    switches.masked_tokens.clear();
    switches.positions = word.isEmpty() || oneOf(QStringLiteral("positions"), word, onOff);
    const auto [as, then] = runBoth(swapped, switches);
    const RowVector moved = as->output().colwise().mean() - then->output().colwise().mean();
    return static_cast<double>(moved.cwiseAbs().maxCoeff());
}

double LiveSource::weightSum() const
{
    const Matrix row = weightRow();
    return static_cast<double>(row.sum());
}

double LiveSource::meanWeight(const Matrix &weights, int offset) const
{
    double sum = 0.0;
    int count = 0;
    for (int query = 0; query < trace_->tokens(); ++query) {
        const int key = query + offset;
        if (trace_->token(query).special || key < 0 || key >= trace_->tokens())
            continue;
        sum += static_cast<double>(weights(query, key));
        ++count;
    }
    return count > 0 ? sum / count : 0.0;
}

double LiveSource::meanWeight(int offset) const
{
    return meanWeight(trace_->attention_weights(layer(), head()), offset);
}

double LiveSource::specialWeight() const
{
    const Matrix weights = trace_->attention_weights(layer(), head());
    double sum = 0.0;
    int count = 0;
    for (int query = 0; query < trace_->tokens(); ++query) {
        if (trace_->token(query).special)
            continue;
        ++count;
        for (int key = 0; key < trace_->tokens(); ++key) {
            if (trace_->token(key).special)
                sum += static_cast<double>(weights(query, key));
        }
    }
    return count > 0 ? sum / count : 0.0;
}

QString LiveSource::BestHead::name() const
{
    return QCoreApplication::translate("Lesson", "head %2 of layer %1").arg(layer + 1).arg(head + 1);
}

LiveSource::BestHead LiveSource::greatestOfHeads(int offset) const
{
    BestHead best{0, 0, -1.0};
    for (int layer = 0; layer < trace_->layers() && !stop_.stop_requested(); ++layer) {
        for (int head = 0; head < trace_->heads(); ++head) {
            const double weight = meanWeight(trace_->attention_weights(layer, head), offset);
            if (weight > best.weight)
                best = {layer, head, weight};
        }
    }
    return best;
}

double LiveSource::headLikeness() const
{
    const Matrix one = trace_->attention_weights(layer(), head());
    const Matrix other = trace_->attention_weights(layer(), namedHead(QStringLiteral("other_head")));
    return cosineOf(one, other);
}

std::vector<double> LiveSource::contributionShares() const
{
    const Matrix row = weightRow();
    const MatrixRef values = trace_->value(layer(), head());
    std::vector<double> shares;
    double sum = 0.0;
    for (Index key = 0; key < row.cols(); ++key) {
        shares.push_back(static_cast<double>(row(0, key) * values.row(key).norm()));
        sum += shares.back();
    }
    for (double &share : shares)
        share = sum > 0.0 ? share / sum : 0.0;
    return shares;
}

double LiveSource::distanceFromOneMatrix() const
{
    const LayerTrace &trace = trace_->layer(layer());
    const Linear one = feed_forward_in_one(trace_->model(), layer());
    const Matrix &input =
        trace.feed_forward_input.size() > 0 ? trace.feed_forward_input : trace.attention_result;
    if (one.weight.empty() || input.size() == 0 || trace.feed_forward_output.size() == 0)
        throw nothingThere(QStringLiteral("W_1, W_2"));
    const Matrix difference = linear(input, one) - trace.feed_forward_output;
    return static_cast<double>(difference.cwiseAbs().maxCoeff());
}

double LiveSource::rowsChanged() const
{
    const QString word = argument(QStringLiteral("attention"));
    const bool attention = word.isEmpty() || oneOf(QStringLiteral("attention"), word, onOff);
    Encoding edited = trace_->encoding();
    Token &replaced = edited.tokens[static_cast<std::size_t>(token(QStringLiteral("token")))];
    replaced.id = replaced.id == 0 ? 1 : 0;
    Switches switches;
    for (int layer = 0; layer < trace_->layers(); ++layer)
        switches.layer(layer).attention = attention;
    const auto [as, then] = runBoth(edited, switches);
    const Matrix difference = as->hidden(stateLayer()) - then->hidden(stateLayer());
    return static_cast<double>((difference.rowwise().lpNorm<Eigen::Infinity>().array() > 0.0F).count());
}

double LiveSource::deviation(int token) const
{
    const RowVector state = trace_->hidden(stateLayer()).row(token);
    return std::sqrt(static_cast<double>((state.array() - state.mean()).square().mean()));
}

double LiveSource::hiddenCosine() const
{
    const Matrix &states = trace_->hidden(stateLayer());
    return static_cast<double>(cosine_similarity(states.row(token(QStringLiteral("token"))),
                                                 states.row(token(QStringLiteral("other")))));
}

double LiveSource::cosineWithEmbedding(int token) const
{
    return static_cast<double>(
        cosine_similarity(trace_->hidden(stateLayer()).row(token), trace_->hidden(-1).row(token)));
}

double LiveSource::changeAgainstReference(int token) const
{
    const TracePtr &reference = frame_.compared.before;
    if (!reference || reference->tokens() != trace_->tokens() ||
        reference->config().d_model != trace_->config().d_model)
        throw nothingThere(QStringLiteral("run to compare with"));
    return static_cast<double>(
        (trace_->hidden(stateLayer()).row(token) - reference->hidden(stateLayer()).row(token)).norm());
}

double LiveSource::rolloutFromOthers(int token) const
{
    const Matrix rollout = attention_rollout(*trace_, stateLayer(), stop_);
    if (token >= rollout.rows())
        throw nothingThere(QStringLiteral("rollout"));
    return 1.0 - static_cast<double>(rollout(token, token));
}

WeightMatrix LiveSource::matrix() const
{
    const QString word = argument(QStringLiteral("matrix"));
    return oneOf(QStringLiteral("matrix"), word, matrices);
}

Matrix LiveSource::weights() const
{
    const WeightMatrix which = matrix();
    const bool ofHead = !isOfNeurons(which) && argument(QStringLiteral("head")) != QStringLiteral("all");
    return weight_matrix(trace_->model(), which, layer(), ofHead ? head() : -1);
}

double LiveSource::weightsCosine() const
{
    const Matrix one = weights();
    const QString otherLayer = argument(QStringLiteral("other_layer"));
    const int layer = otherLayer.isEmpty()
                          ? this->layer()
                          : number(QStringLiteral("other_layer"), otherLayer, 1, trace_->layers()) - 1;
    const bool ofHead = !isOfNeurons(matrix());
    const bool otherHead = !argument(QStringLiteral("other_head")).isEmpty();
    const Matrix other = weight_matrix(trace_->model(), matrix(), layer,
                                       !ofHead     ? -1
                                       : otherHead ? namedHead(QStringLiteral("other_head"))
                                                   : head());
    return cosineOf(one, other);
}

double LiveSource::parameters() const
{
    const QString word = argument(QStringLiteral("block"));
    const Part part = word.isEmpty() ? Part::all : oneOf(QStringLiteral("block"), word, parts);
    double sum = 0.0;
    for (const BlockCost &cost : encoder_costs(trace_->config(), trace_->tokens()))
        sum += belongs(cost.block, part) ? static_cast<double>(cost.parameters) : 0.0;
    return sum;
}

double LiveSource::parameterShare() const
{
    const auto all =
        static_cast<double>(total_cost(encoder_costs(trace_->config(), trace_->tokens())).parameters);
    return all > 0.0 ? parameters() / all : 0.0;
}

double LiveSource::multiplications() const
{
    const QString word = argument(QStringLiteral("block"));
    const Part part = word.isEmpty() ? Part::all : oneOf(QStringLiteral("block"), word, parts);
    double sum = 0.0;
    for (const BlockCost &cost : encoder_costs(trace_->config(), trace_->tokens()))
        sum += belongs(cost.block, part) ? static_cast<double>(cost.multiplications) : 0.0;
    return sum;
}

WordPrediction LiveSource::prediction() const
{
    const QString word = argument(QStringLiteral("rank"));
    const int rank = word.isEmpty() ? 1 : number(QStringLiteral("rank"), word, 1, 100);
    const std::vector<WordPrediction> predictions =
        masked_word_predictions(*trace_, token(QStringLiteral("token")), rank);
    if (static_cast<int>(predictions.size()) < rank)
        throw nothingThere(QStringLiteral("rank %1").arg(rank));
    return predictions.back();
}

} // namespace encoderscope
