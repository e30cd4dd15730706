// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/first_non_finite.h"
#include "engine/analysis/trace_file.h"
#include "engine/analysis/trace_reader.h"
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "engine/model/load_model.h"
#include "engine/model/model_hash.h"
#include "engine/model/safetensors.h"
#include "engine/model/safetensors_writer.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace encoderscope;

namespace
{

QByteArray bytes_of(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Switches many_switches(const EncoderConfig &config)
{
    Switches switches;
    switches.layer(0).heads_off = {0};
    switches.layer(0).head_factors = {{1, 0.3F}};
    switches.layer(1).neuron_factors = {{5, -2.0F}};
    switches.layer(1).steering.assign(static_cast<std::size_t>(config.d_model), 0.1F);
    switches.layer(1).steering_factor = 0.7F;
    switches.temperature = 1.3F;
    switches.activation = Activation::silu;
    switches.masked_tokens = {2};
    return switches;
}

TracePtr run_of_default_model()
{
    const ModelPtr model = default_model();
    return run_encoder(
        model, model->tokenizer->encode(QStringLiteral("The animal 안녕 🐈."), QStringLiteral("It was.")),
        many_switches(model->config));
}

TracePtr run_of_checkpoint(const QString &name)
{
    const QString folder = QStringLiteral(ENCODERSCOPE_TEST_DATA "/checkpoints/") + name;
    const SafetensorsFile inputs(folder + QStringLiteral("/expected.safetensors"));
    Encoding encoding;
    for (const qint64 id : inputs.integers(QStringLiteral("input.ids"))) {
        Token token;
        token.id = static_cast<int>(id);
        encoding.tokens.push_back(token);
    }
    return run_encoder(load_encoder(folder), encoding);
}

/// Norms before the sublayers, a relative position bias, no positions, no biases.
TracePtr run_of_unusual_model()
{
    auto model = std::make_shared<Model>();
    model->config = {.vocabulary_size = 30,
                     .d_model = 12,
                     .layers = 2,
                     .heads = 3,
                     .d_ff = 7,
                     .embedding_size = 12,
                     .positions = Positions::none,
                     .norm_placement = NormPlacement::pre,
                     .biases = false,
                     .relative_buckets = 8};
    model->weights = initial_weights(model->config, 3);
    Matrix bias(8, 3);
    for (Index i = 0; i < bias.size(); ++i)
        bias.data()[i] = 0.1F * static_cast<float>(i % 5);
    model->weights.relative_bias = SharedMatrix(std::move(bias));
    Encoding encoding;
    for (const int id : {1, 7, 3, 3, 29}) {
        Token token;
        token.id = id;
        encoding.tokens.push_back(token);
    }
    return run_encoder(model, encoding);
}

} // namespace

/// The file of a trace, written and read.
class TestTraceFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void what_was_written_is_read_bit_for_bit_data();
    void what_was_written_is_read_bit_for_bit();
    void a_recorded_run_may_lack_parts();
    void heads_may_have_another_width();
    void files_that_lie_are_refused_data();
    void files_that_lie_are_refused();

private:
    QString path(const char *name) const { return folder_.filePath(QLatin1String(name)); }
    QTemporaryDir folder_;
};

void TestTraceFile::what_was_written_is_read_bit_for_bit_data()
{
    QTest::addColumn<TracePtr>("trace");
    QTest::newRow("default model, pair, switches") << run_of_default_model();
    QTest::newRow("pre-norm, relative bias") << run_of_unusual_model();
    for (const char *name :
         {"albert-classifier", "mpnet", "bert-answer-safetensors", "electra-tokens-safetensors",
          "modernbert-mlm-safetensors", "eurobert-classes-safetensors", "ernie-classes-bin",
          "gte-mlm-safetensors", "deberta-v2-mlm-safetensors", "t5-encoder-safetensors",
          "umt5-encoder-safetensors", "new-mlm-safetensors", "bart-whole-safetensors"})
        QTest::newRow(name) << run_of_checkpoint(QLatin1String(name));
}

void TestTraceFile::what_was_written_is_read_bit_for_bit()
{
    QFETCH(const TracePtr, trace);
    write_trace(*trace, path("a.safetensors"));
    const TracePtr read = read_trace(path("a.safetensors"));
    write_trace(*read, path("b.safetensors"));
    QVERIFY(bytes_of(path("a.safetensors")) == bytes_of(path("b.safetensors")));

    QVERIFY(read->encoding() == trace->encoding());
    QVERIFY(read->switches() == trace->switches());
    QVERIFY(read->config() == trace->config());
    QCOMPARE(read->model().name, trace->model().name);
    QCOMPARE(model_hash(read->model()), model_hash(trace->model()));
    QVERIFY(!read->model().has_weights());
    QVERIFY(read->output() == trace->output());
    QVERIFY(read->embedding().sum == trace->embedding().sum);
    for (int layer = -1; layer < trace->layers(); ++layer)
        QVERIFY(read->hidden(layer) == trace->hidden(layer));
    for (int layer = 0; layer < trace->layers(); ++layer) {
        QVERIFY(read->attention_input(layer) == trace->attention_input(layer));
        QVERIFY(read->feed_forward_input(layer) == trace->feed_forward_input(layer));
        QVERIFY(read->layer(layer).concatenation == trace->layer(layer).concatenation);
        QVERIFY(read->layer(layer).expanded == trace->layer(layer).expanded);
        QVERIFY(read->layer(layer).activated == trace->layer(layer).activated);
        QVERIFY(read->layer(layer).gate == trace->layer(layer).gate);
        QVERIFY(read->layer(layer).feed_forward_value == trace->layer(layer).feed_forward_value);
        QVERIFY(read->layer(layer).unrotated_query == trace->layer(layer).unrotated_query);
        QVERIFY(read->layer(layer).unrotated_key == trace->layer(layer).unrotated_key);
        for (int head = 0; head < trace->heads(); ++head) {
            QVERIFY(read->query(layer, head) == trace->query(layer, head));
            // The keys and queries of distances are not in the file.
            if (trace->config().relative_products.rows > 0)
                QVERIFY(!read->has(TracePart::scores, layer));
            else
                QVERIFY(read->scaled_scores(layer, head) == trace->scaled_scores(layer, head));
            QVERIFY(read->attention_weights(layer, head) == trace->attention_weights(layer, head));
            QVERIFY(read->attention_weights(layer, head, {.first = 1, .count = 2}) ==
                    read->attention_weights(layer, head).middleRows(1, 2));
        }
    }
    const bool has_scores = trace->config().relative_products.rows == 0;
    QCOMPARE(read->has(TracePart::scores), has_scores);
    QStringList lacking{QStringLiteral("the model's weights and its tokenizer")};
    if (!has_scores)
        lacking.prepend(QStringLiteral("attention scores"));
    QCOMPARE(lacking_parts(*read), lacking);
    QVERIFY(lacking_parts(*trace).isEmpty());
}

namespace
{

/// What a file needs: three tokens, two layers of two heads, d_model 4.
struct Parts {
    std::vector<TensorToWrite> tensors;
    QMap<QString, QString> metadata;

    void add(const char *name, Index rows, Index columns, float value = 0.5F)
    {
        tensors.push_back(
            TensorToWrite::matrix(QLatin1String(name), SharedMatrix(Matrix::Constant(rows, columns, value))));
    }
    void add_weights(const char *name, Index heads, Index n)
    {
        add(name, heads * n, n, 1.0F / static_cast<float>(n));
        tensors.back().shape = {heads, n, n};
    }
    void remove(const char *name)
    {
        std::erase_if(tensors, [name](const TensorToWrite &one) { return one.name == QLatin1String(name); });
    }
    void say(const char *name, const char *text) { metadata[QLatin1String(name)] = QString::fromUtf8(text); }
};

Parts least_parts()
{
    Parts parts;
    parts.tensors.push_back(TensorToWrite::ids(QStringLiteral("tokens.ids"), {101, 7, 102}));
    parts.add("embedding.output", 3, 4);
    parts.add("layer.1.output", 3, 4, 1.5F);
    parts.add("layer.2.output", 3, 4, 2.5F);
    parts.say("format", "encoderscope trace");
    parts.say("version", "1");
    parts.say("model", "someone's/encoder");
    parts.say("text", "고양이");
    parts.say("config", R"({"d_model": 4, "layers": 2, "heads": 2})");
    parts.say("tokens",
              R"([{"piece": "[CLS]", "special": true}, {"piece": "▁고양이", "text": "고양이", "end": 3},
                            {"piece": "[SEP]", "special": true}])");
    return parts;
}

} // namespace

void TestTraceFile::a_recorded_run_may_lack_parts()
{
    Parts parts = least_parts();
    write_safetensors(path("least.safetensors"), parts.tensors, parts.metadata);
    const TracePtr least = read_trace(path("least.safetensors"));
    QCOMPARE(least->tokens(), 3);
    QCOMPARE(least->layers(), 2);
    QCOMPARE(least->heads(), 1); // nothing bears out the two of the configuration
    QCOMPARE(least->token(1).text, QStringLiteral("고양이"));
    QVERIFY(least->token(0).special);
    QVERIFY(least->hidden(1)(2, 3) == 2.5F);
    QVERIFY(least->output() == least->hidden(1));
    QVERIFY(!least->has(TracePart::weights) && !least->has(TracePart::query) &&
            !least->has(TracePart::activated));
    QCOMPARE(lacking_parts(*least).size(), 14);
    QVERIFY(non_finite_message(*least).isEmpty());

    parts.add_weights("layer.2.attention.weights", 2, 3);
    parts.add("layer.1.attention.query", 3, 4);
    parts.add("layer.1.attention.key", 3, 4);
    parts.add("layer.1.attention.concatenation", 3, 4, std::numeric_limits<float>::infinity());
    parts.add("layer.2.feed_forward.activation", 3, 5);
    write_safetensors(path("more.safetensors"), parts.tensors, parts.metadata);
    const TracePtr more = read_trace(path("more.safetensors"));
    QCOMPARE(more->heads(), 2);
    QCOMPARE(more->config().d_ff, 5);
    QVERIFY(!more->has(TracePart::weights) && more->has(TracePart::weights, 1));
    QVERIFY(more->has(TracePart::query, 0) && !more->has(TracePart::query, 1));
    QVERIFY(!more->has(TracePart::scores, 0)); // nobody says what became of queries and keys
    QVERIFY(more->attention_weights(1, 1)(2, 2) == 1.0F / 3.0F);
    QVERIFY(lacking_parts(*more).contains(QStringLiteral("attention weights (layers 1)")));
    QVERIFY(non_finite_message(*more).contains(QStringLiteral("layer 1, concatenated heads")));
    write_trace(*more, path("again.safetensors"));
    const SafetensorsFile again(path("again.safetensors"));
    QVERIFY(!again.tensors().contains(QStringLiteral("layer.1.attention.weights")));
    QVERIFY(again.tensors().contains(QStringLiteral("layer.2.attention.weights")));
    QVERIFY(!again.metadata().contains(QStringLiteral("scores")));
}

void TestTraceFile::heads_may_have_another_width()
{
    Parts parts = least_parts();
    for (const char *layer : {"layer.1.", "layer.2."}) {
        for (const char *name : {"attention.query", "attention.key"})
            parts.add((QByteArray(layer) + name).constData(), 3, 10);
        parts.add((QByteArray(layer) + "attention.value").constData(), 3, 6);
    }
    parts.say("scores", "scaled dot product");
    write_safetensors(path("wide.safetensors"), parts.tensors, parts.metadata);
    const TracePtr trace = read_trace(path("wide.safetensors"));
    QCOMPARE(trace->query(0, 1).cols(), 5);
    QCOMPARE(trace->value(0, 1).cols(), 3);
    QVERIFY(trace->has(TracePart::weights));
    QVERIFY(std::abs(trace->scaled_scores(0, 1)(0, 0) - 5.0F * 0.25F / std::sqrt(5.0F)) < 1e-6F);
    QVERIFY(std::abs(trace->attention_weights(0, 1)(0, 0) - 1.0F / 3.0F) < 1e-6F);
}

void TestTraceFile::files_that_lie_are_refused_data()
{
    using Change = std::function<void(Parts &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *name, const char *place, const Change &change) {
        QTest::newRow(name) << change << QString::fromLatin1(place);
    };
    const auto says = [&row](const char *row_name, const char *place, const char *name, const char *text) {
        row(row_name, place, [name, text](Parts &parts) { parts.say(name, text); });
    };
    row("no trace", "\"format\"", [](Parts &parts) { parts.metadata.remove(QStringLiteral("format")); });
    says("another format", "pt", "format", "pt");
    says("a later version", "version 1", "version", "2");
    says("no configuration", "config", "config", "[");
    says("a configuration without sizes", "config.layers", "config", R"({"d_model": 4, "heads": 2})");
    says("a thousand million layers", "config.layers", "config",
         R"({"d_model": 4, "layers": 1000000000, "heads": 2})");
    says("more layers than tensors", "layer.3.output", "config",
         R"({"d_model": 4, "layers": 3, "heads": 2})");
    says("fewer layers than tensors", "layer.2.output", "config",
         R"({"d_model": 4, "layers": 1, "heads": 2})");
    says("another d_model", "embedding.output", "config", R"({"d_model": 5, "layers": 2, "heads": 2})");
    says("no heads", "config.heads", "config", R"({"d_model": 4, "layers": 2, "heads": 0})");
    says("buckets that cannot be", "relative_buckets", "config",
         R"({"d_model": 4, "layers": 2, "heads": 2, "relative_buckets": 3})");
    says("too many buckets", "relative_buckets", "config",
         R"({"d_model": 4, "layers": 2, "heads": 2, "relative_buckets": 2000})");
    says("no tokens", "tokens", "tokens", "[]");
    says("another number of tokens", "tokens.ids", "tokens", R"([{"piece": "a"}])");
    says("a token without a piece", "tokens[0].piece", "tokens", "[{}, {}, {}]");
    says("a span beyond the text", "tokens[1].end", "tokens",
         R"([{"piece": "a"}, {"piece": "b", "begin": 1, "end": 4}, {"piece": "c"}])");
    says("a span that ends before it begins", "tokens[1].end", "tokens",
         R"([{"piece": "a"}, {"piece": "b", "begin": 2, "end": 1}, {"piece": "c"}])");
    says("a sentence that is not there", "tokens[1].sentence", "tokens",
         R"([{"piece": "a"}, {"piece": "b", "sentence": "b"}, {"piece": "c"}])");
    says("a word beyond all words", "tokens[1].word", "tokens",
         R"([{"piece": "a"}, {"piece": "b", "word": 4}, {"piece": "c"}])");
    says("a masked token that is not there", "masked_tokens[0]", "masked_tokens", "[3]");
    says("scores made in another way", "scores", "scores", "cosine");
    says("switches that are none", "switches.layers[0].layer", "switches", R"({"layers": [{"layer": 0}]})");
    row("no ids", "tokens.ids", [](Parts &parts) { parts.remove("tokens.ids"); });
    row("an id below 0", "tokens.ids", [](Parts &parts) {
        parts.remove("tokens.ids");
        parts.tensors.push_back(TensorToWrite::ids(QStringLiteral("tokens.ids"), {1, -1, 2}));
    });
    row("types of other tokens", "tokens.types", [](Parts &parts) {
        parts.tensors.push_back(TensorToWrite::ids(QStringLiteral("tokens.types"), {0, 0}));
    });
    row("no embedding", "embedding.output", [](Parts &parts) { parts.remove("embedding.output"); });
    row("a layer without output", "layer.1.output", [](Parts &parts) { parts.remove("layer.1.output"); });
    row("weights of other heads", "layer.1.attention.weights",
        [](Parts &parts) { parts.add_weights("layer.1.attention.weights", 3, 3); });
    row("weights of other tokens", "layer.1.attention.weights",
        [](Parts &parts) { parts.add_weights("layer.1.attention.weights", 2, 4); });
    row("queries that no heads share", "layer.1.attention.query",
        [](Parts &parts) { parts.add("layer.1.attention.query", 3, 5); });
    row("keys of another width", "layer.1.attention.key", [](Parts &parts) {
        parts.add("layer.1.attention.query", 3, 4);
        parts.add("layer.1.attention.key", 3, 6);
    });
    row("no neurons", "layer.1.feed_forward.activation",
        [](Parts &parts) { parts.add("layer.1.feed_forward.activation", 3, 0); });
    row("other neurons in another layer", "layer.2.feed_forward.activation", [](Parts &parts) {
        parts.add("layer.1.feed_forward.activation", 3, 5);
        parts.add("layer.2.feed_forward.activation", 3, 6);
    });
    row("a result of other dimensions", "pooled", [](Parts &parts) { parts.add("pooled", 1, 4); });
    says("a distance within the exact buckets", "relative_greatest", "config",
         R"({"d_model": 4, "layers": 2, "heads": 2, "relative_buckets": 8, "relative_greatest": 2})");
    row("heads of another width", "layer.1.attention.query", [](Parts &parts) {
        parts.say("config", R"({"d_model": 4, "layers": 2, "heads": 2, "head_width": 3})");
        parts.add("layer.1.attention.query", 3, 10);
    });
    row("another width before the rotation", "layer.2.attention.unrotated_key", [](Parts &parts) {
        parts.add("layer.2.attention.key", 3, 4);
        parts.add("layer.2.attention.unrotated_key", 3, 2);
    });
    row("a bias that is missing", "attention.relative_bias", [](Parts &parts) {
        parts.say("config", R"({"d_model": 4, "layers": 2, "heads": 2, "relative_buckets": 8})");
        parts.say("scores", "scaled dot product");
    });
}

void TestTraceFile::files_that_lie_are_refused()
{
    QFETCH(const std::function<void(Parts &)>, change);
    QFETCH(const QString, place);
    Parts parts = least_parts();
    change(parts);
    const QString file = path("lying.safetensors");
    write_safetensors(file, parts.tensors, parts.metadata);
    try {
        read_trace(file);
        QFAIL("read");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(QStringLiteral("lying.safetensors")), error.what());
        QVERIFY2(error.message().contains(place), error.what());
    }
}

QTEST_GUILESS_MAIN(TestTraceFile)
#include "tst_trace_file.moc"
