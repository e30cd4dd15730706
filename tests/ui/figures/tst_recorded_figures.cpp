// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/trace_file.h"
#include "engine/analysis/trace_reader.h"
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/model/safetensors.h"
#include "engine/model/safetensors_writer.h"
#include "ui/figures/catalogue/catalogue.h"
#include "ui/figures/catalogue/thumbnail_data.h"
#include "ui/state/run.h"

#include <QTemporaryDir>
#include <QTest>

using namespace encoderscope;

/// Figures of a run that was read from a file: those that it has the numbers for are the run's own, of the
/// others it is said what is lacking.
class TestRecordedFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void figures_are_the_runs_own_data() { addKinds(); }
    void figures_are_the_runs_own();
    void what_is_lacking_is_said_data() { addKinds(); }
    void what_is_lacking_is_said();
    void what_needs_one_part_needs_no_other();

private:
    static void addKinds()
    {
        QTest::addColumn<QString>("name");
        for (const FigureKind &kind : catalogue())
            QTest::newRow(kind.name) << QString::fromLatin1(kind.name);
    }
    static Frame frameOfRun(const TracePtr &trace)
    {
        SessionState state;
        state.input = recordedInput(trace);
        return frameOf(state, {trace, trace});
    }
    /// The run's file without the tensors whose names contain one of these.
    TracePtr without(const QStringList &parts) const;

    QTemporaryDir folder_;
    TracePtr run_;
    TracePtr read_;
};

TracePtr TestRecordedFigures::without(const QStringList &parts) const
{
    const SafetensorsFile file(folder_.filePath(QStringLiteral("run.safetensors")));
    std::vector<TensorToWrite> tensors;
    for (auto tensor = file.tensors().begin(); tensor != file.tensors().end(); ++tensor) {
        const auto lacks = [&](const QString &part) { return tensor.key().contains(part); };
        if (std::any_of(parts.begin(), parts.end(), lacks))
            continue;
        if (tensor->dtype == QStringLiteral("I64")) {
            tensors.push_back(TensorToWrite::ids(tensor.key(), file.integers(tensor.key())));
            continue;
        }
        TensorInfo flat = *tensor;
        flat.shape = {(flat.end - flat.begin) / 4};
        tensors.push_back(TensorToWrite::matrix(
            tensor.key(), matrix_of(file.mapped_file(), tensor.key(), flat, flat.shape)));
        tensors.back().shape = tensor->shape;
    }
    QMap<QString, QString> metadata = file.metadata();
    metadata.remove(QStringLiteral("scores"));
    const QString path = folder_.filePath(QStringLiteral("lacking.safetensors"));
    write_safetensors(path, tensors, metadata);
    return read_trace(path);
}

void TestRecordedFigures::initTestCase()
{
    const ModelPtr model = default_model();
    run_ = run_encoder(model,
                       model->tokenizer->encode(QStringLiteral("The cat sat."), QStringLiteral("It slept.")));
    const QString path = folder_.filePath(QStringLiteral("run.safetensors"));
    write_trace(*run_, path);
    read_ = read_trace(path);
}

void TestRecordedFigures::figures_are_the_runs_own()
{
    QFETCH(QString, name);
    const FigureKind &kind = *findFigureKind(name);
    const Frame recorded = frameOfRun(read_);
    const FigureRequest request{recorded, resolved(kind, recorded, {}), {}};
    const FigureNeeds needs = kind.needs(request);
    const bool of_model = std::any_of(needs.begin(), needs.end(),
                                      [](const FigureNeed &need) { return need.part == TracePart::model; });
    const MadeFigure made = figureOf(kind, recorded, {});
    if (of_model) {
        QVERIFY(!made.figure);
        QVERIFY2(made.reason.contains(QStringLiteral("the model's weights")), qPrintable(made.reason));
        QVERIFY(!takesLong(kind, recorded, {}));
        return;
    }
    SessionState state;
    state.input.text = QStringLiteral("The cat sat.");
    state.input.textB = QStringLiteral("It slept.");
    state.input.model = default_model();
    const MadeFigure own = figureOf(kind, frameOf(state, {run_, run_}), {});
    QCOMPARE(made.figure != nullptr, own.figure != nullptr);
    if (!own.figure)
        return;
    QCOMPARE(made.figure->title, own.figure->title);
    const Table shown = made.figure->table();
    const Table expected = own.figure->table();
    QCOMPARE(shown.rows.size(), expected.rows.size());
    const auto written = [](const QVariantList &row) {
        QStringList words;
        for (const QVariant &cell : row)
            words.append(cell.toString()); // NaN is not equal to itself
        return words;
    };
    for (std::size_t row = 0; row < shown.rows.size(); ++row)
        QCOMPARE(written(shown.rows[row]), written(expected.rows[row]));
    QVERIFY(!own.figure->table().rows.empty());
}

void TestRecordedFigures::what_is_lacking_is_said()
{
    QFETCH(QString, name);
    const TracePtr least = without({QStringLiteral("attention"), QStringLiteral("feed_forward"),
                                    QStringLiteral("embedding.t"), QStringLiteral("embedding.s"),
                                    QStringLiteral("embedding.p"), QStringLiteral("embedding.n")});
    const Frame frame = frameOfRun(least);
    const FigureKind &kind = *findFigureKind(name);
    const MadeFigure made = figureOf(kind, frame, {});
    const FigureRequest request{frame, resolved(kind, frame, {}), {}};
    QCOMPARE(made.figure == nullptr, !kind.needs(request).empty());
    if (!made.figure)
        QVERIFY2(made.reason.contains(QStringLiteral("does not hold")), qPrintable(made.reason));
    for (const auto part :
         {ThumbnailOf::Part::head, ThumbnailOf::Part::feedForward, ThumbnailOf::Part::positions})
        QCOMPARE(thumbnailData(frame.compared, {part, 0, 0}).rows, 0);
    QVERIFY(thumbnailData(frame.compared, {ThumbnailOf::Part::output, 0, 0}).rows > 0);
}

void TestRecordedFigures::what_needs_one_part_needs_no_other()
{
    const TracePtr trace = without(
        {QStringLiteral("query"), QStringLiteral("layer.1.attention.weights"), QStringLiteral("expanded")});
    const Frame frame = frameOfRun(trace);
    const auto made = [&frame](const char *kind, const Parameters &parameters) {
        return figureOf(*findFigureKind(QLatin1String(kind)), frame, parameters);
    };
    const QString layer = QStringLiteral("layer");
    QVERIFY(!made("attention", {{layer, 0}}).figure);
    QVERIFY(made("attention", {{layer, 1}}).figure);
    QVERIFY(
        !made("attention", {{layer, 1}, {QStringLiteral("quantity"), QStringLiteral("raw-scores")}}).figure);
    QVERIFY(made("lines", {{layer, 1}}).figure);
    QVERIFY(!made("heads", {}).figure);
    QVERIFY(made("feed-forward", {{layer, 1}}).figure);
    QVERIFY(!made("feed-forward", {{layer, 1}, {QStringLiteral("stage"), QStringLiteral("before")}}).figure);
    QVERIFY(!made("activation", {{layer, 1}}).figure);
    QVERIFY(made("neurons", {{layer, 1}}).figure);
    QVERIFY(made("lengths", {}).figure);
    QVERIFY(made("sentence-vector", {}).figure);
}

QTEST_MAIN(TestRecordedFigures)
#include "tst_recorded_figures.moc"
