// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/trace.h"

#include "engine/forward/operations.h"

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
    return bytes_of({&token, &scaled, &position, &token_type, &sum, &normalized, &output});
}

std::size_t LayerTrace::bytes() const
{
    return bytes_of({&attention_input, &query, &key, &value, &concatenation, &attention_output,
                     &attention_sum, &attention_result, &feed_forward_input, &expanded, &activated,
                     &feed_forward_output, &feed_forward_sum, &output});
}

Trace::Trace(ModelPtr model, Encoding encoding, Switches switches,
             std::shared_ptr<const EmbeddingTrace> embedding,
             std::vector<std::shared_ptr<const LayerTrace>> layers, Matrix final_norm)
    : model_(std::move(model))
    , encoding_(std::move(encoding))
    , switches_(std::move(switches))
    , embedding_(std::move(embedding))
    , layers_(std::move(layers))
    , final_norm_(std::move(final_norm))
{
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

MatrixRef head_slice(const Matrix &heads, int head, int d_k)
{
    return heads.middleCols(static_cast<Index>(head) * d_k, d_k);
}

} // namespace

MatrixRef Trace::query(int index, int head) const
{
    return head_slice(layer(index).query, head, config().d_k());
}

MatrixRef Trace::key(int index, int head) const
{
    return head_slice(layer(index).key, head, config().d_k());
}

MatrixRef Trace::value(int index, int head) const
{
    return head_slice(layer(index).value, head, config().d_k());
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
                                       switches_.positions ? model_->weights.relative_bias : SharedMatrix(),
                                       head, rows.first);
}

Matrix Trace::attention_weights(int layer, int head, Rows rows) const
{
    return softmax(scaled_scores(layer, head, rows), switches_.temperature, switches_.masked_tokens);
}

} // namespace encoderscope
