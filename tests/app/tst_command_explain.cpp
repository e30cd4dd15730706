// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/predictions.h"
#include "engine/attribution/lens.h"
#include "engine/attribution/steering.h"
#include "engine/attribution/sweep.h"
#include "engine/file_writer.h"
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/model/save_model.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

/// `encoderscope explain`, `sweep`, `lens` and `patch`, as a script calls them.
class TestCommandExplain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void explain_gives_a_score_for_each_token_and_method();
    void curves_have_their_proof();
    void pairs_sum_to_the_cosine();
    void what_is_scaled_and_steered_changes_the_run();
    void sweep_gives_what_switching_off_gives();
    void lens_names_the_likeliest_pieces();
    void lens_is_fitted();
    void patch_recovers_the_reference();
    void numbers_go_to_csv_and_npy();
    void every_line_is_a_text();
    void every_line_has_its_file();
    void what_cannot_be_done_is_said_data();
    void what_cannot_be_done_is_said();

private:
    struct Result {
        int exit_code;
        QByteArray output, errors;
    };
    static Result run(const QStringList &arguments);
    QJsonObject json(const QStringList &arguments) const;

    QTemporaryDir folder_;
    QString text_ = QStringLiteral("The cat sat on the [MASK].");
    TracePtr trace_;
    int mask_ = -1;
};

void TestCommandExplain::initTestCase()
{
    const ModelPtr model = default_model();
    trace_ = run_encoder(model, model->tokenizer->encode(text_));
    for (int token = 0; token < trace_->tokens(); ++token) {
        if (trace_->token(token).id == model->tokenizer->mask_id())
            mask_ = token;
    }
    QVERIFY(mask_ > 0);
}

TestCommandExplain::Result TestCommandExplain::run(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(ENCODERSCOPE_PROGRAM), arguments);
    process.waitForFinished(120000);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QJsonObject TestCommandExplain::json(const QStringList &arguments) const
{
    const Result result = run(arguments + QStringList{QStringLiteral("--text"), text_});
    if (result.exit_code != 0)
        qWarning("%s", result.errors.constData());
    return QJsonDocument::fromJson(result.output).object();
}

void TestCommandExplain::explain_gives_a_score_for_each_token_and_method()
{
    const QJsonObject all = json({QStringLiteral("explain")});
    const int best = masked_word_predictions(*trace_, mask_, 1).front().id;
    const Target target{.token = mask_, .index = best};
    QVERIFY(std::abs(all[QLatin1String("value")].toDouble() - target_value(target, *trace_)) < 1e-4);
    QCOMPARE(all[QLatin1String("tokens")].toArray().size(), trace_->tokens());
    const QJsonObject methods = all[QLatin1String("methods")].toObject();
    QCOMPARE(methods.size(), 11);
    for (const QString &name : methods.keys()) {
        const QJsonArray scores = methods[name].toObject()[QLatin1String("scores")].toArray();
        QVERIFY2(scores.size() == trace_->tokens(), qPrintable(name));
        double sum = 0.0;
        for (const QJsonValue &score : scores)
            sum += std::abs(score.toDouble());
        QVERIFY2(sum > 0.0, qPrintable(name));
    }
    const QJsonObject integrated = methods[QLatin1String("integrated-gradients")].toObject();
    QCOMPARE(integrated[QLatin1String("steps")].toInt(), 50);
    QVERIFY(integrated.contains(QLatin1String("gap")));
}

void TestCommandExplain::curves_have_their_proof()
{
    const QJsonObject all =
        json({QStringLiteral("explain"), QStringLiteral("--curves"), QStringLiteral("--method"),
              QStringLiteral("occlusion"), QStringLiteral("--seed"), QStringLiteral("5")});
    const QJsonObject curves = all[QLatin1String("methods")]
                                   .toObject()[QLatin1String("occlusion")]
                                   .toObject()[QLatin1String("curves")]
                                   .toObject();
    const QJsonObject deletion = curves[QLatin1String("deletion")].toObject();
    const QJsonArray values = deletion[QLatin1String("values")].toArray();
    QVERIFY(values.size() > 4);
    QVERIFY(std::abs(values[0].toDouble() - all[QLatin1String("value")].toDouble()) < 1e-3);
    const QJsonObject random = all[QLatin1String("random")].toObject();
    QCOMPARE(random[QLatin1String("orders")].toInt(), 10);
    QCOMPARE(random[QLatin1String("deletion")].toObject()[QLatin1String("values")].toArray().size(),
             values.size());
    QVERIFY(deletion[QLatin1String("area")].toDouble() <
            random[QLatin1String("deletion")].toObject()[QLatin1String("area")].toDouble());
}

void TestCommandExplain::pairs_sum_to_the_cosine()
{
    // The default model with the files in which sentence-transformers say how to pool.
    const QString model_folder = folder_.filePath(QStringLiteral("pooled"));
    save_model(trace_->model(), model_folder);
    QVERIFY(QDir(model_folder).mkdir(QStringLiteral("1_Pooling")));
    write_file(model_folder + QStringLiteral("/modules.json"),
               R"([{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
                   {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}])");
    write_file(model_folder + QStringLiteral("/1_Pooling/config.json"),
               R"({"word_embedding_dimension": 128, "pooling_mode_mean_tokens": true})");
    const Result result =
        run({QStringLiteral("explain"), QStringLiteral("--pairs"), QStringLiteral("--model"), model_folder,
             QStringLiteral("--text"), QStringLiteral("a cat"), QStringLiteral("--text-b"),
             QStringLiteral("the dog")});
    QVERIFY2(result.exit_code == 0, result.errors.constData());
    const QJsonObject all = QJsonDocument::fromJson(result.output).object();
    double sum = 0.0;
    for (const QJsonValue &row : all[QLatin1String("pairs")].toArray()) {
        for (const QJsonValue &value : row.toArray())
            sum += value.toDouble();
    }
    QVERIFY(std::abs(sum - all[QLatin1String("value")].toDouble()) < 1e-5);

    const Result of_input =
        run({QStringLiteral("explain"), QStringLiteral("--input-pairs"), QStringLiteral("--steps"),
             QStringLiteral("20"), QStringLiteral("--model"), model_folder, QStringLiteral("--text"),
             QStringLiteral("a cat"), QStringLiteral("--text-b"), QStringLiteral("the dog")});
    QVERIFY2(of_input.exit_code == 0, of_input.errors.constData());
    const QJsonObject input = QJsonDocument::fromJson(of_input.output).object();
    sum = input[QLatin1String("of_baselines")].toDouble() + input[QLatin1String("gap")].toDouble();
    for (const QJsonValue &row : input[QLatin1String("pairs")].toArray()) {
        for (const QJsonValue &value : row.toArray())
            sum += value.toDouble();
    }
    QVERIFY(std::abs(sum - all[QLatin1String("value")].toDouble()) < 1e-5);
    QCOMPARE(input[QLatin1String("steps")].toInt(), 20);
}

void TestCommandExplain::what_is_scaled_and_steered_changes_the_run()
{
    Switches switches;
    switches.layer(1).head_factors = {{0, 0.5F}};
    switches.layer(2).neuron_factors = {{17, 3.0F}};
    const auto run_of = [this](const QString &text) {
        return run_encoder(trace_->model_pointer(), trace_->model().tokenizer->encode(text));
    };
    const RowVector way =
        steering_direction(*run_of(QStringLiteral("the dog ran")), *run_of(QStringLiteral("a cat sat")), 0);
    switches.layer(0).steering.assign(way.data(), way.data() + way.size());
    switches.layer(0).steering_factor = -1.5F;
    const TracePtr changed = run_encoder(trace_->model_pointer(), trace_->encoding(), switches);
    const Target target{.kind = Target::Kind::hidden_norm, .token = mask_, .layer = trace_->layers() - 1};
    const QString name = QStringLiteral("hidden:%1:%2").arg(trace_->layers()).arg(mask_);
    const QJsonObject all =
        json({QStringLiteral("explain"), QStringLiteral("--target"), name, QStringLiteral("--method"),
              QStringLiteral("gradient"), QStringLiteral("--factor"), QStringLiteral("2.1=0.5"),
              QStringLiteral("--factor"), QStringLiteral("3.n17=3"), QStringLiteral("--steer"),
              QStringLiteral("1=-1.5"), QStringLiteral("--steer-to"), QStringLiteral("the dog ran"),
              QStringLiteral("--steer-from"), QStringLiteral("a cat sat")});
    const double value = all[QLatin1String("value")].toDouble();
    QVERIFY2(std::abs(value - target_value(target, *changed)) < 1e-4, qPrintable(QString::number(value)));
    QVERIFY(std::abs(value - target_value(target, *trace_)) > 1e-3);
}

void TestCommandExplain::sweep_gives_what_switching_off_gives()
{
    const QJsonObject all = json({QStringLiteral("sweep"), QStringLiteral("--off"), QStringLiteral("2.1")});
    Switches switches;
    switches.layer(1).heads_off = {0};
    const TracePtr base = run_encoder(trace_->model_pointer(), trace_->encoding(), switches);
    const Target target{.token = mask_, .index = masked_word_predictions(*base, mask_, 1).front().id};
    switches.layer(3).heads_off = {2};
    const double off =
        target_value(target, *run_encoder(trace_->model_pointer(), trace_->encoding(), switches));
    const QJsonArray heads = all[QLatin1String("heads")].toArray();
    QCOMPARE(heads.size(), 4);
    QCOMPARE(heads[1].toArray()[0].toDouble(), 0.0);
    QVERIFY(std::abs(heads[3].toArray()[2].toDouble() - (off - target_value(target, *base))) < 1e-3);
    QCOMPARE(all[QLatin1String("keys")].toArray().size(), trace_->tokens());
    QCOMPARE(all[QLatin1String("importance")].toArray().size(), 4);
    QVERIFY(all.contains(QLatin1String("positions")));
}

void TestCommandExplain::lens_names_the_likeliest_pieces()
{
    const WordPrediction best = masked_word_predictions(*trace_, mask_, 1).front();
    const QJsonObject all = json({QStringLiteral("lens"), QStringLiteral("--piece"), best.piece});
    QCOMPARE(all[QLatin1String("best")].toArray().size(), 5);
    QCOMPARE(all[QLatin1String("best")].toArray()[4].toArray()[mask_].toString(), best.piece);
    QVERIFY(std::abs(all[QLatin1String("probability")].toArray()[4].toArray()[mask_].toDouble() -
                     static_cast<double>(best.probability)) < 1e-4);
}

void TestCommandExplain::lens_is_fitted()
{
    const QJsonObject plain = json({QStringLiteral("lens")});
    const QJsonObject fitted = json({QStringLiteral("lens"), QStringLiteral("--fitted")});
    QCOMPARE(fitted[QLatin1String("fitted")].toBool(), true);
    const QJsonArray before = plain[QLatin1String("best")].toArray();
    const QJsonArray after = fitted[QLatin1String("best")].toArray();
    QCOMPARE(after[4], before[4]);
    QVERIFY(after[1] != before[1]);

    const QString maps = folder_.filePath(QStringLiteral("lens.safetensors"));
    const Result made = run({QStringLiteral("lens"), QStringLiteral("--fit"),
                             QStringLiteral(ENCODERSCOPE_TEST_DATA "/learn/everyday.en.txt"),
                             QStringLiteral("--maps"), maps});
    QVERIFY2(made.exit_code == 0, made.errors.constData());
    const QJsonObject result = QJsonDocument::fromJson(made.output).object();
    QCOMPARE(result[QLatin1String("lines")].toInt(), 100);
    const QJsonArray errors = result[QLatin1String("error")].toArray();
    const QJsonArray fitted_errors = result[QLatin1String("fitted_error")].toArray();
    QCOMPARE(errors.size(), 4);
    for (int layer = 0; layer < 4; ++layer)
        QVERIFY(fitted_errors[layer].toDouble() < errors[layer].toDouble());
    QCOMPARE(read_lens_maps(maps, trace_->model()).states.size(), std::size_t(4));
}

void TestCommandExplain::patch_recovers_the_reference()
{
    const QJsonObject all = json({QStringLiteral("patch"), QStringLiteral("--reference"),
                                  QStringLiteral("The dog sat on the [MASK].")});
    const QJsonArray last = all[QLatin1String("recovered")].toArray().last().toArray();
    QCOMPARE(last.size(), trace_->tokens());
    for (int token = 0; token < trace_->tokens(); ++token)
        QVERIFY(std::abs(last[token].toDouble() - (token == mask_ ? 1.0 : 0.0)) < 1e-2);
    const QJsonObject heads = json({QStringLiteral("patch"), QStringLiteral("--reference"),
                                    QStringLiteral("The dog sat on the [MASK]."), QStringLiteral("--block"),
                                    QStringLiteral("heads")});
    QCOMPARE(heads[QLatin1String("recovered")].toArray()[0].toArray().size(), 4);
}

void TestCommandExplain::numbers_go_to_csv_and_npy()
{
    const QString csv = folder_.filePath(QStringLiteral("scores.csv"));
    const QString npy = folder_.filePath(QStringLiteral("heads.npy"));
    QCOMPARE(run({QStringLiteral("explain"), QStringLiteral("--text"), text_, QStringLiteral("--method"),
                  QStringLiteral("gradient-x-input"), QStringLiteral("--output"), csv})
                 .exit_code,
             0);
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QCOMPARE(lines.first(), QByteArray("position,token,gradient-x-input\r"));
    QCOMPARE(lines.size(), trace_->tokens() + 2);
    QCOMPARE(
        run({QStringLiteral("sweep"), QStringLiteral("--text"), text_, QStringLiteral("-o"), npy}).exit_code,
        0);
    QFile numbers(npy);
    QVERIFY(numbers.open(QIODevice::ReadOnly));
    const QByteArray bytes = numbers.readAll();
    QVERIFY(bytes.startsWith("\x93NUMPY"));
    QVERIFY(bytes.contains("'shape': (4, 4)"));
    QCOMPARE((bytes.size() - 4 * 16) % 64, 0);
}

void TestCommandExplain::every_line_is_a_text()
{
    const QString lines = folder_.filePath(QStringLiteral("lines.txt"));
    write_file(lines, "The cat sat on the [MASK].\n\nA b\xFF"
                      "d line\nA dog sees a [MASK] here.\n");
    for (const char *command : {"sweep", "explain"}) {
        const QString file = folder_.filePath(QStringLiteral("lines.jsonl"));
        const Result result = run({QLatin1String(command), QStringLiteral("--each-line"),
                                   QStringLiteral("--text-file"), lines, QStringLiteral("--output"), file});
        QCOMPARE(result.exit_code, 1); // of the bad line
        QVERIFY2(result.errors.contains("line 3: it is not valid UTF-8"), result.errors.constData());
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArrayList rows = written.readAll().trimmed().split('\n');
        QCOMPARE(rows.size(), 2);
        QJsonObject first = QJsonDocument::fromJson(rows[0]).object();
        QCOMPARE(first.take(QStringLiteral("line")).toInt(), 1);
        QCOMPARE(first, json({QLatin1String(command)})); // as if it were the only text
        QCOMPARE(QJsonDocument::fromJson(rows[1]).object()[QLatin1String("line")].toInt(), 4);
        QVERIFY(rows[1].contains("dog"));
    }
}

void TestCommandExplain::every_line_has_its_file()
{
    const QString lines = folder_.filePath(QStringLiteral("two.txt"));
    write_file(lines, "The cat sat on the [MASK].\nA dog.\n");
    const auto made = [&](const QStringList &command, const QString &name) {
        const Result result =
            run(command + QStringList{QStringLiteral("--each-line"), QStringLiteral("--text-file"), lines,
                                      QStringLiteral("--output"), folder_.filePath(name)});
        return result.exit_code == 0 ? QByteArray() : result.errors;
    };
    const auto written = [&](const char *name) {
        QFile file(folder_.filePath(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QCOMPARE(made({QStringLiteral("figure"), QStringLiteral("attention")}, QStringLiteral("f-{line}.svg")),
             QByteArray());
    QVERIFY(written("f-1.svg").contains("cat") && !written("f-1.svg").contains("dog"));
    QVERIFY(written("f-2.svg").contains("dog"));
    QCOMPARE(made({QStringLiteral("trace")}, QStringLiteral("t-{line}.safetensors")), QByteArray());
    const Result alone =
        run({QStringLiteral("trace"), QStringLiteral("--text"), text_, QStringLiteral("--output"),
             folder_.filePath(QStringLiteral("alone.safetensors"))});
    QCOMPARE(alone.exit_code, 0);
    QVERIFY(!written("alone.safetensors").isEmpty());
    QCOMPARE(written("t-1.safetensors"), written("alone.safetensors"));
    QVERIFY(
        made({QStringLiteral("trace")}, QStringLiteral("t.safetensors")).contains("--output needs {line}"));
    QVERIFY(made({QStringLiteral("sweep"), QStringLiteral("--format"), QStringLiteral("csv")},
                 QStringLiteral("s"))
                .contains("--output needs {line}"));
    QVERIFY(run({QStringLiteral("sweep"), QStringLiteral("--each-line"), QStringLiteral("--text"), text_})
                .errors.contains("--each-line goes with --text-file"));
}

void TestCommandExplain::what_cannot_be_done_is_said_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exit_code");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *name, const char *arguments, int exit_code, const char *said) {
        QTest::newRow(name) << QString::fromLatin1(arguments).split(QLatin1Char(' ')) << exit_code
                            << QByteArray(said);
    };
    row("no text", "explain", 2, "--text");
    row("target", "explain --text a --target nonsense", 2, "nonsense");
    row("token", "explain --text a --target hidden:1:99", 2, "99");
    row("no such word", "explain --text a --target word:zebra:best", 2, "zebra");
    row("no mask", "explain --text a --target word:mask:best", 2, "mask");
    row("measure", "explain --text a --measure probability", 2, "--target");
    row("piece", "explain --text a --target word:1:qqqqzzzz", 1, "qqqqzzzz");
    row("neuron", "explain --text a --target neuron:1:100000:1", 1, "100000");
    row("class", "explain --text a --target class:1", 1, "classes");
    row("method", "explain --text a --target hidden:1:2 --method magic", 2, "magic");
    row("steps", "explain --text a --target hidden:1:2 --steps 0", 2, "--steps");
    row("layer", "sweep --text a --target hidden:1:2 --off 9", 2, "9");
    row("factor", "sweep --text a --target hidden:1:2 --factor 2.1", 2, "--factor");
    row("scaled head", "sweep --text a --target hidden:1:2 --factor 2.9=1", 2, "9");
    row("scaled neuron", "sweep --text a --target hidden:1:2 --factor 2.n100000=1", 2, "100000");
    row("no factor", "sweep --text a --target hidden:1:2 --factor 2.1=much", 2, "much");
    row("steer", "sweep --text a --target hidden:1:2 --steer 9=1 --steer-from b", 2, "9");
    row("steer from", "sweep --text a --target hidden:1:2 --steer 1=1", 2, "--steer-from");
    row("steer layer", "sweep --text a --target hidden:1:2 --steer-from b", 2, "--steer");
    row("mask", "sweep --text a --target hidden:1:2 --mask 77", 2, "77");
    row("unexpected", "explain --text a b", 2, "b");
    row("reference", "patch --text a --target hidden:1:2", 2, "--reference");
    row("align", "patch --text a --target hidden:1:2 --reference b --align 9=0", 2, "--align");
    row("alignment", "patch --text a --target hidden:1:2 --reference b --align 2", 2, "3=4");
    row("format", "lens --text a --format docx", 2, "docx");
    row("fit and piece", "lens --fit a.txt --piece a", 2, "--piece");
    row("lines to fit", "lens --fit no-such-file.txt", 1, "no-such-file.txt");
    row("similarity", "explain --text a --target similarity", 2, "--text-b");
}

void TestCommandExplain::what_cannot_be_done_is_said()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, exit_code);
    QFETCH(const QByteArray, said);
    const Result result = run(arguments);
    QVERIFY2(result.exit_code == exit_code, result.errors.constData());
    QVERIFY2(result.errors.contains(said), result.errors.constData());
    QVERIFY(result.output.isEmpty());
}

QTEST_GUILESS_MAIN(TestCommandExplain)
#include "tst_command_explain.moc"
