// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/figure_arguments.h"
#include "app/run_options.h"
#include "engine/analysis/trace_file.h"
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "engine/model/model_hash.h"
#include "resources/translations/language.h"
#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/catalogue.h"
#include "ui/figures/figure_renderer.h"
#include "ui/state/run.h"
#include "ui/state/session_file.h"

#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace encoderscope;

/// Figures of a run next to another one: another text, another tokenization, another model, other switches.
class TestAcrossRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_kind_has_a_figure_or_a_reason_data();
    void every_kind_has_a_figure_or_a_reason();
    void the_same_run_differs_by_nothing_data();
    void the_same_run_differs_by_nothing();
    void changing_the_sides_changes_signs_data();
    void changing_the_sides_changes_signs();
    void no_difference_is_shown_as_the_run_itself();
    void every_difference_of_a_run_from_itself_is_zero();
    void two_side_by_side_share_their_scale();
    void each_side_has_the_title_that_it_earns();
    void long_texts_are_told_apart();
    void cells_of_both_are_level();
    void layers_and_weights_are_compared();
    void a_reference_that_is_not_there_is_not_replaced();
    void heads_are_compared();
    void an_unchanged_reference_is_explained_once_data();
    void an_unchanged_reference_is_explained_once();
    void long_texts_are_compared_by_rows();
    void tokens_without_a_partner_have_no_number();
    void captions_name_the_reference();
    void the_command_line_names_a_reference();
    void wrong_references_are_refused_data();
    void wrong_references_are_refused();

private:
    static RunInput input(const char *text, const ModelPtr &model = default_model())
    {
        RunInput made;
        made.text = QString::fromUtf8(text);
        made.model = model;
        return made;
    }
    static Frame frame(const RunInput &now, const RunInput &reference, Comparison comparison)
    {
        SessionState state;
        state.input = now;
        state.comparison = comparison;
        return run_against(state, reference, "test");
    }
    /// An encoder with initial weights of another size.
    static ModelPtr other_model(int layers, int d_model, int heads)
    {
        auto model = std::make_shared<Model>(*untrained_model());
        model->config.layers = layers;
        model->config.d_model = model->config.embedding_size = d_model;
        model->config.heads = heads;
        model->weights = initial_weights(model->config, 2);
        model->output = {};
        return model;
    }
    static Matrix values(const MadeFigure &made)
    {
        if (const HeatmapData *data = made.figure ? made.figure->heatmap() : nullptr)
            return data->values(0, data->rows);
        qFatal("no heatmap: %s", qPrintable(made.reason));
    }
};

void TestAcrossRuns::every_kind_has_a_figure_or_a_reason_data()
{
    QTest::addColumn<int>("reference");
    const char *names[] = {"text", "pair", "tokenization", "other sizes", "fewer layers", "copy", "switches"};
    for (int i = 0; i < 7; ++i)
        QTest::newRow(names[i]) << i;
}

void TestAcrossRuns::every_kind_has_a_figure_or_a_reason()
{
    QFETCH(int, reference);
    const RunInput now = input("The cat sat. 고양이가 잔다.");
    RunInput other = now;
    switch (reference) {
    case 0:
        other.text = QString::fromUtf8("The big dog slept. 고양이는 잔다!");
        break;
    case 1:
        other.textB = QStringLiteral("It slept.");
        break;
    case 2:
        other.tokenization = Tokenization::character;
        break;
    case 3:
        other.model = other_model(4, 96, 3);
        break;
    case 4:
        other.model = other_model(1, 128, 4);
        break;
    case 5:
        other.model = std::make_shared<Model>(*default_model());
        break;
    default:
        other.switches.layer(0).heads_off.insert(1);
    }
    const bool unlike = reference == 3;
    int differences = 0;
    std::set<const FigureKind *> of_run; // those that have a figure of the run itself
    for (const Comparison comparison :
         {Comparison::now, Comparison::before, Comparison::difference, Comparison::sideBySide}) {
        const bool two = comparison == Comparison::sideBySide;
        if (two && (reference == 1 || reference == 4 || reference == 5))
            continue; // like others
        for (const bool hides_special : {false, true}) {
            if (two && hides_special)
                continue;
            Frame shown = frame(now, other, comparison);
            shown.state.hidesSpecial = hides_special;
            for (const FigureKind &kind : catalogue()) {
                MadeFigure made;
                try {
                    made = figureOf(kind, shown, {});
                } catch (const Error &error) {
                    made.reason = error.message();
                }
                QVERIFY2(made.figure || !made.reason.isEmpty(), kind.name);
                if (made.figure && comparison == Comparison::now)
                    of_run.insert(&kind);
                if (made.figure && made.figure->heatmap())
                    made.figure->heatmap()->values(0, made.figure->heatmap()->rows);
                if (comparison == Comparison::sideBySide && made.figure && kind.ofText && !kind.ofBoth) {
                    const SideBySide *pair = made.figure->pair();
                    QVERIFY2(pair && (pair->now || pair->reference), kind.name);
                    QVERIFY2(pair->now || !pair->nowReason.isEmpty(), kind.name);
                    QVERIFY2(pair->reference || !pair->referenceReason.isEmpty(), kind.name);
                    QVERIFY2(!made.figure->tableColumns().isEmpty(), kind.name);
                }
                const bool of_tokens = kind.acrossRuns != AcrossRuns::never;
                if (comparison == Comparison::difference && of_tokens) {
                    differences += made.figure ? 1 : 0;
                    if (!unlike && reference != 4 && of_run.contains(&kind))
                        QVERIFY2(made.figure, qPrintable(QLatin1String(kind.name) + made.reason));
                }
            }
        }
    }
    QVERIFY(differences > 0);
    if (unlike) {
        const Frame shown = frame(now, other, Comparison::difference);
        const MadeFigure one = figureOf(*findFigureKind(QStringLiteral("attention")), shown, {});
        QVERIFY2(!one.figure && one.reason.contains(QStringLiteral("3")), qPrintable(one.reason));
        // The mean of all heads has no need of as many.
        QVERIFY(figureOf(*findFigureKind(QStringLiteral("attention")), shown,
                         {{QStringLiteral("heads"), QStringLiteral("mean")}})
                    .figure);
        QVERIFY_THROWS_EXCEPTION(Error, figureOf(*findFigureKind(QStringLiteral("hidden")), shown, {}));
    }
}

void TestAcrossRuns::the_same_run_differs_by_nothing_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("hides_special");
    for (const char *kind : {"attention", "rollout", "embedding", "hidden", "feed-forward"}) {
        QTest::addRow("%s", kind) << QString::fromLatin1(kind) << false;
        QTest::addRow("%s, without special tokens", kind) << QString::fromLatin1(kind) << true;
    }
}

void TestAcrossRuns::the_same_run_differs_by_nothing()
{
    QFETCH(QString, kind);
    QFETCH(bool, hides_special);
    const RunInput now = input("The cat sat. 고양이가 잔다 😀");
    RunInput copy = now;
    copy.model = std::make_shared<Model>(*default_model()); // another model, as far as the frame knows
    Frame shown = frame(now, copy, Comparison::difference);
    shown.state.hidesSpecial = hides_special;
    QVERIFY(shown.compared.acrossRuns());
    const Matrix difference = values(figureOf(*findFigureKind(kind), shown, {}));
    QVERIFY(difference.size() > 0);
    QVERIFY(difference.isZero(0.0F));
}

namespace
{

/// Every number of a figure that is a value: no coordinate, no layer, no head.
std::vector<double> values_of(const Figure &figure)
{
    std::vector<double> all;
    const auto add = [&all](const HeatmapData &data) {
        const Matrix rows = data.rows > 0 ? data.values(0, data.rows) : Matrix();
        for (Index index = 0; index < rows.size(); ++index)
            all.push_back(static_cast<double>(rows.data()[index]));
    };
    if (const HeatmapData *data = figure.heatmap())
        add(*data);
    if (const auto *grid = std::get_if<HeatmapGrid>(&figure.content)) {
        for (const HeatmapData &panel : grid->panels)
            add(panel);
    }
    if (const auto *bars = std::get_if<BarsData>(&figure.content))
        all.insert(all.end(), bars->values.begin(), bars->values.end());
    if (const auto *lines = std::get_if<TokenLines>(&figure.content)) {
        for (const TokenLines::Head &head : lines->heads)
            all.insert(all.end(), head.weights.data(), head.weights.data() + head.weights.size());
    }
    if (const auto *table = std::get_if<TableData>(&figure.content)) {
        for (const QVariantList &row : table->rows) {
            for (qsizetype column = table->keyColumns; column < row.size(); ++column) {
                if (row[column].typeId() == QMetaType::Double)
                    all.push_back(row[column].toDouble());
            }
        }
    }
    return all;
}

MadeFigure made_of(const FigureKind &kind, const Frame &frame)
{
    try {
        return figureOf(kind, frame, {});
    } catch (const Error &error) {
        return {.reason = error.message()};
    }
}

} // namespace

void TestAcrossRuns::no_difference_is_shown_as_the_run_itself()
{
    RunInput now = input("The cat sat.");
    now.switches.layer(0).on = false;
    RunInput plain = now;
    plain.switches = {};
    for (const FigureKind &kind : catalogue()) {
        if (kind.ofBoth || kind.acrossRuns == AcrossRuns::unaffected)
            continue; // it says what it shows
        const MadeFigure shown = made_of(kind, frame(now, plain, Comparison::now));
        const MadeFigure before = made_of(kind, frame(now, plain, Comparison::before));
        const MadeFigure difference = made_of(kind, frame(now, plain, Comparison::difference));
        QVERIFY2(difference.figure || !difference.reason.isEmpty(), kind.name);
        if (!shown.figure || !before.figure || !difference.figure)
            continue;
        const bool changed = shown.figure->table().rows != before.figure->table().rows;
        QVERIFY2(!changed || difference.figure->table().rows != shown.figure->table().rows, kind.name);
        QVERIFY2(kind.ofText || difference.figure->title == shown.figure->title, kind.name);
    }
}

void TestAcrossRuns::every_difference_of_a_run_from_itself_is_zero()
{
    const RunInput now = input("The cat sat. 고양이가 잔다 😀");
    RunInput copy = now;
    copy.model = std::make_shared<Model>(*default_model());
    int kinds = 0;
    QStringList wrong;
    for (const RunInput &other : {now, copy}) {
        const Frame shown = frame(now, other, Comparison::difference);
        for (const FigureKind &kind : catalogue()) {
            if (kind.ofBoth || !kind.ofText)
                continue;
            const MadeFigure made = made_of(kind, shown);
            QVERIFY2(made.figure || !made.reason.isEmpty(), kind.name);
            if (!made.figure)
                continue;
            const std::vector<double> all = values_of(*made.figure);
            if (!std::all_of(all.begin(), all.end(),
                             [](double value) { return value == 0.0 || std::isnan(value); }))
                wrong.append(QLatin1String(kind.name));
            kinds += all.empty() ? 0 : 1;
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char(' '))));
    QVERIFY2(kinds > 15, qPrintable(QString::number(kinds)));
}

void TestAcrossRuns::two_side_by_side_share_their_scale()
{
    const RunInput now = input("The old cat sat.");
    RunInput other = input("The cat sat.");
    other.switches.layer(0).on = false;
    for (const char *name : {"attention", "hidden", "heads", "lengths", "predictions", "token-vector"}) {
        const FigureKind *kind = findFigureKind(QLatin1String(name));
        if (!kind)
            continue;
        const MadeFigure made = figureOf(*kind, frame(now, other, Comparison::sideBySide), {});
        const SideBySide *pair = made.figure ? made.figure->pair() : nullptr;
        QVERIFY2(pair && pair->now && pair->reference, name);
        if (pair->now->heatmap())
            QCOMPARE(pair->now->heatmap()->scale, pair->reference->heatmap()->scale);
        if (const auto *bars = std::get_if<BarsData>(&pair->now->content))
            QCOMPARE(bars->high, std::get<BarsData>(pair->reference->content).high);
        if (const auto *chart = std::get_if<ChartData>(&pair->now->content))
            QCOMPARE(chart->yHigh, std::get<ChartData>(pair->reference->content).yHigh);
        QVERIFY(pair->now->caption.contains(QStringLiteral("“The old cat sat.”")));
        QVERIFY(pair->reference->caption.contains(QStringLiteral("“The cat sat.”")));
        QVERIFY(pair->now->title.contains(QStringLiteral("old")));
        // Swapped, each is where the other was.
        const MadeFigure swapped = figureOf(*kind, frame(other, now, Comparison::sideBySide), {});
        QCOMPARE(values_of(*swapped.figure->pair()->reference), values_of(*pair->now));
        // And the table has the numbers of both.
        const Table table = made.figure->table();
        QCOMPARE(table.rows.size(), pair->now->table().rows.size() + pair->reference->table().rows.size());
        for (const QVariantList &row : table.rows)
            QCOMPARE(row.size(), table.columns.size());
    }
}

/// A title with the numbers of one of the two is not that of both.
void TestAcrossRuns::each_side_has_the_title_that_it_earns()
{
    const RunInput now = input("The cat sat.");
    RunInput other = now;
    other.model = other_model(2, 96, 3);
    const FigureKind &costs = *findFigureKind(QStringLiteral("costs"));
    const MadeFigure made = figureOf(costs, frame(now, other, Comparison::sideBySide), {});
    QCOMPARE(made.figure->title, costs.title());
    const auto &[first, second] = std::pair(made.figure->pair()->now, made.figure->pair()->reference);
    const QString size = QStringLiteral("d_model %1");
    QVERIFY2(first->title.contains(size.arg(default_model()->config.d_model)), qPrintable(first->title));
    QVERIFY2(second->title.contains(size.arg(96)), qPrintable(second->title));
    const FigureKind &attention = *findFigureKind(QStringLiteral("attention"));
    const FigurePtr alike = figureOf(attention, frame(now, now, Comparison::now), {}).figure;
    const RunInput longer = input("The old cat sat.");
    const FigurePtr both = figureOf(attention, frame(now, longer, Comparison::sideBySide), {}).figure;
    QCOMPARE(both->title, alike->title);
    QVERIFY(!both->pair()->now->title.contains(alike->title));
}

void TestAcrossRuns::long_texts_are_told_apart()
{
    const RunInput now = input("The trophy didn't fit into the suitcase because it was too big.");
    const RunInput other = input("The trophy didn't fit into the suitcase because it was too small.");
    const MadeFigure made =
        figureOf(*findFigureKind(QStringLiteral("attention")), frame(now, other, Comparison::sideBySide), {});
    QVERIFY2(made.figure->pair()->now->title.contains(QStringLiteral("…big.")),
             qPrintable(made.figure->pair()->now->title));
    QVERIFY(made.figure->pair()->reference->title.contains(QStringLiteral("…small.")));
}

void TestAcrossRuns::cells_of_both_are_level()
{
    const RunInput now = input("The cat sat on the mat.");
    const RunInput other = input("The dog sat on the mat.");
    const MadeFigure made =
        figureOf(*findFigureKind(QStringLiteral("attention")), frame(now, other, Comparison::sideBySide), {});
    auto titled = std::make_shared<Figure>(*made.figure->pair()->reference);
    titled->title = QStringLiteral("A title that is so long that it takes more than one line of its half");
    const FigureRenderer renderer(makeFigure(SideBySide{.now = made.figure->pair()->now, .reference = titled},
                                             QString(), QStringLiteral("pair"), QString()));
    const QRectF area(0.0, 0.0, 700.0, 400.0);
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const QRectF left = renderer.cellArea(area, style, {100.0, 200.0});
    const QRectF right = renderer.cellArea(area, style, {600.0, 200.0});
    QVERIFY(left.right() < right.left());
    QVERIFY2(std::abs(left.top() - right.top()) < 0.5,
             qPrintable(QStringLiteral("%1 %2").arg(left.top()).arg(right.top())));
}

void TestAcrossRuns::layers_and_weights_are_compared()
{
    const RunInput now = input("The cat sat on the mat because it was tired.");
    RunInput other = now;
    other.model = other_model(2, 96, 3);
    const FigureKind &layers = *findFigureKind(QStringLiteral("layer-similarity"));
    const Matrix own = values(figureOf(layers, frame(now, now, Comparison::now), {}));
    QVERIFY((own.diagonal().array() - 1.0F).abs().maxCoeff() < 1e-4F);
    for (const Comparison comparison :
         {Comparison::now, Comparison::before, Comparison::difference, Comparison::sideBySide}) {
        const MadeFigure made = figureOf(layers, frame(now, other, comparison), {});
        const Matrix similarity = values(made);
        QCOMPARE(similarity.rows(), Index{default_model()->config.layers + 1});
        QCOMPARE(similarity.cols(), Index{3});
        QVERIFY(made.figure->caption.contains(QStringLiteral("reference: ")));
    }
    const FigureKind &weights = *findFigureKind(QStringLiteral("weight-changes"));
    QVERIFY(
        figureOf(weights, frame(now, now, Comparison::now), {}).reason.contains(QStringLiteral("one model")));
    QVERIFY(!figureOf(weights, frame(now, other, Comparison::now), {}).reason.isEmpty()); // other sizes
    auto tuned = std::make_shared<Model>(*default_model());
    const Matrix doubled = 2.0F * tuned->weights.layers[1].expand.weight.view();
    tuned->weights.layers[1].expand.weight = doubled;
    other.model = tuned;
    const FigurePtr changes = figureOf(weights, frame(now, other, Comparison::now), {}).figure;
    QVERIFY(changes);
    const BarsData &bars = std::get<BarsData>(changes->content);
    QVERIFY2(bars.labels.front().contains(QStringLiteral("2")), qPrintable(bars.labels.front()));
    QVERIFY(std::abs(bars.values.front() - 0.5) < 1e-6); // from the doubled ones to half of them
    QCOMPARE(bars.values[1], 0.0);
}

/// Figures of both runs say why there is no reference: that of a run with itself would look like an answer.
void TestAcrossRuns::a_reference_that_is_not_there_is_not_replaced()
{
    const RunInput now = input("The cat sat on the mat.");
    Frame opening = frame(now, now, Comparison::now);
    opening.reference = ReferenceRun::none;
    opening.referenceProblem = QStringLiteral("The model of “base” is being opened…");
    int ofBoth = 0;
    for (const FigureKind &kind : catalogue()) {
        if (!kind.ofBoth)
            continue;
        ++ofBoth;
        const MadeFigure made = figureOf(kind, opening, {});
        QVERIFY2(!made.figure, kind.name);
        QCOMPARE(made.reason, opening.referenceProblem);
    }
    QVERIFY(ofBoth >= 3);
}

void TestAcrossRuns::heads_are_compared()
{
    const RunInput now = input("The cat sat on the mat.");
    const Frame shown = frame(now, now, Comparison::now);
    const Trace &trace = *shown.compared.now;
    const FigureKind &several = *findFigureKind(QStringLiteral("several-heads"));
    const auto of = [&](const char *heads, const char *as) {
        return figureOf(several, shown,
                        {{QStringLiteral("chosen"), QString::fromLatin1(heads)},
                         {QStringLiteral("as"), QString::fromLatin1(as)}});
    };
    const Matrix a = trace.attention_weights(0, 1);
    const Matrix b = trace.attention_weights(2, 3);
    QVERIFY(values(of("1.2 3.4", "mean")).isApprox((a + b) / 2.0F));
    QVERIFY(values(of("1.2 3.4", "max")).isApprox(a.cwiseMax(b)));
    QVERIFY(values(of("1.2 3.4", "difference")).isApprox(a - b));
    const MadeFigure both = of("1.2 3.4", "side-by-side");
    const auto &grid = std::get<HeatmapGrid>(both.figure->content);
    QCOMPARE(grid.panels.size(), std::size_t{2});
    QCOMPARE(grid.panels[1].values(0, trace.tokens()), b);
    QCOMPARE(grid.panels[0].scale, grid.panels[1].scale);
    QVERIFY(!of("1.2", "difference").figure);
    QVERIFY(of("99.1", "mean").reason.contains(QStringLiteral("99.1")));
    QVERIFY(of("x", "mean").reason.contains(QStringLiteral("“x”")));

    const MadeFigure like = figureOf(*findFigureKind(QStringLiteral("like-heads")), shown,
                                     {{QStringLiteral("layer"), 1}, {QStringLiteral("head"), 2}});
    const BarsData &bars = std::get<BarsData>(like.figure->content);
    QVERIFY(!bars.indices.contains(trace.heads() + 2)); // not itself
    QVERIFY(std::is_sorted(bars.values.begin(), bars.values.end()));
    const FigurePtr map = figureOf(*findFigureKind(QStringLiteral("head-map")), shown, {}).figure;
    const auto &chart = std::get<ChartData>(map->content);
    QCOMPARE(static_cast<int>(chart.series.size()), trace.layers());
    QCOMPARE(static_cast<int>(chart.series.front().points.size()), trace.heads());
}

namespace
{

/// Every number of a figure by what it stands for: a cell, a bar, a point of a curve.
std::map<QString, double> numbers_of(const Figure &figure)
{
    std::map<QString, double> all;
    const auto add = [&all](const QString &panel, const Matrix &values) {
        for (Index row = 0; row < values.rows(); ++row) {
            for (Index column = 0; column < values.cols(); ++column)
                all[QStringLiteral("%1 %2 %3").arg(panel).arg(row).arg(column)] =
                    static_cast<double>(values(row, column));
        }
    };
    const auto add_cells = [&add](const QString &panel, const HeatmapData &data) {
        add(panel, data.rows > 0 ? data.values(0, data.rows) : Matrix());
    };
    if (const HeatmapData *data = figure.heatmap())
        add_cells({}, *data);
    if (const auto *grid = std::get_if<HeatmapGrid>(&figure.content)) {
        for (std::size_t panel = 0; panel < grid->panels.size(); ++panel)
            add_cells(QString::number(panel), grid->panels[panel]);
    }
    if (const auto *bars = std::get_if<BarsData>(&figure.content)) {
        for (qsizetype bar = 0; bar < bars->values.size(); ++bar)
            all[bars->labels[bar]] = bars->values[bar];
    }
    if (const auto *chart = std::get_if<ChartData>(&figure.content)) {
        for (std::size_t series = 0; series < chart->series.size(); ++series) {
            for (const QPointF &point : chart->series[series].points)
                all[QStringLiteral("%1 %2").arg(series).arg(point.x())] = point.y();
        }
    }
    if (const auto *lines = std::get_if<TokenLines>(&figure.content)) {
        for (const TokenLines::Head &head : lines->heads)
            add(head.name, head.weights);
    }
    if (const auto *table = std::get_if<TableData>(&figure.content)) {
        for (const QVariantList &row : table->rows) {
            QString key;
            for (int column = 0; column < table->keyColumns; ++column)
                key += row[column].toString() + QLatin1Char(' ');
            for (qsizetype column = table->keyColumns; column < row.size(); ++column) {
                if (row[column].typeId() == QMetaType::Double)
                    all[key + QString::number(column)] = row[column].toDouble();
            }
        }
    }
    return all;
}

} // namespace

void TestAcrossRuns::changing_the_sides_changes_signs_data()
{
    QTest::addColumn<int>("reference");
    // Where several tokens stand for one, the sides are no mirror of each other: aligned_difference() is
    // tested for that by itself.
    const char *names[] = {"switches", "text", "model"};
    for (int i = 0; i < 3; ++i)
        QTest::newRow(names[i]) << i;
}

void TestAcrossRuns::changing_the_sides_changes_signs()
{
    // What is no difference of two sides, and why.
    const QStringList without_sides{
        QStringLiteral("layer-similarity"), // of both together: how alike they are
        QStringLiteral("weight-changes"),   // relative to the reference's weights
        QStringLiteral("patch"),            // which parts of the one bring it back in the other
    };
    const QString of_points = QStringLiteral("activation"); // the points of both on one curve
    const QString without_sign = QStringLiteral("lines");   // how thick a line is
    QFETCH(int, reference);
    const RunInput a = input("The cat sat on the [MASK].");
    RunInput b = a;
    switch (reference) {
    case 0:
        b.switches.layer(0).heads_off.insert(1);
        break;
    case 1:
        b.text = QStringLiteral("The dog sat on the [MASK].");
        break;
    default: {
        auto other = std::make_shared<Model>(*default_model());
        other->weights = initial_weights(other->config, 2);
        b.model = other;
    }
    }
    Frame forth = frame(a, b, Comparison::difference);
    Frame back = frame(b, a, Comparison::difference);
    // Else the strongest neuron and the likeliest word of each.
    forth.selection.neuron = back.selection.neuron = 3;
    forth.state.target = back.state.target = TargetChoice{.name = QStringLiteral("dog")};
    int differences = 0;
    QStringList wrong;
    for (const FigureKind &kind : catalogue()) {
        QCOMPARE(kind.ofBoth, without_sides.contains(QLatin1String(kind.name)));
        if (kind.ofBoth || kind.acrossRuns == AcrossRuns::unaffected || !kind.ofText)
            continue; // shows both together, the run as it is, or the model
        const MadeFigure one = made_of(kind, forth);
        const MadeFigure other = made_of(kind, back);
        // Neither has a difference, and both say why; or both have one.
        QVERIFY2(one.figure || !one.reason.isEmpty(), kind.name);
        QVERIFY2((one.figure == nullptr) == (other.figure == nullptr),
                 qPrintable(QLatin1String(kind.name) + one.reason + other.reason));
        const QString name = QLatin1String(kind.name);
        if (!one.figure || name == of_points)
            continue;
        const std::map<QString, double> numbers = numbers_of(*one.figure);
        const std::map<QString, double> turned = numbers_of(*other.figure);
        int both = 0;
        bool same = true;
        for (const auto &[what, number] : numbers) {
            const auto there = turned.find(what);
            if (there == turned.end() || std::isnan(number) || std::isnan(there->second))
                continue;
            ++both;
            same = same && number == (name == without_sign ? 1.0 : -1.0) * there->second;
        }
        if (!same || both == 0)
            wrong.append(QStringLiteral("%1 (%2)").arg(name).arg(both));
        ++differences;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char(' '))));
    QVERIFY2(differences > 10, qPrintable(QString::number(differences)));
}

void TestAcrossRuns::an_unchanged_reference_is_explained_once_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<Comparison>("comparison");
    for (const char *kind :
         {"why-methods", "why-scores", "sweep-heads", "sweep-sublayers", "sweep-tokens", "lens"}) {
        QTest::addRow("%s, difference", kind) << QString::fromLatin1(kind) << Comparison::difference;
        QTest::addRow("%s, side by side", kind) << QString::fromLatin1(kind) << Comparison::sideBySide;
    }
    QTest::addRow("why-curves, side by side") << QStringLiteral("why-curves") << Comparison::sideBySide;
}

void TestAcrossRuns::an_unchanged_reference_is_explained_once()
{
    QFETCH(QString, kind);
    QFETCH(Comparison, comparison);
    const FigureKind &explains = *findFigureKind(kind);
    SessionState state;
    state.comparison = comparison;
    const auto run_of = [&](const char *text) {
        state.input = input(text);
        return run_encoder(state.input.model, encodingOf(state.input, 0));
    };
    const TracePtr reference = run_of("the cat sat on the [MASK] .");
    const TracePtr first = run_of("the dog sat on the [MASK] .");
    const TracePtr second = run_of("the fish sat on the [MASK] .");
    const TracePtr other = run_of("the bird sat on the [MASK] .");
    // Every part of the work says once how far it is.
    const Parameters least{{QStringLiteral("steps"), 2},
                           {QStringLiteral("method"), QStringLiteral("integrated-gradients")}};
    state.target = TargetChoice{.name = QStringLiteral("dog")};
    int steps = 0;
    const auto made_of_runs = [&](const TracePtr &now, const TracePtr &before, const std::any &kept) {
        steps = 0;
        Frame shown = frameOf(state, {now, before, comparison});
        shown.reference = ReferenceRun::other;
        const FigureListener listener{.progress = [&steps](double) { ++steps; }};
        return figureOf(explains, shown, least, kept, {}, listener);
    };
    const auto written = [](const MadeFigure &made) { // what is no number is equal, too
        QString all;
        for (const QVariantList &row : made.figure->table().rows) {
            for (const QVariant &value : row)
                all += value.toString() + QLatin1Char(' ');
        }
        return all;
    };
    const MadeFigure both = made_of_runs(first, reference, {});
    QVERIFY2(both.figure, qPrintable(both.reason));
    const int of_two = steps;
    QVERIFY(of_two > 0);
    // A key: only the run is explained.
    const MadeFigure typed = made_of_runs(second, reference, both.kept);
    QCOMPARE(steps * 2, of_two);
    const MadeFigure anew = made_of_runs(second, reference, {});
    QCOMPARE(steps, of_two);
    QCOMPARE(written(typed), written(anew));
    // Nothing changed: nothing is.
    QCOMPARE(written(made_of_runs(second, reference, typed.kept)), written(typed));
    QCOMPARE(steps, 0);
    // Another reference.
    made_of_runs(second, other, typed.kept);
    QCOMPARE(steps * 2, of_two);
    // The likeliest word is that of the run: in another run it is another one, also of the same reference.
    state.target.reset();
    const MadeFigure likeliest = made_of_runs(first, reference, {});
    const MadeFigure other_word = made_of_runs(second, reference, likeliest.kept);
    QCOMPARE(written(other_word), written(made_of_runs(second, reference, {})));
    state.target = TargetChoice{.name = QStringLiteral("dog")};
    // And the texts are those of the language that is chosen by then.
    const auto words = [](const MadeFigure &made) {
        const SideBySide *pair = made.figure->pair();
        const Figure &figure = pair ? *pair->reference : *made.figure;
        return figure.title + figure.caption + figure.tableColumns().join(QLatin1Char(' '));
    };
    installLanguage(QStringLiteral("ko"));
    const auto back = qScopeGuard([] { installLanguage(QStringLiteral("en")); });
    const MadeFigure korean = made_of_runs(second, reference, typed.kept);
    QCOMPARE(steps, 0);
    const QString in_korean = words(korean);
    QVERIFY(in_korean != words(typed));
    QCOMPARE(in_korean, words(made_of_runs(second, reference, {})));
}

void TestAcrossRuns::long_texts_are_compared_by_rows()
{
    const QString words = QStringLiteral("the cat sat on the mat and ").repeated(150);
    RunInput now = input("");
    now.text = words;
    RunInput other = now;
    other.text = QStringLiteral("a dog ") + words;
    const auto shown = [&](Comparison comparison) { return frame(now, other, comparison); };
    const Frame difference = shown(Comparison::difference);
    const Trace &run = *difference.compared.now;
    const Trace &reference = *difference.compared.before;
    QVERIFY(run.tokens() > 1000);
    for (const char *name : {"attention", "similarity", "heads", "feed-forward"}) {
        const FigureKind &kind = *findFigureKind(QLatin1String(name));
        QVERIFY2(takesLong(kind, difference, {}), name); // the window does not wait for it
        const MadeFigure made = figureOf(kind, difference, {});
        QVERIFY2(made.figure, name);
    }
    // Any rows, and each is what the whole would say.
    const int place = 500;
    const int partner = referenceToken(difference.compared, place);
    QVERIFY(partner > place);
    const Matrix row =
        figureOf(*findFigureKind(QStringLiteral("attention")), difference, {{QStringLiteral("layer"), 1}})
            .figure->heatmap()
            ->values(place, 1);
    const Matrix here = run.attention_weights(1, 0, {place, 1});
    const Matrix there = reference.attention_weights(1, 0, {partner, 1});
    int compared = 0;
    for (int key = 0; key < run.tokens(); ++key) {
        const int other_key = referenceToken(difference.compared, key);
        QCOMPARE(std::isnan(row(0, key)), other_key < 0);
        if (other_key >= 0) {
            QVERIFY(std::abs(row(0, key) - (here(0, key) - there(0, other_key))) < 1e-6F);
            ++compared;
        }
    }
    QVERIFY(compared > 1000);
}

void TestAcrossRuns::tokens_without_a_partner_have_no_number()
{
    const Frame shown = frame(input("The old cat sat."), input("The cat sat."), Comparison::difference);
    const FigureKind &attention = *findFigureKind(QStringLiteral("attention"));
    const Matrix weights = values(figureOf(attention, shown, {}));
    const TokenAlignment alignment =
        align_tokens(shown.compared.now->encoding(), shown.compared.before->encoding());
    int unmatched = 0;
    for (const AlignedTokens &unit : alignment.units) {
        for (const int token : unit.now) {
            QCOMPARE(weights.row(token).array().isNaN().all(), !unit.matched());
            QCOMPARE(weights.col(token).array().isNaN().all(), !unit.matched());
            unmatched += unit.matched() ? 0 : 1;
        }
    }
    QVERIFY(unmatched > 0 && unmatched < shown.compared.now->tokens() - 3);
}

void TestAcrossRuns::captions_name_the_reference()
{
    RunInput other = input("The cat sat.");
    other.switches.positions = false;
    const RunInput now = input("The old cat sat.");
    const FigureKind &attention = *findFigureKind(QStringLiteral("attention"));
    const FigurePtr difference = figureOf(attention, frame(now, other, Comparison::difference), {}).figure;
    QVERIFY2(difference->caption.contains(QStringLiteral("reference: ")), qPrintable(difference->caption));
    QVERIFY(difference->caption.contains(QStringLiteral("“The old cat sat.”")));
    QVERIFY(difference->caption.contains(QStringLiteral("“The cat sat.”")));
    QVERIFY(difference->caption.contains(QStringLiteral("positional encoding off")));
    QVERIFY(difference->caption.contains(QStringLiteral("without")) &&
            difference->caption.contains(QStringLiteral("partner")));
    QVERIFY(difference->title.endsWith(QStringLiteral("(now − reference)")));
    QVERIFY(difference->name.endsWith(QStringLiteral("-difference")));
    const FigurePtr reference = figureOf(attention, frame(now, other, Comparison::before), {}).figure;
    QVERIFY(reference->caption.contains(QStringLiteral("“The cat sat.”")));
    QVERIFY(reference->caption.contains(model_hash(*other.model).left(4)));
    QVERIFY(!reference->caption.contains(QStringLiteral("old")));
    QVERIFY(reference->title.endsWith(QStringLiteral("(reference)")));
    const FigurePtr plain = figureOf(attention, frame(now, other, Comparison::now), {}).figure;
    QVERIFY(!plain->caption.contains(QStringLiteral("reference")));
}

void TestAcrossRuns::the_command_line_names_a_reference()
{
    const QTemporaryDir folder;
    const auto csv = [&](const QStringList &more) {
        const QString path = folder.filePath(QStringLiteral("a.csv"));
        QFile::remove(path);
        run_figure(QStringList{QStringLiteral("attention"), QStringLiteral("--text"),
                               QStringLiteral("The cat sat."), QStringLiteral("--layer"), QStringLiteral("2"),
                               QStringLiteral("--output"), path} +
                   more);
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no file");
        return file.readAll();
    };
    const QStringList dog{QStringLiteral("--reference-text"), QStringLiteral("The dog sat.")};
    const QByteArray difference = csv(dog);
    QCOMPARE(csv(dog + QStringList{QStringLiteral("--compare"), QStringLiteral("difference")}), difference);
    const QByteArray now = csv(dog + QStringList{QStringLiteral("--compare"), QStringLiteral("now")});
    QCOMPARE(now, csv({}));
    const QByteArray reference =
        csv(dog + QStringList{QStringLiteral("--compare"), QStringLiteral("reference")});
    QVERIFY(reference.contains("dog") && !now.contains("dog"));
    QVERIFY(difference != now && difference != reference);
    const QByteArray both =
        csv(dog + QStringList{QStringLiteral("--compare"), QStringLiteral("side-by-side")});
    QVERIFY(both.startsWith("run,") && both.contains("dog") && both.contains("cat"));
    QCOMPARE(both.count('\n'), now.count('\n') + reference.count('\n') - 1); // one line of titles
    // The same run from a file: the numbers of the figures that need no model.
    const RunInput other = input("The dog sat.");
    const QString recorded = folder.filePath(QStringLiteral("dog.safetensors"));
    write_trace(*run_encoder(other.model, other.model->tokenizer->encode(other.text)), recorded);
    const QStringList dogs{QStringLiteral("--reference-trace"), recorded};
    QCOMPARE(csv(dogs), difference);
    QCOMPARE(csv(dogs + QStringList{QStringLiteral("--compare"), QStringLiteral("reference")}), reference);
    QCOMPARE(csv(dogs + QStringList{QStringLiteral("--compare"), QStringLiteral("side-by-side")}), both);
    // Of a session: the run that it is compared with, as its user aligned them.
    SessionState state;
    state.input = input("The cat sat.");
    state.pinnedRuns = {{QStringLiteral("dog"), input("The dog sat.")}};
    state.reference = {ReferenceChoice::Kind::pinned, QStringLiteral("dog")};
    state.comparison = Comparison::difference;
    const QString saved = folder.filePath(QStringLiteral("a.encoderscope"));
    const auto of_session = [&](const QStringList &more = {}) {
        writeSessionFile(state, saved);
        const QString path = folder.filePath(QStringLiteral("b.csv"));
        run_figure(QStringList{QStringLiteral("attention"), QStringLiteral("--session"), saved,
                               QStringLiteral("--layer"), QStringLiteral("2"), QStringLiteral("--output"),
                               path} +
                   more);
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no file");
        return file.readAll();
    };
    QCOMPARE(of_session(), difference);
    QCOMPARE(of_session({QStringLiteral("--compare"), QStringLiteral("now")}), now);
    QCOMPARE(of_session({QStringLiteral("--compare"), QStringLiteral("reference")}), reference);
    state.matches = {{.reference = state.reference, .now = TokenAnchor{.begin = 4, .end = 7}}};
    const QByteArray corrected = of_session();
    QVERIFY(corrected != difference && corrected.contains("nan"));
    QCOMPARE(of_session({QStringLiteral("--text"), QStringLiteral("The cat sat.")}), difference);
    const QByteArray model = csv({QStringLiteral("--reference-model"), QStringLiteral("resources/model")});
    QVERIFY(!model.contains("nan") && model.size() > 100);
}

void TestAcrossRuns::wrong_references_are_refused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const QStringList &arguments, const char *named) {
        QTest::newRow(name) << arguments << QString::fromLatin1(named);
    };
    row("an empty text", {QStringLiteral("--reference-text"), QStringLiteral(" ")}, "--reference-text");
    row("an empty B", {QStringLiteral("--reference-text-b"), QString()}, "--reference-text-b");
    row("no model", {QStringLiteral("--reference-model"), QStringLiteral("/nowhere/at/all")},
        "/nowhere/at/all");
    row("no session", {QStringLiteral("--reference-session"), QStringLiteral("/nowhere/x.encoderscope")},
        "/nowhere/x.encoderscope");
    row("no trace", {QStringLiteral("--reference-trace"), QStringLiteral("/nowhere/x.safetensors")},
        "/nowhere/x.safetensors");
    row("another file", {QStringLiteral("--reference-trace"), QStringLiteral("resources/model/vocab.txt")},
        "vocab.txt");
    row("a trace and a text",
        {QStringLiteral("--reference-trace"), QStringLiteral("x"), QStringLiteral("--reference-text"),
         QStringLiteral("a")},
        "--reference-text");
    row("no such comparison",
        {QStringLiteral("--reference-text"), QStringLiteral("a"), QStringLiteral("--compare"),
         QStringLiteral("x")},
        "--compare");
}

void TestAcrossRuns::wrong_references_are_refused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    try {
        run_figure(QStringList{QStringLiteral("attention"), QStringLiteral("--text"),
                               QStringLiteral("The cat."), QStringLiteral("--output"), QStringLiteral("-"),
                               QStringLiteral("--format"), QStringLiteral("csv")} +
                   arguments);
        QFAIL("taken");
    } catch (const Error &error) {
        QVERIFY2(error.message().contains(named), qPrintable(error.message()));
    }
}

QTEST_MAIN(TestAcrossRuns)
#include "tst_across_runs.moc"
