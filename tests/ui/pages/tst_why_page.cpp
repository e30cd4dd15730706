// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/sentence_vector.h"
#include "engine/attribution/deletion_curves.h"
#include "engine/attribution/steering.h"
#include "engine/attribution/sweep.h"
#include "engine/attribution/token_methods.h"
#include "engine/file_writer.h"
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/model/load_model.h"
#include "engine/model/save_model.h"
#include "tests/ui/pages/shown_page.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/output_figures.h"
#include "ui/figures/catalogue/shared_scores.h"
#include "ui/jobs/stopped.h"
#include "ui/pages/catalogue_view.h"
#include "ui/pages/output_page.h"
#include "ui/pages/steering_panel.h"
#include "ui/pages/why_page.h"
#include "ui/state/chosen_target.h"
#include "ui/state/session_file.h"
#include "ui/state/view_kinds.h"

#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QToolButton>

#include <array>
#include <atomic>
#include <cmath>
#include <thread>
#include <vector>

using namespace encoderscope;

namespace
{

const QString masked = QStringLiteral("the cat sat on the [MASK] .");

CatalogueView *viewOf(const QWidget &page, const char *name)
{
    return page.findChild<CatalogueView *>(QLatin1String(name));
}

/// Waits until the view shows the figure of the newest run; null when it has none.
FigurePtr settled(CatalogueView *view, const Session &session)
{
    const bool done =
        QTest::qWaitFor([&] { return !session.busy() && (view->figure(), !view->computing()); }, 60'000);
    return done ? view->figure() : nullptr;
}

bool says(const QWidget &page, const QString &text)
{
    const auto labels = page.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

/// Where a bar of a horizontal bar chart is.
QPoint barPoint(CatalogueView &view, int bar)
{
    for (int y = 0; y < view.height(); ++y) {
        const QPoint point(view.width() / 2, y);
        const auto hit = view.hitAt(point);
        if (hit && hit->column == bar)
            return point + QPoint(0, 3);
    }
    return {};
}

double row(const Table &table, std::size_t row, qsizetype column)
{
    return table.rows.at(row).at(column).toDouble();
}

template <typename Page>
void show(Shown<Page> &shown, const QString &tab)
{
    shown.session.setText(masked);
    shown.session.setParameter(QStringLiteral("why-page"), QStringLiteral("tab"), tab);
    shown.page.resize(900, 760);
}

} // namespace

class TestWhyPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }

    void aPredictedWordIsExplainedByAClick()
    {
        Shown<OutputPage> shown;
        shown.session.setText(masked);
        shown.session.setParameter(QStringLiteral("output-page"), QStringLiteral("tab"),
                                   QStringLiteral("words"));
        QVERIFY(shown.ready());
        shown.session.selection().pinQuery(firstMask(shown.trace()));
        CatalogueView *predictions = viewOf(shown.page, "predictions");
        QVERIFY(settled(predictions, shown.session));
        const auto *words = std::any_cast<PredictedWords>(&predictions->kept());
        QVERIFY(words);
        const QString second = words->words.at(1).piece;
        const QPoint bar = barPoint(*predictions, 1);
        QVERIFY(!bar.isNull());
        QTest::mouseClick(predictions, Qt::LeftButton, {}, bar);
        const SessionState &state = shown.session.state();
        QCOMPARE(state.page, whyPage());
        QVERIFY(state.target);
        QCOMPARE(state.target->name, second);
        const ChosenTarget chosen = chosenTarget(*shown.session.frame());
        QCOMPARE(chosen.target.token, firstMask(shown.trace()));
        QCOMPARE(chosen.target.index, words->words.at(1).id);
        shown.session.undo();
        QVERIFY(!shown.session.state().target);
    }

    void theFiguresAreTheEnginesNumbers()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("tokens"));
        QVERIFY(shown.ready());
        const ChosenTarget chosen = chosenTarget(*shown.session.frame());
        const Trace &trace = shown.trace();
        for (const char *method : {"occlusion", "integrated-gradients", "alti"}) {
            shown.session.setParameter(QStringLiteral("why-page"), QStringLiteral("method"),
                                       QLatin1String(method));
            const FigurePtr scores = settled(viewOf(shown.page, "why-scores"), shown.session);
            QVERIFY2(scores, method);
            const NamedMethod named =
                *std::find_if(token_methods().begin(), token_methods().end(),
                              [method](const NamedMethod &one) { return !qstrcmp(one.name, method); });
            const MethodScores expected =
                token_scores(named.method, chosen.target, trace, Baseline::mask, 50);
            const Table table = scores->table();
            QCOMPARE(table.rows.size(), static_cast<std::size_t>(trace.tokens()));
            for (int token = 0; token < trace.tokens(); ++token)
                QVERIFY(std::abs(row(table, static_cast<std::size_t>(token), 1) - expected.scores(token)) <
                        1e-5);
            QVERIFY(scores->caption.contains(targetTitle(chosen)));
        }
        const FigurePtr methods = settled(viewOf(shown.page, "why-methods"), shown.session);
        QVERIFY(methods);
        QCOMPARE(methods->table().rows.size(), token_methods().size());
        const FigurePtr proof = settled(viewOf(shown.page, "why-curves"), shown.session);
        QVERIFY(proof);
        const auto shows = [&proof](const Curve &curve) {
            const auto &all = std::get<ChartData>(proof->content).series;
            return std::any_of(all.begin(), all.end(), [&curve](const ChartSeries &one) {
                return std::equal(
                    one.points.begin(), one.points.end(), curve.values.begin(), curve.values.end(),
                    [](const QPointF &point, double value) { return std::abs(point.y() - value) < 1e-5; });
            });
        };
        const Eigen::VectorXd scores =
            token_scores(TokenMethod::alti, chosen.target, trace, Baseline::mask, 50).scores;
        const Curves curves = deletion_curves(chosen.target, trace,
                                              order_by_scores(chosen.target, trace, scores), Baseline::mask);
        const Curves random = random_curves(chosen.target, trace, 10, 1, Baseline::mask);
        QVERIFY(curves.deletion.values != random.deletion.values);
        for (const Curve *curve : {&curves.deletion, &curves.insertion, &random.deletion, &random.insertion})
            QVERIFY(shows(*curve));
        QVERIFY(says(shown.page, targetTitle(chosen)));
    }

    /// The sweep finds the head whose loss hurts most, and switching it off by hand gives the same number.
    void aHeadSwitchedOffByItsCellGivesTheSweepsNumber()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("heads"));
        QVERIFY(shown.ready());
        const Frame before = *shown.session.frame();
        const ChosenTarget chosen = chosenTarget(before);
        CatalogueView *heads = viewOf(shown.page, "why-heads");
        const FigurePtr figure = settled(heads, shown.session);
        QVERIFY(figure);
        const HeatmapData &map = *figure->heatmap();
        const Matrix changes = map.values(0, map.rows);
        Index layer = 0, head = 0;
        const auto worst = static_cast<double>(changes.minCoeff(&layer, &head));
        QVERIFY(worst < 0.0);
        const QPoint cell = cellPoint(*heads, static_cast<int>(layer), static_cast<int>(head));
        QTest::mouseClick(heads, Qt::LeftButton, {}, cell);
        QTest::mouseDClick(heads, Qt::LeftButton, {}, cell);
        QVERIFY(!shown.session.switches().head_on(static_cast<int>(layer), static_cast<int>(head)));
        QCOMPARE(shown.session.selection().pinned().layer, static_cast<int>(layer));
        QCOMPARE(shown.session.selection().pinned().head, static_cast<int>(head));
        QVERIFY(QTest::qWaitFor([&] { return !shown.session.busy(); }));
        const double change =
            target_value(chosen.target, shown.trace()) - target_value(chosen.target, *before.compared.now);
        QVERIFY2(std::abs(change - worst) < 1e-3, qPrintable(QString::number(change - worst)));
        // What is off changes nothing any more.
        const FigurePtr after = settled(heads, shown.session);
        QVERIFY(after && after != figure);
        QCOMPARE(after->heatmap()->values(static_cast<int>(layer), 1)(0, head), 0.0F);
        shown.session.undo();
        QVERIFY(shown.session.switches().head_on(static_cast<int>(layer), static_cast<int>(head)));
    }

    void onlyTheNewestSentenceIsExplained()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("tokens"));
        QVERIFY(shown.ready());
        CatalogueView *methods = viewOf(shown.page, "why-methods");
        for (const QString &word : {QStringLiteral("dog"), QStringLiteral("child"), QStringLiteral("bird")}) {
            shown.session.setText(QString(masked).replace(QStringLiteral("cat"), word));
            QTest::qWait(3);
        }
        const FigurePtr figure = settled(methods, shown.session);
        QVERIFY(figure);
        QVERIFY(figure->heatmap()->columnLabels.contains(QStringLiteral("bird")));
        QVERIFY(figure->caption.contains(QStringLiteral("the bird sat")));
    }

    void aTargetThatIsGoneSaysSo()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("tokens"));
        QVERIFY(shown.ready());
        const int sat = 3;
        QCOMPARE(shown.trace().token(sat).text, QStringLiteral("sat"));
        const TargetChoice choice{.token = anchorOf(shown.trace().encoding(), sat),
                                  .name = QStringLiteral("sat")};
        shown.session.explain(choice);
        CatalogueView *scores = viewOf(shown.page, "why-scores");
        QVERIFY(settled(scores, shown.session));
        // Elsewhere the text may change: the target goes with its word.
        shown.session.setText(QStringLiteral("now the cat sat on the [MASK] ."));
        QVERIFY(settled(scores, shown.session));
        QCOMPARE(chosenTarget(*shown.session.frame()).target.token, sat + 1);
        // But its own characters are edited.
        shown.session.setText(QStringLiteral("now the cat ran on the [MASK] ."));
        QVERIFY(QTest::qWaitFor([&] { return !shown.session.busy(); }));
        QVERIFY(settled(scores, shown.session) == nullptr);
        QVERIFY(QTest::qWaitFor([&] { return says(shown.page, QStringLiteral("is gone")); }));
        QVERIFY(shown.session.state().target->lost);
        QCOMPARE(shown.session.state().target->name, QStringLiteral("sat"));
        shown.session.undo();
        QVERIFY(settled(scores, shown.session));
        QVERIFY(QTest::qWaitFor([&] { return !says(shown.page, QStringLiteral("is gone")); }));
    }

    void aWordIsTypedIntoTheBar()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("tokens"));
        QVERIFY(shown.ready());
        const auto boxes = shown.page.findChildren<QComboBox *>();
        const auto name =
            std::find_if(boxes.begin(), boxes.end(), [](const QComboBox *box) { return box->isEditable(); });
        QVERIFY(name != boxes.end());
        // What the likeliest word is stands there.
        const QString likeliest = chosenTarget(*shown.session.frame()).choice.name;
        QVERIFY(QTest::qWaitFor([&] { return (*name)->currentText() == likeliest; }));
        (*name)->lineEdit()->setFocus();
        (*name)->lineEdit()->setText(QStringLiteral("dog"));
        QTest::keyClick((*name)->lineEdit(), Qt::Key_Return);
        QVERIFY(shown.session.state().target);
        QCOMPARE(shown.session.state().target->name, QStringLiteral("dog"));
        // What the vocabulary does not have is said.
        (*name)->lineEdit()->setText(QStringLiteral("qqzzqq"));
        QTest::keyClick((*name)->lineEdit(), Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return says(shown.page, QStringLiteral("has no piece “qqzzqq”")); }));
    }

    /// The default model with the files in which sentence-transformers say how to pool.
    void pairsOfTokensSumToTheCosine()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("pooled"));
        save_model(*default_model(), path);
        QVERIFY(QDir(path).mkdir(QStringLiteral("1_Pooling")));
        write_file(
            path + QStringLiteral("/modules.json"),
            R"([{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
                       {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}])");
        write_file(path + QStringLiteral("/1_Pooling/config.json"),
                   QStringLiteral(R"({"word_embedding_dimension": %1, "pooling_mode_mean_tokens": true})")
                       .arg(default_model()->config.d_model)
                       .toUtf8());
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("similarity"));
        shown.session.setModel(load_model(path));
        const QString a = QStringLiteral("the cat sat on the mat");
        const QString b = QStringLiteral("a dog lay on the floor");
        shown.session.setTexts(a, b, QStringLiteral("two sentences"));
        QVERIFY(shown.ready());
        CatalogueView *pairs = viewOf(shown.page, "similarity-pairs");
        const FigurePtr figure = settled(pairs, shown.session);
        QVERIFY(figure);
        const HeatmapData &map = *figure->heatmap();
        const float cosine = compare_sentences(shown.session.model(), a, b).cosine;
        QVERIFY(std::abs(map.values(0, map.rows).sum() - cosine) < 1e-5F);
        // Without a choice the similarity is what is explained, and its cells are those of the pair's tokens.
        QVERIFY(QTest::qWaitFor([&] { return says(shown.page, QStringLiteral("cosine of sentences")); }));
        QTest::mouseClick(pairs, Qt::LeftButton, {}, cellPoint(*pairs, 2, 3));
        const Selected &pinned = shown.session.selection().pinned();
        QCOMPARE(shown.trace().token(pinned.query).text, QStringLiteral("cat"));
        QCOMPARE(shown.trace().token(pinned.key).text, QStringLiteral("lay"));
        QCOMPARE(shown.trace().token(pinned.key).segment, 1);
    }

    /// Patching all of a block back gives back all of the difference.
    void partsOfTheOtherRunAreTakenBack()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("patching"));
        QVERIFY(shown.ready());
        CatalogueView *patch = viewOf(shown.page, "why-patch");
        QVERIFY(settled(patch, shown.session) == nullptr); // nothing is off
        shown.session.toggleAttention(1);
        const FigurePtr figure = settled(patch, shown.session);
        QVERIFY(figure);
        const HeatmapData &map = *figure->heatmap();
        const Matrix recovered = map.values(0, map.rows);
        const int mask = firstMask(shown.trace());
        QVERIFY(std::abs(recovered(map.rows - 1, mask) - 1.0F) < 1e-3F);
        QVERIFY(std::abs(recovered(0, mask)) < 1e-3F); // before the attention that is off
        QVERIFY(settled(viewOf(shown.page, "why-patch-heads"), shown.session));
    }

    /// A pinned run of another sentence: its tokens stand for those of this one, and the target with them.
    void partsOfAPinnedSentenceAreTaken()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("patching"));
        QVERIFY(shown.ready());
        CatalogueView *patch = viewOf(shown.page, "why-patch");
        QVERIFY(settled(patch, shown.session) == nullptr);
        shown.session.pinRun();
        shown.session.setText(QStringLiteral("now the dog sat on the [MASK] ."));
        QVERIFY(QTest::qWaitFor([&] { return !shown.session.busy(); }));
        const Frame &frame = *shown.session.frame();
        QVERIFY(frame.reference == ReferenceRun::other);
        const FigurePtr figure = settled(patch, shown.session);
        QVERIFY(figure);
        const HeatmapData &map = *figure->heatmap();
        // now | the | dog <- cat | ...: the first word has nobody to stand for it.
        QCOMPARE(map.columnLabels.at(3), QStringLiteral("dog ← cat"));
        QCOMPARE(map.columnLabels.at(4), QStringLiteral("sat"));
        QCOMPARE(map.hatchedColumns, QList<int>{1});
        QVERIFY2(figure->caption.contains(QStringLiteral("“now”")), qPrintable(figure->caption));
        const Matrix recovered = map.values(0, map.rows);
        const int mask = firstMask(shown.trace());
        QVERIFY(std::isnan(recovered(0, 1)));
        QVERIFY(std::abs(recovered(map.rows - 1, mask) - 1.0F) < 1e-3F);
        // The same word is explained in both runs, at the partner of its token.
        const ChosenTarget here = chosenTarget(comparedAs(frame, Comparison::now));
        const ChosenTarget there = chosenTarget(comparedAs(frame, Comparison::before));
        QCOMPARE(there.target.index, here.target.index);
        QCOMPARE(there.target.token, here.target.token - 1);
        QCOMPARE(there.trace->token(there.target.token).id, here.trace->token(mask).id);
        // It is of both runs, however the others are shown.
        shown.session.setComparison(Comparison::difference);
        const FigurePtr again = settled(patch, shown.session);
        QVERIFY(again);
        QCOMPARE(again->table().columns, figure->table().columns);
        QCOMPARE(again->heatmap()->values(map.rows - 1, 1)(0, mask), recovered(map.rows - 1, mask));
        QVERIFY(settled(viewOf(shown.page, "why-patch-heads"), shown.session));
        QVERIFY(says(shown.page, QStringLiteral("compared with")));

        shown.session.setText(QStringLiteral("고양이"));
        QVERIFY(QTest::qWaitFor([&] { return !shown.session.busy(); }));
        QVERIFY(settled(patch, shown.session) == nullptr); // and says which tokens
    }

    /// now − reference of two explanations, over aligned tokens; a token without a partner has none.
    void explanationsHaveADifference()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("tokens"));
        shown.session.setParameter(QStringLiteral("why-page"), QStringLiteral("method"),
                                   QStringLiteral("occlusion"));
        QVERIFY(shown.ready());
        shown.session.pinRun();
        shown.session.setText(QStringLiteral("now the dog sat on the [MASK] ."));
        shown.session.setComparison(Comparison::difference);
        CatalogueView *scores = viewOf(shown.page, "why-scores");
        const FigurePtr figure = settled(scores, shown.session);
        QVERIFY(figure);
        const Frame &frame = *shown.session.frame();
        const ChosenTarget here = chosenTarget(comparedAs(frame, Comparison::now));
        const ChosenTarget there = chosenTarget(comparedAs(frame, Comparison::before));
        const auto scoresOf = [](const ChosenTarget &chosen) {
            return token_scores(TokenMethod::occlusion, chosen.target, *chosen.trace, Baseline::mask, 50)
                .scores;
        };
        const Eigen::VectorXd now = scoresOf(here), reference = scoresOf(there);
        const auto &bars = std::get<BarsData>(figure->content);
        QCOMPARE(bars.values.size(), now.size());
        QVERIFY(std::isnan(bars.values[1])); // "now"
        for (int token = 2; token < now.size(); ++token)
            QVERIFY(std::abs(bars.values[token] - (now(token) - reference(token - 1))) < 1e-5);
        QVERIFY(figure->title.contains(QStringLiteral("reference")));
        QVERIFY(figure->caption.contains(targetTitle(here)));
        const FigurePtr methods = settled(viewOf(shown.page, "why-methods"), shown.session);
        QVERIFY(methods && methods->heatmap()->hatchedColumns == QList<int>{1});
        CatalogueView *curves = viewOf(shown.page, "why-curves");
        QVERIFY(settled(curves, shown.session) == nullptr); // and says so

        shown.session.setParameter(QStringLiteral("why-page"), QStringLiteral("tab"),
                                   QStringLiteral("heads"));
        const FigurePtr heads = settled(viewOf(shown.page, "why-heads"), shown.session);
        QVERIFY(heads);
        const SweepParts parts{.heads = true, .sublayers = false, .tokens = false, .positions = false};
        const Matrix expected =
            (sweep(here.target, *here.trace, parts).heads - sweep(there.target, *there.trace, parts).heads)
                .cast<float>();
        QVERIFY((heads->heatmap()->values(0, heads->heatmap()->rows) - expected).norm() < 1e-3F);
        shown.session.setParameter(QStringLiteral("why-page"), QStringLiteral("part"),
                                   QStringLiteral("sublayers"));
        QVERIFY(settled(viewOf(shown.page, "lens"), shown.session) ||
                settled(viewOf(shown.page, "sweep-sublayers"), shown.session));
    }

    void headsAndNeuronsAreScaledAndRunsSteered()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("steering"));
        QVERIFY(shown.ready());
        auto *panel = shown.page.findChild<SteeringPanel *>();
        QVERIFY(panel);
        const auto button = [panel](const char *name) {
            return panel->findChild<QToolButton *>(QLatin1String(name));
        };
        const auto factorOf = [panel](const char *name) {
            return panel->findChild<QDoubleSpinBox *>(QLatin1String(name));
        };
        QVERIFY(!button("steer")->isEnabled()); // there is no reference
        QVERIFY(says(shown.page, QStringLiteral("pin a run")));
        shown.session.selection().pinHead(1, 2);
        QCOMPARE(panel->findChild<QSpinBox *>(QStringLiteral("scaled-layer"))->value(), 2);
        QCOMPARE(panel->findChild<QSpinBox *>(QStringLiteral("scaled-index"))->value(), 3);
        factorOf("scaled-factor")->setValue(-1.5);
        QTest::mouseClick(button("scale"), Qt::LeftButton);
        QCOMPARE(shown.session.switches().layer(1).head_factor(2), -1.5F);
        panel->findChild<QComboBox *>(QStringLiteral("scaled"))->setCurrentIndex(1);
        panel->findChild<QSpinBox *>(QStringLiteral("scaled-index"))->setValue(17);
        QCOMPARE(shown.session.selection().pinned().neuron, 17);
        QTest::mouseClick(button("scale"), Qt::LeftButton);
        QCOMPARE(shown.session.switches().layer(1).neuron_factors, (std::map<int, float>{{17, -1.5F}}));
        QVERIFY(QTest::qWaitFor([&] { return !shown.session.busy(); }));
        const QString changes = changesText(shown.trace(), {});
        QVERIFY2(changes.contains(QStringLiteral("layer 2 head 3 × −1.5")) &&
                     changes.contains(QStringLiteral("layer 2 neuron 17 × −1.5")),
                 qPrintable(changes));
        shown.session.undo();
        shown.session.undo();
        QVERIFY(!shown.session.switches().any());
        QVERIFY(says(shown.page, QStringLiteral("Nothing is scaled")));

        // The way from one sentence to another is kept, and pushes a third one.
        shown.session.pinRun();
        shown.session.setText(QStringLiteral("the dog ran to the [MASK] ."));
        QVERIFY(QTest::qWaitFor([&] { return !shown.session.busy(); }));
        const ComparedTrace both = shown.session.shown();
        const RowVector way = steering_direction(*both.now, *both.before, 1);
        factorOf("steered-factor")->setValue(2.0);
        QTest::mouseClick(button("steer"), Qt::LeftButton);
        const LayerSwitches steered = shown.session.switches().layer(1);
        QCOMPARE(std::ssize(steered.steering), way.size());
        QVERIFY((Eigen::Map<const RowVector>(steered.steering.data(), way.size()) - way).norm() < 1e-6F);
        QCOMPARE(steered.steering_factor, 2.0F);
        shown.session.setText(QStringLiteral("a child sat on the [MASK] ."));
        QVERIFY(QTest::qWaitFor([&] { return !shown.session.busy(); }));
        const TracePtr plain = run_encoder(shown.session.model(), shown.trace().encoding());
        QVERIFY(
            (shown.trace().hidden(1) - plain->hidden(1) - (2.0F * way).replicate(plain->tokens(), 1)).norm() <
            1e-3F);
        QVERIFY(changesText(shown.trace(), {}).contains(QStringLiteral("steered after layer 2, × 2")));
        // It is part of the session's file.
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("steered.encoderscope"));
        write_file(file, sessionBytes(shown.session.state()));
        QVERIFY(readSessionFile(file, viewKinds()).input.switches == shown.session.switches());
        // Its line in the list turns it up, and takes it back.
        const auto factors = panel->findChildren<QDoubleSpinBox *>();
        const auto line = std::find_if(factors.begin(), factors.end(), [](const QDoubleSpinBox *box) {
            return !box->prefix().isEmpty() && box->isVisible();
        });
        QVERIFY(line != factors.end());
        (*line)->setValue(-1.0);
        QCOMPARE(shown.session.switches().layer(1).steering_factor, -1.0F);
        const auto buttons = panel->findChildren<QToolButton *>();
        const auto remove = std::find_if(buttons.begin(), buttons.end(), [](const QToolButton *one) {
            return one->text() == QStringLiteral("Take back") && one->isVisible();
        });
        QVERIFY(remove != buttons.end());
        QTest::mouseClick(*remove, Qt::LeftButton);
        QVERIFY(!shown.session.switches().any());
    }

    void whatSeveralFiguresShowIsComputedOnce()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("tokens"));
        QVERIFY(shown.ready());
        const ChosenTarget chosen = chosenTarget(*shown.session.frame());
        SharedScores shared;
        std::atomic<int> computed{0};
        std::array<Eigen::VectorXd, 3> found;
        {
            std::vector<std::jthread> askers;
            for (Eigen::VectorXd &scores : found)
                askers.emplace_back([&] {
                    scores = shared
                                 .scores(TokenMethod::integrated_gradients, chosen, {}, {},
                                         [&](double done) { computed += done == 1.0 ? 1 : 0; })
                                 .scores;
                });
        }
        QCOMPARE(computed.load(), 1);
        const Eigen::VectorXd expected =
            integrated_gradients(chosen.target, *chosen.trace, Baseline::mask, 50).scores;
        for (const Eigen::VectorXd &scores : found)
            QVERIFY((scores - expected).norm() < 1e-9);
        // Other settings are another answer.
        const ScoreSettings few{.steps = 5};
        QVERIFY(shared.scores(TokenMethod::integrated_gradients, chosen, few, {}, {}).scores != expected);
        // What one of them stopped, another one computes.
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_THROWS_EXCEPTION(Stopped,
                                 shared.scores(TokenMethod::occlusion, chosen, {}, stop.get_token(), {}));
        QCOMPARE(shared.scores(TokenMethod::occlusion, chosen, {}, {}, {}).scores.size(), expected.size());
    }

    /// The curve of a factor is of what is pinned, and its points multiply it for real.
    void aPointOfTheFactorsCurveIsSet()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("steering"));
        QVERIFY(shown.ready());
        shown.session.selection().pinHead(1, 2);
        CatalogueView *view = viewOf(shown.page, "steering-curve");
        const FigurePtr figure = settled(view, shown.session);
        QVERIFY(figure);
        QVERIFY2(figure->title.contains(QStringLiteral("head 3 of layer 2")), qPrintable(figure->title));
        const auto pointsOf = [](const Figure &one) {
            return std::get<ChartData>(one.content).series.front().points;
        };
        const QList<QPointF> points = pointsOf(*figure);
        QCOMPARE(points.size(), 17);
        const Target target = chosenTarget(*shown.session.frame()).target;
        const double before = target_value(target, shown.trace());
        QVERIFY(std::abs(points[12].y() - before) < 1e-4); // × 1
        QPoint place;
        for (int x = 0; x < view->width() && place.isNull(); ++x) {
            for (int y = 0; y < view->height() && place.isNull(); ++y) {
                const auto hit = view->hitAt(QPoint(x, y));
                if (hit && hit->panel == 0 && hit->row == 2)
                    place = QPoint(x, y);
            }
        }
        QVERIFY(!place.isNull());
        QTest::mouseDClick(view, Qt::LeftButton, {}, place);
        QCOMPARE(shown.session.switches().layer(1).head_factor(2), -1.5F);
        QVERIFY(QTest::qWaitFor([&] { return !shown.session.busy(); }));
        QVERIFY(std::abs(target_value(target, shown.trace()) - points[2].y()) < 1e-3);
        // Neurons, too.
        shown.session.setParameter(QStringLiteral("why-page"), QStringLiteral("scaled"),
                                   QStringLiteral("neuron"));
        shown.session.selection().pinNeuron(17);
        const FigurePtr neuron = settled(view, shown.session);
        QVERIFY(neuron);
        QVERIFY2(neuron->title.contains(QStringLiteral("neuron 17 of layer 2")), qPrintable(neuron->title));
    }

    void theLensReadsThroughFittedMaps()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("heads"));
        shown.session.setParameter(QStringLiteral("why-page"), QStringLiteral("part"),
                                   QStringLiteral("lens"));
        QVERIFY(shown.ready());
        CatalogueView *view = viewOf(shown.page, "lens");
        const FigurePtr plain = settled(view, shown.session);
        QVERIFY(plain);
        shown.session.setParameter(QStringLiteral("why-page"), QStringLiteral("reading"),
                                   QStringLiteral("fitted"));
        const FigurePtr fitted = settled(view, shown.session);
        QVERIFY(fitted && fitted != plain);
        QVERIFY2(fitted->caption.contains(QStringLiteral("fitted")), qPrintable(fitted->caption));
        const HeatmapData &before = *plain->heatmap(), &after = *fitted->heatmap();
        const int last = before.rows - 1;
        QVERIFY(before.values(last, 1) == after.values(last, 1));
        QVERIFY(before.values(0, 1) != after.values(0, 1));
        // A model without maps says so.
        auto other = std::make_shared<Model>(*default_model());
        other->name = QStringLiteral("another");
        other->weights.layers.front().query.bias = Matrix(Matrix::Ones(1, other->config.d_model));
        shown.session.setModel(other);
        QVERIFY(settled(view, shown.session) == nullptr);
    }

    void longWorkIsStoppedAndGoesOn()
    {
        Shown<WhyPage> shown;
        show(shown, QStringLiteral("tokens"));
        shown.session.setParameter(QStringLiteral("why-page"), QStringLiteral("steps"),
                                   QStringLiteral("300"));
        shown.session.setText(
            QStringLiteral("the cat sat on the mat and the dog ran to the house [MASK] ").repeated(8));
        QVERIFY(shown.ready());
        CatalogueView *methods = viewOf(shown.page, "why-methods");
        QVERIFY(QTest::qWaitFor([&] { return methods->computing(); }));
        auto *stop = shown.page.findChild<QToolButton *>(QStringLiteral("stop"));
        QVERIFY(stop && QTest::qWaitFor([&] { return stop->isVisible(); }));
        QVERIFY(methods->computing());
        QTest::mouseClick(stop, Qt::LeftButton);
        QVERIFY(!methods->computing());
        QVERIFY(methods->stopped());
        QVERIFY(methods->figure() == nullptr);
        QTest::mouseClick(stop, Qt::LeftButton);
        QVERIFY(settled(methods, shown.session));
    }
};

QTEST_MAIN(TestWhyPage)
#include "tst_why_page.moc"
