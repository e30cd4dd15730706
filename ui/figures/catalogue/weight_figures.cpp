// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/weight_figures.h"

#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_messages.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/catalogue/token_rows.h"
#include "ui/jobs/stopped.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int histogram_bins = 61;

bool isTable(WeightMatrix which)
{
    return which == WeightMatrix::token_embedding || which == WeightMatrix::position_embedding;
}

/// "W_Q: layer 2, head 1".
QString placeTitle(const WeightPlace &place)
{
    const QString symbol = weightSymbol(place.which);
    if (isTable(place.which))
        return symbol;
    return place.head >= 0 && isOfHeads(place.which)
               ? Figures::tr("%1: layer %2, head %3").arg(symbol).arg(place.layer + 1).arg(place.head + 1)
               : Figures::tr("%1: layer %2").arg(symbol).arg(place.layer + 1);
}

/// "weights-query-layer2-head1".
QString fileName(const char *kind, const WeightPlace &place)
{
    static constexpr const char *names[] = {
        "query",  "key",        "value",        "output",         "query-key",    "value-output",
        "up",     "gate-value", "down",         "biases",         "up-bias",      "norms",
        "tokens", "positions",  "relative-key", "relative-query", "relative-bias"};
    QString name =
        QStringLiteral("%1-%2").arg(QLatin1String(kind), QLatin1String(names[static_cast<int>(place.which)]));
    if (!isTable(place.which))
        name += QStringLiteral("-layer%1").arg(place.layer + 1);
    if (place.head >= 0 && isOfHeads(place.which))
        name += QStringLiteral("-head%1").arg(place.head + 1);
    return name;
}

QString captionOf(const WeightPlace &place)
{
    if (isTable(place.which))
        return {};
    return placeCaption(place.layer, isOfHeads(place.which) ? place.head : -1);
}

/// What an element of the vector to the left (`row`) or of the result is.
QString elementTitle(const WeightPlace &place, bool row)
{
    const QString input = Figures::tr("dimension of x");
    const QString result = Figures::tr("dimension of Z");
    const QString ofHead =
        place.head < 0 ? Figures::tr("dimension of all heads") : Figures::tr("dimension of the head");
    const QString neuron = Figures::tr("neuron");
    switch (place.which) {
    case WeightMatrix::query:
    case WeightMatrix::key:
    case WeightMatrix::value:
        return row ? input : ofHead;
    case WeightMatrix::output:
        return row ? ofHead : result;
    case WeightMatrix::query_key:
        return row ? Figures::tr("dimension of the query's x") : Figures::tr("dimension of the key's x");
    case WeightMatrix::value_output:
        return row ? input : result;
    case WeightMatrix::up:
    case WeightMatrix::gate_value:
        return row ? input : neuron;
    case WeightMatrix::down:
        return row ? neuron : dimensionTitle();
    case WeightMatrix::up_bias:
        return row ? QString() : neuron;
    case WeightMatrix::token_embedding:
        return row ? Figures::tr("piece") : dimensionTitle();
    case WeightMatrix::position_embedding:
        return row ? Figures::tr("position") : dimensionTitle();
    case WeightMatrix::relative_key:
    case WeightMatrix::relative_query:
        if (row)
            return place.model->config.relative_products.buckets > 0 ? Figures::tr("bucket of the distance")
                                                                     : Figures::tr("query − key");
        return ofHead;
    case WeightMatrix::relative_bias:
        return row ? Figures::tr("bucket of the distance") : Figures::tr("head");
    default:
        return row ? QString() : dimensionTitle();
    }
}

QStringList rowLabels(const WeightPlace &place)
{
    const LayerWeights &weights = place.model->weights.layers[static_cast<std::size_t>(place.layer)];
    QStringList names;
    const auto add = [&names](const SharedMatrix &vector, const QString &name) {
        if (!vector.empty())
            names.append(name);
    };
    switch (place.which) {
    case WeightMatrix::biases:
        add(weights.query.bias, QStringLiteral("b_Q"));
        add(weights.key.bias, QStringLiteral("b_K"));
        add(weights.value.bias, QStringLiteral("b_V"));
        add(weights.output.bias, QStringLiteral("b_O"));
        add(weights.shrink.bias, QStringLiteral("b_2"));
        break;
    case WeightMatrix::up_bias:
        add(weights.expand.bias, QStringLiteral("b_1"));
        add(weights.feed_forward_value.bias, QStringLiteral("c"));
        break;
    case WeightMatrix::norms:
        add(weights.attention_norm.gain, Figures::tr("γ, attention"));
        add(weights.attention_norm.bias, Figures::tr("β, attention"));
        add(weights.feed_forward_norm.gain, Figures::tr("γ, FFN"));
        add(weights.feed_forward_norm.bias, Figures::tr("β, FFN"));
        break;
    case WeightMatrix::token_embedding:
        for (int id = 0; id < place.shape().rows; ++id)
            names.append(printableText(place.model->tokenizer->piece(id)));
        break;
    case WeightMatrix::relative_key:
    case WeightMatrix::relative_query:
        for (int row = 0; row < place.shape().rows; ++row)
            names.append(QString::number(row - place.model->config.relative_products.span)
                             .replace(QLatin1Char('-'), QChar(0x2212)));
        break;
    default:
        break;
    }
    return names;
}

/// Rows spread over the whole matrix, as many as a scale needs.
Matrix sampledWeightRows(const WeightPlace &place)
{
    constexpr Index enough = 65'536; // values
    const WeightShape shape = place.shape();
    const Index most = std::max<Index>(1, enough / std::max<Index>(1, shape.columns));
    if (shape.rows <= 4 * most)
        return weight_matrix(*place.model, place.which, place.layer, place.head);
    Matrix rows(most, shape.columns);
    for (Index row = 0; row < most; ++row)
        rows.row(row) =
            weight_rows(*place.model, place.which, place.layer, place.head, row * shape.rows / most, 1);
    return rows;
}

/// Calls `use` with the values; a table of the model is looked at where it lies.
template <typename Use>
auto withValues(const WeightPlace &place, const Use &use)
{
    const EmbeddingWeights &embedding = place.model->weights.embedding;
    if (place.which == WeightMatrix::token_embedding)
        return use(MatrixRef(embedding.token.view()));
    const Matrix values = weight_matrix(*place.model, place.which, place.layer, place.head);
    return use(MatrixRef(values));
}

QString sizeText(const WeightShape &shape)
{
    return QStringLiteral("%1 × %2").arg(shape.rows).arg(shape.columns);
}

TableData::Column number(const QString &title)
{
    return {.title = title};
}

} // namespace

bool isOfHeads(WeightMatrix which)
{
    switch (which) {
    case WeightMatrix::query:
    case WeightMatrix::key:
    case WeightMatrix::value:
    case WeightMatrix::output:
    case WeightMatrix::query_key:
    case WeightMatrix::value_output:
    case WeightMatrix::relative_key:
    case WeightMatrix::relative_query:
        return true;
    default:
        return false;
    }
}

QString weightSymbol(WeightMatrix which)
{
    switch (which) {
    case WeightMatrix::query:
        return QStringLiteral("W_Q");
    case WeightMatrix::key:
        return QStringLiteral("W_K");
    case WeightMatrix::value:
        return QStringLiteral("W_V");
    case WeightMatrix::output:
        return QStringLiteral("W_O");
    case WeightMatrix::query_key:
        return QStringLiteral("W_Q W_Kᵀ");
    case WeightMatrix::value_output:
        return QStringLiteral("W_V W_O");
    case WeightMatrix::up:
        return QStringLiteral("W_1");
    case WeightMatrix::gate_value:
        return QStringLiteral("V");
    case WeightMatrix::down:
        return QStringLiteral("W_2");
    case WeightMatrix::biases:
        return Figures::tr("Biases");
    case WeightMatrix::up_bias:
        return QStringLiteral("b_1");
    case WeightMatrix::norms:
        return Figures::tr("Layer norms");
    case WeightMatrix::token_embedding:
        return Figures::tr("Embedding table");
    case WeightMatrix::relative_key:
        return Figures::tr("Keys of distances");
    case WeightMatrix::relative_query:
        return Figures::tr("Queries of distances");
    case WeightMatrix::relative_bias:
        return Figures::tr("Position bias");
    case WeightMatrix::position_embedding:
        break;
    }
    return Figures::tr("Position table");
}

FigurePtr weightsFigure(const WeightPlace &place)
{
    const WeightShape shape = place.shape();
    if (shape.size() == 0)
        return nullptr;
    HeatmapData data;
    data.rows = static_cast<int>(shape.rows);
    data.columns = static_cast<int>(shape.columns);
    data.rowLabels = rowLabels(place);
    data.rowTitle = elementTitle(place, true);
    data.columnTitle = elementTitle(place, false);
    data.valueTitle = Figures::tr("weight");
    data.scale = ColourScale::diverging(divergingLimit(sampledWeightRows(place), data.clipped));
    if (place.which == WeightMatrix::query_key || place.which == WeightMatrix::value_output)
        data.values = rowsOf(weight_matrix(*place.model, place.which, place.layer, place.head));
    else
        data.values = [place](int first, int count) {
            return weight_rows(*place.model, place.which, place.layer, place.head, first, count);
        };
    return makeFigure(std::move(data), placeTitle(place), fileName("weights", place), captionOf(place));
}

FigurePtr weightHistogramFigure(const WeightPlace &place)
{
    if (place.shape().size() == 0)
        return nullptr;
    bool clipped = false;
    const double limit = divergingLimit(sampledWeightRows(place), clipped);
    const std::vector<int> counts = withValues(place, [limit](const MatrixRef &values) {
        return weight_histogram(values, static_cast<float>(limit), histogram_bins);
    });
    ChartData chart;
    chart.xTitle = Figures::tr("weight");
    chart.yTitle = Figures::tr("count");
    chart.xLow = -limit;
    chart.xHigh = limit;
    chart.yHigh = std::max(1, *std::max_element(counts.begin(), counts.end()));
    ChartSeries series{.colour = FigureColour::series(0)};
    for (int bin = 0; bin < histogram_bins; ++bin)
        series.points.append(QPointF(limit * ((2.0 * bin + 1.0) / histogram_bins - 1.0),
                                     counts[static_cast<std::size_t>(bin)]));
    chart.series.push_back(std::move(series));
    return makeFigure(std::move(chart), Figures::tr("Distribution of %1").arg(weightSymbol(place.which)),
                      fileName("weight-histogram", place), captionOf(place));
}

FigurePtr weightSummaryFigure(const WeightPlace &place)
{
    if (place.shape().size() == 0)
        return nullptr;
    const WeightSummary summary =
        withValues(place, [](const MatrixRef &values) { return weight_summary(values); });
    TableData table;
    table.columns = {number(Figures::tr("figure")), number(Figures::tr("value"))};
    table.keyColumns = 1;
    const auto add = [&table](const QString &name, const QVariant &value) {
        table.rows.push_back({name, value});
    };
    add(Figures::tr("rows × columns"), sizeText(place.shape()));
    add(Figures::tr("norm"), static_cast<double>(summary.norm));
    add(Figures::tr("mean"), static_cast<double>(summary.mean));
    add(Figures::tr("deviation"), static_cast<double>(summary.deviation));
    add(Figures::tr("least"), static_cast<double>(summary.least));
    add(Figures::tr("greatest"), static_cast<double>(summary.greatest));
    return makeFigure(std::move(table), placeTitle(place), fileName("weight-summary", place),
                      captionOf(place));
}

FigurePtr singularValuesFigure(const WeightPlace &place, const std::stop_token &stop)
{
    const std::vector<float> values =
        withValues(place, [&stop](const MatrixRef &weights) { return singular_values(weights, stop); });
    throwIfStopped(stop);
    if (values.empty())
        return nullptr;
    ChartData chart;
    ChartSeries series{.kind = values.size() > 1 ? ChartSeries::Kind::line : ChartSeries::Kind::points,
                       .colour = FigureColour::series(0)};
    for (std::size_t i = 0; i < values.size(); ++i)
        series.points.append(QPointF(static_cast<double>(i + 1), static_cast<double>(values[i])));
    chart.series.push_back(std::move(series));
    chart.xTitle = Figures::tr("rank");
    chart.yTitle = Figures::tr("value");
    chart.xLow = 1.0;
    chart.xHigh = std::max(2.0, static_cast<double>(values.size()));
    chart.wholeX = true;
    chart.yHigh = std::max(1e-6, 1.05 * static_cast<double>(values.front()));
    return makeFigure(std::move(chart), Figures::tr("Singular values of %1").arg(weightSymbol(place.which)),
                      fileName("singular-values", place), captionOf(place));
}

FigurePtr weightTableFigure(const ModelPtr &model, int layer, const std::stop_token &stop)
{
    TableData table;
    table.columns = {number(Figures::tr("matrix")),    number(Figures::tr("rows × columns")),
                     number(Figures::tr("norm")),      number(Figures::tr("mean")),
                     number(Figures::tr("deviation")), number(Figures::tr("least")),
                     number(Figures::tr("greatest"))};
    table.keyColumns = 1;
    for (const WeightMatrix which :
         {WeightMatrix::query, WeightMatrix::key, WeightMatrix::value, WeightMatrix::output, WeightMatrix::up,
          WeightMatrix::gate_value, WeightMatrix::up_bias, WeightMatrix::down, WeightMatrix::biases,
          WeightMatrix::norms, WeightMatrix::token_embedding, WeightMatrix::position_embedding,
          WeightMatrix::relative_key, WeightMatrix::relative_query, WeightMatrix::relative_bias}) {
        throwIfStopped(stop);
        const WeightPlace place{model, which, layer};
        if (place.shape().size() == 0)
            continue;
        const WeightSummary summary =
            withValues(place, [](const MatrixRef &values) { return weight_summary(values); });
        table.rows.push_back({weightSymbol(which), sizeText(place.shape()), static_cast<double>(summary.norm),
                              static_cast<double>(summary.mean), static_cast<double>(summary.deviation),
                              static_cast<double>(summary.least), static_cast<double>(summary.greatest)});
    }
    return makeFigure(std::move(table), Figures::tr("Weights of layer %1").arg(layer + 1),
                      QStringLiteral("weight-table-layer%1").arg(layer + 1), placeCaption(layer));
}

FigurePtr wordVectorFigure(const ModelPtr &model, int id)
{
    return vectorFigure(model->weights.embedding.token.view().row(id),
                        Figures::tr("Row %1 of the embedding table: “%2”")
                            .arg(id)
                            .arg(printableText(model->tokenizer->piece(id))),
                        QStringLiteral("word-vector-%1").arg(id), {}, Figures::tr("weight"));
}

FigurePtr nearestWordsFigure(const ModelPtr &model, int id, int count)
{
    const std::vector<NearWord> near = nearest_words(*model, id, count);
    if (near.empty())
        return nullptr;
    BarsData bars;
    bars.horizontal = true;
    bars.numbers = true;
    bars.labelTitle = Figures::tr("piece");
    bars.valueTitle = Figures::tr("cosine");
    bars.high = 1.0;
    bars.room = count;
    for (const NearWord &word : near) {
        bars.labels.append(printableText(word.piece));
        bars.values.append(static_cast<double>(word.cosine));
        bars.low = std::min(bars.low, static_cast<double>(word.cosine));
    }
    bars.colours = {FigureColour::series(0)};
    return makeFigure(
        std::move(bars),
        Figures::tr("Nearest to “%1” in the embedding table").arg(printableText(model->tokenizer->piece(id))),
        QStringLiteral("nearest-words-%1").arg(id), {});
}

} // namespace encoderscope
