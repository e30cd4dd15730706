// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/worked_numbers.h"

#include "engine/analysis/ordinary_tokens.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace encoderscope
{

WorkedNumbers::WorkedNumbers(TracePtr trace, int layer, int head, int query, int key, bool hideSpecial)
    : trace_(std::move(trace))
    , layer_(layer)
    , head_(head)
    , query_(query)
    , key_(key)
    , keyChosen_(key >= 0)
    , hideSpecial_(hideSpecial)
{
    const Trace::Rows row{.first = query, .count = 1};
    const Matrix raw = trace_->raw_scores(layer, head, row);
    const Matrix byContent = trace_->content_to_position(layer, head, row);
    const Matrix byPosition = trace_->position_to_content(layer, head, row);
    const Matrix bias = trace_->position_bias(layer, head, row);
    const Matrix scaled = trace_->scaled_scores(layer, head, row);
    const std::optional<int> window = trace_->config().window_of(layer);
    const Matrix weights = trace_->attention_weights(layer, head, row);
    keys_.reserve(static_cast<std::size_t>(trace_->tokens()));
    for (int token = 0; token < trace_->tokens(); ++token)
        keys_.push_back({.raw = raw(0, token),
                         .contentToPosition = byContent(0, token),
                         .positionToContent = byPosition(0, token),
                         .positionBias = bias(0, token),
                         .scaled = scaled(0, token),
                         .weight = weights(0, token),
                         .masked = trace_->switches().masked_tokens.contains(token),
                         .outside = window && std::abs(token - query) > *window});
    if (!keyChosen_) {
        const std::vector<int> strongest = strongestKeys();
        key_ = strongest.empty() ? query_ : strongest.front();
    }
}

bool WorkedNumbers::hidden(int token) const
{
    return hideSpecial_ && trace_->token(token).special && token != query_ && token != key_;
}

double WorkedNumbers::exponential(int token) const
{
    if (!at(token).counts())
        return 0.0;
    return std::exp(static_cast<double>(at(token).scaled) /
                    static_cast<double>(trace_->switches().temperature));
}

double WorkedNumbers::exponentialSum() const
{
    double sum = 0.0;
    for (int token = 0; token < trace_->tokens(); ++token)
        sum += exponential(token);
    return sum;
}

std::vector<int> WorkedNumbers::strongestKeys() const
{
    std::vector<int> tokens(keys_.size());
    std::iota(tokens.begin(), tokens.end(), 0);
    std::erase_if(tokens, [this](int token) { return hidden(token); });
    std::stable_sort(tokens.begin(), tokens.end(),
                     [this](int a, int b) { return at(a).weight > at(b).weight; });
    return tokens;
}

RowVector WorkedNumbers::vector(WorkedVector which, int token) const
{
    const LayerTrace &layer = trace_->layer(layer_);
    const auto ofHead = [this](const Matrix &all, int of) {
        const Index d_k = all.cols() / trace_->heads(); // of a trace from a file not d_model / heads
        return RowVector(all.row(of).segment(head_ * d_k, d_k));
    };
    switch (which) {
    case WorkedVector::input:
        return trace_->attention_input(layer_).row(query_);
    case WorkedVector::keyInput:
        return trace_->attention_input(layer_).row(key_);
    case WorkedVector::query:
        return layer.unrotated_query.size() > 0 ? ofHead(layer.unrotated_query, query_)
                                                : RowVector(trace_->query(layer_, head_).row(query_));
    case WorkedVector::key:
        return layer.unrotated_key.size() > 0 ? ofHead(layer.unrotated_key, key_)
                                              : RowVector(trace_->key(layer_, head_).row(key_));
    case WorkedVector::turnedQuery:
        return trace_->query(layer_, head_).row(query_);
    case WorkedVector::turnedKey:
        return trace_->key(layer_, head_).row(key_);
    case WorkedVector::value:
        return trace_->value(layer_, head_).row(key_);
    case WorkedVector::terms:
        return vector(WorkedVector::turnedQuery).cwiseProduct(vector(WorkedVector::turnedKey));
    case WorkedVector::weightedValue:
        return at(token).weight * trace_->value(layer_, head_).row(token);
    case WorkedVector::otherValues:
    case WorkedVector::productRow:
    case WorkedVector::productColumn:
    case WorkedVector::productTerms:
        return {};
    case WorkedVector::headOutput: {
        std::vector<int> all(keys_.size());
        std::iota(all.begin(), all.end(), 0);
        return weightedSum(all);
    }
    case WorkedVector::concatenation:
        return layer.concatenation.row(query_);
    case WorkedVector::attentionOutput:
        return layer.attention_output.row(query_);
    case WorkedVector::attentionSum:
        return layer.attention_sum.row(query_);
    case WorkedVector::attentionResult:
        return layer.attention_result.row(query_);
    case WorkedVector::normedResult:
        return trace_->feed_forward_input(layer_).row(query_);
    case WorkedVector::expanded:
        return layer.expanded.row(query_);
    case WorkedVector::gate:
        return layer.gate.row(query_);
    case WorkedVector::feedForwardValue:
        return layer.feed_forward_value.row(query_);
    case WorkedVector::activated:
        return layer.activated.row(query_);
    case WorkedVector::feedForwardOutput:
        return layer.feed_forward_output.row(query_);
    case WorkedVector::feedForwardSum:
        return layer.feed_forward_sum.row(query_);
    case WorkedVector::output:
        return layer.output.row(query_);
    }
    return {};
}

RowVector WorkedNumbers::weightedSum(const std::vector<int> &tokens) const
{
    const Matrix values = trace_->value(layer_, head_);
    RowVector sum = RowVector::Zero(values.cols());
    for (const int token : tokens)
        sum += at(token).weight * values.row(token);
    return sum;
}

double WorkedNumbers::weightOf(const std::vector<int> &tokens) const
{
    return std::accumulate(tokens.begin(), tokens.end(), 0.0, [this](double sum, int token) {
        return sum + static_cast<double>(at(token).weight);
    });
}

std::vector<int> WorkedNumbers::hiddenKeys() const
{
    std::vector<int> tokens;
    for (int token = 0; token < trace_->tokens(); ++token) {
        if (hidden(token))
            tokens.push_back(token);
    }
    return tokens;
}

double WorkedNumbers::ordinaryWeight() const
{
    const QList<int> tokens = ordinary_tokens(*trace_);
    return weightOf({tokens.begin(), tokens.end()});
}

NormFigures WorkedNumbers::normFigures(WorkedVector which) const
{
    const RowVector values = vector(which);
    const bool centred = trace_->config().norm_kind == NormKind::layer;
    const float mean = centred ? values.mean() : 0.0F;
    const float variance = (values.array() - mean).square().mean();
    return {.mean = mean, .deviation = std::sqrt(variance + trace_->config().norm_epsilon)};
}

} // namespace encoderscope
