// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/figure_arguments.h"
#include "app/run_options.h"
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "engine/model/model_hash.h"
#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/catalogue.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

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
    void changing_the_sides_changes_signs();
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
    for (const Comparison comparison : {Comparison::now, Comparison::before, Comparison::difference}) {
        for (const bool hides_special : {false, true}) {
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
                if (made.figure && made.figure->heatmap())
                    made.figure->heatmap()->values(0, made.figure->heatmap()->rows);
                const bool of_tokens = kind.acrossRuns != AcrossRuns::never;
                if (comparison == Comparison::difference && of_tokens) {
                    differences += made.figure ? 1 : 0;
                    if (!unlike && reference != 4)
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
    QVERIFY(acrossRuns(shown.compared));
    const Matrix difference = values(figureOf(*findFigureKind(kind), shown, {}));
    QVERIFY(difference.size() > 0);
    QVERIFY(difference.isZero(0.0F));
}

void TestAcrossRuns::changing_the_sides_changes_signs()
{
    const RunInput a = input("The cat sat on the mat.");
    const RunInput b = input("The dog sat on the mat.");
    for (const char *name : {"attention", "rollout", "embedding", "hidden", "feed-forward"}) {
        const FigureKind &kind = *findFigureKind(QLatin1String(name));
        const Matrix forth = values(figureOf(kind, frame(a, b, Comparison::difference), {}));
        const Matrix back = values(figureOf(kind, frame(b, a, Comparison::difference), {}));
        QVERIFY2(forth == -back, name);
        QVERIFY2(forth.norm() > 1e-3F, name);
    }
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
