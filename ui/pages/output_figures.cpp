// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/output_figures.h"

#include "engine/analysis/contributions.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/analysis/similarity.h"
#include "engine/error.h"
#include "ui/figures/chart_figure.h"
#include "ui/figures/figure_labels.h"
#include "ui/figures/trace_figures.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

QString quotedToken(const Trace &trace, int token)
{
    return QStringLiteral("“%1”").arg(tokenLabels(trace).value(token));
}

} // namespace

FigurePtr contributionsFigure(const ComparedTrace &compared, int token, const FigureStyle &style)
{
    const Trace &trace = compared.trace();
    const SublayerContributions lengths = sublayer_contributions(trace);
    double most = 0.0;
    const auto series = [&](const Matrix &values, const QString &name, const QColor &colour, int firstLayer) {
        ChartSeries made;
        made.name = name;
        made.colour = colour;
        for (Index row = 0; row < values.rows(); ++row) {
            const auto value = static_cast<double>(values(row, token));
            most = std::max(most, value);
            made.points.append(QPointF(static_cast<double>(row) + firstLayer, value));
        }
        return made;
    };
    ChartData data;
    data.series.push_back(
        series(lengths.hidden, QCoreApplication::translate("Pages", "hidden state"), style.text, 0));
    data.series.push_back(series(lengths.attention,
                                 QCoreApplication::translate("Pages", "added by attention"), style.query, 1));
    data.series.push_back(
        series(lengths.feed_forward, QCoreApplication::translate("Pages", "added by the FFN"), style.key, 1));
    // With dots, so that a single layer can be seen.
    for (std::size_t i = 0; i < 3; ++i) {
        ChartSeries dots = data.series[i];
        dots.kind = ChartSeries::Kind::points;
        dots.name.clear();
        data.series.push_back(std::move(dots));
    }
    data.xTitle = QCoreApplication::translate("Pages", "layer (0: embedding)");
    data.yTitle = QCoreApplication::translate("Pages", "length");
    data.xHigh = trace.layers();
    data.wholeX = true;
    const double step = std::pow(10.0, std::floor(std::log10(std::max(most, 1e-3))));
    data.yHigh = std::ceil(most * 1.05 / step) * step;
    auto figure = std::make_shared<ChartFigure>(std::move(data));
    figure->title =
        QCoreApplication::translate("Pages", "%1 through the layers").arg(quotedToken(trace, token));
    figure->name = QStringLiteral("lengths-token%1").arg(token);
    figure->caption = figureCaption(trace);
    return figure;
}

FigurePtr predictionsFigure(const Trace &trace, int token, const std::vector<WordPrediction> &predictions,
                            const FigureStyle &style)
{
    BarsData data;
    for (const WordPrediction &prediction : predictions) {
        data.labels.append(prediction.piece);
        data.values.append(static_cast<double>(prediction.probability));
    }
    data.colours = {style.output};
    data.valueTitle = QCoreApplication::translate("Pages", "probability");
    data.high = 1.0;
    data.horizontal = true;
    auto figure = std::make_shared<BarsFigure>(std::move(data));
    figure->title = QCoreApplication::translate("Pages", "Predicted at position %1, %2")
                        .arg(token)
                        .arg(quotedToken(trace, token));
    figure->name = QStringLiteral("predictions-token%1").arg(token);
    figure->caption = figureCaption(trace);
    return figure;
}

FigurePtr classesFigure(const Trace &trace, const std::vector<ClassPrediction> &classes,
                        const FigureStyle &style)
{
    BarsData data;
    for (const ClassPrediction &prediction : classes) {
        data.labels.append(prediction.label);
        data.values.append(static_cast<double>(prediction.value));
    }
    const auto values = trace.model().output.classification->values;
    data.colours = {style.output};
    if (values == ClassificationHead::Values::scores) {
        data.valueTitle = QCoreApplication::translate("Pages", "score");
    } else {
        data.valueTitle = QCoreApplication::translate("Pages", "probability");
        data.high = 1.0;
    }
    data.horizontal = true;
    auto figure = std::make_shared<BarsFigure>(std::move(data));
    figure->title = values == ClassificationHead::Values::scores
                        ? QCoreApplication::translate("Pages", "Score of the sentence")
                        : QCoreApplication::translate("Pages", "Class of the sentence");
    figure->name = QStringLiteral("classes");
    figure->caption = figureCaption(trace);
    return figure;
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

} // namespace encoderscope
