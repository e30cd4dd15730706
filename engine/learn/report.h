// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"
#include "engine/learn/training.h"
#include "engine/learn/word_test.h"

#include <QJsonObject>

#include <optional>

namespace encoderscope
{

/// How well masked words of one text are predicted, and how well without an encoder.
struct TextReport {
    QString name;
    int sentences = 0;
    Outcome model, unigram, bigram;
};

/// Measures the training's present weights on `lines`, and the baselines on the same masked tokens.
TextReport report_on(Training &training, const QString &name, const QStringList &lines, int max_tokens);

/// How many words of one text are found when each is masked by itself; `other` is another model's.
struct WordReport {
    QString name;
    WordOutcome model, unigram, bigram;
    std::optional<WordOutcome> other;
};

/// `other` may be null. Throws Error when it is a model that training does not support.
WordReport report_on_words(Training &training, const QString &name, const QStringList &lines, int max_tokens,
                           const ModelPtr &other);

/// What each head looks at, the mean over the queries of the first `most` of `lines`: [layer * heads + head].
std::vector<HeadStatistics> mean_head_statistics(const ModelPtr &model, const QStringList &lines, int most);

/// All of it for a model card.
QJsonObject report_as_json(const std::vector<TextReport> &texts, const std::vector<WordReport> &words,
                           const std::vector<HeadStatistics> &heads, int heads_a_layer);

} // namespace encoderscope
