// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/trace.h"

#include "engine/forward/layer.h"
#include "engine/forward/operations.h"
#include "engine/forward/relative_products.h"

#include <cmath>
#include <initializer_list>

namespace encoderscope
{

namespace
{

std::size_t bytes_of(std::initializer_list<const Matrix *> matrices)
{
    std::size_t bytes = 0;
    for (const Matrix *matrix : matrices)
        bytes += static_cast<std::size_t>(matrix->size()) * sizeof(float);
    return bytes;
}

} // namespace

std::size_t EmbeddingTrace::bytes() const
{
    return bytes_of({&token, &scaled, &position, &token_type, &task_type, &sum, &normalized, &output});
}

std::size_t LayerTrace::bytes() const
{
    return bytes_of({&attention_input, &unrotated_query, &unrotated_key, &query, &key, &value, &concatenation,
                     &attention_output, &attention_sum, &attention_result, &feed_forward_input, &expanded,
                     &gate, &feed_forward_value, &activated, &feed_forward_output, &feed_forward_sum,
                     &output}) +
           static_cast<std::size_t>(weights.rows() * weights.columns()) * sizeof(float);
}

Trace::Trace(ModelPtr model, Encoding encoding, Switches switches,
             std::shared_ptr<const EmbeddingTrace> embedding,
             std::vector<std::shared_ptr<const LayerTrace>> layers, Matrix final_norm,
             std::shared_ptr<const Recording> recording)
    : model_(std::move(model))
    , encoding_(std::move(encoding))
    , switches_(std::move(switches))
    , embedding_(std::move(embedding))
    , layers_(std::move(layers))
    , final_norm_(std::move(final_norm))
    , recording_(std::move(recording))
{
}

bool Trace::has(TracePart part, int index) const
{
    const LayerTrace &one = layer(index);
    switch (part) {
    case TracePart::embedding_stages:
        return embedding_->sum.size() > 0;
    case TracePart::query:
        return one.query.size() > 0;
    case TracePart::key:
        return one.key.size() > 0;
    case TracePart::value:
        return one.value.size() > 0;
    case TracePart::scores:
        if (recording_ == nullptr)
            return one.query.size() > 0 && one.key.size() > 0;
        return recording_->scaled_dot_product && config().relative_products.rows == 0 &&
               one.query.size() > 0 && one.key.size() > 0;
    case TracePart::weights:
        return !one.weights.empty() || has(TracePart::scores, index);
    case TracePart::concatenation:
        return one.concatenation.size() > 0;
    case TracePart::attention_output:
        return one.attention_output.size() > 0;
    case TracePart::attention_result:
        return one.attention_result.size() > 0;
    case TracePart::expanded:
        return one.expanded.size() > 0;
    case TracePart::activated:
        return one.activated.size() > 0;
    case TracePart::activation_function:
        return recording_ == nullptr || recording_->activation_function;
    case TracePart::feed_forward_output:
        return one.feed_forward_output.size() > 0;
    case TracePart::model:
        return model_->has_weights();
    }
    return false;
}

bool Trace::has(TracePart part) const
{
    for (int index = 0; index < layers(); ++index) {
        if (!has(part, index))
            return false;
    }
    return true;
}

const Matrix &Trace::layer_input(int layer) const
{
    return hidden(layer - 1);
}

const Matrix &Trace::attention_input(int index) const
{
    return config().norm_placement == NormPlacement::pre ? layer(index).attention_input : layer_input(index);
}

const Matrix &Trace::feed_forward_input(int index) const
{
    return config().norm_placement == NormPlacement::pre ? layer(index).feed_forward_input
                                                         : layer(index).attention_result;
}

const Matrix &Trace::hidden(int index) const
{
    return index < 0 ? embedding_->output : layer(index).output;
}

const Matrix &Trace::output() const
{
    return final_norm_.size() > 0 ? final_norm_ : hidden(layers() - 1);
}

namespace
{

MatrixRef head_slice(const Matrix &values, int head, int heads)
{
    const Index d_k = values.cols() / heads;
    return values.middleCols(head * d_k, d_k);
}

} // namespace

MatrixRef Trace::query(int index, int head) const
{
    return head_slice(layer(index).query, head, heads());
}

MatrixRef Trace::key(int index, int head) const
{
    return head_slice(layer(index).key, head, heads());
}

MatrixRef Trace::value(int index, int head) const
{
    return head_slice(layer(index).value, head, heads());
}

Matrix Trace::raw_scores(int layer, int head, Rows rows) const
{
    const MatrixRef queries = query(layer, head);
    const Index count = rows.count < 0 ? queries.rows() - rows.first : rows.count;
    return encoderscope::raw_scores(queries.middleRows(rows.first, count), key(layer, head));
}

Matrix Trace::scaled_scores(int layer, int head, Rows rows) const
{
    const MatrixRef queries = query(layer, head);
    const Index count = rows.count < 0 ? queries.rows() - rows.first : rows.count;
    return encoderscope::scaled_scores(queries.middleRows(rows.first, count), key(layer, head),
                                       attention_options(*model_, layer, switches_), head, rows.first);
}

Matrix Trace::position_bias(int layer, int head, Rows rows) const
{
    const Index count = rows.count < 0 ? tokens() - rows.first : rows.count;
    return encoderscope::position_bias(attention_options(*model_, layer, switches_), head, rows.first, count,
                                       tokens());
}

Matrix Trace::content_to_position(int layer, int head, Rows rows) const
{
    const Index count = rows.count < 0 ? tokens() - rows.first : rows.count;
    const AttentionOptions options = attention_options(*model_, layer, switches_);
    if (!options.relative_products.content_to_position)
        return Matrix::Zero(count, tokens());
    const MatrixRef queries = query(layer, head);
    return encoderscope::content_to_position(
        queries.middleRows(rows.first, count), tokens(),
        options.relative_key.view().middleCols(head * queries.cols(), queries.cols()),
        options.relative_products, rows.first);
}

Matrix Trace::position_to_content(int layer, int head, Rows rows) const
{
    const Index count = rows.count < 0 ? tokens() - rows.first : rows.count;
    const AttentionOptions options = attention_options(*model_, layer, switches_);
    if (!options.relative_products.position_to_content)
        return Matrix::Zero(count, tokens());
    const MatrixRef keys = key(layer, head);
    return encoderscope::position_to_content(
        keys, count, options.relative_query.view().middleCols(head * keys.cols(), keys.cols()),
        options.relative_products, rows.first);
}

Matrix Trace::attention_weights(int layer, int head, Rows rows) const
{
    if (const SharedMatrix &stored = this->layer(layer).weights; !stored.empty()) {
        const Index count = rows.count < 0 ? tokens() - rows.first : rows.count;
        return stored.view().middleRows(Index{head} * tokens() + rows.first, count);
    }
    const MatrixRef queries = query(layer, head);
    const Index count = rows.count < 0 ? queries.rows() - rows.first : rows.count;
    return head_weights(queries.middleRows(rows.first, count), key(layer, head),
                        attention_options(*model_, layer, switches_), head, rows.first);
}

} // namespace encoderscope
