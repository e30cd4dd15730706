// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/switches.h"
#include "engine/matrix.h"
#include "engine/model/model.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace encoderscope
{

/// The input embedding, stage by stage. n = tokens, e = embedding_size. A stage that the model does not have
/// is empty; `output` is always there.
struct EmbeddingTrace {
    Matrix token;      ///< rows of the embedding table [n x e]
    Matrix scaled;     ///< token * sqrt(d_model) [n x e]; empty when not scaled
    Matrix position;   ///< what is added for the position [n x e]; empty when there is none or it is off
    Matrix token_type; ///< what is added for the token type [n x e]
    Matrix sum;        ///< everything added up [n x e]
    Matrix normalized; ///< layer norm of the sum [n x e]
    Matrix output;     ///< what layer 1 reads [n x d_model]

    /// Memory that the numbers take.
    std::size_t bytes() const;
};

/// One encoder layer. Heads lie side by side: head h owns columns [h * d_k, (h + 1) * d_k).
/// Score and weight matrices [n x n] are not stored; Trace rebuilds them from query and key.
struct LayerTrace {
    Matrix attention_input;   ///< what W_Q, W_K, W_V read [n x d_model]; only of pre-norm models: norm of the
                              ///< input
    Matrix query, key, value; ///< [n x d_model]
    Matrix concatenation;     ///< head outputs side by side, times their factors; zeros for switched-off
                              ///< heads [n x d_model]
    Matrix attention_output;  ///< Z = concatenation W_O + b [n x d_model]
    Matrix attention_sum;     ///< layer input + Z [n x d_model]
    Matrix attention_result;  ///< what the FFN sublayer reads: norm of the sum (post-norm), or the sum; the
                              ///< layer's input when the attention sublayer is off [n x d_model]
    Matrix feed_forward_input;  ///< only of pre-norm models: norm of attention_result [n x d_model]
    Matrix expanded;            ///< before the activation [n x d_ff]
    Matrix activated;           ///< after it, times the neurons' factors [n x d_ff]
    Matrix feed_forward_output; ///< [n x d_model]
    Matrix feed_forward_sum;    ///< attention_result + feed_forward_output [n x d_model]
    Matrix output; ///< hidden state after the layer [n x d_model]; with an FFN or layer switch off
                   ///< what was passed through; with what steers it

    /// Memory that the numbers take.
    std::size_t bytes() const;
};

/// Every intermediate of one run of the encoder on one input. Immutable; shared as TracePtr. Layers and heads
/// count from 0 here, from 1 on screen and in files.
class Trace
{
public:
    Trace(ModelPtr model, Encoding encoding, Switches switches,
          std::shared_ptr<const EmbeddingTrace> embedding,
          std::vector<std::shared_ptr<const LayerTrace>> layers, Matrix final_norm);

    const Model &model() const { return *model_; }
    const ModelPtr &model_pointer() const { return model_; }
    const EncoderConfig &config() const { return model_->config; }
    const Encoding &encoding() const { return encoding_; }
    const Switches &switches() const { return switches_; }
    const Token &token(int index) const { return encoding_.tokens[static_cast<std::size_t>(index)]; }

    int tokens() const { return static_cast<int>(encoding_.tokens.size()); }
    int layers() const { return static_cast<int>(layers_.size()); }
    int heads() const { return config().heads; }

    const EmbeddingTrace &embedding() const { return *embedding_; }
    const LayerTrace &layer(int index) const { return *layers_[static_cast<std::size_t>(index)]; }
    const std::vector<std::shared_ptr<const LayerTrace>> &layer_pointers() const { return layers_; }
    const std::shared_ptr<const EmbeddingTrace> &embedding_pointer() const { return embedding_; }

    /// What the layer reads: the embedding's output, or the hidden state of the layer before [n x d_model].
    const Matrix &layer_input(int layer) const;
    /// What the layer's W_Q, W_K and W_V read: its input, or the norm of it in pre-norm models [n x d_model].
    const Matrix &attention_input(int layer) const;
    /// What the layer's W_1 reads [n x d_model].
    const Matrix &feed_forward_input(int layer) const;
    /// Hidden state after `layer`; -1 is the embedding's output [n x d_model].
    const Matrix &hidden(int layer) const;
    /// The encoder's result: the last hidden state, normalized once more in pre-norm models [n x d_model].
    const Matrix &output() const;

    /// One head's slice of query, key or value [n x d_k].
    MatrixRef query(int layer, int head) const;
    MatrixRef key(int layer, int head) const;
    MatrixRef value(int layer, int head) const;

    /// A range of query rows, for drawing only what is visible. count = -1: to the end.
    struct Rows {
        int first = 0;
        int count = -1;
    };
    /// q·k for every query (row) and key (column) [rows x n].
    Matrix raw_scores(int layer, int head, Rows rows) const;
    Matrix raw_scores(int layer, int head) const { return raw_scores(layer, head, Rows()); }
    /// q·k / sqrt(d_k), plus the relative position bias of models that have one [rows x n].
    Matrix scaled_scores(int layer, int head, Rows rows) const;
    Matrix scaled_scores(int layer, int head) const { return scaled_scores(layer, head, Rows()); }
    /// softmax of the scaled scores over the keys that are not masked; masked keys get exactly 0 [rows x n].
    /// The weights of a switched-off head are what it would attend to.
    Matrix attention_weights(int layer, int head, Rows rows) const;
    Matrix attention_weights(int layer, int head) const { return attention_weights(layer, head, Rows()); }

private:
    ModelPtr model_;
    Encoding encoding_;
    Switches switches_;
    std::shared_ptr<const EmbeddingTrace> embedding_;
    std::vector<std::shared_ptr<const LayerTrace>> layers_;
    Matrix final_norm_;
};

using TracePtr = std::shared_ptr<const Trace>;

} // namespace encoderscope
