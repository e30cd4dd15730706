// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/encoder_config.h"
#include "engine/model/encoder_weights.h"

#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

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

/// What is applied after a dense layer of a head.
enum class HeadFunction { none, tanh, relu, gelu, silu, sigmoid };

/// y = norm(function(x Wᵀ + b)); each part may be empty: y = x.
struct HeadTransform {
    Linear dense;
    HeadFunction function = HeadFunction::none;
    LayerNorm norm;
};

/// Sequence classification over the pooled (or first) token, or the mean of all.
struct ClassificationHead {
    /// What makes the values of the logits, as config.json's problem_type says.
    enum class Values {
        probabilities, ///< of one label among several: softmax
        independent,   ///< of each label for itself: the logistic function
        scores,        ///< regression: the logits themselves
    };
    Linear dense; ///< a dense layer before the last (RoBERTa, DistilBERT, ELECTRA); may be empty
    HeadFunction between = HeadFunction::none;
    LayerNorm norm = {}; ///< after it; may be empty
    bool uses_pooler = false;
    bool reads_mean = false; ///< the mean of all tokens instead of the first
    Linear classifier;       ///< [labels x d_model]
    QStringList labels;      ///< from id2label
    Values values = Values::probabilities;
};

/// Token classification: a label for each token.
struct TokenClassificationHead {
    Linear classifier; ///< [labels x d_model]
    QStringList labels;
    HeadTransform transform = {}; ///< before the classifier
};

/// Question answering: where in the text an answer begins and ends.
struct AnswerHead {
    Linear ends; ///< [2 x d_model]: the score of each token to be the first, and to be the last
    HeadTransform transform = {}; ///< before it
};

/// ELECTRA's discriminator: whether a token was replaced by another. logit = activation(x denseᵀ + b) scoreᵀ
/// + b.
struct DiscriminatorHead {
    Linear dense; ///< [d_model x d_model]
    Activation activation = Activation::gelu;
    Linear score; ///< [1 x d_model]
};

/// How the hidden states of all tokens become one vector [1 x d_model].
enum class Pooling {
    first_token,
    last_token,
    mean,
    mean_sqrt_length, ///< the sum divided by the square root of the number of tokens
    weighted_mean,    ///< the mean with weights 1, 2, 3 ... from the first token on
    max,              ///< the greatest value of each dimension
};

/// y = function(x Wᵀ + b), and with a residual connection + x (or x residualᵀ where the sizes differ).
struct SentenceDense {
    Linear linear;
    HeadFunction function = HeadFunction::tanh;
    bool residual = false;
    SharedMatrix residual_weight; ///< empty: x itself
};
struct SentenceNorm { ///< epsilon is 1e-5
    LayerNorm norm;
};
struct SentenceUnitLength {
};
using SentenceStep = std::variant<SentenceDense, SentenceNorm, SentenceUnitLength>;

/// How sentence-transformers make one vector of a sentence.
struct SentenceEncoder {
    QString prompt;               ///< put before each text; may be empty
    bool lowercase = false;       ///< texts are lowercased first, whatever the tokenizer does
    int max_tokens = 0;           ///< longer texts are cut, specials included; 0 = as the encoder has it
    std::vector<Pooling> pooling; ///< of several the results are joined, in this order
    bool pools_prompt = true;     ///< false: the prompt's tokens are left out of the pooling
    std::vector<SentenceStep> steps;
};

/// What a checkpoint has on top of the encoder.
struct OutputHeads {
    std::optional<MaskedWordHead> masked_word;
    std::optional<Linear> pooler; ///< tanh(x_first Wᵀ + b)
    std::optional<ClassificationHead> classification;
    std::optional<TokenClassificationHead> token_classification;
    std::optional<AnswerHead> answer;
    std::optional<DiscriminatorHead> discriminator;
    std::optional<SentenceEncoder> sentence;
    /// Why there is no `sentence` although the folder is sentence-transformers'; for the user.
    QString sentence_problem;
    /// Heads that are there and not computed, each with the reason; for the user.
    QStringList left_out;
};

} // namespace encoderscope
