// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/encoder_pass.h"

#include "engine/backward/product.h"
#include "engine/forward/embedding.h"
#include "engine/forward/position_rows.h"

#include <cmath>
#include <limits>

namespace encoderscope
{

using gradients::MutableRowView;
using gradients::RowView;

namespace
{

template <typename Scalar>
RowView<Scalar> row_of(const Scalar *parameters, const Slot &slot)
{
    return RowView<Scalar>(parameters + slot.offset, slot.columns);
}

template <typename Scalar>
MutableRowView<Scalar> row_of(Scalar *gradient, const Slot &slot)
{
    return MutableRowView<Scalar>(gradient + slot.offset, slot.columns);
}

template <typename Scalar>
Block<const Scalar> block(const gradients::Rows<Scalar> &rows)
{
    return {rows.data(), rows.cols()};
}

template <typename Scalar>
Block<const Scalar> block(const Scalar *data, const Slot &slot)
{
    return {data + slot.offset, slot.columns};
}

/// result = x Wᵀ + b
template <typename Scalar>
void linear(const gradients::Rows<Scalar> &x, const Scalar *parameters, const LinearSlots &slots,
            gradients::Rows<Scalar> &result)
{
    result.resize(x.rows(), slots.weight.rows);
    result.rowwise() = row_of(parameters, slots.bias);
    multiply(Operand::plain, Operand::transposed, x.rows(), slots.weight.rows, x.cols(), Scalar(1), block(x),
             block(parameters, slots.weight), Scalar(1), {result.data(), result.cols()});
}

/// From the gradient of the result: those of weight and bias (written), and x's (written, or added to).
template <typename Scalar>
void linear_backward(const gradients::Rows<Scalar> &x, const Scalar *parameters, const LinearSlots &slots,
                     const gradients::Rows<Scalar> &result_gradient, Scalar *gradient,
                     gradients::Rows<Scalar> &x_gradient, bool add)
{
    if (!add)
        x_gradient.resize(x.rows(), x.cols());
    multiply(Operand::plain, Operand::plain, x.rows(), x.cols(), slots.weight.rows, Scalar(1),
             block(result_gradient), block(parameters, slots.weight), Scalar(add ? 1 : 0),
             {x_gradient.data(), x_gradient.cols()});
    multiply(Operand::transposed, Operand::plain, slots.weight.rows, slots.weight.columns, x.rows(),
             Scalar(1), block(result_gradient), block(x), Scalar(0),
             {gradient + slots.weight.offset, x.cols()});
    row_of(gradient, slots.bias) = result_gradient.colwise().sum();
}

Index type_of(const Batch &batch, int token)
{
    return batch.types.empty() ? 0 : batch.types[static_cast<std::size_t>(token)];
}

std::span<const int> sentence_ids(const Batch &batch, std::size_t s)
{
    const auto first = static_cast<std::size_t>(batch.starts[s]);
    return std::span(batch.ids).subspan(first, static_cast<std::size_t>(batch.starts[s + 1]) - first);
}

/// The special tokens of sentence `s`, counted from its start.
void find_specials(const Batch &batch, std::size_t s, std::vector<Index> &specials)
{
    specials.clear();
    if (batch.special.empty())
        return;
    for (int token = batch.starts[s]; token < batch.starts[s + 1]; ++token) {
        if (batch.special[static_cast<std::size_t>(token)])
            specials.push_back(token - batch.starts[s]);
    }
}

} // namespace

Outcome &Outcome::operator+=(const Outcome &other)
{
    loss += other.loss;
    labels += other.labels;
    correct += other.correct;
    special_weight += other.special_weight;
    queries += other.queries;
    return *this;
}

template <typename Scalar>
EncoderPass<Scalar>::EncoderPass(const ParameterLayout &layout)
    : layout_(layout)
    , layers_(layout.layers.size())
{
}

template <typename Scalar>
void EncoderPass<Scalar>::drop(Rows &values, Rows &factors, const Dropout &dropout, std::uint64_t place)
{
    if (dropout.share <= 0.0) {
        factors.resize(0, 0);
        return;
    }
    KeyedRandom random{dropout.seed, 0xD809, dropout.step, dropout.part, place};
    const Scalar kept = Scalar(1.0 / (1.0 - dropout.share));
    factors.resize(values.rows(), values.cols());
    for (Scalar &factor : factors.reshaped())
        factor = random.uniform() < dropout.share ? Scalar(0) : kept;
    values.array() *= factors.array();
}

template <typename Scalar>
void EncoderPass<Scalar>::embed(const Scalar *parameters, const Batch &batch, const Dropout &dropout)
{
    const EncoderConfig &config = layout_.config;
    const Index d = config.d_model;
    int longest = 0;
    for (std::size_t s = 0; s + 1 < batch.starts.size(); ++s)
        longest = std::max(longest, batch.starts[s + 1] - batch.starts[s]);
    if (config.positions == Positions::sinusoidal && positions_.rows() < longest)
        positions_ = positional_encoding(longest, config.d_model).template cast<Scalar>();

    const Scalar factor = config.embedding_scale ? std::sqrt(static_cast<Scalar>(d)) : Scalar(1);
    sum_.resize(batch.tokens(), d);
    learned_rows_.clear();
    for (std::size_t s = 0; s + 1 < batch.starts.size(); ++s) {
        if (!layout_.position.empty()) {
            const std::vector<Index> rows = position_rows(sentence_ids(batch, s), config);
            learned_rows_.insert(learned_rows_.end(), rows.begin(), rows.end());
        }
        for (int token = batch.starts[s]; token < batch.starts[s + 1]; ++token) {
            const Index id = batch.ids[static_cast<std::size_t>(token)];
            const Index position = token - batch.starts[s];
            auto row = sum_.row(token);
            row = RowView<Scalar>(parameters + layout_.token.offset + id * d, d) * factor;
            if (config.positions == Positions::sinusoidal)
                row += positions_.row(position);
            if (!layout_.position.empty())
                row += RowView<Scalar>(parameters + layout_.position.offset + learned_row(token) * d, d);
            if (!layout_.token_type.empty())
                row += RowView<Scalar>(parameters + layout_.token_type.offset + type_of(batch, token) * d, d);
        }
    }
    Rows &result = layers_.front().input;
    if (config.embedding_norm)
        gradients::layer_norm<Scalar>(sum_, row_of(parameters, layout_.embedding_norm.gain),
                                      row_of(parameters, layout_.embedding_norm.bias), config.norm_epsilon,
                                      embedding_norm_, result);
    else
        result = sum_;
    drop(result, embedding_dropout_, dropout, 0);
}

template <typename Scalar>
void EncoderPass<Scalar>::attend(Layer &layer, const Batch &batch, Outcome &outcome)
{
    const Index d = layout_.config.d_model;
    const Index d_k = layout_.config.d_k();
    const Index heads = layout_.config.heads;
    const Scalar scale = Scalar(1) / std::sqrt(static_cast<Scalar>(d_k));
    std::size_t needed = 0;
    for (std::size_t s = 0; s + 1 < batch.starts.size(); ++s) {
        const auto n = static_cast<std::size_t>(batch.starts[s + 1] - batch.starts[s]);
        needed += n * n * static_cast<std::size_t>(heads);
    }
    layer.weights.resize(needed);
    layer.concatenation.resize(batch.tokens(), d);

    Scalar *weights = layer.weights.data();
    for (std::size_t s = 0; s + 1 < batch.starts.size(); ++s) {
        const Index first = batch.starts[s];
        const Index n = batch.starts[s + 1] - first;
        find_specials(batch, s, specials_);
        outcome.queries += heads * n;
        for (Index head = 0; head < heads; ++head, weights += n * n) {
            const Scalar *query = layer.query_key_value.data() + first * 3 * d + head * d_k;
            multiply(Operand::plain, Operand::transposed, n, n, d_k, scale, {query, 3 * d},
                     {query + d, 3 * d}, Scalar(0), {weights, n});
            Eigen::Map<Rows> rows(weights, n, n);
            if (special_keys_.hidden) {
                for (const Index special : specials_)
                    rows.col(special).setConstant(-std::numeric_limits<Scalar>::infinity());
            }
            gradients::softmax<Scalar>(rows);
            for (const Index special : specials_)
                outcome.special_weight += static_cast<double>(rows.col(special).sum());
            multiply(Operand::plain, Operand::plain, n, d_k, n, Scalar(1), Block<const Scalar>{weights, n},
                     {query + 2 * d, 3 * d}, Scalar(0),
                     {layer.concatenation.data() + first * d + head * d_k, d});
        }
    }
}

/// From the gradient of the concatenation (other_gradient_) to that of queries, keys and values.
template <typename Scalar>
void EncoderPass<Scalar>::attend_backward(const Layer &layer, const Batch &batch)
{
    const Index d = layout_.config.d_model;
    const Index d_k = layout_.config.d_k();
    const Index heads = layout_.config.heads;
    const Scalar scale = Scalar(1) / std::sqrt(static_cast<Scalar>(d_k));
    query_key_value_gradient_.resize(batch.tokens(), 3 * d);

    const Scalar *weights = layer.weights.data();
    for (std::size_t s = 0; s + 1 < batch.starts.size(); ++s) {
        const Index first = batch.starts[s];
        const Index n = batch.starts[s + 1] - first;
        score_gradient_.resize(static_cast<std::size_t>(n * n));
        find_specials(batch, s, specials_);
        for (Index head = 0; head < heads; ++head, weights += n * n) {
            const Index offset = first * 3 * d + head * d_k;
            const Scalar *query = layer.query_key_value.data() + offset;
            Scalar *query_gradient = query_key_value_gradient_.data() + offset;
            gradients::head_backward<Scalar>({.query = {query, 3 * d},
                                              .key = {query + d, 3 * d},
                                              .value = {query + 2 * d, 3 * d},
                                              .queries = n,
                                              .keys = n,
                                              .d_k = d_k,
                                              .scale = scale,
                                              .penalized = specials_,
                                              .penalty = static_cast<Scalar>(special_keys_.penalty)},
                                             {weights, n},
                                             {other_gradient_.data() + first * d + head * d_k, d},
                                             {score_gradient_.data(), n},
                                             {.query = {query_gradient, 3 * d},
                                              .key = {query_gradient + d, 3 * d},
                                              .value = {query_gradient + 2 * d, 3 * d}});
        }
    }
}

template <typename Scalar>
void EncoderPass<Scalar>::forward_layer(const Scalar *parameters, std::size_t index, const Batch &batch,
                                        const Dropout &dropout, Outcome &outcome)
{
    const EncoderConfig &config = layout_.config;
    const LayerSlots &slots = layout_.layers[index];
    const bool post = config.norm_placement == NormPlacement::post;
    Layer &layer = layers_[index];
    const auto norm = [&](const Rows &x, const NormSlots &norm_slots, gradients::NormTrace<Scalar> &trace,
                          Rows &result) {
        gradients::layer_norm<Scalar>(x, row_of(parameters, norm_slots.gain),
                                      row_of(parameters, norm_slots.bias), config.norm_epsilon, trace,
                                      result);
    };

    if (!post)
        norm(layer.input, slots.attention_norm, layer.attention_norm, layer.attention_input);
    linear(post ? layer.input : layer.attention_input, parameters, slots.query_key_value,
           layer.query_key_value);
    attend(layer, batch, outcome);
    linear(layer.concatenation, parameters, slots.output, sum_);
    drop(sum_, layer.attention_dropout, dropout, 2 * index + 1);
    sum_ += layer.input;
    if (post) {
        norm(sum_, slots.attention_norm, layer.attention_norm, layer.result);
    } else {
        layer.result = sum_;
        norm(layer.result, slots.feed_forward_norm, layer.feed_forward_norm, layer.feed_forward_input);
    }

    linear(post ? layer.result : layer.feed_forward_input, parameters, slots.expand, layer.expanded);
    gradients::activate(layer.expanded, config.activation, layer.activated);
    linear(layer.activated, parameters, slots.shrink, sum_);
    drop(sum_, layer.feed_forward_dropout, dropout, 2 * index + 2);
    sum_ += layer.result;
    Rows &output = index + 1 < layers_.size() ? layers_[index + 1].input : hidden_;
    if (post)
        norm(sum_, slots.feed_forward_norm, layer.feed_forward_norm, output);
    else if (index + 1 < layers_.size())
        output = sum_;
    else
        norm(sum_, layout_.final_norm, final_norm_, output);
}

/// gradient_: of the layer's output on entry, of its input on return.
template <typename Scalar>
void EncoderPass<Scalar>::backward_layer(const Scalar *parameters, std::size_t index, const Batch &batch,
                                         Scalar *gradient)
{
    const EncoderConfig &config = layout_.config;
    const LayerSlots &slots = layout_.layers[index];
    const bool post = config.norm_placement == NormPlacement::post;
    const Layer &layer = layers_[index];
    const auto norm = [&](const NormSlots &norm_slots, const gradients::NormTrace<Scalar> &trace,
                          Rows &rows) {
        gradients::layer_norm_backward<Scalar>(trace, row_of(parameters, norm_slots.gain), rows,
                                               row_of(gradient, norm_slots.gain),
                                               row_of(gradient, norm_slots.bias));
    };
    const auto undrop = [](const Rows &from, const Rows &factors, Rows &scratch) -> const Rows & {
        if (factors.size() == 0)
            return from;
        scratch = from.cwiseProduct(factors);
        return scratch;
    };

    if (post)
        norm(slots.feed_forward_norm, layer.feed_forward_norm, gradient_);
    linear_backward(layer.activated, parameters, slots.shrink,
                    undrop(gradient_, layer.feed_forward_dropout, sum_), gradient, wide_gradient_, false);
    gradients::activate_backward(layer.expanded, config.activation, wide_gradient_);
    if (post) {
        linear_backward(layer.result, parameters, slots.expand, wide_gradient_, gradient, gradient_, true);
        norm(slots.attention_norm, layer.attention_norm, gradient_);
    } else {
        linear_backward(layer.feed_forward_input, parameters, slots.expand, wide_gradient_, gradient,
                        other_gradient_, false);
        norm(slots.feed_forward_norm, layer.feed_forward_norm, other_gradient_);
        gradient_ += other_gradient_;
    }

    linear_backward(layer.concatenation, parameters, slots.output,
                    undrop(gradient_, layer.attention_dropout, sum_), gradient, other_gradient_, false);
    attend_backward(layer, batch);
    if (post) {
        linear_backward(layer.input, parameters, slots.query_key_value, query_key_value_gradient_, gradient,
                        gradient_, true);
    } else {
        linear_backward(layer.attention_input, parameters, slots.query_key_value, query_key_value_gradient_,
                        gradient, other_gradient_, false);
        norm(slots.attention_norm, layer.attention_norm, other_gradient_);
        gradient_ += other_gradient_;
    }
}

/// The loss at the labels only: the softmax over the vocabulary is the dearest product of a small model.
template <typename Scalar>
void EncoderPass<Scalar>::predict(const Scalar *parameters, const Batch &batch, Outcome &outcome)
{
    const Index vocabulary = layout_.config.vocabulary_size;
    const auto labels = static_cast<Index>(batch.labels.size());
    if (labels == 0)
        return;
    gathered_.resize(labels, layout_.config.d_model);
    for (Index label = 0; label < labels; ++label)
        gathered_.row(label) = hidden_.row(batch.positions[static_cast<std::size_t>(label)]);
    logits_.resize(labels, vocabulary);
    logits_.rowwise() = row_of(parameters, layout_.output_bias);
    multiply(Operand::plain, Operand::transposed, labels, vocabulary, gathered_.cols(), Scalar(1),
             block(gathered_), block(parameters, layout_.token), Scalar(1), {logits_.data(), vocabulary});

    outcome.labels = static_cast<int>(labels);
    for (Index label = 0; label < labels; ++label) {
        auto row = logits_.row(label);
        const Index right = batch.labels[static_cast<std::size_t>(label)];
        const Scalar logit = row(right);
        const Scalar largest = row.maxCoeff();
        row = (row.array() - largest).exp();
        const Scalar sum = row.sum();
        row *= Scalar(1) / sum;
        outcome.loss += static_cast<double>(largest - logit) + std::log(static_cast<double>(sum));
        outcome.correct += logit == largest ? 1 : 0;
    }
}

template <typename Scalar>
void EncoderPass<Scalar>::predict_backward(const Scalar *parameters, const Batch &batch, Scalar scale,
                                           Scalar *gradient)
{
    const auto labels = static_cast<Index>(batch.labels.size());
    const Index vocabulary = layout_.config.vocabulary_size;
    gradient_.setZero(hidden_.rows(), hidden_.cols());
    if (labels == 0) {
        std::fill_n(gradient + layout_.token.offset, layout_.token.size(), Scalar(0));
        return;
    }
    for (Index label = 0; label < labels; ++label)
        logits_(label, batch.labels[static_cast<std::size_t>(label)]) -= Scalar(1);
    logits_ *= scale;
    row_of(gradient, layout_.output_bias) = logits_.colwise().sum();
    multiply(Operand::transposed, Operand::plain, vocabulary, gathered_.cols(), labels, Scalar(1),
             block(logits_), block(gathered_), Scalar(0),
             {gradient + layout_.token.offset, gathered_.cols()});
    other_gradient_.resize(labels, gathered_.cols());
    multiply(Operand::plain, Operand::plain, labels, gathered_.cols(), vocabulary, Scalar(1), block(logits_),
             block(parameters, layout_.token), Scalar(0), {other_gradient_.data(), gathered_.cols()});
    for (Index label = 0; label < labels; ++label)
        gradient_.row(batch.positions[static_cast<std::size_t>(label)]) += other_gradient_.row(label);
}

template <typename Scalar>
void EncoderPass<Scalar>::embed_backward(const Batch &batch, const Scalar *parameters, Scalar *gradient)
{
    const EncoderConfig &config = layout_.config;
    const Index d = config.d_model;
    if (embedding_dropout_.size() > 0)
        gradient_.array() *= embedding_dropout_.array();
    if (config.embedding_norm)
        gradients::layer_norm_backward<Scalar>(
            embedding_norm_, row_of(parameters, layout_.embedding_norm.gain), gradient_,
            row_of(gradient, layout_.embedding_norm.gain), row_of(gradient, layout_.embedding_norm.bias));
    const Scalar factor = config.embedding_scale ? std::sqrt(static_cast<Scalar>(d)) : Scalar(1);
    for (std::size_t s = 0; s + 1 < batch.starts.size(); ++s) {
        for (int token = batch.starts[s]; token < batch.starts[s + 1]; ++token) {
            const Index id = batch.ids[static_cast<std::size_t>(token)];
            const auto row = gradient_.row(token);
            MutableRowView<Scalar>(gradient + layout_.token.offset + id * d, d) += row * factor;
            if (!layout_.position.empty())
                MutableRowView<Scalar>(gradient + layout_.position.offset + learned_row(token) * d, d) += row;
            if (!layout_.token_type.empty())
                MutableRowView<Scalar>(gradient + layout_.token_type.offset + type_of(batch, token) * d, d) +=
                    row;
        }
    }
}

template <typename Scalar>
Outcome EncoderPass<Scalar>::forward(const Scalar *parameters, const Batch &batch, const Dropout &dropout,
                                     const SpecialKeys &special_keys)
{
    special_keys_ = special_keys;
    Outcome outcome;
    embed(parameters, batch, dropout);
    for (std::size_t index = 0; index < layers_.size(); ++index)
        forward_layer(parameters, index, batch, dropout, outcome);
    predict(parameters, batch, outcome);
    return outcome;
}

template <typename Scalar>
void EncoderPass<Scalar>::backward(const Scalar *parameters, const Batch &batch, Scalar scale,
                                   Scalar *gradient)
{
    // The products below write their parts; what is only added to starts from zero.
    for (const Slot &slot : layout_.all_slots) {
        if (slot.offset != layout_.token.offset)
            std::fill_n(gradient + slot.offset, slot.size(), Scalar(0));
    }
    predict_backward(parameters, batch, scale, gradient);
    if (layout_.config.norm_placement == NormPlacement::pre)
        gradients::layer_norm_backward<Scalar>(final_norm_, row_of(parameters, layout_.final_norm.gain),
                                               gradient_, row_of(gradient, layout_.final_norm.gain),
                                               row_of(gradient, layout_.final_norm.bias));
    for (std::size_t index = layers_.size(); index-- > 0;)
        backward_layer(parameters, index, batch, gradient);
    embed_backward(batch, parameters, gradient);
}

template class EncoderPass<float>;
template class EncoderPass<double>;

} // namespace encoderscope
