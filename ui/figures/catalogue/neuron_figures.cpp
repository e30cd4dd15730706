// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/neuron_figures.h"

#include "engine/attribution/neuron_words.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/ticks.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace encoderscope
{

namespace
{

struct Neurons {
    Q_DECLARE_TR_FUNCTIONS(Neurons)
};

constexpr int shown_words = 10; // pushed up, and as many pushed down

} // namespace

FigurePtr neuronWeightsFigure(const Trace &trace, int layer, int neuron)
{
    const Model &model = trace.model();
    const LayerWeights &weights = model.weights.layers[static_cast<std::size_t>(layer)];
    std::vector<std::pair<QString, RowVector>> rows{
        {Neurons::tr("reads (W_1)"), weights.expand.weight.view().row(neuron)}};
    if (model.config.gated)
        rows.emplace_back(Neurons::tr("value reads (V)"),
                          weights.feed_forward_value.weight.view().row(neuron));
    rows.emplace_back(Neurons::tr("adds (W_2)"), neuron_output(model, layer, neuron));

    HeatmapData data;
    Matrix values(std::ssize(rows), trace.config().d_model);
    for (const auto &[name, row] : rows) {
        values.row(data.rowLabels.size()) = row;
        data.rowLabels.append(name);
    }
    data.rows = static_cast<int>(values.rows());
    data.columns = static_cast<int>(values.cols());
    data.rowsNamed = true;
    data.columnTitle = QCoreApplication::translate("Figures", "dimension");
    data.valueTitle = QCoreApplication::translate("Figures", "weight");
    data.scale = ColourScale::diverging(divergingLimit(values, data.clipped));
    data.values = rowsOf(std::move(values));
    return makeFigure(std::move(data), Neurons::tr("What neuron %1 reads and adds").arg(neuron),
                      QStringLiteral("neuron%1-weights-layer%2").arg(neuron).arg(layer + 1),
                      placeCaption(layer));
}

FigurePtr neuronWordsFigure(const Trace &trace, int layer, int neuron, int token)
{
    // What is not a number has no place in an order.
    const RowVector changes = neuron_word_changes(trace, layer, neuron, token).unaryExpr([](float change) {
        return std::isnan(change) ? 0.0F : change;
    });
    std::vector<int> order(static_cast<std::size_t>(changes.size()));
    std::iota(order.begin(), order.end(), 0);
    const auto greater = [&changes](int a, int b) { return changes[a] > changes[b]; };
    const auto words = std::min<std::ptrdiff_t>(shown_words, std::ssize(order) / 2);
    std::partial_sort(order.begin(), order.begin() + words, order.end(), greater);
    std::partial_sort(order.rbegin(), order.rbegin() + words, order.rend() - words,
                      [&greater](int a, int b) { return greater(b, a); });
    order.erase(order.begin() + words, order.end() - words);

    BarsData data;
    for (const int piece : order) {
        const auto change = static_cast<double>(changes[piece]);
        data.labels.append(printableText(trace.model().tokenizer->piece(piece)));
        data.values.append(change);
        data.colours.append(FigureColour::series(change < 0.0 ? 1 : 0));
    }
    data.labelTitle = Neurons::tr("piece");
    data.valueTitle = Neurons::tr("change of the logit");
    data.horizontal = true;
    data.room = 2 * shown_words;
    const auto activation = static_cast<double>(trace.layer(layer).activated(token, neuron));
    return makeFigure(
        std::move(data),
        Neurons::tr("Words that neuron %1 pushes at %2").arg(neuron).arg(quotedToken(trace, token)),
        QStringLiteral("neuron%1-words-layer%2-token%3").arg(neuron).arg(layer + 1).arg(token),
        placeCaption(layer) + QStringLiteral(" · ") +
            Neurons::tr("its output times 1, straight to the masked-word head; its activation here is %1")
                .arg(readableNumber(activation)));
}

} // namespace encoderscope
