// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/predictions.h"
#include "engine/forward/encoder.h"
#include "engine/model/load_model.h"
#include "engine/model/safetensors.h"
#include "engine/model/save_model.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

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
        float sum = 0.0F;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            logits(static_cast<Index>(i)) = classes[i].logit;
            sum += classes[i].probability;
        }
        compare(expected, QStringLiteral("class.logits"), logits);
        QVERIFY(std::abs(sum - 1.0F) < 1e-5F);
        QCOMPARE(classes[2].label, QStringLiteral("neither"));
    }
}

} // namespace

void TestCheckpoints::numbers_are_those_of_the_reference_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = QDir(data).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(names.size() >= 15);
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
    if (name.endsWith(QStringLiteral("-classifier")) && !name.startsWith(QStringLiteral("bert")) &&
        !name.startsWith(QStringLiteral("albert")))
        return; // classification heads of their own are not saved
    const ModelPtr model = open(data + name);
    QTemporaryDir folder;
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
    QCOMPARE(heads.sentence_pooling == Pooling::mean, sentence);
    QCOMPARE(heads.normalize_sentence, sentence);
}

QTEST_GUILESS_MAIN(TestCheckpoints)
#include "tst_checkpoints.moc"
