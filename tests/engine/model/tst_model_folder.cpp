// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/predictions.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/model/built_in_models.h"
#include "engine/model/initial_model.h"
#include "engine/model/load_model.h"
#include "engine/model/model_hash.h"
#include "engine/model/save_model.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

/// Models as folders: what is saved is opened again, and what others made is opened as they mean it.
class TestModelFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void the_default_model_survives_saving();
    void every_configuration_survives_saving_data();
    void every_configuration_survives_saving();
    void half_precision_is_close();
    void saving_over_a_model_replaces_it();
    void a_trained_classifier_gives_the_published_logits();
    void built_in_models_have_what_their_names_say();
};

namespace
{

Matrix run(const ModelPtr &model)
{
    const QString text = QStringLiteral("It was 안녕 world");
    return run_encoder(model, model->tokenizer->encode(text, QStringLiteral("two")))->output();
}

ModelPtr small_model(EncoderConfig config)
{
    const ModelPtr base = untrained_model();
    auto model = std::make_shared<Model>(*base);
    config.vocabulary_size = base->config.vocabulary_size;
    model->config = config;
    model->weights = initial_weights(config, 3);
    return model;
}

} // namespace

void TestModelFolder::the_default_model_survives_saving()
{
    const ModelPtr model = untrained_model();
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("here/new model"));
    save_model(*model, path);
    const ModelPtr opened = load_model(path);
    QCOMPARE(opened->config, model->config);
    QCOMPARE(opened->trained, model->trained);
    QCOMPARE(opened->name, QStringLiteral("new model"));
    QCOMPARE(opened->tokenizer->encode(QStringLiteral("Über 학교에서")),
             model->tokenizer->encode(QStringLiteral("Über 학교에서")));
    QVERIFY(run(opened) == run(model));
    // Nothing is left beside it.
    QCOMPARE(QDir(folder.filePath(QStringLiteral("here")))
                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                 .size(),
             1);
}

void TestModelFolder::every_configuration_survives_saving_data()
{
    QTest::addColumn<EncoderConfig>("config");
    QTest::addColumn<QString>("model_type");
    const EncoderConfig small{.d_model = 8, .layers = 2, .heads = 2, .d_ff = 12, .embedding_size = 8};
    const auto row = [&](const char *name, const char *type, auto change) {
        EncoderConfig config = small;
        change(config);
        QTest::newRow(name) << config << QString::fromUtf8(type);
    };
    row("plain BERT", "bert", [](EncoderConfig &c) {
        c.positions = Positions::learned;
        c.token_types = 2;
    });
    row("sinusoidal", "encoderscope", [](EncoderConfig &) {});
    row("no positions, no limit", "encoderscope", [](EncoderConfig &c) {
        c.positions = Positions::none;
        c.max_positions = 0;
    });
    row("pre-norm, no biases", "encoderscope", [](EncoderConfig &c) {
        c.norm_placement = NormPlacement::pre;
        c.biases = false;
        c.activation = Activation::silu;
    });
    row("projected embedding, position offset", "encoderscope", [](EncoderConfig &c) {
        c.positions = Positions::learned;
        c.position_offset = 2;
        c.embedding_size = 6;
        c.activation = Activation::gelu_tanh;
        c.norm_epsilon = 1e-5F;
    });
}

void TestModelFolder::every_configuration_survives_saving()
{
    QFETCH(EncoderConfig, config);
    QFETCH(QString, model_type);
    const ModelPtr model = small_model(config);
    QTemporaryDir folder;
    save_model(*model, folder.path());
    const ModelPtr opened = load_model(folder.path());
    QCOMPARE(opened->config, model->config);
    QVERIFY(run(opened) == run(model));
    QFile json(folder.filePath(QStringLiteral("config.json")));
    QVERIFY(json.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(json.readAll())[QStringLiteral("model_type")].toString(), model_type);
}

void TestModelFolder::half_precision_is_close()
{
    const ModelPtr model = untrained_model();
    QTemporaryDir folder;
    save_model(*model, folder.path(), FloatType::f16);
    const Matrix difference = run(load_model(folder.path())) - run(model);
    QVERIFY(difference.cwiseAbs().maxCoeff() > 0.0F);
    QVERIFY(difference.cwiseAbs().maxCoeff() < 2e-2F);
}

void TestModelFolder::saving_over_a_model_replaces_it()
{
    const ModelPtr first =
        small_model({.d_model = 8, .layers = 1, .heads = 1, .d_ff = 8, .embedding_size = 8});
    const ModelPtr second =
        small_model({.d_model = 4, .layers = 2, .heads = 2, .d_ff = 8, .embedding_size = 4});
    QTemporaryDir folder;
    save_model(*first, folder.path());
    const ModelPtr opened = load_model(folder.path());
    const Matrix before = run(opened);
    save_model(*second, folder.path());
    QVERIFY(run(load_model(folder.path())) == run(second));
    QVERIFY(run(opened) == before); // what was mapped before stays
}

void TestModelFolder::a_trained_classifier_gives_the_published_logits()
{
    const QString folder = QStringLiteral(ENCODERSCOPE_TEST_DATA "/../../../shared/reference/bert-tiny-sst2");
    if (!QFileInfo::exists(folder))
        QSKIP("shared/reference/bert-tiny-sst2 is not beside the checkout");
    const ModelPtr model = load_model(folder);
    QVERIFY(model->trained);
    QFile file(folder + QStringLiteral("/expected.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(!cases.isEmpty());
    for (const QJsonValue &expected : cases) {
        const Encoding encoding = model->tokenizer->encode(expected[QStringLiteral("text")].toString());
        QCOMPARE(static_cast<int>(encoding.tokens.size()), expected[QStringLiteral("tokens")].toInt());
        const auto classes = class_predictions(*run_encoder(model, encoding));
        QCOMPARE(classes.size(), 2U);
        QCOMPARE(classes[1].label, QStringLiteral("positive"));
        const QJsonArray logits = expected[QStringLiteral("logits_exact_layernorm_float64")].toArray();
        for (int label = 0; label < 2; ++label) {
            const double difference = static_cast<double>(classes[static_cast<std::size_t>(label)].logit) -
                                      logits[label].toDouble();
            QVERIFY2(std::abs(difference) < 1e-4, qPrintable(QString::number(difference)));
        }
    }
}

void TestModelFolder::built_in_models_have_what_their_names_say()
{
    QStringList hashes;
    for (const QString &name : built_in_models()) {
        const ModelPtr model = named_model(name);
        QCOMPARE(model->built_in, name);
        QVERIFY(!model->trained);
        QVERIFY(run(model).allFinite());
        QCOMPARE(model_hash(*built_in_model(name)), model_hash(*model)); // the same each time
        QCOMPARE(model_hash(model), model_hash(*model));
        QCOMPARE(model_hash(model), model_hash(*model)); // remembered
        hashes.append(model_hash(model));
        QTemporaryDir folder;
        QVERIFY_THROWS_EXCEPTION(Error, save_model(*model, folder.filePath(QStringLiteral("x"))));
        QVERIFY_THROWS_EXCEPTION(Error, built_in_model(name + QLatin1Char('x')));
    }
    QVERIFY(hashes[0] != hashes[1]);

    const ModelPtr modern = built_in_model(built_in_models()[0]);
    QVERIFY(modern->config.gated && modern->config.turn_rate(0));
    QVERIFY(modern->weights.layers[0].attention_norm.gain.empty());
    QVERIFY(!modern->weights.layers[1].attention_norm.gain.empty());
    for (const LayerWeights &layer : modern->weights.layers) {
        QVERIFY(layer.query.bias.empty() && layer.expand.bias.empty() && layer.shrink.bias.empty());
        QVERIFY(layer.attention_norm.bias.empty() && layer.feed_forward_norm.bias.empty());
        QCOMPARE(layer.feed_forward_value.weight.rows(), Index{modern->config.d_ff});
    }
    QVERIFY(!modern->weights.final_norm.gain.empty());

    const ModelPtr disentangled = built_in_model(built_in_models()[1]);
    const RelativeProducts &products = disentangled->config.relative_products;
    QVERIFY(products.content_to_position && products.position_to_content);
    for (const LayerWeights &layer : disentangled->weights.layers) {
        QCOMPARE(layer.relative_key.rows(), Index{products.rows});
        QCOMPARE(layer.relative_query.rows(), Index{products.rows});
    }
}

QTEST_GUILESS_MAIN(TestModelFolder)
#include "tst_model_folder.moc"
