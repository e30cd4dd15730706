// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/encoder_config.h"
#include "engine/model/encoder_weights.h"

#include <QStringList>

#include <optional>

namespace encoderscope
{

/// Masked-word prediction: logits = LayerNorm(activation(x transformᵀ + b)) decoderᵀ + bias.
/// Models without a transform (our default one) have an empty one: logits = x decoderᵀ + bias.
struct MaskedWordHead {
    Linear transform; ///< [embedding_size x d_model]; may be empty
    Activation activation = Activation::gelu;
    LayerNorm norm;       ///< over embedding_size; empty without transform
    SharedMatrix decoder; ///< [vocabulary_size x embedding_size], most often the embedding table itself
    SharedMatrix bias;    ///< [1 x vocabulary_size]; may be empty
};

/// Sequence classification over the pooled (or first) token.
struct ClassificationHead {
    Linear dense; ///< a dense layer before the last (RoBERTa, DistilBERT, ELECTRA); may be empty
    enum class Between { none, tanh, gelu, relu } between = Between::none;
    bool uses_pooler = false;
    Linear classifier;  ///< [labels x d_model]
    QStringList labels; ///< from id2label
};

enum class Pooling { none, first_token, mean };

/// What a checkpoint has on top of the encoder.
struct OutputHeads {
    std::optional<MaskedWordHead> masked_word;
    std::optional<Linear> pooler; ///< tanh(x_first Wᵀ + b)
    std::optional<ClassificationHead> classification;
    Pooling sentence_pooling = Pooling::none; ///< how sentence-transformers make one vector of a sentence
    bool normalize_sentence = false;          ///< divide that vector by its length
};

} // namespace encoderscope
