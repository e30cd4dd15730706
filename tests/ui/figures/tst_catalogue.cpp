// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "engine/analysis/head_function.h"
#include "engine/analysis/predictions.h"
#include "engine/corpus/corpus_writer.h"
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/model/load_model.h"
#include "engine/version.h"
#include "resources/translations/language.h"
#include "tests/ui/figures/text_recorder.h"
#include "tests/ui/headed_model.h"
#include "ui/figures/catalogue/figure_order.h"
#include "ui/figures/figure_files.h"
#include "ui/figures/figure_renderer.h"
#include "ui/state/view_kinds.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace encoderscope;

namespace
{

const QString text_a = QStringLiteral("The animal did not cross the street because it was tired.");
const QString text_b = QStringLiteral("고양이가 잠을 잔다.");
constexpr double one_column = 84.0 / 25.4 * 96.0;

/// Heads of every kind, and the mean of the tokens as a sentence's vector.
ModelPtr modelWithAll()
{
    const std::shared_ptr<Model> model = headedModel();
    model->output.sentence.emplace().pooling = {Pooling::mean};
    return model;
}

/// One whose queries and keys are turned.
ModelPtr modelThatTurns()
{
    const std::shared_ptr<Model> model = headedModel();
    model->config.positions = Positions::rotary;
    return model;
}

/// One whose heads have slopes.
ModelPtr modelWithSlopes()
{
    const std::shared_ptr<Model> model = headedModel();
    model->config.positions = Positions::none;
    model->config.distance_slopes = true;
    return model;
}

/// One whose heads add a bias by distance.
ModelPtr modelWithDistanceBias()
{
    const std::shared_ptr<Model> model = headedModel();
    model->config.relative_buckets = 32;
    model->weights.relative_bias = SharedMatrix(Matrix(Matrix::Random(32, model->config.heads)));
    return model;
}

/// Of a model with all of that, unless another is given.
Frame frame(Comparison comparison, bool switched, const ModelPtr &model = modelWithAll())
{
    SessionState state;
    state.input.text = text_a;
    state.input.textB = text_b;
    state.input.model = model;
    state.input.reference.hash = QStringLiteral("0123456789abcdef");
    state.comparison = comparison;
    const Encoding encoding = state.input.model->tokenizer->encode(text_a, text_b);
    Switches switches;
    if (switched) {
        switches.layer(0).heads_off = {1, 2};
        switches.layer(1).feed_forward = false;
        switches.temperature = 2.0F;
        switches.masked_tokens = {3};
        state.input.switches = switches;
    }
    const TracePtr before = run_encoder(state.input.model, encoding);
    const TracePtr now = switched ? run_encoder(state.input.model, encoding, switches) : before;
    return frameOf(state, {now, before, comparison});
}

QStringList faultsOf(const FigurePtr &figure, double width, double points)
{
    FigureStyle style = figureStyle(Theme::light, points);
    style.showCaption = true;
    FigureRenderer renderer(figure);
    const QSizeF size = width > 0.0 ? renderer.naturalSize(style, width) : renderer.naturalSize(style);
    TextRecorder recorder(size);
    QPainter painter(&recorder);
    renderer.paint(painter, QRectF(QPointF(0.0, 0.0), size), style);
    painter.end();
    QStringList faults = recorder.faults();
    if (recorder.texts().isEmpty())
        faults.append(QStringLiteral("no text"));
    return faults;
}

QByteArray start(FigureFormat format)
{
    switch (format) {
    case FigureFormat::png:
        return "\x89PNG";
    case FigureFormat::webp:
        return "RIFF";
    case FigureFormat::svg:
        return "<?xml";
    case FigureFormat::pdf:
        return "%PDF-";
    case FigureFormat::json:
        return "{";
    case FigureFormat::npy:
        return "\x93NUMPY";
    case FigureFormat::csv:
        break;
    }
    return "";
}

void paintAndList(const FigurePtr &figure)
{
    FigureRenderer renderer(figure);
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const QSizeF size = renderer.naturalSize(style);
    QImage image(size.toSize(), QImage::Format_RGB32);
    QPainter painter(&image);
    renderer.paint(painter, QRectF(QPointF(), size), style);
    figure->table();
}

void addKinds()
{
    QTest::addColumn<QString>("name");
    for (const FigureKind &kind : catalogue())
        QTest::newRow(kind.name) << QString::fromLatin1(kind.name);
}

} // namespace

/// Every kind of figure there is: from the command line, in every format, and legible in one column.
class TestCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void names_are_unique_and_parameters_sound();
    void numbers_that_pages_offer_are_taken();
    void every_kind_in_every_format_data() { addKinds(); }
    void every_kind_in_every_format();
    void every_kind_is_legible_data() { addKinds(); }
    void every_kind_is_legible();
    void every_kind_compares_or_says_not_data() { addKinds(); }
    void every_kind_compares_or_says_not();
    void captions_make_figures_reproducible();
    void kept_work_is_not_done_again();
    void what_is_made_of_a_long_text_is_made_beside_the_window();
    void what_heads_say_of_tokens_is_shown();
    void a_missing_head_is_said();
    void foreign_parameters_become_the_nearest();
    void what_is_not_finite_is_shown_data() { addKinds(); }
    void what_is_not_finite_is_shown();
    void weights_that_once_ended_the_program_are_shown_data();
    void weights_that_once_ended_the_program_are_shown();

private:
    /// The path of a corpus of that model.
    QString corpusOf(const Model &model) const;

    QTemporaryDir folder_;
};

QString TestCatalogue::corpusOf(const Model &model) const
{
    const QString path = folder_.filePath(QStringLiteral("study.sqlite"));
    CorpusFile file(path, settings_of(model, 0, 2));
    CorpusWriter writer(file);
    std::vector<SentenceResult> results;
    const auto layers = static_cast<std::size_t>(model.config.layers);
    TopExamples neurons(layers * static_cast<std::size_t>(model.config.d_ff), 0);
    TopExamples heads(layers * static_cast<std::size_t>(model.config.heads), 0);
    for (const QString &text : {text_a, text_b}) {
        const Encoding encoding = model.tokenizer->encode(text);
        const TracePtr trace = run_encoder(modelWithAll(), encoding);
        results.push_back(
            sentence_result(*trace, sentence_number(writer.source(text), 1), {}, neurons, heads));
        if (!writer.text_of(results.back().number).isNull())
            return path; // it is there already
    }
    writer.add(results, neurons, heads);
    return path;
}

void TestCatalogue::initTestCase()
{
    QVERIFY(folder_.isValid());
    QLocale::setDefault(QLocale::c());
}

void TestCatalogue::names_are_unique_and_parameters_sound()
{
    std::set<QString> names;
    for (const FigureKind &kind : catalogue()) {
        QVERIFY2(names.insert(QString::fromLatin1(kind.name)).second, kind.name);
        QVERIFY(!kind.title().isEmpty());
        QCOMPARE(findFigureKind(QString::fromLatin1(kind.name)), &kind);
        for (const ParameterKind &parameter : kind.parameters()) {
            const QString wrong = wrongValue(parameter, parameter.fallback);
            QVERIFY2(wrong.isEmpty(), qPrintable(parameter.name + wrong));
            QVERIFY(!parameter.description.isEmpty());
        }
    }
    QVERIFY(findFigureKind(QStringLiteral("tree")) == nullptr);
}

void TestCatalogue::numbers_that_pages_offer_are_taken()
{
    const std::pair<const ParameterKind &, QStringList> offers[] = {
        {viewKind(QStringLiteral("positions"), QStringLiteral("positions")),
         {QStringLiteral("position-curves"), QStringLiteral("position-table"),
          QStringLiteral("position-products")}},
        {viewKind(QStringLiteral("why-page"), QStringLiteral("steps")),
         {QStringLiteral("why-methods"), QStringLiteral("why-scores"), QStringLiteral("why-curves")}}};
    for (const auto &[offered, kinds] : offers) {
        for (const QString &name : kinds) {
            const ParameterKinds own = findFigureKind(name)->parameters();
            const ParameterKind *parameter = findKind(own, offered.name);
            QVERIFY2(parameter, qPrintable(name));
            for (const QString &number : offered.choices)
                QCOMPARE(std::get<int>(valueOf(*parameter, number)), number.toInt());
        }
    }
}

void TestCatalogue::every_kind_in_every_format()
{
    QFETCH(QString, name);
    const Frame shown = frame(Comparison::now, false, default_model()); // as the command line
    const FigurePtr own = figureOf(*findFigureKind(name), shown, {}).figure;
    for (const char *size : {"natural", "84"}) {
        for (const FigureFormat format :
             {FigureFormat::svg, FigureFormat::pdf, FigureFormat::png, FigureFormat::webp, FigureFormat::csv,
              FigureFormat::json, FigureFormat::npy}) {
            const QString path = folder_.filePath(QStringLiteral("figure.") + suffixOf(format));
            QFile::remove(path);
            QStringList arguments{name,
                                  QStringLiteral("--text"),
                                  text_a,
                                  QStringLiteral("--text-b"),
                                  text_b,
                                  QStringLiteral("--output"),
                                  path,
                                  QStringLiteral("--dpi"),
                                  QStringLiteral("96")};
            if (qstrcmp(size, "84") == 0)
                arguments += {QStringLiteral("--width"), QStringLiteral("84"), QStringLiteral("--text-size"),
                              QStringLiteral("7")};
            if (own == nullptr) {
                QVERIFY_THROWS_EXCEPTION(Error, run_figure(arguments));
                continue;
            }
            QCOMPARE(run_figure(arguments), 0);
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QVERIFY2(bytes.startsWith(start(format)), path.toUtf8());
            // The numbers are those of the figure that a page shows.
            if (format == FigureFormat::csv)
                QCOMPARE(bytes, figureBytes(own, figureStyle(Theme::light), format));
        }
    }
}

void TestCatalogue::every_kind_is_legible()
{
    QFETCH(QString, name);
    const FigureKind &kind = *findFigureKind(name);
    for (const char *language : {"en", "ko"}) {
        installLanguage(QString::fromLatin1(language));
        for (const bool switched : {false, true}) {
            const ModelPtr model = name == QStringLiteral("rotation")        ? modelThatTurns()
                                   : name == QStringLiteral("slopes")        ? modelWithSlopes()
                                   : name == QStringLiteral("distance-bias") ? modelWithDistanceBias()
                                                                             : modelWithAll();
            const Frame shown = frame(Comparison::now, switched, model);
            const MadeFigure made = figureOf(kind, shown,
                                             name.startsWith(QStringLiteral("corpus-"))
                                                 ? Parameters{{QStringLiteral("corpus"), corpusOf(*model)}}
                                                 : Parameters());
            const FigurePtr figure = made.figure;
            if (!switched && name == QStringLiteral("patch")) { // of what is switched off
                QVERIFY(!figure && !made.reason.isEmpty());
                continue;
            }
            if (name == QStringLiteral("weight-changes")) { // of two models
                QVERIFY(!figure && !made.reason.isEmpty());
                continue;
            }
            QVERIFY2(figure, qPrintable(QLatin1String(kind.name) + made.reason));
            for (const auto &[width, points] :
                 {std::pair(0.0, 10.0), std::pair(one_column, 7.0), std::pair(178.0 / 25.4 * 96.0, 7.0)}) {
                const QStringList faults = faultsOf(figure, width, points);
                QVERIFY2(faults.isEmpty(), qPrintable(QStringLiteral("%1, %2 units: %3")
                                                          .arg(QLatin1String(language))
                                                          .arg(width)
                                                          .arg(faults.mid(0, 8).join(QStringLiteral("\n")))));
            }
        }
    }
    installLanguage(QStringLiteral("en"));
}

void TestCatalogue::every_kind_compares_or_says_not()
{
    QFETCH(QString, name);
    const FigureKind &kind = *findFigureKind(name);
    const MadeFigure now = figureOf(kind, frame(Comparison::now, true), {});
    const MadeFigure difference = figureOf(kind, frame(Comparison::difference, true), {});
    if (!now.figure)
        return;
    if (!difference.figure) {
        QVERIFY2(!difference.reason.isEmpty(), kind.name);
        return;
    }
    if (!kind.ofText || kind.ofBoth)
        return; // the switches do not change what it shows, or it is of both runs
    if (kind.acrossRuns == AcrossRuns::unaffected) { // it says that it is no difference
        const auto linesOf = [](const MadeFigure &made) {
            return std::get<WorkedSteps>(made.figure->content).lines.size();
        };
        QCOMPARE(linesOf(difference), linesOf(now) + 1);
        QCOMPARE(difference.figure->table().rows, now.figure->table().rows);
        return;
    }
    QVERIFY2(difference.figure->title != now.figure->title, kind.name);
    QVERIFY2(difference.figure->name != now.figure->name, kind.name);
    const Table before = figureOf(kind, frame(Comparison::before, true), {}).figure->table();
    const Table changed = now.figure->table();
    const Table shown = difference.figure->table();
    if (name == QStringLiteral("activation") || name == QStringLiteral("neurons") ||
        name == QStringLiteral("predictions") || name == QStringLiteral("positions") ||
        before.rows.size() != changed.rows.size())
        return; // rows of their own
    QCOMPARE(shown.rows.size(), changed.rows.size());
    bool differs = false;
    for (std::size_t row = 0; row < shown.rows.size(); ++row) {
        for (qsizetype column = 0; column < shown.rows[row].size(); ++column) {
            const QVariant &cell = shown.rows[row].at(column);
            const bool label = cell.typeId() != QMetaType::Double || cell == changed.rows[row].at(column);
            if (label || qIsNaN(cell.toDouble()))
                continue; // without tokens that count there is no mean
            differs = true;
            const double expected =
                changed.rows[row].at(column).toDouble() - before.rows[row].at(column).toDouble();
            const double found = cell.toDouble();
            QVERIFY2(qAbs(qAbs(found) - qAbs(expected)) < 1e-4 + 1e-4 * qAbs(expected),
                     qPrintable(QStringLiteral("%1: %2, not %3").arg(name).arg(found).arg(expected)));
        }
    }
    QVERIFY2(differs || name == QStringLiteral("embedding") || name == QStringLiteral("embedding-vector"),
             kind.name);
}

void TestCatalogue::captions_make_figures_reproducible()
{
    const FigureKind &kind = *findFigureKind(QStringLiteral("attention"));
    const QString caption =
        figureOf(kind, frame(Comparison::now, true), {{QStringLiteral("layer"), 1}}).figure->caption;
    const QString plain = QString(caption).replace(QChar(QChar::Nbsp), QLatin1Char(' '));
    for (const QString &part :
         {default_model()->name, QStringLiteral("0123456789ab"), text_a, text_b, QStringLiteral("layer 2"),
          QStringLiteral("layer 1 without head 2, 3"), QStringLiteral("FFN of layer 2 off"),
          QStringLiteral("temperature 2"), QStringLiteral("masked: 3 "), program_version()})
        QVERIFY2(plain.contains(part), qPrintable(part + QStringLiteral(" is missing in ") + plain));

    const FigurePtr figure = figureOf(kind, frame(Comparison::now, false), {}).figure;
    const FigurePtr part = withShownPart(figure, {.emphasis = {}, .visibleCells = QRectF(2, 3, 4, 5)});
    QVERIFY2(part->caption.contains(QStringLiteral("rows 3–7")), qPrintable(part->caption));
    QVERIFY2(part->caption.contains(QStringLiteral("columns 2–5")), qPrintable(part->caption));
    QVERIFY(!figure->caption.contains(QStringLiteral("rows")));
}

void TestCatalogue::kept_work_is_not_done_again()
{
    const Frame shown = frame(Comparison::now, false);
    for (const char *name : {"components", "rollout", "head-statistics", "sentence-vector"}) {
        const FigureKind &kind = *findFigureKind(QString::fromLatin1(name));
        QVERIFY(takesLong(kind, shown, {}));
        const MadeFigure made = figureOf(kind, shown, {});
        QVERIFY2(!takesLong(kind, shown, {}, made.kept), name);
        const MadeFigure again = figureOf(kind, shown, {}, made.kept);
        const FigureStyle style = figureStyle(Theme::light);
        QCOMPARE(figureBytes(again.figure, style, FigureFormat::csv),
                 figureBytes(made.figure, style, FigureFormat::csv));
        QVERIFY2(takesLong(kind, frame(Comparison::now, true), {}, made.kept), name);
    }
}

void TestCatalogue::what_is_made_of_a_long_text_is_made_beside_the_window()
{
    SessionState state;
    state.input.model = modelWithAll();
    state.input.text = QStringLiteral("the ").repeated(1700);
    Encoding encoding = state.input.model->tokenizer->encode(state.input.text);
    QVERIFY(encoding.tokens.size() > 1600);
    const TracePtr run = run_encoder(state.input.model, encoding);
    const Frame shown = frameOf(state, {run, run});
    for (const FigureKind &kind : catalogue()) {
        if (kind.ofText)
            QVERIFY2(takesLong(kind, shown, {}), kind.name);
    }
}

void TestCatalogue::what_heads_say_of_tokens_is_shown()
{
    const Frame shown = frame(Comparison::now, false);
    const Trace &trace = shown.trace();
    const auto made = [&](const char *name) {
        return figureOf(*findFigureKind(QString::fromLatin1(name)), shown, {}).figure;
    };
    const FigurePtr labels = made("token-classes");
    const Matrix probabilities = labels->heatmap()->values(0, trace.tokens());
    QCOMPARE(labels->heatmap()->columnLabels, trace.model().output.token_classification->labels);
    for (int token = 0; token < trace.tokens(); ++token)
        QVERIFY((probabilities.row(token) - softmax_of(token_class_logits(trace).row(token))).norm() < 1e-6F);
    const std::vector<LabelledSpan> spans = labelled_spans(trace);
    QVERIFY(!spans.empty());
    QVERIFY2(labels->caption.contains(spans.front().label + QStringLiteral(": “")),
             qPrintable(labels->caption));

    // Only the tokens of B, each by its own number.
    const FigurePtr answer = made("answer");
    const HeatmapData &map = *answer->heatmap();
    const Matrix ends = map.values(0, map.rows);
    const std::vector<int> text = answer_tokens(trace);
    QCOMPARE(map.rows, static_cast<int>(text.size()));
    QCOMPARE(map.rowIndices, QList<int>(text.begin(), text.end()));
    for (const int token : text)
        QCOMPARE(trace.token(token).segment, 1);
    QVERIFY(std::abs(ends.col(0).sum() - 1.0F) < 1e-5F && std::abs(ends.col(1).sum() - 1.0F) < 1e-5F);
    const AnswerSpan best = answers(trace, 1).front();
    const float product =
        ends(map.rowIndices.indexOf(best.first), 0) * ends(map.rowIndices.indexOf(best.last), 1);
    QVERIFY(std::abs(best.probability - product) < 1e-6F);
    const Token &last = trace.token(best.last);
    const qsizetype begin = trace.token(best.first).begin;
    QVERIFY2(answer->caption.contains(QStringLiteral("“%1”").arg(text_b.mid(begin, last.end - begin))),
             qPrintable(answer->caption));

    const FigurePtr replaced = made("replaced");
    const auto &bars = std::get<BarsData>(replaced->content);
    QCOMPARE(bars.values.size(), trace.tokens());
    const RowVector logits = replaced_logits(trace);
    for (int token = 0; token < trace.tokens(); ++token)
        QVERIFY(std::abs(bars.values[token] - 1.0 / (1.0 + std::exp(-static_cast<double>(logits[token])))) <
                1e-6);
}

void TestCatalogue::a_missing_head_is_said()
{
    const Frame shown = frame(Comparison::now, false, default_model());
    for (const char *name : {"classes", "token-classes", "answer", "replaced"}) {
        const MadeFigure made = figureOf(*findFigureKind(QString::fromLatin1(name)), shown, {});
        QVERIFY2(!made.figure && made.reason.contains(QStringLiteral("no head")), name);
    }
    auto model = std::make_shared<Model>(*default_model());
    model->output = {};
    model->output.classification = headedModel()->output.classification;
    model->output.classification->values = ClassificationHead::Values::scores;
    const Frame scored = frame(Comparison::now, false, model);
    const FigurePtr scores = figureOf(*findFigureKind(QStringLiteral("classes")), scored, {}).figure;
    // A regression's score stands as it is, on an axis of its own.
    QCOMPARE(std::get<BarsData>(scores->content).valueTitle, QStringLiteral("score"));
    QCOMPARE(float(std::get<BarsData>(scores->content).values[0]),
             class_predictions(scored.trace())[0].logit);
    QVERIFY(scores->title.contains(QStringLiteral("Score")));
}

void TestCatalogue::foreign_parameters_become_the_nearest()
{
    const Frame shown = frame(Comparison::now, false);
    for (const FigureKind &kind : catalogue()) {
        Parameters foreign;
        for (const ParameterKind &parameter : kind.parameters()) {
            if (parameter.whole())
                foreign[parameter.name] = 999'999;
            else
                foreign[parameter.name] = QStringLiteral("nonsense");
        }
        const Parameters sound = resolved(kind, shown, foreign);
        QCOMPARE(sound.size(), kind.parameters().size());
        figureOf(kind, shown, foreign);
    }
    const FigureKind &attention = *findFigureKind(QStringLiteral("attention"));
    QVERIFY(!unfitParameter(attention, shown, {{QStringLiteral("layer"), 99}}).isEmpty());
    QVERIFY(unfitParameter(attention, shown, {{QStringLiteral("layer"), 0}}).isEmpty());
}

void TestCatalogue::what_is_not_finite_is_shown()
{
    QFETCH(QString, name);
    const auto broken = [](float value) {
        const Frame good = frame(Comparison::now, false);
        Switches switches;
        switches.temperature = value;
        const TracePtr trace = run_encoder(good.state.input.model, good.trace().encoding(), switches);
        return frameOf(good.state, {trace, trace});
    };
    for (const float value : {std::numeric_limits<float>::quiet_NaN(), 1e-38F, 3e38F}) {
        const FigurePtr figure = figureOf(*findFigureKind(name), broken(value), {}).figure;
        if (figure)
            paintAndList(figure);
    }
}

void TestCatalogue::weights_that_once_ended_the_program_are_shown_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"nan-weights-crash", "inf-weights-crash", "large-values-hang"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestCatalogue::weights_that_once_ended_the_program_are_shown()
{
    QFETCH(QString, name);
    SessionState state;
    state.input.text = QStringLiteral("the cat sat");
    state.input.model = load_model(QStringLiteral(ENCODERSCOPE_TEST_DATA "/cases/") + name);
    const TracePtr trace =
        run_encoder(state.input.model, state.input.model->tokenizer->encode(state.input.text));
    const Frame shown = frameOf(state, {trace, trace});
    for (const FigureKind &kind : catalogue()) {
        QElapsedTimer timer;
        timer.start();
        try {
            if (const FigurePtr figure = figureOf(kind, shown, {}).figure)
                paintAndList(figure);
        } catch (const Error &error) {
            QVERIFY2(!error.message().isEmpty(), kind.name); // what the model cannot do is said
        }
        QVERIFY2(timer.elapsed() < 5'000, kind.name); // it was minutes
    }
}

QTEST_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
