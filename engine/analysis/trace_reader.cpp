// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/trace_reader.h"

#include "engine/analysis/trace_metadata.h"
#include "engine/analysis/trace_tensors.h"
#include "engine/model/safetensors.h"
#include "engine/model/unusable.h"

#include <QCoreApplication>

#include <array>
#include <limits>
#include <tuple>

namespace encoderscope
{

namespace
{

struct TraceMessages {
    Q_DECLARE_TR_FUNCTIONS(Trace)
};

/// A trace's file whose sizes are known.
class Reader
{
public:
    explicit Reader(const QString &path)
        : file_(path)
        , metadata_(read_trace_metadata(file_.metadata(), path))
        , n_(static_cast<qint64>(metadata_.encoding.tokens.size()))
    {
    }

    TracePtr read();

private:
    bool has(const QString &name) const { return file_.tensors().contains(name); }
    Matrix matrix(const QString &name, TensorWidth width);
    SharedMatrix stacked_weights(const QString &name) const;
    std::vector<int> whole_numbers(const QString &name) const;
    void read_tokens();
    std::shared_ptr<const EmbeddingTrace> embedding();
    std::shared_ptr<const LayerTrace> layer(int index);
    ModelPtr model();
    std::shared_ptr<const Recording> recording() const;

    SafetensorsFile file_;
    TraceMetadata metadata_;
    qint64 n_;
    qint64 d_ff_ = 0;          ///< of the first layer that has one
    bool knows_heads_ = false; ///< some tensor has as many as the metadata says
};

/// [n x width]; empty when the file has no such tensor.
Matrix Reader::matrix(const QString &name, TensorWidth width)
{
    if (!has(name))
        return {};
    const std::vector<qint64> &shape = file_.tensors()[name].shape;
    const qint64 found = shape.size() == 2 ? shape[1] : 0;
    qint64 columns = metadata_.config.d_model;
    if (width == TensorWidth::embedding_size) {
        columns = metadata_.config.embedding_size;
    } else if (width == TensorWidth::d_ff) {
        columns = d_ff_ > 0 ? d_ff_ : found;
        d_ff_ = columns;
    } else if (width == TensorWidth::heads) {
        if (found == 0 || found % metadata_.config.heads != 0)
            throw unusable(
                file_.path(), name,
                TraceMessages::tr("a row for each of %1 tokens, and as many columns for each of %2 heads")
                    .arg(n_)
                    .arg(metadata_.config.heads),
                shape_as_text(shape));
        const qint64 head_width = metadata_.config.head_width;
        columns = head_width > 0 ? head_width * metadata_.config.heads : found;
        knows_heads_ = true;
    }
    if (columns == 0 || columns > std::numeric_limits<int>::max())
        throw unusable(file_.path(), name, TraceMessages::tr("a row for each of %1 tokens").arg(n_),
                       shape_as_text(shape));
    return file_.matrix(name, {n_, columns}).view();
}

/// The tensor [heads x n x n] as [heads * n x n], in the file.
SharedMatrix Reader::stacked_weights(const QString &name) const
{
    if (!has(name))
        return {};
    TensorInfo tensor = file_.tensors()[name];
    const std::vector<qint64> expected{metadata_.config.heads, n_, n_};
    if (tensor.shape != expected)
        throw unusable(file_.path(), name, shape_as_text(expected), shape_as_text(tensor.shape));
    tensor.shape = {metadata_.config.heads * n_, n_};
    return matrix_of(file_.mapped_file(), name, tensor, tensor.shape);
}

/// One for each token, from 0.
std::vector<int> Reader::whole_numbers(const QString &name) const
{
    const auto found = file_.tensors().find(name);
    if (found != file_.tensors().end() && found->shape != std::vector<qint64>{n_})
        throw unusable(file_.path(), name, shape_as_text(std::vector<qint64>{n_}),
                       shape_as_text(found->shape));
    std::vector<int> numbers;
    for (const qint64 number : file_.integers(name)) {
        if (number < 0 || number > std::numeric_limits<int>::max())
            throw unusable(file_.path(), name, TraceMessages::tr("whole numbers from 0 on"),
                           QString::number(number));
        numbers.push_back(static_cast<int>(number));
    }
    return numbers;
}

void Reader::read_tokens()
{
    const std::vector<int> ids = whole_numbers(QStringLiteral("tokens.ids"));
    const std::vector<int> types = has(QStringLiteral("tokens.types"))
                                       ? whole_numbers(QStringLiteral("tokens.types"))
                                       : std::vector<int>(ids.size(), 0);
    for (std::size_t token = 0; token < ids.size(); ++token) {
        metadata_.encoding.tokens[token].id = ids[token];
        metadata_.encoding.tokens[token].type = types[token];
    }
}

std::shared_ptr<const EmbeddingTrace> Reader::embedding()
{
    auto stages = std::make_shared<EmbeddingTrace>();
    for (const TraceTensor<EmbeddingTrace> &tensor : embedding_tensors)
        (*stages).*tensor.values =
            matrix(QStringLiteral("embedding.") + QLatin1String(tensor.name), tensor.width);
    if (stages->output.size() == 0)
        throw Error(QCoreApplication::translate("Model", "%1 has no tensor \"%2\".")
                        .arg(file_.path(), QStringLiteral("embedding.output")));
    return stages;
}

std::shared_ptr<const LayerTrace> Reader::layer(int index)
{
    auto stages = std::make_shared<LayerTrace>();
    for (const TraceTensor<LayerTrace> &tensor : layer_tensors)
        (*stages).*tensor.values = matrix(layer_tensor_name(index, tensor.name), tensor.width);
    stages->weights = stacked_weights(layer_tensor_name(index, weights_tensor));
    knows_heads_ = knows_heads_ || !stages->weights.empty();
    if (stages->output.size() == 0)
        throw Error(QCoreApplication::translate("Model", "%1 has no tensor \"%2\".")
                        .arg(file_.path(), layer_tensor_name(index, "output")));
    if (stages->query.size() > 0 && stages->key.size() > 0 && stages->query.cols() != stages->key.cols())
        throw unusable(file_.path(), layer_tensor_name(index, "attention.key"),
                       TraceMessages::tr("as many columns as the queries have: %1").arg(stages->query.cols()),
                       QString::number(stages->key.cols()));
    for (const auto &[before, after, name] :
         {std::tuple(&stages->unrotated_query, &stages->query, "attention.unrotated_query"),
          std::tuple(&stages->unrotated_key, &stages->key, "attention.unrotated_key")}) {
        if (before->size() > 0 && before->cols() != after->cols())
            throw unusable(file_.path(), layer_tensor_name(index, name),
                           TraceMessages::tr("as many columns as after the rotation: %1").arg(after->cols()),
                           QString::number(before->cols()));
    }
    return stages;
}

ModelPtr Reader::model()
{
    auto model = std::make_shared<Model>();
    model->name = metadata_.model;
    model->hash = metadata_.hash;
    model->trained = metadata_.trained;
    model->config = metadata_.config;
    // Sizes that no tensor bears out are not there.
    model->config.d_ff = static_cast<int>(d_ff_);
    if (!knows_heads_) {
        model->config.heads = 1;
        model->config.head_width = 0;
    }
    const EncoderConfig &config = metadata_.config;
    if (metadata_.scaled_dot_product && config.relative_buckets > 0) {
        const qint64 tables = config.relative_bias_by_layer ? config.layers : 1;
        model->weights.relative_bias = file_.matrix(QLatin1String(relative_bias_tensor),
                                                    {tables * config.relative_buckets, config.heads});
    }
    model->files = {file_.mapped_file()};
    return model;
}

std::shared_ptr<const Recording> Reader::recording() const
{
    auto recording = std::make_shared<Recording>();
    recording->file = file_.path();
    recording->scaled_dot_product = metadata_.scaled_dot_product;
    recording->activation_function = metadata_.activation_function;
    for (const ResultTensor &result : result_tensors) {
        const QString name = QLatin1String(result.name);
        if (!has(name))
            continue;
        const std::vector<qint64> &shape = file_.tensors()[name].shape;
        if (std::ssize(shape) != result.dimensions)
            throw unusable(file_.path(), name,
                           result.dimensions == 1 ? QStringLiteral("[d]") : QStringLiteral("[n x d]"),
                           shape_as_text(shape));
        recording->results.emplace_back(name, file_.matrix(name, shape));
    }
    return recording;
}

TracePtr Reader::read()
{
    read_tokens();
    auto stages = embedding();
    std::vector<std::shared_ptr<const LayerTrace>> layers;
    for (int index = 0; index < metadata_.config.layers; ++index)
        layers.push_back(layer(index));
    const QString beyond = layer_tensor_name(metadata_.config.layers, "output");
    if (has(beyond))
        throw unusable(file_.path(), beyond, TraceMessages::tr("layers 1 to %1").arg(metadata_.config.layers),
                       TraceMessages::tr("one more"));
    Matrix output = matrix(QStringLiteral("output"), TensorWidth::d_model);
    if (output.size() > 0 &&
        std::equal(output.data(), output.data() + output.size(), layers.back()->output.data()))
        output = Matrix();
    ModelPtr named = model();
    auto rest = recording();
    file_.mapped_file()->check_unchanged();
    return std::make_shared<const Trace>(std::move(named), metadata_.encoding, metadata_.switches,
                                         std::move(stages), std::move(layers), std::move(output),
                                         std::move(rest));
}

} // namespace

bool is_trace_file(const QString &path)
{
    try {
        return is_trace(SafetensorsFile(path).metadata());
    } catch (const Error &) {
        return false;
    }
}

TracePtr read_trace(const QString &path)
{
    return Reader(path).read();
}

namespace
{

constexpr std::array<std::pair<TracePart, const char *>, 14> part_names{
    {{TracePart::embedding_stages, QT_TRANSLATE_NOOP("Trace", "the stages of the embedding")},
     {TracePart::query, QT_TRANSLATE_NOOP("Trace", "queries")},
     {TracePart::key, QT_TRANSLATE_NOOP("Trace", "keys")},
     {TracePart::value, QT_TRANSLATE_NOOP("Trace", "values")},
     {TracePart::scores, QT_TRANSLATE_NOOP("Trace", "attention scores")},
     {TracePart::weights, QT_TRANSLATE_NOOP("Trace", "attention weights")},
     {TracePart::concatenation, QT_TRANSLATE_NOOP("Trace", "concatenated heads")},
     {TracePart::attention_output, QT_TRANSLATE_NOOP("Trace", "output of the attention")},
     {TracePart::attention_result, QT_TRANSLATE_NOOP("Trace", "result of the attention sublayer")},
     {TracePart::expanded, QT_TRANSLATE_NOOP("Trace", "FFN before the activation")},
     {TracePart::activated, QT_TRANSLATE_NOOP("Trace", "FFN after the activation")},
     {TracePart::activation_function, QT_TRANSLATE_NOOP("Trace", "activation function")},
     {TracePart::feed_forward_output, QT_TRANSLATE_NOOP("Trace", "output of the FFN")},
     {TracePart::model, QT_TRANSLATE_NOOP("Trace", "the model's weights and its tokenizer")}}};

} // namespace

QString part_name(TracePart part)
{
    const auto *found = std::find_if(part_names.begin(), part_names.end(),
                                     [part](const auto &one) { return one.first == part; });
    return found == part_names.end() ? QString() : QCoreApplication::translate("Trace", found->second);
}

QStringList lacking_parts(const Trace &trace)
{
    QStringList lacking;
    for (const auto &[part, words] : part_names) {
        if (trace.has(part))
            continue;
        QStringList layers;
        for (int layer = 0; layer < trace.layers(); ++layer) {
            if (!trace.has(part, layer))
                layers.append(QString::number(layer + 1));
        }
        lacking.append(layers.size() == trace.layers()
                           ? part_name(part)
                           : TraceMessages::tr("%1 (layers %2)")
                                 .arg(part_name(part), layers.join(QStringLiteral(", "))));
    }
    return lacking;
}

} // namespace encoderscope
