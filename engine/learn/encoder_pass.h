// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/backward/gradients.h"
#include "engine/learn/batch.h"
#include "engine/learn/parameters.h"

namespace encoderscope
{

/// What the predictions of a batch came to.
struct Outcome {
    double loss = 0.0; ///< cross entropy in nats, summed over the labels
    int labels = 0;
    int correct = 0; ///< labels whose piece had the largest logit
    double special_weight =
        0.0;                  ///< attention weight on special tokens, summed over layers, heads and queries
    std::int64_t queries = 0; ///< rows of attention weights: layers * heads * tokens

    Outcome &operator+=(const Outcome &other);
    double mean_loss() const { return labels > 0 ? loss / labels : 0.0; }
    double special_share() const { return queries > 0 ? special_weight / static_cast<double>(queries) : 0.0; }
    double accuracy() const { return labels > 0 ? static_cast<double>(correct) / labels : 0.0; }
};

/// Numbers that are set to zero on the way while training ("Attention Is All You Need", section 5.4: after
/// the embedding and after each sublayer).
struct Dropout {
    double share = 0.0;
    std::uint64_t seed = 0;
    std::uint64_t step = 0;
    std::uint64_t part = 0; ///< parts of one step draw different numbers
};

/// What is done while training so that heads do not rest on [CLS] and [SEP].
struct SpecialKeys {
    bool hidden = false;  ///< they are no keys: as if they were not there, but for their own rows
    double penalty = 0.0; ///< added to the loss times its scale, for each unit of Outcome::special_weight
};

/// One run of the encoder over a batch with a masked-word loss, and the way back. Keeps its memory from batch
/// to batch; one object for each thread.
template <typename Scalar>
class EncoderPass
{
public:
    explicit EncoderPass(const ParameterLayout &layout);

    /// Loss of `batch` under `parameters` [layout.size].
    Outcome forward(const Scalar *parameters, const Batch &batch, const Dropout &dropout = {},
                    const SpecialKeys &special_keys = {});

    /// The gradient of (the last forward's summed loss * scale + special weight * penalty); fills `gradient`
    /// [layout.size].
    void backward(const Scalar *parameters, const Batch &batch, Scalar scale, Scalar *gradient);

private:
    using Rows = gradients::Rows<Scalar>;
    struct Layer {
        Rows input, attention_input, query_key_value, concatenation, result, feed_forward_input, expanded,
            activated;
        std::vector<Scalar> weights; ///< attention weights, [n_s x n_s] for each sentence s and head
        gradients::NormTrace<Scalar> attention_norm, feed_forward_norm;
        Rows attention_dropout, feed_forward_dropout;
    };

    Index learned_row(int token) const { return learned_rows_[static_cast<std::size_t>(token)]; }
    void embed(const Scalar *parameters, const Batch &batch, const Dropout &dropout);
    void attend(Layer &layer, const Batch &batch, Outcome &outcome);
    void attend_backward(const Layer &layer, const Batch &batch);
    void forward_layer(const Scalar *parameters, std::size_t index, const Batch &batch,
                       const Dropout &dropout, Outcome &outcome);
    void backward_layer(const Scalar *parameters, std::size_t index, const Batch &batch, Scalar *gradient);
    void predict(const Scalar *parameters, const Batch &batch, Outcome &outcome);
    void predict_backward(const Scalar *parameters, const Batch &batch, Scalar scale, Scalar *gradient);
    void embed_backward(const Batch &batch, const Scalar *parameters, Scalar *gradient);
    void drop(Rows &values, Rows &factors, const Dropout &dropout, std::uint64_t place);

    const ParameterLayout &layout_;
    SpecialKeys special_keys_;        ///< of the last forward
    std::vector<Index> specials_;     ///< of the sentence at hand, from its start
    std::vector<Index> learned_rows_; ///< [tokens]: of the table of positions, where it is learned
    Rows positions_;                  ///< sinusoidal, as far as needed
    std::vector<Layer> layers_;
    gradients::NormTrace<Scalar> embedding_norm_, final_norm_;
    Rows embedding_dropout_;
    Rows hidden_;   ///< the encoder's result [n x d_model]
    Rows sum_;      ///< scratch [n x d_model]
    Rows gathered_; ///< hidden rows at the labels [labels x d_model]
    Rows logits_;   ///< probabilities after forward [labels x vocabulary]
    Rows gradient_, other_gradient_, wide_gradient_, query_key_value_gradient_;
    std::vector<Scalar> score_gradient_;
};

extern template class EncoderPass<float>;
extern template class EncoderPass<double>;

} // namespace encoderscope
