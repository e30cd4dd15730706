// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/first_non_finite.h"
#include "engine/analysis/predictions.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/model/initial_model.h"

#include <QTest>

#include <limits>

using namespace encoderscope;

/// What is made of the heads' scores of tokens, and where numbers stop being finite.
class TestTokenHeads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labels_of_neighbours_are_joined();
    void answers_are_the_likeliest_spans_of_the_text();
    void missing_heads_are_said();
    void the_first_non_finite_number_is_found_data();
    void the_first_non_finite_number_is_found();
};

namespace
{

/// A model of 4 words and one layer with two heads, whose output is what its embedding table says: the layer
/// is switched off.
std::shared_ptr<Model> model_of(const Matrix &table)
{
    auto model = std::make_shared<Model>();
    model->config = {.vocabulary_size = static_cast<int>(table.rows()),
                     .d_model = static_cast<int>(table.cols()),
                     .layers = 2,
                     .heads = 2,
                     .d_ff = 6,
                     .embedding_size = static_cast<int>(table.cols()),
                     .positions = Positions::none,
                     .max_positions = 0,
                     .embedding_norm = false};
    model->weights = initial_weights(model->config, 5);
    model->weights.embedding.token = SharedMatrix(table);
    return model;
}

/// One token a row of the table; the first and the last are added specials.
Encoding encoding_of(const std::vector<int> &ids)
{
    Encoding encoding;
    for (const int id : ids) {
        Token token;
        token.id = id;
        token.word = static_cast<int>(encoding.tokens.size()) - 1;
        encoding.tokens.push_back(token);
    }
    encoding.tokens.back().word = -1;
    return encoding;
}

TracePtr run_embedding(const ModelPtr &model, const Encoding &encoding)
{
    Switches switches;
    for (int layer = 0; layer < model->config.layers; ++layer)
        switches.layer(layer).on = false;
    return run_encoder(model, encoding, switches);
}

Linear identity(Index size)
{
    return {SharedMatrix(Matrix::Identity(size, size)), SharedMatrix()};
}

} // namespace

void TestTokenHeads::labels_of_neighbours_are_joined()
{
    // Scores of the labels O, B-PER, I-PER, LOC by word.
    const std::shared_ptr<Model> model = model_of(4.0F * Matrix::Identity(4, 4));
    model->output.token_classification = TokenClassificationHead{
        identity(4),
        {QStringLiteral("O"), QStringLiteral("B-PER"), QStringLiteral("I-PER"), QStringLiteral("LOC")}};
    // special, B-PER, I-PER, B-PER, O, I-PER, LOC, LOC, special
    const TracePtr trace = run_embedding(model, encoding_of({1, 1, 2, 1, 0, 2, 3, 3, 2}));
    const std::vector<LabelledSpan> spans = labelled_spans(*trace);
    QCOMPARE(spans.size(), 4U);
    const auto check = [&](std::size_t index, const char *label, int first, int last) {
        QCOMPARE(spans[index].label, QString::fromLatin1(label));
        QCOMPARE(spans[index].first, first);
        QCOMPARE(spans[index].last, last);
    };
    check(0, "PER", 1, 2);
    check(1, "PER", 3, 3);
    check(2, "PER", 5, 5);
    check(3, "LOC", 6, 7);
    const float probability = std::exp(4.0F) / (std::exp(4.0F) + 3.0F);
    QVERIFY(std::abs(spans[0].probability - probability) < 1e-6F);
}

void TestTokenHeads::answers_are_the_likeliest_spans_of_the_text()
{
    Matrix table = Matrix::Zero(4, 4); // columns: begins, ends
    table(1, 0) = 3.0F;
    table(2, 1) = 3.0F;
    table(3, 0) = table(3, 1) = 9.0F; // only in the question and as a special
    const std::shared_ptr<Model> model = model_of(table);
    model->output.answer = AnswerHead{{SharedMatrix(Matrix::Identity(2, 4)), SharedMatrix()}};
    Encoding encoding = encoding_of({3, 3, 3, 0, 1, 0, 2, 0, 3});
    encoding.text_b = QStringLiteral("text");
    for (std::size_t i = 3; i < encoding.tokens.size(); ++i)
        encoding.tokens[i].segment = 1;
    const std::vector<AnswerSpan> best = answers(*run_embedding(model, encoding), 2);
    QCOMPARE(best.size(), 2U);
    QCOMPARE(best[0].first, 4);
    QCOMPARE(best[0].last, 6);
    const float one = std::exp(3.0F) / (std::exp(3.0F) + 4.0F);
    QVERIFY(std::abs(best[0].probability - one * one) < 1e-6F);
    QVERIFY(best[1].probability < best[0].probability);
    QVERIFY(answers(*run_embedding(model, encoding), 1, 2)[0].last !=
            answers(*run_embedding(model, encoding), 1, 2)[0].first + 2);
}

void TestTokenHeads::missing_heads_are_said()
{
    const std::shared_ptr<Model> model = model_of(Matrix::Identity(4, 4));
    const TracePtr trace = run_embedding(model, encoding_of({0, 1, 2}));
    QVERIFY_THROWS_EXCEPTION(Error, labelled_spans(*trace));
    QVERIFY_THROWS_EXCEPTION(Error, answers(*trace, 1));
    QVERIFY_THROWS_EXCEPTION(Error, replaced_logits(*trace));
    QVERIFY_THROWS_EXCEPTION(Error, class_predictions(*trace));
}

void TestTokenHeads::the_first_non_finite_number_is_found_data()
{
    QTest::addColumn<int>("place");
    QTest::addColumn<int>("layer");
    QTest::addColumn<int>("head");
    QTest::addColumn<bool>("nan");
    QTest::addColumn<QString>("block");
    QTest::newRow("nowhere") << 0 << 0 << 0 << false << QString();
    QTest::newRow("a NaN in the table") << 1 << -1 << -1 << true << QStringLiteral("embedding of the token");
    QTest::newRow("an infinite bias") << 2 << 1 << -1 << false << QStringLiteral("output of the FFN");
    QTest::newRow("a NaN in the queries") << 3 << 1 << -1 << true << QStringLiteral("queries");
    QTest::newRow("scores that are too large") << 4 << 1 << 1 << false << QStringLiteral("attention scores");
    QTest::newRow("a bias of minus infinity") << 5 << 0 << -1 << false << QStringLiteral("values");
}

void TestTokenHeads::the_first_non_finite_number_is_found()
{
    QFETCH(int, place);
    QFETCH(int, layer);
    QFETCH(int, head);
    QFETCH(bool, nan);
    QFETCH(QString, block);
    constexpr float infinity = std::numeric_limits<float>::infinity();
    Matrix table = Matrix::Random(4, 4);
    if (place == 1)
        table(2, 3) = std::numeric_limits<float>::quiet_NaN();
    const std::shared_ptr<Model> model = model_of(table);
    const auto change = [](SharedMatrix &matrix, auto edit) {
        Matrix values = matrix.view();
        edit(values);
        matrix = SharedMatrix(std::move(values));
    };
    std::vector<LayerWeights> &layers = model->weights.layers;
    if (place == 2)
        change(layers[1].shrink.bias, [&](Matrix &values) { values(0, 1) = infinity; });
    if (place == 3)
        change(layers[1].query.bias, [&](Matrix &values) { values(0, 0) = std::nanf(""); });
    if (place == 4) { // finite queries and keys of the second head, whose products are not
        change(layers[1].query.bias, [](Matrix &values) { values(0, 2) = 1e30F; });
        change(layers[1].key.bias, [](Matrix &values) { values(0, 2) = 1e30F; });
    }
    if (place == 5)
        change(layers[0].value.bias, [&](Matrix &values) { values(0, 0) = -infinity; });
    const TracePtr trace = run_encoder(model, encoding_of({0, 1, 2, 3}));
    const std::optional<NonFinite> found = first_non_finite(*trace);
    QCOMPARE(found.has_value(), place != 0);
    if (place == 0) {
        QCOMPARE(non_finite_message(*trace), QString());
        return;
    }
    QCOMPARE(found->layer, layer);
    QCOMPARE(found->head, head);
    QCOMPARE(found->nan, nan);
    QCOMPARE(found->block, block);
    QCOMPARE(found->token, place == 1 ? 2 : 0);
    const QString said = non_finite_message(*trace);
    QVERIFY2(said.contains(block) && said.contains(nan ? QStringLiteral("NaN") : QStringLiteral("infinity")),
             qPrintable(said));
    if (layer >= 0)
        QVERIFY2(said.contains(QStringLiteral("layer %1").arg(layer + 1)), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestTokenHeads)
#include "tst_token_heads.moc"
