// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/trace_metadata.h"

#include "engine/forward/switches_json.h"
#include "engine/model/model_hash.h"
#include "engine/text/text_file.h"
#include "engine/version.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace encoderscope
{

namespace
{

constexpr int version = 1;
constexpr int most_layers = 1000;
constexpr int least_buckets = 4;
constexpr int most_buckets = 511; // more would leave no distance to grow to
constexpr int most_sizes = 100'000'000;
constexpr int most_head_width = 65'536;
const QString format = QStringLiteral("encoderscope trace");
const QString dot_product = QStringLiteral("scaled dot product");

template <typename Value, std::size_t count>
using Words = std::array<std::pair<const char *, Value>, count>;

constexpr Words<Positions, 4> positions{{{"sinusoidal", Positions::sinusoidal},
                                         {"learned", Positions::learned},
                                         {"rotary", Positions::rotary},
                                         {"none", Positions::none}}};
constexpr Words<NormKind, 2> norm_kinds{
    {{"layer", NormKind::layer}, {"root mean square", NormKind::root_mean_square}}};
constexpr Words<NormPlacement, 2> placements{{{"post", NormPlacement::post}, {"pre", NormPlacement::pre}}};
constexpr Words<int, 2> sentences{{{"a", 0}, {"b", 1}}};

template <typename Value, std::size_t count>
QString word_of(const Words<Value, count> &words, Value value)
{
    for (const auto &[word, meant] : words) {
        if (meant == value)
            return QLatin1String(word);
    }
    return {};
}

template <typename Value, std::size_t count>
Value read_word(const Words<Value, count> &words, const JsonField &field, Value fallback)
{
    if (!field.exists())
        return fallback;
    QStringList all;
    for (const auto &[word, meant] : words) {
        if (field.is_string() && field.string() == QLatin1String(word))
            return meant;
        all.append(QLatin1String(word));
    }
    field.refuse(QCoreApplication::translate("Json", "one of %1").arg(all.join(QStringLiteral(", "))));
}

QString as_text(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QString as_text(const QJsonArray &array)
{
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

/// What most models do not have is not written.
void add_recent_fields(const EncoderConfig &config, QJsonObject &object)
{
    const EncoderConfig usual;
    const auto add = [&object](const char *name, const auto &value, const auto &without) {
        if (value != without)
            object[QLatin1String(name)] = value;
    };
    add("norm_kind", word_of(norm_kinds, config.norm_kind), word_of(norm_kinds, usual.norm_kind));
    add("norm_biases", config.norm_biases, usual.norm_biases);
    add("first_norm", config.first_norm, usual.first_norm);
    if (config.expand_biases)
        object[QStringLiteral("expand_biases")] = *config.expand_biases;
    if (config.shrink_biases)
        object[QStringLiteral("shrink_biases")] = *config.shrink_biases;
    add("key_biases", config.key_biases, usual.key_biases);
    add("gated", config.gated, usual.gated);
    add("key_heads", config.key_heads, usual.key_heads);
    add("task_types", config.task_types, usual.task_types);
    add("rotary_base", config.rotation.base, usual.rotation.base);
    add("rotary_local_base", config.rotation.local_base, usual.rotation.local_base);
    add("rotary_slowing", config.rotation.slowing, usual.rotation.slowing);
    add("distance_slopes", config.distance_slopes, usual.distance_slopes);
    add("head_width", config.head_width, usual.head_width);
    add("divides_scores", config.divides_scores, usual.divides_scores);
    add("relative_greatest", config.relative_greatest, usual.relative_greatest);
    add("relative_bias_by_layer", config.relative_bias_by_layer, usual.relative_bias_by_layer);
    add("counts_padding", config.counts_padding, usual.counts_padding);
    add("window", config.window, usual.window);
    if (!config.local_layers.empty()) {
        QJsonArray local;
        for (const bool is_local : config.local_layers)
            local.append(is_local);
        object[QStringLiteral("local_layers")] = local;
    }
    const RelativeProducts &products = config.relative_products;
    if (products != RelativeProducts())
        object[QStringLiteral("relative_products")] =
            QJsonObject{{QStringLiteral("content_to_position"), products.content_to_position},
                        {QStringLiteral("position_to_content"), products.position_to_content},
                        {QStringLiteral("span"), products.span},
                        {QStringLiteral("rows"), products.rows},
                        {QStringLiteral("buckets"), products.buckets},
                        {QStringLiteral("greatest"), products.greatest},
                        {QStringLiteral("parameters"), static_cast<double>(products.parameters)},
                        {QStringLiteral("in_scale"), products.in_scale}};
}

void read_relative_products(const JsonField &field, RelativeProducts &products)
{
    if (!field.exists())
        return;
    constexpr double most_parameters = 1e15;
    products.content_to_position = field.flag(QStringLiteral("content_to_position"), false);
    products.position_to_content = field.flag(QStringLiteral("position_to_content"), false);
    products.rows = field.integer(QStringLiteral("rows"), 0, most_sizes);
    products.span = field.integer(QStringLiteral("span"), 0, products.rows);
    products.buckets = field.integer(QStringLiteral("buckets"), 0, most_sizes, 0);
    products.greatest = field.integer(QStringLiteral("greatest"), 0, most_sizes, 0);
    products.parameters =
        static_cast<long long>(field.number(QStringLiteral("parameters"), -1.0, most_parameters, 0.0));
    products.in_scale = field.integer(QStringLiteral("in_scale"), 1, 3, 1);
}

void read_recent_fields(const JsonField &field, EncoderConfig &config)
{
    const auto flag = [&field](const char *name) -> std::optional<bool> {
        const JsonField value = field[QLatin1String(name)];
        return value.exists() ? std::optional(value.boolean()) : std::nullopt;
    };
    config.norm_kind = read_word(norm_kinds, field[QStringLiteral("norm_kind")], NormKind::layer);
    config.norm_biases = flag("norm_biases").value_or(true);
    config.first_norm = flag("first_norm").value_or(true);
    config.expand_biases = flag("expand_biases");
    config.shrink_biases = flag("shrink_biases");
    config.key_biases = flag("key_biases").value_or(true);
    config.gated = flag("gated").value_or(false);
    config.key_heads = field.integer(QStringLiteral("key_heads"), 0, config.heads, 0);
    config.task_types = field.integer(QStringLiteral("task_types"), 0, most_sizes, 0);
    constexpr double greatest_base = 1e12;
    config.rotation.base = field.number(QStringLiteral("rotary_base"), 0.0, greatest_base, 10000.0);
    config.rotation.local_base =
        field.number(QStringLiteral("rotary_local_base"), 0.0, greatest_base, 10000.0);
    config.rotation.slowing = field.number(QStringLiteral("rotary_slowing"), 0.0, greatest_base, 1.0);
    config.distance_slopes = flag("distance_slopes").value_or(false);
    config.head_width = field.integer(QStringLiteral("head_width"), 0, most_head_width, 0);
    config.divides_scores = flag("divides_scores").value_or(true);
    config.relative_greatest = field.integer(QStringLiteral("relative_greatest"), 1, most_sizes, 128);
    config.relative_bias_by_layer = flag("relative_bias_by_layer").value_or(false);
    config.counts_padding = flag("counts_padding").value_or(false);
    config.window = field.integer(QStringLiteral("window"), 0, most_sizes, 0);
    if (const JsonField local = field[QStringLiteral("local_layers")]; local.exists()) {
        if (local.array().size() != config.layers)
            local.refuse(QCoreApplication::translate("Trace", "a list of %1 values").arg(config.layers));
        for (qsizetype layer = 0; layer < config.layers; ++layer)
            config.local_layers.push_back(local[layer].boolean());
    }
    read_relative_products(field[QStringLiteral("relative_products")], config.relative_products);
}

QJsonObject config_object(const EncoderConfig &config, bool activation_known)
{
    QJsonObject object{{QStringLiteral("d_model"), config.d_model},
                       {QStringLiteral("layers"), config.layers},
                       {QStringLiteral("heads"), config.heads},
                       {QStringLiteral("d_ff"), config.d_ff},
                       {QStringLiteral("vocabulary_size"), config.vocabulary_size},
                       {QStringLiteral("embedding_size"), config.embedding_size},
                       {QStringLiteral("positions"), word_of(positions, config.positions)},
                       {QStringLiteral("max_positions"), config.max_positions},
                       {QStringLiteral("position_offset"), config.position_offset},
                       {QStringLiteral("token_types"), config.token_types},
                       {QStringLiteral("embedding_scale"), config.embedding_scale},
                       {QStringLiteral("embedding_norm"), config.embedding_norm},
                       {QStringLiteral("norm_placement"), word_of(placements, config.norm_placement)},
                       {QStringLiteral("norm_epsilon"), static_cast<double>(config.norm_epsilon)},
                       {QStringLiteral("biases"), config.biases},
                       {QStringLiteral("relative_buckets"), config.relative_buckets}};
    add_recent_fields(config, object);
    if (activation_known)
        object[QStringLiteral("activation")] = activation_word(config.activation);
    return object;
}

EncoderConfig read_config(const JsonField &field)
{
    const auto size = [&field](const char *name, std::optional<int> fallback = std::nullopt) {
        return field.integer(QLatin1String(name), fallback ? 0 : 1, most_sizes, fallback);
    };
    EncoderConfig config;
    config.d_model = size("d_model");
    config.layers = field.integer(QStringLiteral("layers"), 1, most_layers);
    config.heads = size("heads");
    config.d_ff = size("d_ff", 0);
    config.vocabulary_size = size("vocabulary_size", 0);
    config.embedding_size = field.integer(QStringLiteral("embedding_size"), 1, most_sizes, config.d_model);
    config.positions = read_word(positions, field[QStringLiteral("positions")], Positions::none);
    config.max_positions = size("max_positions", 0);
    config.position_offset = size("position_offset", 0);
    config.token_types = size("token_types", 0);
    config.embedding_scale = field.flag(QStringLiteral("embedding_scale"), false);
    config.embedding_norm = field.flag(QStringLiteral("embedding_norm"), true);
    if (field.has(QStringLiteral("activation")))
        config.activation = read_activation(field[QStringLiteral("activation")]);
    config.norm_placement =
        read_word(placements, field[QStringLiteral("norm_placement")], NormPlacement::post);
    config.norm_epsilon = static_cast<float>(field.number(QStringLiteral("norm_epsilon"), -1.0, 1.0, 1e-12));
    config.biases = field.flag(QStringLiteral("biases"), true);
    read_recent_fields(field, config);
    config.relative_buckets = field.integer(QStringLiteral("relative_buckets"), 0, most_buckets, 0);
    if (config.relative_buckets != 0 && config.relative_buckets < least_buckets)
        field.refuse(QStringLiteral("relative_buckets"),
                     QCoreApplication::translate("Trace", "0, or from %1").arg(least_buckets));
    if (config.relative_greatest <= config.relative_buckets / 4)
        field.refuse(QStringLiteral("relative_greatest"),
                     QCoreApplication::translate("Model", "more than a quarter of %1 (%2)")
                         .arg(config.relative_buckets)
                         .arg(QStringLiteral("relative_buckets")));
    return config;
}

QJsonObject token_object(const Token &token)
{
    QJsonObject object{{QStringLiteral("piece"), token.piece}};
    if (token.text != token.piece)
        object[QStringLiteral("text")] = token.text;
    if (token.end > 0) {
        object[QStringLiteral("begin")] = token.begin;
        object[QStringLiteral("end")] = token.end;
    }
    if (token.word >= 0)
        object[QStringLiteral("word")] = token.word;
    if (token.segment != 0)
        object[QStringLiteral("sentence")] = word_of(sentences, token.segment);
    for (const auto &[name, set] : {std::pair("special", token.special), std::pair("unknown", token.unknown),
                                    std::pair("continuation", token.continuation)}) {
        if (set)
            object[QLatin1String(name)] = true;
    }
    return object;
}

Token read_token(const JsonField &field, const Encoding &encoding)
{
    Token token;
    token.piece = well_formed(field[QStringLiteral("piece")].string());
    token.text = well_formed(field.text(QStringLiteral("text"), token.piece));
    token.segment = read_word(sentences, field[QStringLiteral("sentence")], 0);
    if (token.segment == 1 && encoding.text_b.isNull())
        field.refuse(QStringLiteral("sentence"),
                     QCoreApplication::translate("Trace", "\"a\": there is no text_b"));
    const auto length = static_cast<int>(token.segment == 0 ? encoding.text.size() : encoding.text_b.size());
    const int begin = field.integer(QStringLiteral("begin"), 0, length, 0);
    token.begin = begin;
    token.end = field.integer(QStringLiteral("end"), begin, length, begin);
    token.word = field.integer(QStringLiteral("word"), 0, length, -1);
    token.special = field.flag(QStringLiteral("special"), false);
    token.unknown = field.flag(QStringLiteral("unknown"), false);
    token.continuation = field.flag(QStringLiteral("continuation"), false);
    return token;
}

Encoding read_encoding(const JsonField &fields)
{
    Encoding encoding;
    encoding.text = well_formed(fields.text(QStringLiteral("text")));
    if (fields.has(QStringLiteral("text_b")))
        encoding.text_b =
            QStringLiteral("") + well_formed(fields.text(QStringLiteral("text_b"))); // null = none
    const JsonField tokens = fields[QStringLiteral("tokens")];
    const auto count = static_cast<int>(tokens.array().size());
    if (count == 0)
        tokens.refuse(QCoreApplication::translate("Trace", "at least one token"));
    for (int token = 0; token < count; ++token)
        encoding.tokens.push_back(read_token(tokens[token], encoding));
    const JsonField cut = fields[QStringLiteral("cut")];
    if (cut.exists()) {
        encoding.cut_a = cut.integer(QStringLiteral("a"), -1, static_cast<int>(encoding.text.size()), -1);
        encoding.cut_b = cut.integer(QStringLiteral("b"), -1, static_cast<int>(encoding.text_b.size()), -1);
        encoding.cut_left = cut.flag(QStringLiteral("left"), false);
    }
    return encoding;
}

/// The metadata as one JSON object: those of its texts that are JSON become what they say.
JsonField fields_of(const QMap<QString, QString> &metadata, const QString &file)
{
    QJsonObject object;
    for (auto entry = metadata.begin(); entry != metadata.end(); ++entry)
        object.insert(entry.key(), entry.value());
    for (const char *name : {"config", "switches", "cut"}) {
        const auto found = metadata.find(QLatin1String(name));
        if (found != metadata.end())
            object[QLatin1String(name)] =
                JsonField::parse(found->toUtf8(), file + QStringLiteral(": ") + QLatin1String(name)).object();
    }
    for (const char *name : {"tokens", "masked_tokens"}) {
        const auto found = metadata.find(QLatin1String(name));
        if (found != metadata.end())
            object[QLatin1String(name)] =
                JsonField::parse(found->toUtf8(), file + QStringLiteral(": ") + QLatin1String(name)).array();
    }
    return JsonField::made(object, file);
}

} // namespace

QMap<QString, QString> trace_metadata(const Trace &trace)
{
    const Encoding &encoding = trace.encoding();
    QMap<QString, QString> metadata{
        {QStringLiteral("format"), format},
        {QStringLiteral("version"), QString::number(version)},
        {QStringLiteral("program"), QStringLiteral("encoderscope ") + program_version()},
        {QStringLiteral("model"), trace.model().name},
        {QStringLiteral("config"),
         as_text(config_object(trace.config(), trace.has(TracePart::activation_function)))},
        {QStringLiteral("text"), encoding.text}};
    const QString hash = model_hash(trace.model());
    if (!hash.isEmpty())
        metadata.insert(QStringLiteral("model_hash"), hash);
    if (!trace.model().trained)
        metadata.insert(QStringLiteral("trained"), QStringLiteral("false"));
    if (!encoding.text_b.isNull())
        metadata.insert(QStringLiteral("text_b"), encoding.text_b);
    QJsonArray tokens;
    for (const Token &token : encoding.tokens)
        tokens.append(token_object(token));
    metadata.insert(QStringLiteral("tokens"), as_text(tokens));
    if (encoding.cut_a >= 0 || encoding.cut_b >= 0)
        metadata.insert(QStringLiteral("cut"),
                        as_text(QJsonObject{{QStringLiteral("a"), encoding.cut_a},
                                            {QStringLiteral("b"), encoding.cut_b},
                                            {QStringLiteral("left"), encoding.cut_left}}));
    const QJsonObject switches = switches_object(trace.switches());
    if (!switches.isEmpty())
        metadata.insert(QStringLiteral("switches"), as_text(switches));
    QJsonArray masked;
    for (const int token : trace.switches().masked_tokens)
        masked.append(token);
    if (!masked.isEmpty())
        metadata.insert(QStringLiteral("masked_tokens"), as_text(masked));
    // Products with distances read what no file of a trace holds.
    if (trace.has(TracePart::scores) && trace.config().relative_products.rows == 0)
        metadata.insert(QStringLiteral("scores"), dot_product);
    return metadata;
}

bool is_trace(const QMap<QString, QString> &metadata)
{
    return metadata.value(QStringLiteral("format")) == format;
}

TraceMetadata read_trace_metadata(const QMap<QString, QString> &metadata, const QString &file)
{
    if (!is_trace(metadata))
        throw Error(QCoreApplication::translate(
                        "Trace", "%1 is no trace: expected the metadata \"format\": \"%2\", found %3.")
                        .arg(file, format,
                             metadata.contains(QStringLiteral("format"))
                                 ? u'"' + shortened(metadata.value(QStringLiteral("format"))) + u'"'
                                 : QCoreApplication::translate("Trace", "none")));
    if (metadata.value(QStringLiteral("version")) != QString::number(version))
        throw Error(QCoreApplication::translate("Trace", "%1: expected a trace of version %2, found \"%3\".")
                        .arg(file)
                        .arg(version)
                        .arg(shortened(metadata.value(QStringLiteral("version")))));
    const JsonField fields = fields_of(metadata, file);
    TraceMetadata read;
    read.model = well_formed(fields.text(QStringLiteral("model")));
    read.hash = fields.text(QStringLiteral("model_hash")).left(128);
    read.trained = fields.text(QStringLiteral("trained")) != QStringLiteral("false");
    read.config = read_config(fields[QStringLiteral("config")]);
    read.activation_function = fields[QStringLiteral("config")].has(QStringLiteral("activation"));
    read.encoding = read_encoding(fields);
    read.switches = read_switches(fields[QStringLiteral("switches")]);
    const JsonField masked = fields[QStringLiteral("masked_tokens")];
    const auto last = static_cast<int>(read.encoding.tokens.size()) - 1;
    for (qsizetype i = 0; masked.exists() && i < masked.array().size(); ++i)
        read.switches.masked_tokens.insert(masked[i].integer(0, last));
    const QString scores = fields.text(QStringLiteral("scores"));
    read.scaled_dot_product = scores == dot_product;
    if (!scores.isEmpty() && !read.scaled_dot_product)
        fields.refuse(QStringLiteral("scores"), u'"' + dot_product + u'"');
    return read;
}

} // namespace encoderscope
