// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/training.h"

#include "engine/error.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

// A batch is always learned in this many parts, so that sums come out the same on one thread and on four.
constexpr int parts_of_batch = 4;

constexpr std::uint64_t masking_key = 0x3A5C;
constexpr std::uint64_t evaluation_key = 0xE7A1;
constexpr std::uint64_t ways_key = 0x3A75;

} // namespace

float TrainingSettings::rate(int step) const
{
    const int decay = decay_steps < 0 ? std::max(steps - warmup_steps, 1) : std::max(decay_steps, 1);
    const float up =
        warmup_steps > 0 ? static_cast<float>(step + 1) / static_cast<float>(warmup_steps) : 1.0F;
    const float down = static_cast<float>(steps - step) / static_cast<float>(decay);
    return peak_rate * std::clamp(std::min(up, down), 0.0F, 1.0F);
}

Training::Training(const ModelPtr &initial, std::shared_ptr<const Sentences> sentences,
                   const TrainingSettings &settings, int threads, const QStringList &asked)
    : settings_(settings)
    , layout_(initial->config)
    , tokenizer_(initial->tokenizer)
    , vocabulary_(masking_vocabulary(*initial->tokenizer, asked))
    , sentences_(std::move(sentences))
    , order_((check_learnable(*sentences_, vocabulary_), *sentences_), settings.batch_tokens, settings.seed,
             settings.short_first)
    , workers_(static_cast<std::size_t>(std::max(threads, 1)))
    , passes_(workers_.threads(), EncoderPass<float>(layout_))
    , gradients_(parts_of_batch, ParameterVector(layout_.size))
{
    state_.parameters = parameters_of(layout_, *initial);
    state_.optimizer.mean.setZero(layout_.size);
    state_.optimizer.square.setZero(layout_.size);
}

void Training::restore(TrainingState state)
{
    if (state.parameters.size() != layout_.size || state.optimizer.mean.size() != layout_.size ||
        state.optimizer.square.size() != layout_.size)
        throw Error(QCoreApplication::translate(
                        "Training", "The saved training has %1 parameters where the model has %2.")
                        .arg(state.parameters.size())
                        .arg(layout_.size));
    state_ = std::move(state);
}

StepReport Training::step()
{
    const auto number = static_cast<std::uint64_t>(state_.step);
    const auto sentences = order_.batch(state_.step);
    KeyedRandom ways{settings_.seed, ways_key, number};
    const bool whole_words = ways.uniform() < settings_.whole_word_share;
    const bool hide_specials = ways.uniform() >= settings_.special_key_share;
    const Batch whole = mask_tokens(sentences, vocabulary_, settings_.mask_share,
                                    KeyedRandom{settings_.seed, masking_key, number}, whole_words);
    const std::vector<Batch> parts = split(whole, parts_of_batch);
    const float scale = 1.0F / static_cast<float>(std::max<std::size_t>(whole.labels.size(), 1));
    const auto queries = static_cast<double>(layout_.config.layers * layout_.config.heads * whole.tokens());
    const SpecialKeys special_keys{hide_specials, settings_.special_penalty / queries};
    std::vector<Outcome> outcomes(parts.size());
    workers_.run(parts.size(), [&](std::size_t part, std::size_t thread) {
        EncoderPass<float> &pass = passes_[thread];
        const Dropout dropout{settings_.dropout, settings_.seed, number, part};
        outcomes[part] = pass.forward(state_.parameters.data(), parts[part], dropout, special_keys);
        pass.backward(state_.parameters.data(), parts[part], scale, gradients_[part].data());
    });

    StepReport report;
    for (const Outcome &outcome : outcomes)
        report.outcome += outcome;
    report.tokens = whole.tokens();
    report.rate = settings_.rate(state_.step);
    report.gradient_length = sum_gradients(gradients_, static_cast<int>(parts.size()), workers_);
    if (!std::isfinite(report.outcome.loss) || !std::isfinite(report.gradient_length))
        throw Error(
            QCoreApplication::translate(
                "Training",
                "Training stopped at step %1: the loss is no longer a number. A smaller learning rate "
                "than %2 may help.")
                .arg(state_.step + 1)
                .arg(static_cast<double>(settings_.peak_rate)));
    const double shorten = std::min(1.0, settings_.gradient_limit / std::max(report.gradient_length, 1e-12));
    ++state_.step;
    adamw_step(layout_, settings_.optimizer, state_.step, report.rate, gradients_.front(),
               static_cast<float>(shorten), state_.optimizer, state_.parameters, workers_);
    report.step = state_.step;
    return report;
}

Outcome Training::evaluate(const std::vector<Batch> &batches)
{
    std::vector<Outcome> outcomes(batches.size());
    workers_.run(batches.size(), [&](std::size_t index, std::size_t thread) {
        outcomes[index] = passes_[thread].forward(state_.parameters.data(), batches[index]);
    });
    Outcome sum;
    for (const Outcome &outcome : outcomes)
        sum += outcome;
    return sum;
}

ModelPtr Training::snapshot(const QString &name) const
{
    return model_of(layout_, std::make_shared<const ParameterVector>(state_.parameters), tokenizer_, name);
}

std::vector<Batch> evaluation_batches(const Sentences &sentences, const MaskingVocabulary &vocabulary,
                                      double mask_share, int batch_tokens, unsigned seed)
{
    if (sentences.empty())
        return {};
    BatchOrder order(sentences, batch_tokens, seed);
    std::vector<Batch> batches;
    for (int number = 0; number < order.epoch_size(); ++number)
        batches.push_back(mask_tokens(order.batch(number), vocabulary, mask_share,
                                      KeyedRandom{seed, evaluation_key, static_cast<std::uint64_t>(number)}));
    return batches;
}

} // namespace encoderscope
