// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/report.h"

#include "engine/forward/encoder.h"
#include "engine/learn/baselines.h"

#include <QJsonArray>

namespace encoderscope
{

TextReport report_on(Training &training, const QString &name, const QStringList &lines, int max_tokens)
{
    const TrainingSettings &settings = training.settings();
    const Sentences sentences = tokenize_lines(training.tokenizer(), lines, max_tokens);
    const std::vector<Batch> batches = evaluation_batches(
        sentences, training.vocabulary(), settings.mask_share, settings.batch_tokens, settings.seed);
    const Baselines baselines(training.sentences(), training.layout().config.vocabulary_size,
                              training.vocabulary());
    TextReport report;
    report.name = name;
    report.sentences = static_cast<int>(sentences.size());
    report.model = training.evaluate(batches);
    for (const Batch &batch : batches) {
        report.unigram += baselines.unigram(batch);
        report.bigram += baselines.bigram(batch);
    }
    return report;
}

std::vector<HeadStatistics> mean_head_statistics(const ModelPtr &model, const QStringList &lines, int most)
{
    const auto heads = static_cast<std::size_t>(model->config.layers * model->config.heads);
    std::vector<HeadStatistics> mean(heads);
    const auto count = static_cast<int>(std::min<qsizetype>(lines.size(), most));
    for (int line = 0; line < count; ++line) {
        const Encoding encoding =
            model->tokenizer->encode(lines.at(line), QString(), model->config.max_positions);
        const std::vector<HeadStatistics> one = head_statistics(*run_encoder(model, encoding));
        for (std::size_t head = 0; head < heads; ++head) {
            for (const auto member :
                 {&HeadStatistics::entropy, &HeadStatistics::mean_distance, &HeadStatistics::diagonal,
                  &HeadStatistics::previous, &HeadStatistics::next, &HeadStatistics::special})
                mean[head].*member += one[head].*member / static_cast<float>(count);
        }
    }
    return mean;
}

QJsonObject report_as_json(const std::vector<TextReport> &texts, const std::vector<HeadStatistics> &heads,
                           int heads_a_layer)
{
    const auto outcome = [](const Outcome &value) {
        return QJsonObject{{QStringLiteral("loss"), value.mean_loss()},
                           {QStringLiteral("accuracy"), value.accuracy()}};
    };
    QJsonArray text_array;
    for (const TextReport &text : texts)
        text_array.append(QJsonObject{{QStringLiteral("name"), text.name},
                                      {QStringLiteral("sentences"), text.sentences},
                                      {QStringLiteral("masked_tokens"), text.model.labels},
                                      {QStringLiteral("model"), outcome(text.model)},
                                      {QStringLiteral("unigram"), outcome(text.unigram)},
                                      {QStringLiteral("bigram"), outcome(text.bigram)}});
    QJsonArray head_array;
    for (std::size_t index = 0; index < heads.size(); ++index) {
        const HeadStatistics &head = heads[index];
        head_array.append(QJsonObject{{QStringLiteral("layer"), static_cast<int>(index) / heads_a_layer + 1},
                                      {QStringLiteral("head"), static_cast<int>(index) % heads_a_layer + 1},
                                      {QStringLiteral("diagonal"), static_cast<double>(head.diagonal)},
                                      {QStringLiteral("previous"), static_cast<double>(head.previous)},
                                      {QStringLiteral("next"), static_cast<double>(head.next)},
                                      {QStringLiteral("special"), static_cast<double>(head.special)},
                                      {QStringLiteral("entropy_bits"), static_cast<double>(head.entropy)}});
    }
    return {{QStringLiteral("texts"), text_array}, {QStringLiteral("heads"), head_array}};
}

} // namespace encoderscope
