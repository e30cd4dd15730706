// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/model/safetensors.h"
#include "engine/model/save_model.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace encoderscope;

/// `encoderscope trace`, as a script calls it.
class TestCommandTrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void a_trace_holds_every_intermediate();
    void the_run_is_as_switched();
    void what_cannot_be_done_is_said();
    void where_numbers_stop_being_finite_is_said();
    void what_is_left_out_of_the_model_is_said();

private:
    struct Result {
        int exit_code;
        QByteArray errors;
    };
    static Result run(const QStringList &arguments);

    QTemporaryDir folder_;
};

TestCommandTrace::Result TestCommandTrace::run(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(ENCODERSCOPE_PROGRAM), QStringList{QStringLiteral("trace")} + arguments);
    process.waitForFinished();
    return {process.exitCode(), process.readAllStandardError()};
}

void TestCommandTrace::a_trace_holds_every_intermediate()
{
    const QString model_folder = folder_.filePath(QStringLiteral("model"));
    const QString output = folder_.filePath(QStringLiteral("t.safetensors"));
    const ModelPtr model = default_model();
    save_model(*model, model_folder);
    const QString a = QStringLiteral("the animal 안녕");
    const QString b = QStringLiteral("it was");
    const Result result = run({QStringLiteral("--model"), model_folder, QStringLiteral("--text"), a,
                               QStringLiteral("--text-b"), b, QStringLiteral("--output"), output});
    QVERIFY2(result.exit_code == 0, result.errors.constData());

    const TracePtr trace = run_encoder(model, model->tokenizer->encode(a, b));
    const SafetensorsFile file(output);
    const qint64 n = trace->tokens();
    const qint64 d_model = trace->config().d_model;
    QCOMPARE(file.metadata().value(QStringLiteral("text")), a);
    QCOMPARE(file.metadata().value(QStringLiteral("text_b")), b);
    const std::vector<qint64> ids = file.integers(QStringLiteral("tokens.ids"));
    QCOMPARE(static_cast<qint64>(ids.size()), n);
    for (std::size_t i = 0; i < ids.size(); ++i)
        QCOMPARE(ids[i], trace->encoding().tokens[i].id);
    QVERIFY(file.matrix(QStringLiteral("embedding.output"), {n, d_model}).view() ==
            trace->embedding().output);
    QVERIFY(file.matrix(QStringLiteral("layer.2.attention.output"), {n, d_model}).view() ==
            trace->layer(1).attention_output);
    QVERIFY(
        file.matrix(QStringLiteral("layer.4.feed_forward.activation"), {n, trace->config().d_ff}).view() ==
        trace->layer(3).activated);
    QVERIFY(file.matrix(QStringLiteral("layer.4.output"), {n, d_model}).view() == trace->output());
    QCOMPARE(file.tensors()[QStringLiteral("layer.1.attention.weights")].shape,
             (std::vector<qint64>{trace->heads(), n, n}));
    QVERIFY(!file.tensors().contains(QStringLiteral("layer.5.output")));
}

void TestCommandTrace::the_run_is_as_switched()
{
    const QString text = folder_.filePath(QStringLiteral("text.txt"));
    QFile file(text);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("the animal\n");
    file.close();
    const QString output = folder_.filePath(QStringLiteral("switched.safetensors"));
    const Result result =
        run({QStringLiteral("--text-file"), text, QStringLiteral("--off"), QStringLiteral("2.ffn"),
             QStringLiteral("--activation"), QStringLiteral("relu"), QStringLiteral("--mask"),
             QStringLiteral("1"), QStringLiteral("--output"), output});
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    const ModelPtr model = default_model();
    Switches switches;
    switches.layer(1).feed_forward = false;
    switches.activation = Activation::relu;
    switches.masked_tokens = {1};
    const TracePtr trace =
        run_encoder(model, model->tokenizer->encode(QStringLiteral("the animal"), QString()), switches);
    QVERIFY(SafetensorsFile(output)
                .matrix(QStringLiteral("output"), {trace->tokens(), trace->config().d_model})
                .view() == trace->output());
}

void TestCommandTrace::what_cannot_be_done_is_said()
{
    const QString output = folder_.filePath(QStringLiteral("x.safetensors"));
    Result result = run({QStringLiteral("--text"), QStringLiteral("a")});
    QCOMPARE(result.exit_code, 2);
    QVERIFY2(result.errors.contains("--output"), result.errors.constData());

    result = run({QStringLiteral("--model"), folder_.filePath(QStringLiteral("nowhere")),
                  QStringLiteral("--text"), QStringLiteral("a"), QStringLiteral("--output"), output});
    QCOMPARE(result.exit_code, 1);
    QVERIFY2(result.errors.contains("nowhere"), result.errors.constData());

    const QString unwritable = folder_.filePath(QStringLiteral("no folder/x.safetensors"));
    result = run({QStringLiteral("--text"), QStringLiteral("a"), QStringLiteral("--output"), unwritable});
    QCOMPARE(result.exit_code, 1);
    QVERIFY2(result.errors.contains("no folder"), result.errors.constData());
    QVERIFY(!QFile::exists(output));
}

void TestCommandTrace::where_numbers_stop_being_finite_is_said()
{
    Model model = *default_model();
    Matrix bias = model.weights.layers[1].shrink.bias.view();
    bias(0, 3) = std::numeric_limits<float>::infinity();
    model.weights.layers[1].shrink.bias = SharedMatrix(std::move(bias));
    const QString broken = folder_.filePath(QStringLiteral("broken"));
    save_model(model, broken);
    const QString output = folder_.filePath(QStringLiteral("broken.safetensors"));
    const Result result = run({QStringLiteral("--model"), broken, QStringLiteral("--text"),
                               QStringLiteral("a"), QStringLiteral("--output"), output});
    QCOMPARE(result.exit_code, 0);
    QVERIFY2(result.errors.contains("layer 2, output of the FFN"), result.errors.constData());
    QVERIFY(QFile::exists(output));
}

void TestCommandTrace::what_is_left_out_of_the_model_is_said()
{
    const QString folder = folder_.filePath(QStringLiteral("without-pooling"));
    save_model(*default_model(), folder);
    QFile modules(folder + QStringLiteral("/modules.json"));
    QVERIFY(modules.open(QIODevice::WriteOnly));
    modules.write(
        R"([{"path": "", "type": "sentence_transformers.models.Transformer"}, {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}])");
    modules.close();
    const QString output = folder_.filePath(QStringLiteral("without-pooling.safetensors"));
    const Result result = run({QStringLiteral("--model"), folder, QStringLiteral("--text"),
                               QStringLiteral("a"), QStringLiteral("--output"), output});
    QCOMPARE(result.exit_code, 0);
    QVERIFY2(result.errors.contains("1_Pooling/config.json"), result.errors.constData());
    QVERIFY(!SafetensorsFile(output).tensors().contains(QStringLiteral("sentence")));
}

QTEST_GUILESS_MAIN(TestCommandTrace)
#include "tst_command_trace.moc"
