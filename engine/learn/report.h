// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"
#include "engine/learn/training.h"

#include <QJsonObject>

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

/// What each head looks at, the mean over the first `most` of `lines`: [layer * heads + head].
std::vector<HeadStatistics> mean_head_statistics(const ModelPtr &model, const QStringList &lines, int most);

/// All of it for a model card.
QJsonObject report_as_json(const std::vector<TextReport> &texts, const std::vector<HeadStatistics> &heads,
                           int heads_a_layer);

} // namespace encoderscope
