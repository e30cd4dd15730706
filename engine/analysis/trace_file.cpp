// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/trace_file.h"

#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/analysis/trace_metadata.h"
#include "engine/analysis/trace_tensors.h"
#include "engine/model/safetensors_writer.h"

namespace encoderscope
{

namespace
{

/// A matrix of the trace, which outlives the writing.
TensorToWrite matrix(const QString &name, const Matrix &values)
{
    return {.name = name,
            .shape = {values.rows(), values.cols()},
            .floats = [&values](const TensorToWrite::FloatSink &sink) { sink(values); },
            .integers = {}};
}

TensorToWrite vector(const QString &name, const RowVector &values)
{
    return TensorToWrite::vector(name, SharedMatrix(Matrix(values)));
}

TensorToWrite attention_weights(const QString &name, const Trace &trace, int layer)
{
    const int n = trace.tokens();
    return {.name = name,
            .shape = {trace.heads(), n, n},
            .floats =
                [&trace, layer, n](const TensorToWrite::FloatSink &sink) {
                    constexpr int block = 256;
                    for (int head = 0; head < trace.heads(); ++head) {
                        for (int row = 0; row < n; row += block)
                            sink(trace.attention_weights(
                                layer, head, Trace::Rows{.first = row, .count = std::min(block, n - row)}));
                    }
                },
            .integers = {}};
}

void add_tokens(std::vector<TensorToWrite> &tensors, const Trace &trace)
{
    std::vector<qint64> ids;
    std::vector<qint64> types;
    for (const Token &token : trace.encoding().tokens) {
        ids.push_back(token.id);
        types.push_back(token.type);
    }
    tensors.push_back(TensorToWrite::ids(QStringLiteral("tokens.ids"), std::move(ids)));
    tensors.push_back(TensorToWrite::ids(QStringLiteral("tokens.types"), std::move(types)));
}

template <typename Stages, std::size_t count>
void add_stages(std::vector<TensorToWrite> &tensors, const Stages &stages,
                const std::array<TraceTensor<Stages>, count> &table, const QString &stem)
{
    for (const TraceTensor<Stages> &tensor : table) {
        const Matrix &values = stages.*tensor.values;
        if (values.size() > 0)
            tensors.push_back(matrix(stem + QLatin1String(tensor.name), values));
    }
}

void add_layer(std::vector<TensorToWrite> &tensors, const Trace &trace, int index)
{
    add_stages(tensors, trace.layer(index), layer_tensors, layer_tensor_name(index, ""));
    if (trace.has(TracePart::weights, index))
        tensors.push_back(attention_weights(layer_tensor_name(index, weights_tensor), trace, index));
}

/// As the file had them that the trace was read from.
void add_results(std::vector<TensorToWrite> &tensors, const Recording &recording)
{
    for (const auto &[name, values] : recording.results) {
        const auto *known =
            std::find_if(result_tensors.begin(), result_tensors.end(),
                         [&name = name](const auto &one) { return name == QLatin1String(one.name); });
        const bool one_row = known != result_tensors.end() && known->dimensions == 1;
        tensors.push_back(one_row ? TensorToWrite::vector(name, values)
                                  : TensorToWrite::matrix(name, values));
    }
}

void add_heads(std::vector<TensorToWrite> &tensors, const Trace &trace)
{
    const OutputHeads &heads = trace.model().output;
    if (heads.pooler)
        tensors.push_back(vector(QStringLiteral("pooled"), pooled_vector(trace)));
    if (heads.sentence)
        tensors.push_back(vector(QStringLiteral("sentence"), sentence_vector(trace)));
    if (heads.classification) {
        const std::vector<ClassPrediction> classes = class_predictions(trace);
        RowVector logits(static_cast<Index>(classes.size()));
        for (std::size_t i = 0; i < classes.size(); ++i)
            logits(static_cast<Index>(i)) = classes[i].logit;
        tensors.push_back(vector(QStringLiteral("classes.logits"), logits));
    }
    const auto add = [&tensors](const char *name, const Matrix &values) {
        tensors.push_back(TensorToWrite::matrix(QLatin1String(name), SharedMatrix(values)));
    };
    if (heads.token_classification)
        add("tokens.logits", token_class_logits(trace));
    if (heads.answer)
        add("answer.logits", answer_logits(trace));
    if (heads.discriminator)
        tensors.push_back(vector(QStringLiteral("replaced.logits"), replaced_logits(trace)));
}

} // namespace

void write_trace(const Trace &trace, const QString &path)
{
    std::vector<TensorToWrite> tensors;
    add_tokens(tensors, trace);
    add_stages(tensors, trace.embedding(), embedding_tensors, QStringLiteral("embedding."));
    for (int layer = 0; layer < trace.layers(); ++layer)
        add_layer(tensors, trace, layer);
    const SharedMatrix &bias = trace.model().weights.relative_bias;
    if (trace.has(TracePart::scores) && !bias.empty())
        tensors.push_back(TensorToWrite::matrix(QLatin1String(relative_bias_tensor), bias));
    tensors.push_back(matrix(QStringLiteral("output"), trace.output()));
    if (const Recording *recording = trace.recording())
        add_results(tensors, *recording);
    else
        add_heads(tensors, trace);
    write_safetensors(path, tensors, trace_metadata(trace));
}

} // namespace encoderscope
