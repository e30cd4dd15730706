// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/output_figures.h"

#include "engine/analysis/contributions.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/analysis/similarity.h"
#include "engine/error.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/token_rows.h"
#include "ui/figures/ticks.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

/// Bars of shares: from 0 to 1, or the differences of two runs' around 0.
BarsData shareBars(const ComparedTrace &compared)
{
    BarsData data;
    data.colours = {{FigureColour::Role::output}};
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "probability"));
    if (!compared.difference())
        data.high = 1.0;
    data.horizontal = true;
    data.numbers = true;
    return data;
}

TracePtr shownOf(const ComparedTrace &compared)
{
    return compared.comparison == Comparison::before ? compared.before : compared.now;
}

} // namespace

FigurePtr contributionsFigure(const ComparedTrace &compared, int token)
{
    const Trace &trace = compared.trace();
    SublayerContributions lengths = sublayer_contributions(trace);
    if (compared.difference()) {
        const SublayerContributions before = sublayer_contributions(*compared.before);
        lengths.hidden -= before.hidden;
        lengths.attention -= before.attention;
        lengths.feed_forward -= before.feed_forward;
    }
    double most = 0.0;
    double least = 0.0;
    const auto series = [&](const Matrix &values, const QString &name, FigureColour::Role colour,
                            int firstLayer) {
        ChartSeries made;
        made.name = name;
        made.colour = {colour};
        for (Index row = 0; row < values.rows(); ++row) {
            const auto value = static_cast<double>(values(row, token));
            if (std::isfinite(value)) {
                most = std::max(most, value);
                least = std::min(least, value);
            }
            made.points.append(QPointF(static_cast<double>(row) + firstLayer, value));
        }
        return made;
    };
    ChartData data;
    data.series.push_back(series(lengths.hidden, QCoreApplication::translate("Pages", "hidden state"),
                                 FigureColour::Role::text, 0));
    data.series.push_back(series(lengths.attention,
                                 QCoreApplication::translate("Pages", "added by attention"),
                                 FigureColour::Role::query, 1));
    data.series.push_back(series(lengths.feed_forward,
                                 QCoreApplication::translate("Pages", "added by the FFN"),
                                 FigureColour::Role::key, 1));
    // With dots, so that a single layer can be seen.
    for (std::size_t i = 0; i < 3; ++i) {
        ChartSeries dots = data.series[i];
        dots.kind = ChartSeries::Kind::points;
        dots.name.clear();
        data.series.push_back(std::move(dots));
    }
    data.xTitle = QCoreApplication::translate("Pages", "layer (0: embedding)");
    data.yTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "length"));
    data.xHigh = trace.layers();
    data.wholeX = true;
    const double largest = std::max(most, -least);
    const double step = std::pow(10.0, std::floor(std::log10(std::max(largest, 1e-3))));
    data.yHigh = most > 0.0 || least == 0.0 ? std::ceil(std::max(most, 1e-3) * 1.05 / step) * step : 0.0;
    data.yLow = least < 0.0 ? std::floor(least * 1.05 / step) * step : 0.0;
    return makeFigure(
        std::move(data),
        QCoreApplication::translate("Pages", "%1 through the layers").arg(quotedToken(trace, token)) +
            comparisonSuffix(compared),
        QStringLiteral("lengths-token%1").arg(token) + comparisonName(compared), QString());
}

bool PredictedWords::answers(const ComparedTrace &other, int otherToken, int otherCount) const
{
    return now == shownOf(other) && before == (other.difference() ? other.before : nullptr) &&
           comparison == other.comparison && token == otherToken && count == otherCount;
}

PredictedWords predictedWords(const ComparedTrace &compared, int token, int count)
{
    PredictedWords words{.now = shownOf(compared),
                         .before = compared.difference() ? compared.before : nullptr,
                         .comparison = compared.comparison,
                         .token = token,
                         .count = count};
    words.words = masked_word_predictions(*words.now, token, count);
    if (!words.before)
        return words;
    RowVector logits = masked_word_logits(*words.before, token);
    const RowVector exponents = (logits.array() - logits.maxCoeff()).exp().matrix();
    for (const WordPrediction &word : words.words)
        words.probabilityBefore.push_back(exponents[word.id] / exponents.sum());
    return words;
}

FigurePtr predictionsFigure(const PredictedWords &words)
{
    const ComparedTrace compared{words.now, words.before ? words.before : words.now, words.comparison};
    BarsData data = shareBars(compared);
    for (std::size_t index = 0; index < words.words.size(); ++index) {
        const WordPrediction &word = words.words[index];
        auto value = static_cast<double>(word.probability);
        if (words.before)
            value -= static_cast<double>(words.probabilityBefore[index]);
        data.labels.append(printableText(word.piece));
        data.values.append(value);
    }
    return makeFigure(std::move(data),
                      QCoreApplication::translate("Pages", "Predicted at position %1, %2")
                              .arg(words.token)
                              .arg(quotedToken(*words.now, words.token)) +
                          comparisonSuffix(compared),
                      QStringLiteral("predictions-token%1").arg(words.token) + comparisonName(compared),
                      QString());
}

FigurePtr classesFigure(const ComparedTrace &compared)
{
    using Values = ClassificationHead::Values;
    const bool scores = compared.trace().model().output.classification->values == Values::scores;
    BarsData data = shareBars(compared);
    if (scores) {
        data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "score"));
        data.high = 0.0; // as the scores are
    }
    data.room = 4; // a single score is no wall
    const std::vector<ClassPrediction> now = class_predictions(*shownOf(compared));
    const std::vector<ClassPrediction> before =
        compared.difference() ? class_predictions(*compared.before) : std::vector<ClassPrediction>();
    for (std::size_t index = 0; index < now.size(); ++index) {
        auto value = static_cast<double>(now[index].value);
        if (compared.difference())
            value -= static_cast<double>(before[index].value);
        const QString label = printableText(now[index].label);
        const auto logit = static_cast<double>(now[index].logit);
        data.labels.append(
            scores || compared.difference()
                ? label
                //: %1: a class, %2: its score before the softmax or sigmoid
                : QCoreApplication::translate("Pages", "%1 (logit %2)").arg(label, readableNumber(logit)));
        data.values.append(value);
    }
    return makeFigure(std::move(data),
                      (scores ? QCoreApplication::translate("Pages", "Score of the sentence")
                              : QCoreApplication::translate("Pages", "Class of the sentence")) +
                          comparisonSuffix(compared),
                      QStringLiteral("classes") + comparisonName(compared), QString());
}

namespace
{

/// Mean of the hidden states of a sentence's own tokens; empty when it has none.
RowVector meanOf(const Trace &trace, int segment)
{
    RowVector sum = RowVector::Zero(trace.config().d_model);
    int count = 0;
    for (int token = 0; token < trace.tokens(); ++token) {
        if (trace.token(token).special || trace.token(token).segment != segment)
            continue;
        sum += trace.output().row(token);
        ++count;
    }
    return count > 0 ? RowVector(sum / static_cast<float>(count)) : RowVector();
}

QString nameOf(Pooling pooling)
{
    switch (pooling) {
    case Pooling::first_token:
        return QCoreApplication::translate("Pages", "first token");
    case Pooling::last_token:
        return QCoreApplication::translate("Pages", "last token");
    case Pooling::mean:
        return QCoreApplication::translate("Pages", "mean of all tokens");
    case Pooling::mean_sqrt_length:
        return QCoreApplication::translate("Pages",
                                           "sum of all tokens divided by the square root of their number");
    case Pooling::weighted_mean:
        return QCoreApplication::translate("Pages", "mean of all tokens, weighted by position");
    case Pooling::max:
        return QCoreApplication::translate("Pages", "greatest value of each dimension");
    }
    return {};
}

/// What sentence-transformers do, step by step.
QString sentenceMethod(const SentenceEncoder &sentence)
{
    QStringList poolings;
    for (const Pooling pooling : sentence.pooling)
        poolings.append(nameOf(pooling));
    QStringList steps{poolings.join(QStringLiteral(" + "))};
    for (const SentenceStep &step : sentence.steps) {
        if (std::holds_alternative<SentenceDense>(step))
            steps.append(QCoreApplication::translate("Pages", "a dense layer"));
        else if (std::holds_alternative<SentenceNorm>(step))
            steps.append(QCoreApplication::translate("Pages", "layer norm"));
        else
            steps.append(QCoreApplication::translate("Pages", "scaled to length 1"));
    }
    QString method = QCoreApplication::translate("Pages", "%1; each sentence alone")
                         .arg(steps.join(QStringLiteral(" → ")));
    if (!sentence.prompt.isEmpty())
        method += QCoreApplication::translate("Pages", ", behind the prompt “%1”").arg(sentence.prompt);
    if (sentence.max_tokens > 0)
        method +=
            QCoreApplication::translate("Pages", ", of %n tokens at most", nullptr, sentence.max_tokens);
    return method;
}

} // namespace

SentenceVectors sentenceVectors(const TracePtr &trace)
{
    SentenceVectors vectors;
    vectors.trace = trace;
    const OutputHeads &heads = trace->model().output;
    const Encoding &encoding = trace->encoding();
    const bool pair = !encoding.text_b.isEmpty();
    try {
        if (heads.sentence) {
            vectors.method = sentenceMethod(*heads.sentence);
            if (pair) {
                const SentencePair both =
                    compare_sentences(trace->model_pointer(), encoding.text, encoding.text_b);
                vectors.a = both.a;
                vectors.b = both.b;
            } else {
                vectors.a = sentence_vector(*trace);
            }
        } else if (!heads.sentence_problem.isEmpty()) {
            vectors.problem = heads.sentence_problem; // and no other vector under its name
        } else if (!pair && heads.pooler) {
            vectors.method = QCoreApplication::translate(
                "Pages", "the model's pooler: tanh of a dense layer over the first token");
            vectors.a = pooled_vector(*trace);
        } else {
            vectors.method = QCoreApplication::translate("Pages", "mean of the sentence's tokens");
            vectors.a = meanOf(*trace, 0);
            vectors.b = pair ? meanOf(*trace, 1) : RowVector();
        }
    } catch (const Error &error) {
        vectors.problem = error.message();
    }
    if (vectors.a.size() > 0 && vectors.b.size() > 0)
        vectors.cosine = cosine_similarity(vectors.a, vectors.b);
    return vectors;
}

bool ComparedVectors::answers(const ComparedTrace &other) const
{
    return now.trace == shownOf(other) && before.trace == (other.difference() ? other.before : nullptr);
}

ComparedVectors comparedVectors(const ComparedTrace &compared)
{
    ComparedVectors vectors{sentenceVectors(shownOf(compared)), {}};
    if (compared.difference())
        vectors.before = sentenceVectors(compared.before);
    return vectors;
}

FigurePtr sentenceVectorFigure(const ComparedTrace &compared, const ComparedVectors &vectors, bool second)
{
    const auto of = [second](const SentenceVectors &both) { return second ? both.b : both.a; };
    RowVector vector = of(vectors.now);
    if (vector.size() == 0 || (compared.difference() && of(vectors.before).size() != vector.size()))
        return nullptr;
    if (compared.difference())
        vector -= of(vectors.before);
    const QString title = second ? QCoreApplication::translate("Pages", "Vector of sentence B")
                                 : QCoreApplication::translate("Pages", "Vector of sentence A");
    const QString name = second ? QStringLiteral("sentence-b") : QStringLiteral("sentence-a");
    return vectorFigure(vector, title + comparisonSuffix(compared), name + comparisonName(compared),
                        vectors.now.method,
                        comparedValueTitle(compared, QCoreApplication::translate("Figures", "value")));
}

} // namespace encoderscope
