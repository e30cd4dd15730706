// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the page Weights.
#include "ui/figures/catalogue/cost_figure.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/figures/catalogue/weight_figures.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

constexpr Index many_values = 400'000;         ///< more are not read while the window waits
constexpr double many_products = 20'000'000.0; ///< nor computed

/// In the order of WeightMatrix.
ParameterKind matrixParameter()
{
    return viewParameter("weights", "matrix", FigureKinds::tr("Which of the learned matrices."));
}

ParameterKind weightHeadsParameter()
{
    return viewParameter("weights", "heads",
                         FigureKinds::tr("The part of one head, or all heads side by side."));
}

ParameterKind wordParameter()
{
    return viewParameter("words", "word",
                         FigureKinds::tr("A piece of the vocabulary; without it the pinned token's."));
}

ParameterKind pieceCountParameter()
{
    return {.name = QStringLiteral("count"),
            .description = FigureKinds::tr("How many pieces are shown."),
            .type = ParameterKind::Type::integer,
            .lowest = 1,
            .highest = 50,
            .fallback = 12};
}

ParameterKinds sizeParameters()
{
    return {viewParameter("costs", "d_model",
                          FigureKinds::tr("Numbers in a token's vector; 0: as the model has.")),
            viewParameter("costs", "layers", FigureKinds::tr("Layers; 0: as the model has.")),
            viewParameter("costs", "heads", FigureKinds::tr("Heads of a layer; 0: as the model has.")),
            viewParameter("costs", "d_ff", FigureKinds::tr("Neurons of an FFN; 0: as the model has.")),
            viewParameter("costs", "tokens", FigureKinds::tr("Tokens of the input; 0: as the text has."))};
}

ParameterKinds placeParameters()
{
    return {matrixParameter(), weightHeadsParameter(), layerParameter(), headParameter()};
}

WeightPlace placeOf(const FigureRequest &request)
{
    const auto which = static_cast<WeightMatrix>(choiceOf(request, matrixParameter()));
    const bool product = which == WeightMatrix::query_key || which == WeightMatrix::value_output;
    const bool all = choiceOf(request, weightHeadsParameter()) == 1 && !product;
    return {request.frame.trace().model_pointer(), which, layerOf(request),
            all || !isOfHeads(which) ? -1 : headOf(request)};
}

/// Values that take long to read or, of a product, to compute.
bool isLarge(const FigureRequest &request)
{
    const WeightPlace place = placeOf(request);
    const WeightShape shape = place.shape();
    const bool product = place.which == WeightMatrix::query_key || place.which == WeightMatrix::value_output;
    return shape.size() > many_values ||
           (product && static_cast<double>(shape.size()) * place.model->config.d_k() > many_products);
}

QString noWeights()
{
    return FigureKinds::tr("Only a trace of this model is known, not its weights.");
}

MadeFigure orNoMatrix(FigurePtr figure, const FigureRequest &request)
{
    if (figure)
        return {std::move(figure)};
    const WeightPlace place = placeOf(request);
    if (!place.model->has_weights())
        return {.reason = noWeights()};
    if (place.which == WeightMatrix::position_embedding)
        return {.reason =
                    place.model->config.relative_products.rows > 0
                        ? FigureKinds::tr("Nothing is added to the embedding for positions: the scores "
                                          "have products with the distances of the tokens.")
                    : place.model->config.distance_slopes
                        ? FigureKinds::tr("Nothing is added to the embedding for positions: each head takes "
                                          "its slope times the distance of the tokens from the scores.")
                    : place.model->config.relative_buckets > 0
                        ? FigureKinds::tr("Nothing is added to the embedding for positions: each head adds "
                                          "a bias for the distance of the tokens to the scores.")
                    : place.model->config.positions == Positions::none
                        ? FigureKinds::tr("This model adds nothing for positions.")
                        : FigureKinds::tr("This model computes its positions by a formula: there is no "
                                          "table that training has made.")};
    if (place.which == WeightMatrix::relative_key || place.which == WeightMatrix::relative_query)
        return {.reason = FigureKinds::tr("The scores of this model have no such product with distances.")};
    if (place.which == WeightMatrix::relative_bias)
        return {.reason = FigureKinds::tr("This model adds no position bias to its scores.")};
    if (place.which == WeightMatrix::gate_value)
        return {.reason = FigureKinds::tr("The FFN has no gate.")};
    return {.reason = FigureKinds::tr("The linear layers of this model have no biases.")};
}

/// The id that a word asks for, or why there is none.
struct AskedPiece {
    int id = -1;
    QString reason = {};
};

AskedPiece pieceOf(const FigureRequest &request)
{
    const Trace &trace = request.frame.trace();
    if (!trace.model().has_weights())
        return {.reason = noWeights()};
    const Tokenizer &tokenizer = *trace.model().tokenizer;
    const QString word = wordOf(request, wordParameter()).trimmed();
    AskedPiece asked;
    if (word.isEmpty()) {
        asked.id = trace.token(std::clamp(request.frame.selection.query, 0, trace.tokens() - 1)).id;
    } else if (asked.id = tokenizer.id(word); asked.id < 0) {
        const std::vector<Token> pieces = tokenizer.tokenize(word);
        if (pieces.size() == 1) {
            asked.id = pieces.front().id;
        } else {
            QStringList names;
            for (const Token &piece : pieces)
                names.append(QStringLiteral("“%1”").arg(printableText(piece.piece)));
            asked.reason = FigureKinds::tr("“%1” has no row of its own: the tokenizer cuts it into %2.")
                               .arg(printableText(word), names.join(QStringLiteral(", ")));
        }
    }
    if (asked.id >= trace.model().weights.embedding.token.rows())
        asked = {-1, FigureKinds::tr("The embedding table has no row %1.").arg(asked.id)};
    return asked;
}

MadeFigure wordVector(const FigureRequest &request, const std::stop_token &)
{
    const AskedPiece asked = pieceOf(request);
    if (asked.id < 0)
        return {.reason = asked.reason};
    return {wordVectorFigure(request.frame.trace().model_pointer(), asked.id)};
}

MadeFigure nearestWords(const FigureRequest &request, const std::stop_token &)
{
    const AskedPiece asked = pieceOf(request);
    if (asked.id < 0)
        return {.reason = asked.reason};
    FigurePtr figure = nearestWordsFigure(request.frame.trace().model_pointer(), asked.id,
                                          wholeOf(request, pieceCountParameter()));
    if (figure)
        return {std::move(figure)};
    return {.reason = FigureKinds::tr("The vocabulary has no other piece.")};
}

bool hasLargeTable(const FigureRequest &request)
{
    const SharedMatrix &table = request.frame.trace().model().weights.embedding.token;
    return table.rows() * table.columns() > 4 * many_values; // read once, in order
}

MadeFigure costs(const FigureRequest &request, const std::stop_token &)
{
    if (request.frame.compared.difference())
        return noDifference();
    const Trace &trace = request.frame.trace();
    const EncoderConfig &model = trace.config();
    EncoderConfig config = model;
    const auto chosen = [&request](const char *name, int otherwise) {
        const int size = std::get<int>(request.parameters.at(QLatin1String(name)));
        return size > 0 ? size : otherwise;
    };
    config.d_model = chosen("d_model", model.d_model);
    if (model.embedding_size == model.d_model)
        config.embedding_size = config.d_model;
    config.layers = chosen("layers", model.layers);
    config.heads = chosen("heads", model.heads);
    config.d_ff = chosen("d_ff", model.d_ff);
    if (config.d_model % config.heads != 0)
        return {.reason =
                    FigureKinds::tr("%1 heads cannot share %2 numbers: the heads have to divide d_model.")
                        .arg(config.heads)
                        .arg(config.d_model)};
    const auto &layers = trace.model().weights.layers;
    const bool shared = layers.size() > 1 && layers[0].query.weight.data() == layers[1].query.weight.data();
    return {costsFigure(config, model, chosen("tokens", trace.tokens()), shared)};
}

} // namespace

std::vector<FigureKind> weightKinds()
{
    return {
        {.name = "weights",
         .page = FigurePage::weights,
         .title = [] { return FigureKinds::tr("A learned matrix of a layer or head, or a table"); },
         .parameters = placeParameters,
         .make = [](const FigureRequest &request,
                    const std::stop_token &) { return orNoMatrix(weightsFigure(placeOf(request)), request); },
         .slow = isLarge,
         .ofText = false},
        {.name = "weight-summary",
         .page = FigurePage::weights,
         .title = [] { return FigureKinds::tr("Its size, norm, mean, deviation and extremes"); },
         .parameters = placeParameters,
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return orNoMatrix(weightSummaryFigure(placeOf(request)), request);
             },
         .slow = isLarge,
         .ofText = false},
        {.name = "weight-histogram",
         .page = FigurePage::weights,
         .title = [] { return FigureKinds::tr("How many of its weights are how large"); },
         .parameters = placeParameters,
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return orNoMatrix(weightHistogramFigure(placeOf(request)), request);
             },
         .slow = isLarge,
         .ofText = false},
        {.name = "singular-values",
         .page = FigurePage::weights,
         .title = [] { return FigureKinds::tr("Its singular values"); },
         .parameters = placeParameters,
         .make =
             [](const FigureRequest &request, const std::stop_token &stop) {
                 return orNoMatrix(singularValuesFigure(placeOf(request), stop), request);
             },
         .slow =
             [](const FigureRequest &request) {
                 const WeightShape shape = placeOf(request).shape();
                 return static_cast<double>(shape.size()) *
                            static_cast<double>(std::min(shape.rows, shape.columns)) >
                        1'000'000.0;
             },
         .ofText = false},
        {.name = "weight-table",
         .page = FigurePage::weights,
         .title = [] { return FigureKinds::tr("Every matrix of a layer: size, norm, mean, extremes"); },
         .parameters = [] { return ParameterKinds{layerParameter()}; },
         .make =
             [](const FigureRequest &request, const std::stop_token &stop) {
                 if (!request.frame.trace().model().has_weights())
                     return MadeFigure{.reason = noWeights()};
                 return MadeFigure{
                     weightTableFigure(request.frame.trace().model_pointer(), layerOf(request), stop)};
             },
         .slow = [](const FigureRequest &) { return true; },
         .ofText = false},
        {.name = "word-vector",
         .page = FigurePage::weights,
         .title = [] { return FigureKinds::tr("One row of the embedding table"); },
         .parameters = [] { return ParameterKinds{wordParameter()}; },
         .make = wordVector,
         .ofText = false},
        {.name = "nearest-words",
         .page = FigurePage::weights,
         .title =
             [] { return FigureKinds::tr("The pieces with the most similar rows in the embedding table"); },
         .parameters =
             [] {
                 return ParameterKinds{wordParameter(), pieceCountParameter()};
             },
         .make = nearestWords,
         .slow = hasLargeTable,
         .ofText = false},
        {.name = "costs",
         .page = FigurePage::weights,
         .title = [] { return FigureKinds::tr("Parameters and multiplications of every block"); },
         .parameters = sizeParameters,
         .make = costs},
    };
}

} // namespace encoderscope
