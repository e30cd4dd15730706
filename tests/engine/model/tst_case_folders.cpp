// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/first_non_finite.h"
#include "engine/analysis/predictions.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/model/load_model.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace encoderscope;

/// Models that were once read wrongly, against what the reference implementation computes (tests/data/cases).
class TestCaseFolders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void each_is_read_as_the_reference_reads_it_data();
    void each_is_read_as_the_reference_reads_it();
    void a_type_that_looks_like_a_picture_is_named();
};

namespace
{

const QString data = QStringLiteral(ENCODERSCOPE_TEST_DATA "/cases/");

/// Row by row; null where the number is not finite.
void compare(const QJsonArray &expected, const Matrix &found, double tolerance = 1e-4)
{
    QCOMPARE(static_cast<qsizetype>(found.rows()), expected.size());
    for (Index row = 0; row < found.rows(); ++row) {
        const QJsonArray numbers = expected[row].toArray();
        QCOMPARE(static_cast<qsizetype>(found.cols()), numbers.size());
        for (Index column = 0; column < found.cols(); ++column) {
            const auto number = static_cast<double>(found(row, column));
            const QJsonValue wanted = numbers[column];
            if (wanted.isNull())
                QVERIFY(!std::isfinite(number));
            else
                QVERIFY2(std::abs(number - wanted.toDouble()) < tolerance,
                         qPrintable(QStringLiteral("row %1, column %2: %3, not %4")
                                        .arg(row)
                                        .arg(column)
                                        .arg(number)
                                        .arg(wanted.toDouble())));
        }
    }
}

} // namespace

void TestCaseFolders::each_is_read_as_the_reference_reads_it_data()
{
    QTest::addColumn<QString>("name");
    int models = 0;
    for (const QString &name : QDir(data).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (!QFile::exists(data + name + QStringLiteral("/expected.json")))
            continue;
        QTest::newRow(qPrintable(name)) << name;
        ++models;
    }
    QCOMPARE(models, 10);
}

void TestCaseFolders::each_is_read_as_the_reference_reads_it()
{
    QFETCH(QString, name);
    QFile file(data + name + QStringLiteral("/expected.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject expected = QJsonDocument::fromJson(file.readAll()).object();
    const ModelPtr model = load_model(data + name);
    const Encoding encoding =
        model->tokenizer->encode(expected[QStringLiteral("text")].toString(),
                                 expected[QStringLiteral("text_b")].toString(), model->config.max_positions);
    QJsonArray ids;
    QJsonArray types;
    for (const Token &token : encoding.tokens) {
        ids.append(token.id);
        types.append(token.type);
    }
    QCOMPARE(ids, expected[QStringLiteral("ids")].toArray());
    QCOMPARE(types, expected[QStringLiteral("types")].toArray());

    const TracePtr trace = run_encoder(model, encoding);
    // Where weights are 100,000, float32 itself is off by as much: the reference's by 7e-4.
    compare(expected[QStringLiteral("hidden")].toArray(), trace->output(),
            name == QStringLiteral("large-values-hang") ? 2e-3 : 1e-4);
    QCOMPARE(trace->output().allFinite(), !name.contains(QRegularExpression(QStringLiteral("^(nan|inf)-"))));
    if (!trace->output().allFinite())
        QVERIFY(!non_finite_message(*trace).isEmpty());
    QCOMPARE(model->output.masked_word.has_value(), expected.contains(QStringLiteral("mlm")));
    if (model->output.masked_word) {
        Matrix logits(trace->tokens(), model->config.vocabulary_size);
        for (int token = 0; token < trace->tokens(); ++token)
            logits.row(token) = masked_word_logits(*trace, token);
        compare(expected[QStringLiteral("mlm")].toArray(), logits);
    }
    QCOMPARE(model->output.classification.has_value(), expected.contains(QStringLiteral("values")));
    if (model->output.classification) {
        const std::vector<ClassPrediction> classes = class_predictions(*trace);
        Matrix values(1, static_cast<Index>(classes.size()));
        for (Index label = 0; label < values.cols(); ++label)
            values(0, label) = classes[static_cast<std::size_t>(label)].value;
        compare(QJsonArray{expected[QStringLiteral("values")]}, values);
    }
}

void TestCaseFolders::a_type_that_looks_like_a_picture_is_named()
{
    try {
        load_model(data + QStringLiteral("html-in-config"));
        QFAIL("read as something else");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(QStringLiteral("<img src=\"/dev/zero\">")), error.what());
        QVERIFY2(error.message().contains(QStringLiteral("model_type")), error.what());
    }
}

QTEST_GUILESS_MAIN(TestCaseFolders)
#include "tst_case_folders.moc"
