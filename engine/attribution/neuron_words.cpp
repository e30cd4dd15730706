// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/neuron_words.h"

#include "engine/attribution/head_scores.h"
#include "engine/attribution/target.h"
#include "engine/error.h"
#include "engine/forward/operations.h"

#include <QCoreApplication>

namespace encoderscope
{

RowVector neuron_output(const Model &model, int layer, int neuron)
{
    return model.weights.layers[static_cast<std::size_t>(layer)].shrink.weight.view().col(neuron).transpose();
}

RowVector neuron_word_changes(const Trace &trace, int layer, int neuron, int token)
{
    const Model &model = trace.model();
    if (!model.output.masked_word)
        throw Error(QCoreApplication::translate("Predictions", "The model %1 has no masked-word prediction.")
                        .arg(model.name));
    check_target({.kind = Target::Kind::neuron, .token = token, .index = neuron, .layer = layer}, model,
                 trace.tokens());
    const RowVector last = trace.hidden(trace.layers() - 1).row(token);
    Matrix rows(2, last.size());
    rows.row(0) = last;
    rows.row(1) = last + neuron_output(model, layer, neuron);
    if (!model.weights.final_norm.gain.empty())
        rows = layer_norm(rows, model.weights.final_norm, model.config.norm_epsilon);
    const Matrix logits = WordScores(*model.output.masked_word, model.config.norm_epsilon, rows).logits();
    return logits.row(1) - logits.row(0);
}

} // namespace encoderscope
