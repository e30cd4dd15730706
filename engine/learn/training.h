// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/learn/adamw.h"
#include "engine/learn/corpus.h"
#include "engine/learn/encoder_pass.h"

namespace encoderscope
{

/// How to learn. What is learned is a function of this, the first weights and the text; the number of threads
/// and what else the machine does change nothing of it.
struct TrainingSettings {
    int steps = 2000;
    int warmup_steps = 500; ///< the rate climbs in a line
    int decay_steps = -1;   ///< and falls to 0 over the last steps; -1: over all after the warm-up
    float peak_rate = 1e-3F;
    double gradient_limit = 1.0; ///< longest gradient; longer ones are shortened to it
    double mask_share = 0.15;
    double whole_word_share = 0.0;  ///< of the steps, in which all pieces of a word are masked together
    double special_key_share = 1.0; ///< of the steps, in which [CLS] and [SEP] can be attended to
    double special_penalty = 0.0;   ///< added to the loss, times the mean attention weight on special tokens
    bool short_first = false;       ///< the first epoch goes from short sentences to long ones
    double dropout = 0.0;
    int batch_tokens = 4096;
    unsigned seed = 1;
    AdamWSettings optimizer = {};

    /// Learning rate of a step, from 0.
    float rate(int step) const;
};

/// What one step came to.
struct StepReport {
    int step = 0; ///< steps made, this one included
    Outcome outcome;
    int tokens = 0;
    double gradient_length = 0.0;
    float rate = 0.0F;
};

/// A training between two steps.
struct TrainingState {
    int step = 0;
    ParameterVector parameters;
    AdamWState optimizer;
};

/// Masked-language-model training of one model on one text, step by step.
class Training
{
public:
    /// Only the pieces `asked` are masked; empty = all. Throws Error for a model that cannot be trained and
    /// text that teaches nothing.
    Training(const ModelPtr &initial, std::shared_ptr<const Sentences> sentences,
             const TrainingSettings &settings, int threads, const QStringList &asked = {});

    /// Goes on from `state`. Throws Error when its sizes are not this model's.
    void restore(TrainingState state);

    const TrainingState &state() const { return state_; }
    const TrainingSettings &settings() const { return settings_; }
    const ParameterLayout &layout() const { return layout_; }
    const MaskingVocabulary &vocabulary() const { return vocabulary_; }
    const Tokenizer &tokenizer() const { return *tokenizer_; }
    const Sentences &sentences() const { return *sentences_; }
    int steps_done() const { return state_.step; }
    bool finished() const { return state_.step >= settings_.steps; }

    /// One step. Throws Error when the loss or the gradient is no longer a finite number; the weights are
    /// then still those of the step before.
    StepReport step();

    /// Loss and accuracy of the present weights on `batches`.
    Outcome evaluate(const std::vector<Batch> &batches);

    /// The present weights as a model of their own.
    ModelPtr snapshot(const QString &name) const;

private:
    TrainingSettings settings_;
    ParameterLayout layout_;
    TokenizerPtr tokenizer_;
    MaskingVocabulary vocabulary_;
    std::shared_ptr<const Sentences> sentences_;
    BatchOrder order_;
    kernels::Workers workers_;               ///< its own, because they are as nice as the training
    std::vector<EncoderPass<float>> passes_; ///< one for each thread
    std::vector<ParameterVector> gradients_; ///< one for each part of a batch
    TrainingState state_;
};

/// Batches with fixed masks to measure `sentences` with.
std::vector<Batch> evaluation_batches(const Sentences &sentences, const MaskingVocabulary &vocabulary,
                                      double mask_share, int batch_tokens, unsigned seed);

} // namespace encoderscope
