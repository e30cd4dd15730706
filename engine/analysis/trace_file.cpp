// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/trace_file.h"

#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"
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

void add_layer(std::vector<TensorToWrite> &tensors, const Trace &trace, int index)
{
    const LayerTrace &layer = trace.layer(index);
    const QString stem = QStringLiteral("layer.%1.").arg(index + 1);
    tensors.push_back(matrix(stem + QStringLiteral("attention.query"), layer.query));
    tensors.push_back(matrix(stem + QStringLiteral("attention.key"), layer.key));
    tensors.push_back(matrix(stem + QStringLiteral("attention.value"), layer.value));
    tensors.push_back(attention_weights(stem + QStringLiteral("attention.weights"), trace, index));
    tensors.push_back(matrix(stem + QStringLiteral("attention.output"), layer.attention_output));
    tensors.push_back(matrix(stem + QStringLiteral("attention.result"), layer.attention_result));
    tensors.push_back(matrix(stem + QStringLiteral("feed_forward.activation"), layer.activated));
    tensors.push_back(matrix(stem + QStringLiteral("feed_forward.output"), layer.feed_forward_output));
    tensors.push_back(matrix(stem + QStringLiteral("output"), layer.output));
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
    tensors.push_back(matrix(QStringLiteral("embedding.output"), trace.embedding().output));
    for (int layer = 0; layer < trace.layers(); ++layer)
        add_layer(tensors, trace, layer);
    tensors.push_back(matrix(QStringLiteral("output"), trace.output()));
    add_heads(tensors, trace);
    QString text = trace.encoding().text;
    if (!trace.encoding().text_b.isNull())
        text += QStringLiteral(" | ") + trace.encoding().text_b;
    write_safetensors(path, tensors,
                      {{QStringLiteral("model"), trace.model().name}, {QStringLiteral("text"), text}});
}

} // namespace encoderscope
