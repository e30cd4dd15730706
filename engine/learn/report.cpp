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
    std::vector<HeadStatistics> mean(static_cast<std::size_t>(model->config.layers * model->config.heads));
    for (const QString &line : lines.mid(0, most)) {
        const Encoding encoding = encode_line(*model->tokenizer, line, model->config.max_positions);
        const std::vector<HeadStatistics> one =
            head_statistics(*run_encoder(model, encoding, {}, nullptr, {}, AttentionWeights::kept));
        for (std::size_t head = 0; head < mean.size(); ++head)
            mean[head] += one[head];
    }
    return mean;
}

WordReport report_on_words(Training &training, const QString &name, const QStringList &lines, int max_tokens,
                           const ModelPtr &other)
{
    const Baselines baselines(training.sentences(), training.layout().config.vocabulary_size,
                              training.vocabulary());
    WordReport report;
    report.name = name;
    report.model = test_words(*training.snapshot(QString()), lines, max_tokens);
    report.unigram = test_words_by_unigram(baselines, training.tokenizer(), lines, max_tokens);
    report.bigram = test_words_by_bigram(baselines, training.tokenizer(), lines, max_tokens);
    if (other)
        report.other = test_words(*other, lines, max_tokens);
    return report;
}

namespace
{

QLatin1String name_of(HeadPattern pattern)
{
    switch (pattern) {
    case HeadPattern::same:
        return QLatin1String("same word");
    case HeadPattern::word:
        return QLatin1String("rest of the word");
    case HeadPattern::previous:
        return QLatin1String("previous token");
    case HeadPattern::next:
        return QLatin1String("next token");
    case HeadPattern::itself:
        return QLatin1String("itself");
    case HeadPattern::first:
        return QLatin1String("first token");
    case HeadPattern::separator:
        return QLatin1String("separator");
    case HeadPattern::punctuation:
        return QLatin1String("punctuation");
    case HeadPattern::neighbours:
        return QLatin1String("neighbours");
    case HeadPattern::broad:
        return QLatin1String("broad");
    case HeadPattern::mixed:
        break;
    }
    return QLatin1String("mixed");
}

QJsonObject head_as_json(const HeadStatistics &head)
{
    const auto value = [](const QueryMean &mean) { return static_cast<double>(mean.value()); };
    return {{QStringLiteral("pattern"), name_of(pattern_of(head))},
            {QStringLiteral("diagonal"), value(head.diagonal)},
            {QStringLiteral("previous"), value(head.previous)},
            {QStringLiteral("next"), value(head.next)},
            {QStringLiteral("first"), value(head.first)},
            {QStringLiteral("separator"), value(head.separator)},
            {QStringLiteral("special"), static_cast<double>(head.special())},
            {QStringLiteral("same"), value(head.same)},
            {QStringLiteral("word"), value(head.word)},
            {QStringLiteral("punctuation"), value(head.punctuation)},
            {QStringLiteral("distance"), value(head.distance)},
            {QStringLiteral("spread"), value(head.spread)},
            {QStringLiteral("entropy_bits"), value(head.entropy)}};
}

QJsonObject words_as_json(const WordOutcome &outcome)
{
    return {{QStringLiteral("words"), outcome.words},
            {QStringLiteral("found"), outcome.found},
            {QStringLiteral("pieces"), outcome.pieces},
            {QStringLiteral("pieces_found"), outcome.pieces_found},
            {QStringLiteral("unknown"), outcome.unknown}};
}

} // namespace

QJsonObject report_as_json(const std::vector<TextReport> &texts, const std::vector<WordReport> &words,
                           const std::vector<HeadStatistics> &heads, int heads_a_layer)
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
    QJsonArray word_array;
    for (const WordReport &report : words) {
        QJsonObject object{{QStringLiteral("name"), report.name},
                           {QStringLiteral("model"), words_as_json(report.model)},
                           {QStringLiteral("unigram"), words_as_json(report.unigram)},
                           {QStringLiteral("bigram"), words_as_json(report.bigram)}};
        if (report.other)
            object.insert(QStringLiteral("other"), words_as_json(*report.other));
        word_array.append(object);
    }
    QJsonArray head_array;
    for (std::size_t index = 0; index < heads.size(); ++index) {
        QJsonObject head = head_as_json(heads[index]);
        head.insert(QStringLiteral("layer"), static_cast<int>(index) / heads_a_layer + 1);
        head.insert(QStringLiteral("head"), static_cast<int>(index) % heads_a_layer + 1);
        head_array.append(head);
    }
    return {{QStringLiteral("texts"), text_array},
            {QStringLiteral("words"), word_array},
            {QStringLiteral("heads"), head_array}};
}

} // namespace encoderscope
