// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/plan.h"

#include "engine/error.h"
#include "engine/model/initial_model.h"
#include "engine/text/wordpiece_trainer.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

ModelPtr initial_model(const TrainingPlan &plan)
{
    EncoderConfig config{.d_model = plan.d_model,
                         .layers = plan.layers,
                         .heads = plan.heads,
                         .d_ff = plan.d_ff,
                         .embedding_size = plan.d_model,
                         .positions = plan.positions ? Positions::sinusoidal : Positions::none,
                         .max_positions = 4096,
                         .embedding_scale = true,
                         .embedding_norm = false,
                         .activation = plan.activation,
                         .norm_epsilon = 1e-5F};
    if (config.d_model < 1 || config.heads < 1 || config.d_model % config.heads != 0)
        throw Error(QCoreApplication::translate(
                        "Training", "d_model (%1) must be a multiple of the number of heads (%2).")
                        .arg(config.d_model)
                        .arg(config.heads));
    if (std::any_of(plan.lines.begin(), plan.lines.end(),
                    [](const QString &line) { return line.contains(QLatin1Char('\t')); }))
        config.token_types = 2;
    const BertOptions options = made_tokenizer_options();
    const QStringList pieces = train_wordpiece(
        plan.lines, {.pieces = plan.vocabulary, .required = plan.pieces, .normalizer = options.normalizer});
    config.vocabulary_size = static_cast<int>(pieces.size());
    auto model = std::make_shared<Model>();
    model->config = config;
    model->weights = initial_weights(config, plan.weights_seed.value_or(plan.settings.seed));
    model->tokenizer = bert_tokenizer(std::make_shared<const Vocabulary>(pieces), options);
    return model;
}

std::unique_ptr<Training> begin_training(const TrainingPlan &plan, int threads)
{
    if (plan.lines.isEmpty())
        throw Error(QCoreApplication::translate("Training", "There is no text to learn from."));
    const ModelPtr model = initial_model(plan);
    auto sentences =
        std::make_shared<const Sentences>(tokenize_lines(*model->tokenizer, plan.lines, plan.max_tokens));
    return std::make_unique<Training>(model, std::move(sentences), plan.settings, threads, plan.asked);
}

TrainingPlan playground_plan(int lines)
{
    constexpr int pairs = 8;
    constexpr int letters = 24;
    constexpr int groups = 6;
    TrainingPlan plan{.d_model = 32, .heads = 2, .layers = 1, .d_ff = 64, .vocabulary = 128};
    plan.settings = {.steps = 3000, .warmup_steps = 500, .peak_rate = 5e-3F, .batch_tokens = 512};
    KeyedRandom random{7};
    for (int line = 0; line < lines; ++line) {
        QStringList words;
        for (int pair = 0; pair < pairs; ++pair) {
            const int letter = random.below(letters);
            words.append(QString(QChar(u'a' + letter)));
            words.append(QString::number(1 + letter % groups));
        }
        plan.lines.append(words.join(QLatin1Char(' ')));
    }
    return plan;
}

TrainingPlan code_book_plan()
{
    constexpr int letters = 12;
    constexpr int numbers = 4;
    TrainingPlan plan{.d_model = 32, .heads = 1, .layers = 1, .d_ff = 256, .vocabulary = 128};
    plan.settings = {
        .steps = 2000, .warmup_steps = 200, .peak_rate = 3e-3F, .mask_share = 1.0, .batch_tokens = 512};
    for (int number = 1; number <= numbers; ++number)
        plan.asked.append(QString::number(number));
    KeyedRandom random{5};
    for (int pair = 0; pair < letters * letters; ++pair)
        plan.lines.append(QStringLiteral("%1 %2 %3")
                              .arg(QChar(u'a' + pair / letters))
                              .arg(QChar(u'a' + pair % letters))
                              .arg(plan.asked[random.below(numbers)]));
    return plan;
}

} // namespace encoderscope
