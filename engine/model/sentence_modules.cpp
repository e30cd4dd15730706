// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/sentence_modules.h"

#include "engine/model/checkpoint.h"
#include "engine/model/read_output_heads.h"
#include "engine/model/unusable.h"
#include "engine/text/json_reader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

namespace encoderscope
{

namespace
{

const QString modules_file = QStringLiteral("modules.json");
const QString config_file = QStringLiteral("config.json");

QString below(const QString &folder, const QString &path)
{
    return path.isEmpty() ? folder : folder + QLatin1Char('/') + path;
}

/// One line of modules.json.
struct Module {
    QString named; ///< in Python: "sentence_transformers.models.Pooling"
    QString type;  ///< without the Python module before it: "Pooling"
    QString path;  ///< below the folder; empty: the folder itself
};

std::vector<Module> read_modules(const QString &folder)
{
    std::vector<Module> modules;
    const JsonField list = JsonField::read(below(folder, modules_file));
    for (qsizetype i = 0; i < list.array().size(); ++i) {
        Module module;
        module.named = list[i][QStringLiteral("type")].string();
        module.type = module.named.section(QLatin1Char('.'), -1);
        module.path = list[i][QStringLiteral("path")].string();
        const QString clean = QDir::cleanPath(module.path);
        if (!module.path.isEmpty() && (QDir::isAbsolutePath(clean) ||
                                       clean.startsWith(QStringLiteral("..")) || clean.contains(QChar(0))))
            list[i][QStringLiteral("path")].refuse(
                QCoreApplication::translate("Model", "a folder below this one"));
        modules.push_back(module);
    }
    return modules;
}

[[noreturn]] void throw_no_config(const QString &folder)
{
    const QString adapter = below(folder, QStringLiteral("adapter_config.json"));
    if (QFileInfo::exists(adapter)) {
        const QString base =
            JsonField::read(adapter).text(QStringLiteral("base_model_name_or_path"), QStringLiteral("?"));
        throw Error(QCoreApplication::translate(
                        "Model",
                        "%1 has an adapter (LoRA) for the model \"%2\", and no model: expected "
                        "config.json. Open the model itself, or save it with the adapter merged into it.")
                        .arg(folder, shortened(base)));
    }
    for (const QString &name : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (QFileInfo::exists(below(folder, name) + QLatin1Char('/') + config_file))
            throw Error(QCoreApplication::translate(
                            "Model", "%1 has no config.json: expected a model's folder. There is one in %2.")
                            .arg(folder, below(folder, name)));
    }
    throw Error(QCoreApplication::translate("Model", "%1 has no config.json: expected a model's folder.")
                    .arg(folder));
}

Pooling pooling_named(const JsonField &field, const QString &name)
{
    static const QHash<QString, Pooling> names{
        {QStringLiteral("cls"), Pooling::first_token},
        {QStringLiteral("max"), Pooling::max},
        {QStringLiteral("mean"), Pooling::mean},
        {QStringLiteral("mean_sqrt_len_tokens"), Pooling::mean_sqrt_length},
        {QStringLiteral("weightedmean"), Pooling::weighted_mean},
        {QStringLiteral("lasttoken"), Pooling::last_token},
    };
    const auto found = names.find(name);
    if (found == names.end())
        field.refuse(QCoreApplication::translate("Model", "one of %1")
                         .arg(QStringList(names.keys()).join(QStringLiteral(", "))));
    return *found;
}

/// Newer files have `pooling_mode`, one name or a list; older ones a flag for each, which are joined in this
/// order.
std::vector<Pooling> read_poolings(const JsonField &config)
{
    const JsonField mode = config[QStringLiteral("pooling_mode")];
    std::vector<Pooling> poolings;
    if (mode.is_array()) {
        constexpr qsizetype most = 6; // there are no more
        if (mode.array().isEmpty() || mode.array().size() > most)
            mode.refuse(QCoreApplication::translate("Model", "from 1 to %1 names").arg(most));
        for (qsizetype i = 0; i < mode.array().size(); ++i)
            poolings.push_back(pooling_named(mode[i], mode[i].string()));
        return poolings;
    }
    if (mode.exists())
        return {pooling_named(mode, mode.string())};
    const std::vector<std::pair<const char *, Pooling>> flags{
        {"pooling_mode_cls_token", Pooling::first_token},
        {"pooling_mode_max_tokens", Pooling::max},
        {"pooling_mode_mean_tokens", Pooling::mean},
        {"pooling_mode_mean_sqrt_len_tokens", Pooling::mean_sqrt_length},
        {"pooling_mode_weightedmean_tokens", Pooling::weighted_mean},
        {"pooling_mode_lasttoken", Pooling::last_token},
    };
    for (const auto &[name, pooling] : flags) {
        if (config.flag(QLatin1String(name), false))
            poolings.push_back(pooling);
    }
    const QString known = QStringLiteral("pooling_mode_");
    for (const QString &name : config.object().keys()) {
        const auto same = [&name](const auto &flag) { return name == QLatin1String(flag.first); };
        if (name.startsWith(known) && std::none_of(flags.begin(), flags.end(), same) &&
            config.flag(name, false))
            config.refuse(name, QStringLiteral("false"));
    }
    return poolings.empty() ? std::vector{Pooling::mean} : poolings;
}

/// Fields that change what a step reads or computes, each with the only value that is computed here.
void require(const JsonField &config, const char *field, const QString &value)
{
    if (config.text(QLatin1String(field), value) != value)
        config.refuse(QLatin1String(field), QStringLiteral("\"%1\"").arg(value));
}

HeadFunction read_function(const JsonField &config)
{
    static const QHash<QString, HeadFunction> functions{
        {QStringLiteral("Identity"), HeadFunction::none}, {QStringLiteral("Tanh"), HeadFunction::tanh},
        {QStringLiteral("ReLU"), HeadFunction::relu},     {QStringLiteral("GELU"), HeadFunction::gelu},
        {QStringLiteral("SiLU"), HeadFunction::silu},     {QStringLiteral("Sigmoid"), HeadFunction::sigmoid}};
    const QString field = QStringLiteral("activation_function");
    const QString name = config.text(field, QStringLiteral("torch.nn.modules.activation.Tanh"));
    const auto found = functions.find(name.section(QLatin1Char('.'), -1));
    if (!name.startsWith(QStringLiteral("torch.nn.")) || found == functions.end())
        config.refuse(field, QCoreApplication::translate("Model", "one of %1")
                                 .arg(QStringLiteral("torch.nn. ") +
                                      QStringList(functions.keys()).join(QStringLiteral(", "))));
    return *found;
}

/// `width` is that of the vector before, and becomes that of the one after.
SentenceDense read_dense(const JsonField &config, const Checkpoint &checkpoint, Index &width)
{
    constexpr int greatest_width = 65536;
    const QString vector = QStringLiteral("sentence_embedding");
    require(config, "module_input_name", vector);
    require(config, "module_output_name", vector);
    if (config.integer(QStringLiteral("in_features"), 1, greatest_width) != width)
        config.refuse(QStringLiteral("in_features"), QString::number(width));
    const Index out = config.integer(QStringLiteral("out_features"), 1, greatest_width);
    SentenceDense dense;
    dense.linear = read_linear(checkpoint, QStringLiteral("linear"), out, width,
                               config.flag(QStringLiteral("bias"), true));
    dense.function = read_function(config);
    dense.residual = config.flag(QStringLiteral("use_residual"), false);
    if (dense.residual && out != width)
        dense.residual_weight = checkpoint.matrix(QStringLiteral("residual.weight"), out, width);
    width = out;
    return dense;
}

/// The first of the files in which the step that runs the encoder keeps its settings.
JsonField read_encoder_settings(const QString &folder)
{
    for (const char *name : {"bert", "roberta", "distilbert", "camembert", "albert", "xlm-roberta"}) {
        const QString path =
            below(folder, QStringLiteral("sentence_%1_config.json").arg(QLatin1String(name)));
        if (QFileInfo::exists(path))
            return JsonField::read(path);
    }
    return JsonField::made({}, below(folder, QStringLiteral("sentence_bert_config.json")));
}

void read_encoder_step(const QString &folder, SentenceEncoder &sentence)
{
    constexpr int most_tokens = 1'000'000'000;
    const JsonField settings = read_encoder_settings(folder);
    require(settings, "transformer_task", QStringLiteral("feature-extraction"));
    require(settings, "module_output_name", QStringLiteral("token_embeddings"));
    const JsonField modalities = settings[QStringLiteral("modality_config")];
    if (modalities.exists()) {
        const JsonField text = modalities[QStringLiteral("text")];
        require(text, "method", QStringLiteral("forward"));
        require(text, "method_output_name", QStringLiteral("last_hidden_state"));
    }
    sentence.lowercase = settings.flag(QStringLiteral("do_lower_case"), false);
    sentence.max_tokens = settings.integer(QStringLiteral("max_seq_length"), 1, most_tokens, 0);
    const QString tokenizer = below(folder, QStringLiteral("tokenizer_config.json"));
    if (sentence.max_tokens == 0 && QFileInfo::exists(tokenizer)) {
        // No limit is written as a number with thirty digits.
        const JsonField most = JsonField::read(tokenizer)[QStringLiteral("model_max_length")];
        if (most.is_number() && most.number() >= 1 && most.number() <= most_tokens)
            sentence.max_tokens = static_cast<int>(most.number());
    }
}

void read_prompt(const QString &folder, SentenceEncoder &sentence)
{
    const QString path = below(folder, QStringLiteral("config_sentence_transformers.json"));
    if (!QFileInfo::exists(path))
        return;
    const JsonField config = JsonField::read(path);
    const QString name = config.text(QStringLiteral("default_prompt_name"));
    if (name.isNull())
        return;
    sentence.prompt = config[QStringLiteral("prompts")][name].string();
}

/// What a module's config.json says; a missing one is nothing for Normalize and Dropout of older files.
JsonField read_step(const QString &folder, bool may_miss)
{
    const QString path = below(folder, config_file);
    if (may_miss && !QFileInfo::exists(path))
        return JsonField::made({}, path);
    return JsonField::read(path);
}

SentenceEncoder read_sentence(const QString &folder, Index d_model, std::vector<MappedFilePtr> &files)
{
    SentenceEncoder sentence;
    Index width = d_model;
    const auto refuse = [&](const QString &expected, const QString &found) {
        throw unusable(below(folder, modules_file), QStringLiteral("type"), expected, found);
    };
    const auto open = [&files](const QString &place) {
        const Checkpoint checkpoint(place, QString());
        files.insert(files.end(), checkpoint.mapped_files().begin(), checkpoint.mapped_files().end());
        return checkpoint;
    };
    bool first = true;
    for (const Module &module : read_modules(folder)) {
        const QString place = below(folder, module.path);
        const bool is_encoder = module.type == QStringLiteral("Transformer");
        const bool is_pooling = module.type == QStringLiteral("Pooling");
        if (!module.named.startsWith(QStringLiteral("sentence_transformers.")))
            refuse(
                QCoreApplication::translate("Model", "a class of sentence_transformers, not one of its own"),
                QStringLiteral("\"%1\"").arg(shortened(module.named)));
        // The encoder, the pooling, then the steps from vector to vector.
        if (is_encoder != first || (!is_encoder && is_pooling != sentence.pooling.empty()))
            refuse(
                QCoreApplication::translate("Model", "Transformer, Pooling, then other steps, in this order"),
                QStringLiteral("\"%1\"").arg(shortened(module.type)));
        first = false;
        if (is_encoder) {
            read_encoder_step(place, sentence);
        } else if (is_pooling) {
            const JsonField config = read_step(place, false);
            sentence.pooling = read_poolings(config);
            sentence.pools_prompt = config.flag(QStringLiteral("include_prompt"), true);
            width *= static_cast<Index>(sentence.pooling.size());
        } else if (module.type == QStringLiteral("Dense")) {
            const Checkpoint checkpoint = open(place);
            sentence.steps.emplace_back(read_dense(read_step(place, false), checkpoint, width));
        } else if (module.type == QStringLiteral("LayerNorm")) {
            const Checkpoint checkpoint = open(place);
            sentence.steps.emplace_back(
                SentenceNorm{read_layer_norm(checkpoint, QStringLiteral("norm"), width)});
        } else if (module.type == QStringLiteral("Normalize")) {
            require(read_step(place, true), "module_input_name", QStringLiteral("sentence_embedding"));
            sentence.steps.emplace_back(SentenceUnitLength());
        } else if (module.type != QStringLiteral("Dropout")) { // which does nothing outside of training
            refuse(QCoreApplication::translate("Model", "one of %1")
                       .arg(QStringLiteral("Transformer, Pooling, Dense, LayerNorm, Normalize, Dropout")),
                   QStringLiteral("\"%1\"").arg(shortened(module.type)));
        }
    }
    if (sentence.pooling.empty())
        refuse(QCoreApplication::translate("Model", "a step \"Pooling\""),
               QCoreApplication::translate("Model", "none"));
    read_prompt(folder, sentence);
    return sentence;
}

} // namespace

QString encoder_folder(const QString &folder)
{
    if (QFileInfo::exists(below(folder, modules_file))) {
        try {
            for (const Module &module : read_modules(folder)) {
                if (module.type == QStringLiteral("Transformer") &&
                    QFileInfo::exists(below(below(folder, module.path), config_file)))
                    return below(folder, module.path);
            }
        } catch (const Error &) {
            // Told as sentence_problem when the encoder itself is there.
        }
    }
    if (!QFileInfo::exists(below(folder, config_file)))
        throw_no_config(folder);
    return folder;
}

void read_sentence_modules(const QString &folder, Model &model)
{
    if (!QFileInfo::exists(below(folder, modules_file)))
        return;
    try {
        model.output.sentence = read_sentence(folder, model.config.d_model, model.files);
    } catch (const Error &error) {
        model.output.sentence_problem =
            QCoreApplication::translate("Model", "The model has no vector of a sentence: %1")
                .arg(error.message());
    }
}

QStringList sentence_files(const QString &folder)
{
    if (!QFileInfo::exists(below(folder, modules_file)))
        return {};
    QStringList files{modules_file, QStringLiteral("config_sentence_transformers.json")};
    try {
        for (const Module &module : read_modules(folder)) {
            if (module.path.isEmpty() || module.type == QStringLiteral("Transformer"))
                continue;
            for (const QString &name : QStringList{config_file} + weight_file_names())
                files.append(module.path + QLatin1Char('/') + name);
        }
    } catch (const Error &) {
        // What cannot be read is copied as it is, without what it names.
    }
    return files;
}

QByteArray modules_with_encoder_here(const QString &folder)
{
    QJsonArray modules = JsonField::read(below(folder, modules_file)).array();
    for (QJsonValueRef module : modules) {
        QJsonObject object = module.toObject();
        if (object.value(QStringLiteral("type")).toString().endsWith(QStringLiteral(".Transformer")))
            object.insert(QStringLiteral("path"), QString());
        module = object;
    }
    return QJsonDocument(modules).toJson();
}

} // namespace encoderscope
