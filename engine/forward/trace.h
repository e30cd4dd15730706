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
    Matrix task_type;  ///< what is added for the task, the same for each token [n x e]; only of ERNIE
    Matrix sum;        ///< everything added up [n x e]
    Matrix normalized; ///< layer norm of the sum [n x e]
    Matrix output;     ///< what layer 1 reads [n x d_model]

    /// Memory that the numbers take.
    std::size_t bytes() const;
};

/// One encoder layer. Heads lie side by side: head h owns columns [h * d_k, (h + 1) * d_k).
/// Score matrices [n x n] are not stored, weights seldom; Trace rebuilds them from query and key.
struct LayerTrace {
    Matrix attention_input; ///< what W_Q, W_K, W_V read [n x d_model]; only of pre-norm models: norm of the
                            ///< input
    Matrix unrotated_query, unrotated_key; ///< before they are turned by rotary positions [n x heads * d_k];
                                           ///< only of models that have them
    Matrix query, key, value;              ///< as scores and sums read them [n x heads * d_k]
    Matrix concatenation;       ///< head outputs side by side, times their factors; zeros for switched-off
                                ///< heads [n x heads * d_k]
    Matrix attention_output;    ///< Z = concatenation W_O + b [n x d_model]
    Matrix attention_sum;       ///< layer input + Z [n x d_model]
    Matrix attention_result;    ///< what the FFN sublayer reads: norm of the sum (post-norm), or the sum; the
                                ///< layer's input when the attention sublayer is off [n x d_model]
    Matrix feed_forward_input;  ///< only of pre-norm models: norm of attention_result [n x d_model]
    Matrix expanded;            ///< before the activation [n x d_ff]
    Matrix gate;                ///< only of gated FFNs: after the activation [n x d_ff]
    Matrix feed_forward_value;  ///< only of gated FFNs: what the gate multiplies [n x d_ff]
    Matrix activated;           ///< the neurons that W_2 reads: after the activation, of gated FFNs gate ⊙
                                ///< value, times the neurons' factors [n x d_ff]
    Matrix feed_forward_output; ///< [n x d_model]
    Matrix feed_forward_sum;    ///< attention_result + feed_forward_output [n x d_model]
    Matrix output; ///< hidden state after the layer [n x d_model]; with an FFN or layer switch off
                   ///< what was passed through; with what steers it
    /// Attention weights, head under head [heads * n x n]: only of traces read from files that hold them, and
    /// of runs that kept them.
    SharedMatrix weights = {};

    /// Memory that the numbers take.
    std::size_t bytes() const;
};

/// What a trace that was read from a file may lack. Tokens, the embedding's output and the hidden state after
/// each layer are always there, and so is everything of a run that was computed here.
enum class TracePart {
    embedding_stages, ///< what the embedding's output was added up from
    query,
    key,
    value,
    scores,              ///< how queries and keys became scores: with both, the scores can be computed
    weights,             ///< of the attention
    concatenation,       ///< of the heads' outputs
    attention_output,    ///< what the attention sublayer adds
    attention_result,    ///< between the sublayers
    expanded,            ///< d_ff before the activation
    activated,           ///< d_ff after it
    activation_function, ///< which one it is
    feed_forward_output, ///< what the FFN sublayer adds
    model,               ///< weights and tokenizer: predictions, and everything that needs another run
};

/// What the file of a trace said that no matrix of a layer holds.
struct Recording {
    QString file; ///< where it was read from
    /// Its weights are softmax(q·k / sqrt(d_k)), or of q·k alone (EncoderConfig::divides_scores), with
    /// `relative_bias`, the windows and the switches as in a run here.
    bool scaled_dot_product = false;
    bool activation_function = false; ///< the configuration's one is the model's
    /// What the model's output heads made of the run, by the tensors' names in the file ("pooled"); those of
    /// one dimension have one row.
    std::vector<std::pair<QString, SharedMatrix>> results;
};

/// Every intermediate of one run of the encoder on one input: computed here (run_encoder), or read from a
/// file (read_trace), which may lack parts; has() says which. What is lacking is empty. Immutable; shared as
/// TracePtr. Layers and heads count from 0 here, from 1 on screen and in files.
class Trace
{
public:
    /// `recording` is null for a run.
    Trace(ModelPtr model, Encoding encoding, Switches switches,
          std::shared_ptr<const EmbeddingTrace> embedding,
          std::vector<std::shared_ptr<const LayerTrace>> layers, Matrix final_norm,
          std::shared_ptr<const Recording> recording = nullptr);

    /// Null for a run that was computed here.
    const Recording *recording() const { return recording_.get(); }
    /// The layer has the part; for parts that are not of a layer, the trace has it.
    bool has(TracePart part, int layer) const;
    /// Every layer has it.
    bool has(TracePart part) const;

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

    /// One head's slice of query, key or value [n x d_k]. A trace from a file may have a width of heads other
    /// than d_model / heads.
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
    /// What models with such products (DeBERTa) add to q·k for the distance of query and key: see
    /// RelativeProducts. Zeros of models without [rows x n].
    Matrix content_to_position(int layer, int head, Rows rows) const;
    Matrix position_to_content(int layer, int head, Rows rows) const;
    /// What models with such a bias (MPNet, T5, ALiBi's slopes) add to the scaled scores for the distance.
    /// Zeros of models without [rows x n].
    Matrix position_bias(int layer, int head, Rows rows) const;
    /// The sum of q·k and the two, divided by EncoderConfig::score_divisor(), plus the position bias [rows x
    /// n].
    Matrix scaled_scores(int layer, int head, Rows rows) const;
    Matrix scaled_scores(int layer, int head) const { return scaled_scores(layer, head, Rows()); }
    /// softmax of the scaled scores over the keys that are not masked and within the layer's window; the
    /// others get exactly 0 [rows x n]. The weights of a switched-off head are what it would attend to. Of a
    /// trace from a file, its numbers.
    Matrix attention_weights(int layer, int head, Rows rows) const;
    Matrix attention_weights(int layer, int head) const { return attention_weights(layer, head, Rows()); }

private:
    ModelPtr model_;
    Encoding encoding_;
    Switches switches_;
    std::shared_ptr<const EmbeddingTrace> embedding_;
    std::vector<std::shared_ptr<const LayerTrace>> layers_;
    Matrix final_norm_;
    std::shared_ptr<const Recording> recording_;
};

using TracePtr = std::shared_ptr<const Trace>;

} // namespace encoderscope
