// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/trace_file.h"
#include "engine/analysis/trace_reader.h"
#include "engine/error.h"
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
    void comparisons_are_those_of_the_run_itself_data();
    void comparisons_are_those_of_the_run_itself();
    void what_one_of_two_runs_lacks_is_said_data();
    void what_one_of_two_runs_lacks_is_said();

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
    /// A comparison of two runs, of which one or both may be recorded.
    static void addComparisons()
    {
        QTest::addColumn<bool>("asReference");
        QTest::addColumn<Comparison>("comparison");
        for (const bool asReference : {false, true}) {
            const QByteArray side = asReference ? "recorded reference, " : "recorded run, ";
            QTest::newRow(side + "difference") << asReference << Comparison::difference;
            QTest::newRow(side + "reference") << asReference << Comparison::before;
            QTest::newRow(side + "side by side") << asReference << Comparison::sideBySide;
        }
    }
    MadeFigure compared(const FigureKind &kind, const TracePtr &recorded, bool asReference,
                        Comparison comparison) const
    {
        Frame frame = frameOf(compareState(comparison), asReference ? ComparedTrace{other_, recorded}
                                                                    : ComparedTrace{recorded, other_});
        frame.reference = ReferenceRun::other;
        try {
            return figureOf(kind, frame, {});
        } catch (const Error &error) { // as views do
            return {.reason = error.message()};
        }
    }
    static SessionState compareState(Comparison comparison)
    {
        SessionState state;
        state.comparison = comparison;
        return state;
    }
    static QStringList rowsOf(const MadeFigure &made)
    {
        QStringList rows;
        const Table table = made.figure ? made.figure->table() : Table();
        for (const QVariantList &row : table.rows) {
            QStringList words;
            for (const QVariant &cell : row)
                words.append(cell.toString()); // NaN is not equal to itself
            rows.append(words.join(QLatin1Char('|')));
        }
        return rows;
    }
    static bool needsModel(const FigureKind &kind, const Frame &frame)
    {
        const FigureNeeds needs = kind.needs({frame, resolved(kind, frame, {}), {}});
        return std::any_of(needs.begin(), needs.end(),
                           [](const FigureNeed &need) { return need.part == TracePart::model; });
    }

    /// The run's file without the tensors whose names contain one of these.
    TracePtr without(const QStringList &parts) const;

    QTemporaryDir folder_;
    TracePtr run_;
    TracePtr read_;
    TracePtr other_; ///< of another text, computed
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
    other_ = run_encoder(
        model, model->tokenizer->encode(QStringLiteral("The black cat sat."), QStringLiteral("It slept.")));
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
    if (name == QStringLiteral("corpus-map")) { // of a corpus, and of any run
        QVERIFY(kind.needs(request).empty());
        QCOMPARE(made.reason, QStringLiteral("No corpus is open."));
        return;
    }
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

void TestRecordedFigures::comparisons_are_those_of_the_run_itself_data()
{
    addComparisons();
}

/// Whichever of the two runs was read from a file: the same numbers as of the run that was computed.
void TestRecordedFigures::comparisons_are_those_of_the_run_itself()
{
    QFETCH(bool, asReference);
    QFETCH(Comparison, comparison);
    int same = 0;
    for (const FigureKind &kind : catalogue()) {
        const MadeFigure made = compared(kind, read_, asReference, comparison);
        QVERIFY2(made.figure || !made.reason.isEmpty(), kind.name);
        if (needsModel(kind, frameOfRun(read_))) {
            // Of the run that is computed, side by side and as what is shown, it is there.
            QVERIFY2(!made.figure || comparison != Comparison::difference, kind.name);
            continue;
        }
        const MadeFigure own = compared(kind, run_, asReference, comparison);
        QVERIFY2(rowsOf(made) == rowsOf(own), kind.name);
        same += made.figure ? 1 : 0;
    }
    QVERIFY2(same >= 13, qPrintable(QString::number(same)));
}

void TestRecordedFigures::what_one_of_two_runs_lacks_is_said_data()
{
    addComparisons();
}

void TestRecordedFigures::what_one_of_two_runs_lacks_is_said()
{
    QFETCH(bool, asReference);
    QFETCH(Comparison, comparison);
    const TracePtr least = without({QStringLiteral("attention"), QStringLiteral("feed_forward"),
                                    QStringLiteral("embedding.t"), QStringLiteral("embedding.s"),
                                    QStringLiteral("embedding.p"), QStringLiteral("embedding.n")});
    for (const FigureKind &kind : catalogue()) {
        if (needsModel(kind, frameOfRun(read_)) && comparison != Comparison::difference)
            continue; // of the computed run: takes long, and has nothing to do with the other
        const MadeFigure made = compared(kind, least, asReference, comparison);
        QVERIFY2(made.figure || !made.reason.isEmpty(), kind.name);
        const bool lacks =
            !kind.needs({frameOfRun(least), resolved(kind, frameOfRun(least), {}), {}}).empty();
        if (comparison == Comparison::difference)
            QVERIFY2(!lacks || !made.figure, kind.name);
    }
    const ComparedTrace difference{asReference ? other_ : least, asReference ? least : other_, comparison};
    for (const auto part :
         {ThumbnailOf::Part::head, ThumbnailOf::Part::feedForward, ThumbnailOf::Part::positions}) {
        const bool there =
            comparison != Comparison::difference && (comparison == Comparison::before) != asReference;
        QCOMPARE(thumbnailData(difference, {part, 0, 0}).rows > 0,
                 there || (comparison == Comparison::sideBySide && asReference));
    }
}

QTEST_MAIN(TestRecordedFigures)
#include "tst_recorded_figures.moc"
