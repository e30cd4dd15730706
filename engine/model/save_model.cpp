// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/save_model.h"

#include "engine/aside.h"
#include "engine/file_writer.h"
#include "engine/model/model_description.h"
#include "engine/model/sentence_modules.h"
#include "engine/model/tensor_names.h"
#include "engine/text/text_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

#include <filesystem>

namespace encoderscope
{

namespace
{

/// Collects a model's tensors under their names.
class Collector
{
public:
    explicit Collector(FloatType type)
        : type_(type)
    {
    }

    void matrix(const QString &name, const SharedMatrix &values)
    {
        if (!values.empty())
            tensors_.push_back(TensorToWrite::matrix(name, values, type_));
    }
    void vector(const QString &name, const SharedMatrix &values)
    {
        if (!values.empty())
            tensors_.push_back(TensorToWrite::vector(name, values, type_));
    }
    void linear(const QString &name, const Linear &weights)
    {
        matrix(name + QStringLiteral(".weight"), weights.weight);
        vector(name + QStringLiteral(".bias"), weights.bias);
    }
    void norm(const QString &name, const LayerNorm &weights)
    {
        vector(name + QStringLiteral(".weight"), weights.gain);
        vector(name + QStringLiteral(".bias"), weights.bias);
    }

    const std::vector<TensorToWrite> &tensors() const { return tensors_; }

private:
    FloatType type_;
    std::vector<TensorToWrite> tensors_;
};

bool saves_classification(const Model &model)
{
    return model.output.classification && model.output.classification->uses_pooler &&
           model.output.classification->dense.weight.empty();
}

bool has_own_decoder(const Model &model)
{
    return model.output.masked_word &&
           model.output.masked_word->decoder.data() != model.weights.embedding.token.data();
}

void collect_heads(Collector &collector, const Model &model, const TensorNames &names)
{
    if (model.output.pooler)
        collector.linear(names.prefix + names.pooler, *model.output.pooler);
    if (const auto &head = model.output.masked_word) {
        collector.linear(names.mlm_transform, head->transform);
        collector.norm(names.mlm_norm, head->norm);
        const Index words = model.config.vocabulary_size;
        const SharedMatrix bias = head->bias.empty() ? SharedMatrix(Matrix::Zero(1, words)) : head->bias;
        collector.vector(names.mlm_bias, bias);
        if (has_own_decoder(model)) // which others give a bias of its own, too
            collector.linear(names.mlm_decoder, {.weight = head->decoder, .bias = bias});
    }
    if (saves_classification(model))
        collector.linear(names.classifier, model.output.classification->classifier);
    else if (model.output.token_classification)
        collector.linear(names.classifier, model.output.token_classification->classifier);
    if (model.output.answer)
        collector.linear(QStringLiteral("qa_outputs"), model.output.answer->ends);
    if (const auto &head = model.output.discriminator) {
        collector.linear(QStringLiteral("discriminator_predictions.dense"), head->dense);
        collector.linear(QStringLiteral("discriminator_predictions.dense_prediction"), head->score);
    }
}

std::vector<TensorToWrite> collect(const Model &model, const ModelDescription &description, FloatType type)
{
    const TensorNames names = tensor_names(description.model_type);
    const EncoderWeights &weights = model.weights;
    const auto name = [&names](const QString &rest) { return names.prefix + rest; };
    Collector collector(type);
    collector.matrix(name(QStringLiteral("embeddings.word_embeddings.weight")), weights.embedding.token);
    collector.matrix(name(QStringLiteral("embeddings.position_embeddings.weight")),
                     weights.embedding.position);
    collector.matrix(name(QStringLiteral("embeddings.token_type_embeddings.weight")),
                     weights.embedding.token_type);
    collector.norm(name(QStringLiteral("embeddings.LayerNorm")), weights.embedding.norm);
    collector.linear(name(names.embedding_projection), weights.embedding.projection);
    for (std::size_t index = 0; index < weights.layers.size(); ++index) {
        const LayerWeights &layer = weights.layers[index];
        const QString stem = name(description.layer_stems[static_cast<qsizetype>(index)]);
        collector.linear(stem + names.query, layer.query);
        collector.linear(stem + names.key, layer.key);
        collector.linear(stem + names.value, layer.value);
        collector.linear(stem + names.output, layer.output);
        collector.norm(stem + names.attention_norm, layer.attention_norm);
        collector.linear(stem + names.expand, layer.expand);
        collector.linear(stem + names.shrink, layer.shrink);
        collector.norm(stem + names.feed_forward_norm, layer.feed_forward_norm);
    }
    collector.norm(name(QStringLiteral("final_norm")), weights.final_norm);
    collector.matrix(name(names.relative_bias), weights.relative_bias);
    collect_heads(collector, model, names);
    return collector.tensors();
}

ModelDescription describe(const Model &model)
{
    ModelDescription description;
    const auto &head = model.output.masked_word;
    const bool as_bert =
        is_plain_bert(model.config) && model.weights.embedding.projection.weight.empty() &&
        (!head || (!head->transform.weight.empty() && head->activation == model.config.activation));
    description.model_type = as_bert ? QStringLiteral("bert") : QStringLiteral("encoderscope");
    description.config = model.config;
    description.trained = model.trained;
    description.ties_embeddings = !has_own_decoder(model);
    description.always_projects = !model.weights.embedding.projection.weight.empty();
    if (head)
        description.mlm_activation = head->activation;
    for (int index = 0; index < model.config.layers; ++index)
        description.layer_stems.append(QStringLiteral("encoder.layer.%1.").arg(index));
    if (saves_classification(model)) {
        description.labels = model.output.classification->labels;
        description.class_values = model.output.classification->values;
        description.architectures = {QStringLiteral("BertForSequenceClassification")};
    } else if (model.output.token_classification) {
        description.labels = model.output.token_classification->labels;
        description.architectures = {QStringLiteral("BertForTokenClassification")};
    } else if (model.output.answer) {
        description.architectures = {QStringLiteral("BertForQuestionAnswering")};
    } else {
        description.architectures = {head ? QStringLiteral("BertForMaskedLM") : QStringLiteral("BertModel")};
    }
    return description;
}

/// The files that say how the model's text becomes tokens and one vector of a sentence: copies of those it
/// was opened with, or new ones.
void write_tokenizer(const Model &model, const QString &folder)
{
    bool copied = false;
    const auto copy = [&](const QString &from, const QString &name) {
        const QString source = from + QLatin1Char('/') + name;
        if (!QFileInfo::exists(source))
            return;
        const QString target = folder + QLatin1Char('/') + name;
        QDir().mkpath(QFileInfo(target).path());
        write_file(target, read_bytes(source), FileWriter::Care::synced);
        copied = true;
    };
    if (!model.folder.isEmpty()) {
        const QString encoder = encoder_folder(model.folder);
        for (const char *name :
             {"vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
              "added_tokens.json", "vocab.json", "merges.txt", "spiece.model", "spm.model",
              "sentencepiece.bpe.model", "tokenizer_78b3253a26.model", "sentence_bert_config.json"})
            copy(encoder, QLatin1String(name));
        for (const QString &name : sentence_files(model.folder))
            copy(model.folder, name);
        if (encoder != model.folder)
            write_file(folder + QStringLiteral("/modules.json"), modules_with_encoder_here(model.folder),
                       FileWriter::Care::synced);
    }
    if (copied || !model.tokenizer)
        return;
    QByteArray pieces;
    for (int id = 0; id < model.tokenizer->vocabulary_size(); ++id)
        pieces += model.tokenizer->piece(id).toUtf8() + '\n';
    write_file(folder + QStringLiteral("/vocab.txt"), pieces, FileWriter::Care::synced);
    const QJsonObject config{{QStringLiteral("tokenizer_class"), QStringLiteral("BertTokenizer")},
                             {QStringLiteral("do_lower_case"), true},
                             {QStringLiteral("strip_accents"), false},
                             {QStringLiteral("hangul_as_letters"), true}};
    write_file(folder + QStringLiteral("/tokenizer_config.json"), QJsonDocument(config).toJson(),
               FileWriter::Care::synced);
}

/// Moves the files in `from` into `folder`, which exists, replacing those of the same names.
void move_files(const QString &from, const QString &folder)
{
    namespace fs = std::filesystem;
    const fs::path source(QFile::encodeName(from).toStdString());
    const fs::path target(QFile::encodeName(folder).toStdString());
    std::error_code error;
    std::vector<fs::path> files;
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(source)) {
        const fs::path inside = fs::relative(entry.path(), source);
        if (!entry.is_directory())
            files.push_back(inside);
        else if (!error)
            fs::create_directories(target / inside, error);
    }
    for (const fs::path &file : files) {
        if (!error)
            fs::rename(source / file, target / file, error);
    }
    if (error)
        throw unwritable(folder, error.default_error_condition().value());
    platform::sync_folder(folder);
}

} // namespace

void save_model(const Model &model, const QString &folder, FloatType type)
{
    if (!is_own_kind(model.config))
        throw Error(QCoreApplication::translate(
                        "Model",
                        "The model %1 cannot be written: config.json of this program's own models has no "
                        "words for rotary and disentangled positions, gates and windows.")
                        .arg(model.name));
    const QString target = QDir::cleanPath(QDir(folder).absolutePath());
    const QString parent = QFileInfo(target).path();
    QDir().mkpath(parent);
    Aside aside(target, Aside::Kind::folder, folder);
    const QString place = aside.path() + QLatin1Char('/');
    const ModelDescription description = describe(model);
    try {
        write_safetensors(place + QStringLiteral("model.safetensors"), collect(model, description, type),
                          {{QStringLiteral("format"), QStringLiteral("pt")}}, FileWriter::Care::synced);
        write_tokenizer(model, aside.path());
        write_file(place + QStringLiteral("config.json"),
                   QJsonDocument(write_model_description(description)).toJson(), FileWriter::Care::synced);
    } catch (const Error &error) { // names what was asked for, not where it is put together
        throw Error(QString(error.message()).replace(aside.path(), target));
    }
    if (QFileInfo::exists(target))
        move_files(aside.path(), target);
    else
        aside.move_into_place();
    platform::sync_folder(parent);
}

} // namespace encoderscope
