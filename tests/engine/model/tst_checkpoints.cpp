// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/costs.h"
#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/model/load_model.h"
#include "engine/model/model_description.h"
#include "engine/model/safetensors.h"
#include "engine/model/save_model.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace encoderscope;

/// Small random checkpoints of each architecture, made with the reference implementation
/// (tests/data/checkpoints), against what that computes.
class TestCheckpoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_are_those_of_the_reference_data();
    void numbers_are_those_of_the_reference();
    void saved_again_they_are_the_same_data() { numbers_are_those_of_the_reference_data(); }
    void saved_again_they_are_the_same();
    void each_has_the_heads_it_should_data();
    void each_has_the_heads_it_should();
    void each_has_the_head_it_is_named_for_data();
    void each_has_the_head_it_is_named_for();
    void pickled_weights_are_those_of_safetensors_data();
    void pickled_weights_are_those_of_safetensors();
    void what_is_not_computed_is_refused_data();
    void what_is_not_computed_is_refused();
    void debertas_own_head_is_said_to_be_left_out();
};

namespace
{

/// Knows the pieces' number and nothing of text.
class IdsOnly : public Tokenizer
{
public:
    explicit IdsOnly(int size)
        : size_(size)
    {
    }
    std::vector<Token> tokenize(const QString &) const override { return {}; }
    Specials specials() const override { return {}; }
    int vocabulary_size() const override { return size_; }
    QString piece(int id) const override { return QString::number(id); }
    int id(const QString &piece) const override { return piece.toInt(); }
    int mask_id() const override { return -1; }

private:
    int size_;
};

ModelPtr open(const QString &folder)
{
    const std::shared_ptr<Model> model = load_encoder(folder);
    model->tokenizer = std::make_shared<IdsOnly>(model->config.vocabulary_size);
    return model;
}

const QString data = QStringLiteral(ENCODERSCOPE_TEST_DATA "/checkpoints/");

Encoding input(const SafetensorsFile &expected)
{
    const std::vector<qint64> ids = expected.integers(QStringLiteral("input.ids"));
    const std::vector<qint64> types = expected.integers(QStringLiteral("input.types"));
    Encoding encoding;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        Token token;
        token.id = static_cast<int>(ids[i]);
        token.type = static_cast<int>(types[i]);
        encoding.tokens.push_back(token);
    }
    return encoding;
}

/// Compares with the expected tensor `name`, rows one below the other.
void compare(const SafetensorsFile &expected, const QString &name, const MatrixRef &found)
{
    const TensorInfo info = expected.tensors()[name];
    qint64 numbers = 1;
    for (const qint64 size : info.shape)
        numbers *= size;
    QVERIFY2(numbers == found.size(), qPrintable(name));
    QFile file(expected.path());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.seek(info.begin));
    Matrix reference(found.rows(), found.cols());
    file.read(reinterpret_cast<char *>(reference.data()), info.end - info.begin);
    const float difference = (reference - found).cwiseAbs().maxCoeff();
    QVERIFY2(difference < 1e-4F, qPrintable(name + QStringLiteral(": %1").arg(difference)));
    QVERIFY(reference.cwiseAbs().maxCoeff() > 1e-3F);
}

void compare_all(const SafetensorsFile &expected, const ModelPtr &model)
{
    const TracePtr trace = run_encoder(model, input(expected));
    const int n = trace->tokens();
    for (int layer = 0; layer <= model->config.layers; ++layer)
        compare(expected, QStringLiteral("hidden.%1").arg(layer), trace->hidden(layer - 1));
    for (int layer = 0; layer < model->config.layers; ++layer) {
        Matrix weights(trace->heads() * n, n);
        for (int head = 0; head < trace->heads(); ++head)
            weights.middleRows(head * n, n) = trace->attention_weights(layer, head);
        compare(expected, QStringLiteral("attention.%1").arg(layer + 1), weights);
    }
    if (expected.tensors().contains(QStringLiteral("output"))) {
        compare(expected, QStringLiteral("output"), trace->output());
        QCOMPARE(total_cost(encoder_costs(model->config, n)).parameters,
                 expected.integers(QStringLiteral("parameters")).front());
    }
    if (expected.tensors().contains(QStringLiteral("pooled")))
        compare(expected, QStringLiteral("pooled"), pooled_vector(*trace));
    if (expected.tensors().contains(QStringLiteral("sentence")))
        compare(expected, QStringLiteral("sentence"), sentence_vector(*trace));
    if (expected.tensors().contains(QStringLiteral("mlm.logits"))) {
        Matrix logits(n, model->config.vocabulary_size);
        for (int token = 0; token < n; ++token)
            logits.row(token) = masked_word_logits(*trace, token);
        compare(expected, QStringLiteral("mlm.logits"), logits);
        const auto best = masked_word_predictions(*trace, 1, 3);
        QCOMPARE(best.size(), 3U);
        QCOMPARE(logits.row(1).maxCoeff(), best[0].logit);
        QVERIFY(best[0].probability >= best[1].probability && best[0].probability < 1.0F);
    }
    if (expected.tensors().contains(QStringLiteral("class.logits"))) {
        const auto classes = class_predictions(*trace);
        RowVector logits(static_cast<Index>(classes.size()));
        RowVector values = logits;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            logits(static_cast<Index>(i)) = classes[i].logit;
            values(static_cast<Index>(i)) = classes[i].value;
        }
        compare(expected, QStringLiteral("class.logits"), logits);
        if (expected.tensors().contains(QStringLiteral("class.values")))
            compare(expected, QStringLiteral("class.values"), values);
        else
            QCOMPARE(classes[2].label, QStringLiteral("neither"));
    }
    if (expected.tensors().contains(QStringLiteral("token.logits")))
        compare(expected, QStringLiteral("token.logits"), token_class_logits(*trace));
    if (expected.tensors().contains(QStringLiteral("answer.logits")))
        compare(expected, QStringLiteral("answer.logits"), answer_logits(*trace));
    if (expected.tensors().contains(QStringLiteral("replaced.logits")))
        compare(expected, QStringLiteral("replaced.logits"), replaced_logits(*trace));
}

} // namespace

void TestCheckpoints::numbers_are_those_of_the_reference_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = QDir(data).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(names.size() >= 150);
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TestCheckpoints::numbers_are_those_of_the_reference()
{
    QFETCH(QString, name);
    compare_all(SafetensorsFile(data + name + QStringLiteral("/expected.safetensors")), open(data + name));
}

void TestCheckpoints::saved_again_they_are_the_same()
{
    QFETCH(QString, name);
    const ModelPtr model = open(data + name);
    if (model->output.classification && !model->output.classification->dense.weight.empty())
        return; // classification heads with a dense layer of their own are not saved
    QTemporaryDir folder;
    if (!is_own_kind(model->config)) {
        QVERIFY_THROWS_EXCEPTION(Error, save_model(*model, folder.path()));
        QVERIFY(QDir(folder.path()).isEmpty());
        return;
    }
    save_model(*model, folder.path());
    const ModelPtr again = open(folder.path());
    QCOMPARE(again->config, model->config);
    compare_all(SafetensorsFile(data + name + QStringLiteral("/expected.safetensors")), again);
}

void TestCheckpoints::each_has_the_heads_it_should_data()
{
    QTest::addColumn<bool>("masked_word");
    QTest::addColumn<bool>("pooler");
    QTest::addColumn<bool>("classification");
    QTest::addColumn<bool>("sentence");
    QTest::newRow("bert") << true << true << false << false;
    QTest::newRow("bert-relu-plain") << false << true << false << false;
    QTest::newRow("bert-classifier") << false << true << true << false;
    QTest::newRow("distilbert") << true << false << false << false;
    QTest::newRow("distilbert-classifier") << false << false << true << false;
    QTest::newRow("roberta") << true << false << false << false;
    QTest::newRow("roberta-classifier") << false << false << true << false;
    QTest::newRow("xlm-roberta") << true << false << false << false;
    QTest::newRow("electra") << true << false << false << false;
    QTest::newRow("electra-classifier") << false << false << true << false;
    QTest::newRow("albert") << true << true << false << false;
    QTest::newRow("albert-classifier") << false << true << true << false;
    QTest::newRow("mpnet") << true << false << false << false;
    QTest::newRow("bert-f16-old-names") << false << true << false << true;
    QTest::newRow("bert-bf16-sharded") << false << true << false << false;
}

/// The folders of make_current.py say in their names what is in them.
void TestCheckpoints::each_has_the_head_it_is_named_for_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : QDir(data).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (name.count(QLatin1Char('-')) >= 2 && !name.startsWith(QStringLiteral("bert-bf16")) &&
            !name.startsWith(QStringLiteral("bert-f16")) && name != QStringLiteral("bert-relu-plain"))
            QTest::newRow(qPrintable(name)) << name;
    }
}

void TestCheckpoints::each_has_the_head_it_is_named_for()
{
    QFETCH(QString, name);
    const OutputHeads heads = open(data + name)->output;
    const auto named = [&name](const char *head) {
        return name.contains(QLatin1Char('-') + QLatin1String(head) + QLatin1Char('-'));
    };
    const bool electra = name.startsWith(QStringLiteral("electra"));
    QCOMPARE(heads.masked_word.has_value(),
             named("mlm") || named("untied") || (named("pretraining") && !electra));
    QCOMPARE(heads.classification.has_value(),
             named("classes") || named("multilabel") || named("regression"));
    QCOMPARE(heads.token_classification.has_value(), named("tokens"));
    QCOMPARE(heads.answer.has_value(), named("answer"));
    QCOMPARE(heads.discriminator.has_value(), named("pretraining") && electra);
    QCOMPARE(heads.left_out.size(), named("choice") || named("whole") ? 1 : 0);
    using Values = ClassificationHead::Values;
    if (heads.classification)
        QCOMPARE(heads.classification->values, named("regression")   ? Values::scores
                                               : named("multilabel") ? Values::independent
                                                                     : Values::probabilities);
}

void TestCheckpoints::pickled_weights_are_those_of_safetensors_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : QDir(data).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (name.contains(QStringLiteral("-bin")))
            QTest::newRow(qPrintable(name)) << name;
    }
}

/// To the last bit: every tensor that the model uses.
void TestCheckpoints::pickled_weights_are_those_of_safetensors()
{
    QFETCH(QString, name);
    const ModelPtr model = open(data + name);
    if (model->output.classification && !model->output.classification->dense.weight.empty())
        return; // not saved as it was
    if (!is_own_kind(model->config))
        return; // not saved at all
    QTemporaryDir folder;
    save_model(*model, folder.path());
    const ModelPtr again = open(folder.path());
    const Encoding encoding = input(SafetensorsFile(data + name + QStringLiteral("/expected.safetensors")));
    QVERIFY(run_encoder(model, encoding)->output() == run_encoder(again, encoding)->output());
    QVERIFY(model->weights.embedding.token.view() == again->weights.embedding.token.view());
}

void TestCheckpoints::what_is_not_computed_is_refused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonObject>("changes");
    const auto row = [](const char *tag, const char *name, const QJsonObject &changes) {
        QTest::newRow(tag) << QString::fromLatin1(name) << changes;
    };
    row("rope_scaling", "modernbert-mlm-safetensors",
        {{QStringLiteral("rope_scaling"),
          QJsonObject{{QStringLiteral("rope_type"), QStringLiteral("yarn")}}}});
    row("rope_parameters.full_attention.rope_type", "modernbert-mlm-safetensors",
        {{QStringLiteral("rope_parameters"),
          QJsonObject{{QStringLiteral("full_attention"),
                       QJsonObject{{QStringLiteral("rope_type"), QStringLiteral("linear")}}}}}});
    row("layer_types", "modernbert-mlm-safetensors",
        {{QStringLiteral("layer_types"), QJsonArray{QStringLiteral("x")}}});
    row("layer_types[1]", "modernbert-mlm-safetensors",
        {{QStringLiteral("layer_types"),
          QJsonArray{QStringLiteral("full_attention"), QStringLiteral("chunked_attention"),
                     QStringLiteral("full_attention"), QStringLiteral("full_attention")}}});
    row("num_attention_heads", "nomic_bert-mlm-safetensors", {{QStringLiteral("num_attention_heads"), 8}});
    row("head_dim", "eurobert-mlm-safetensors", {{QStringLiteral("head_dim"), 16}});
    row("num_key_value_heads", "eurobert-classes-safetensors", {{QStringLiteral("num_key_value_heads"), 3}});
    row("conv_kernel_size", "deberta-v2-mlm-safetensors", {{QStringLiteral("conv_kernel_size"), 3}});
    row("pos_att_type", "deberta-v2-mlm-safetensors",
        {{QStringLiteral("pos_att_type"), QStringLiteral("p2p|c2p")}});
    row("position_buckets", "deberta-v2-mlm-safetensors", {{QStringLiteral("position_buckets"), 90}});
    row("embedding_size", "deberta-v2-mlm-safetensors", {{QStringLiteral("embedding_size"), 4}});
    row("pooler_hidden_act", "deberta-v2-classes-bin-f16",
        {{QStringLiteral("pooler_hidden_act"), QStringLiteral("elu")}});
    row("talking_head", "deberta-mlm-safetensors", {{QStringLiteral("talking_head"), true}});
    row("d_kv", "t5-encoder-safetensors", {{QStringLiteral("d_kv"), 0}});
    row("feed_forward_proj", "t5-encoder-safetensors",
        {{QStringLiteral("feed_forward_proj"), QStringLiteral("gated-elu")}});
    row("relative_attention_max_distance", "t5-encoder-safetensors",
        {{QStringLiteral("relative_attention_max_distance"), 2}});
    row("relative_attention_num_buckets", "umt5-encoder-safetensors",
        {{QStringLiteral("relative_attention_num_buckets"), 3}});
    row("static_position_embeddings", "bart-whole-safetensors",
        {{QStringLiteral("static_position_embeddings"), true}});
    row("encoder_layers", "bart-whole-safetensors", {{QStringLiteral("encoder_layers"), QJsonValue()}});
    row("rope", "neobert-mlm-safetensors", {{QStringLiteral("rope"), false}});
    row("dim_head", "neobert-mlm-safetensors", {{QStringLiteral("dim_head"), 4}});
    row("logn_attention_scale", "new-mlm-safetensors", {{QStringLiteral("logn_attention_scale"), true}});
    row("rope_scaling.type", "new-mlm-safetensors",
        {{QStringLiteral("rope_scaling"),
          QJsonObject{{QStringLiteral("type"), QStringLiteral("linear")}, {QStringLiteral("factor"), 2.0}}}});
    row("rope_scaling.mixed_b", "new-mlm-safetensors",
        {{QStringLiteral("rope_scaling"), QJsonObject{{QStringLiteral("type"), QStringLiteral("ntk")},
                                                      {QStringLiteral("factor"), 2.0},
                                                      {QStringLiteral("mixed_b"), 0.5}}}});
    row("num_experts", "nomic_bert-mlm-safetensors-published", {{QStringLiteral("num_experts"), 8}});
    row("prenorm", "nomic_bert-mlm-safetensors-published", {{QStringLiteral("prenorm"), true}});
    row("rotary_emb_fraction", "nomic_bert-mlm-safetensors-published",
        {{QStringLiteral("rotary_emb_fraction"), 0.5}});
    row("n_embd", "nomic_bert-mlm-safetensors-published", {{QStringLiteral("n_embd"), 0}});
    // Code of another's, or under another type.
    row("auto_map", "nomic_bert-mlm-safetensors-published",
        {{QStringLiteral("auto_map"),
          QJsonObject{{QStringLiteral("AutoModel"),
                       QStringLiteral("someone/else--modeling_hf_nomic_bert.NomicBertModel")}}}});
    row("field \"auto_map\"", "new-mlm-safetensors",
        {{QStringLiteral("auto_map"),
          QJsonObject{{QStringLiteral("AutoModel"), QStringLiteral("modeling.OtherModel")}}}});
    row("position_embedding_type", "bert-mlm-bin",
        {{QStringLiteral("position_embedding_type"), QStringLiteral("relative_odd")}});
    row("field \"position_embedding_type\"", "distilbert-mlm-bin",
        {{QStringLiteral("position_embedding_type"), QStringLiteral("relative_key")}});
}

/// Files of DeBERTa-v3 have a head that the reference reads with `legacy: false` alone.
void TestCheckpoints::debertas_own_head_is_said_to_be_left_out()
{
    const QString from = data + QStringLiteral("deberta-v2-mlm-safetensors/");
    QTemporaryDir folder;
    QVERIFY(
        QFile::copy(from + QStringLiteral("config.json"), folder.filePath(QStringLiteral("config.json"))));
    QFile original(from + QStringLiteral("model.safetensors"));
    QVERIFY(original.open(QIODevice::ReadOnly));
    const QByteArray bytes = original.readAll();
    const auto length = qFromLittleEndian<quint64>(bytes.constData());
    QByteArray header = bytes.mid(8, static_cast<qsizetype>(length));
    header.replace("cls.predictions.transform.", "lm_predictions.lm_head.");
    header.replace("cls.predictions.", "lm_predictions.lm_head.");
    QByteArray size(8, 0);
    qToLittleEndian<quint64>(static_cast<quint64>(header.size()), size.data());
    QFile renamed(folder.filePath(QStringLiteral("model.safetensors")));
    QVERIFY(renamed.open(QIODevice::WriteOnly));
    renamed.write(size + header + bytes.mid(8 + static_cast<qsizetype>(length)));
    renamed.close();
    const ModelPtr model = load_encoder(folder.path());
    QVERIFY(!model->output.masked_word);
    QCOMPARE(model->output.left_out.size(), 1);
    QVERIFY(model->output.left_out[0].contains(QStringLiteral("lm_predictions")));
}

/// The message names the field.
void TestCheckpoints::what_is_not_computed_is_refused()
{
    QFETCH(const QString, name);
    QFETCH(const QJsonObject, changes);
    QTemporaryDir folder;
    for (const QFileInfo &file : QDir(data + name).entryInfoList(QDir::Files))
        QVERIFY(QFile::copy(file.filePath(), folder.filePath(file.fileName())));
    QFile config(folder.filePath(QStringLiteral("config.json")));
    config.setPermissions(config.permissions() | QFile::WriteOwner);
    QVERIFY(config.open(QIODevice::ReadWrite));
    QJsonObject object = QJsonDocument::fromJson(config.readAll()).object();
    for (auto change = changes.begin(); change != changes.end(); ++change)
        object[change.key()] = change.value();
    QVERIFY(config.resize(0) && config.seek(0));
    config.write(QJsonDocument(object).toJson());
    config.close();
    try {
        load_encoder(folder.path());
        QFAIL("opened");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(QString::fromLatin1(QTest::currentDataTag())),
                 qPrintable(error.message()));
    }
}

void TestCheckpoints::each_has_the_heads_it_should()
{
    QFETCH(bool, masked_word);
    QFETCH(bool, pooler);
    QFETCH(bool, classification);
    QFETCH(bool, sentence);
    const OutputHeads heads = open(data + QString::fromUtf8(QTest::currentDataTag()))->output;
    QCOMPARE(heads.masked_word.has_value(), masked_word);
    QCOMPARE(heads.pooler.has_value(), pooler);
    QCOMPARE(heads.classification.has_value(), classification);
    QCOMPARE(heads.sentence.has_value(), sentence);
    if (sentence) {
        QCOMPARE(heads.sentence->pooling, std::vector{Pooling::mean});
        QVERIFY(std::holds_alternative<SentenceUnitLength>(heads.sentence->steps.at(0)));
    }
}

QTEST_GUILESS_MAIN(TestCheckpoints)
#include "tst_checkpoints.moc"
