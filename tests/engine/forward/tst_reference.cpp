// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"

#include "reference.h"

#include <QTest>

using namespace encoderscope;

namespace
{

/// Every intermediate of a run under the name that the reference gives it.
QMap<QString, Matrix> intermediates(const Trace &trace)
{
    const EmbeddingTrace &embedding = trace.embedding();
    QMap<QString, Matrix> all{
        {QStringLiteral("embedding.token"), embedding.token},
        {QStringLiteral("embedding.scaled"), embedding.scaled},
        {QStringLiteral("embedding.position"), embedding.position},
        {QStringLiteral("embedding.token_type"), embedding.token_type},
        {QStringLiteral("embedding.sum"), embedding.sum},
        {QStringLiteral("embedding.normalized"), embedding.normalized},
        {QStringLiteral("embedding.output"), embedding.output},
        {QStringLiteral("output"), trace.output()},
    };
    for (int index = 0; index < trace.layers(); ++index) {
        const LayerTrace &layer = trace.layer(index);
        const auto name = [index](const char *part) {
            return QStringLiteral("%1.%2").arg(index).arg(QLatin1String(part));
        };
        all[name("attention_input")] = layer.attention_input;
        all[name("query")] = layer.query;
        all[name("key")] = layer.key;
        all[name("value")] = layer.value;
        all[name("concatenation")] = layer.concatenation;
        all[name("attention_output")] = layer.attention_output;
        all[name("attention_sum")] = layer.attention_sum;
        all[name("attention_result")] = layer.attention_result;
        all[name("feed_forward_input")] = layer.feed_forward_input;
        all[name("expanded")] = layer.expanded;
        all[name("activated")] = layer.activated;
        all[name("feed_forward_output")] = layer.feed_forward_output;
        all[name("feed_forward_sum")] = layer.feed_forward_sum;
        all[name("output")] = layer.output;
        for (int head = 0; head < trace.heads(); ++head) {
            const auto of_head = [index, head](const char *part) {
                return QStringLiteral("%1.%2.%3").arg(index).arg(head).arg(QLatin1String(part));
            };
            all[of_head("raw_scores")] = trace.raw_scores(index, head);
            all[of_head("scaled_scores")] = trace.scaled_scores(index, head);
            all[of_head("attention_weights")] = trace.attention_weights(index, head);
            all[of_head("head_output")] = trace.attention_weights(index, head) * trace.value(index, head);
        }
    }
    return all;
}

} // namespace

/// Every intermediate against PyTorch in float64, over configurations and switch settings.
class TestReference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_intermediate_agrees_with_pytorch_data();
    void every_intermediate_agrees_with_pytorch();
};

void TestReference::every_intermediate_agrees_with_pytorch_data()
{
    QTest::addColumn<QString>("configuration");
    QTest::addColumn<QString>("case_name");
    for (const char *name : {"paper", "bert", "pre_norm", "no_biases", "projected_odd_d_k",
                             "offset_positions", "relative_bias", "d_k_of_one"}) {
        const Reference reference(QString::fromLatin1(name));
        const QStringList cases = reference.metadata("cases").object().keys();
        for (const QString &case_name : cases)
            QTest::addRow("%s: %s", name, qPrintable(case_name)) << QString::fromLatin1(name) << case_name;
    }
}

void TestReference::every_intermediate_agrees_with_pytorch()
{
    QFETCH(const QString, configuration);
    QFETCH(const QString, case_name);
    const Reference reference(configuration);
    const ModelPtr model = model_of(reference);
    const QJsonObject cases = reference.metadata("cases").object();
    const TracePtr trace =
        run_encoder(model, encoding_of(reference), switches_of(cases[case_name].toObject(), model->config));

    const QMap<QString, Matrix> actual = intermediates(*trace);
    const QString prefix = case_name + QLatin1Char('.');
    for (const QString &name : reference.tensors()) {
        if (name.startsWith(prefix))
            QVERIFY2(actual.contains(name.mid(prefix.size())), qPrintable(name));
    }
    for (auto it = actual.begin(); it != actual.end(); ++it) {
        const Matrix expected = reference.matrix(prefix + it.key());
        const double error = expected.size() == 0 && it->size() == 0 ? 0.0 : relative_error(*it, expected);
        QVERIFY2(error < 1e-5, qPrintable(QStringLiteral("%1: %2").arg(it.key()).arg(error)));
        if (it.key().endsWith(QLatin1String("attention_weights"))) {
            for (const int key : trace->switches().masked_tokens)
                QVERIFY2((it->col(key).array() == 0.0F).all(), qPrintable(it.key()));
        }
    }
}

QTEST_GUILESS_MAIN(TestReference)
#include "tst_reference.moc"
