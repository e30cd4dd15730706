// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/figure_view.h"
#include "ui/pages/training_page.h"

#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

using namespace encoderscope;

class TestTrainingPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void a_preset_shows_how_its_text_begins();
    void a_run_is_shown_and_its_first_weights_can_be_seen_again();
    void a_text_that_teaches_nothing_is_refused_in_words();
    void axes_fit_what_will_be_learned();
    void a_sentence_that_gives_way_comes_back();
    void runs_are_compared_and_any_of_them_shown();
    void a_preset_comes_with_what_it_is_to_be_compared_with();

private:
    template <typename Widget>
    static Widget *find(const QWidget &page, const char *name)
    {
        return page.findChild<Widget *>(QLatin1String(name));
    }
};

void TestTrainingPage::a_preset_shows_how_its_text_begins()
{
    Session session;
    TrainingPage page(session);
    const TrainingPlan plan = playground_plan();
    QCOMPARE(find<QPlainTextEdit>(page, "trainingText")->toPlainText(),
             plan.lines.mid(0, 12).join(QLatin1Char('\n')) + QStringLiteral("\n…"));
    QCOMPARE(find<QSpinBox>(page, "steps")->value(), plan.settings.steps);
}

void TestTrainingPage::a_run_is_shown_and_its_first_weights_can_be_seen_again()
{
    Session session;
    TrainingPage page(session);
    find<QSpinBox>(page, "steps")->setValue(60);
    QTest::mouseClick(find<QPushButton>(page, "start"), Qt::LeftButton);
    QVERIFY(page.run().active());
    QTRY_COMPARE_WITH_TIMEOUT(page.run().latest().state, TrainingRun::State::finished, 20000);
    QCOMPARE(page.run().latest().step, 60);
    QVERIFY(!page.run().losses().isEmpty());
    QVERIFY(page.run().losses().last().y() < page.run().losses().first().y());
    QTRY_COMPARE(session.model()->config.layers, 1);
    QVERIFY(find<QPushButton>(page, "start")->isEnabled());
    QVERIFY(find<QPushButton>(page, "save")->isEnabled());

    const FigurePtr curve = find<FigureView>(page, "loss")->figure();
    QVERIFY(curve);
    QCOMPARE(curve->table().rows.size(), static_cast<std::size_t>(page.run().losses().size()));

    auto *slider = find<QSlider>(page, "snapshot");
    QVERIFY(slider->isEnabled());
    const ModelPtr last = session.model();
    slider->setValue(0);
    QTRY_VERIFY(session.model() != last);
    QCOMPARE(session.model(), page.run().snapshots().front().model);
}

void TestTrainingPage::runs_are_compared_and_any_of_them_shown()
{
    Session session;
    session.setText(QStringLiteral("a 1 b 2"));
    TrainingPage page(session);
    find<QSpinBox>(page, "steps")->setValue(40);
    const QList<QAction *> choices = find<QToolButton>(page, "compare")->menu()->actions();
    QCOMPARE(choices.size(), 6);
    for (const int choice : {0, 1, 2})
        choices[choice]->setChecked(true);
    QVERIFY(!choices[3]->isEnabled()); // four runs at most
    QTest::mouseClick(find<QPushButton>(page, "start"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!page.runs().active(), 60'000);
    QCOMPARE(page.runs().count(), 4);
    for (int index = 0; index < 4; ++index) {
        QCOMPARE(page.runs().at(index).latest().state, TrainingRun::State::finished);
        QVERIFY(page.runs().at(index).losses().last().y() < page.runs().at(index).losses().first().y());
    }
    QCOMPARE(page.runs().at(1).latest().model->config.positions, Positions::none);
    QCOMPARE(page.runs().at(2).latest().model->config.activation, Activation::identity);
    QVERIFY(page.runs().at(2).losses() != page.runs().at(0).losses());
    QCOMPARE(page.runs().at(3).latest().model->config.heads, 1);

    const FigurePtr chart = find<FigureView>(page, "loss")->figure();
    QCOMPARE(std::get<ChartData>(chart->content).series.size(), std::size_t{4});
    QCOMPARE(std::get<ChartData>(chart->content).series[3].points, page.runs().at(3).losses());

    // The session shows the first, then another one, and not a step of it gets lost.
    QTRY_COMPARE(session.model(), page.runs().at(0).latest().model);
    auto *shown = find<QComboBox>(page, "shownRun");
    shown->setCurrentIndex(1);
    Q_EMIT shown->activated(1);
    QTRY_COMPARE(session.model(), page.runs().at(1).latest().model);
    QCOMPARE(std::get<ChartData>(find<FigureView>(page, "loss")->figure()->content).series[0].points,
             page.runs().at(1).losses());
    find<QSlider>(page, "snapshot")->setValue(0);
    QTRY_COMPARE(session.model(), page.runs().at(1).snapshots().front().model);
    QTRY_VERIFY(!session.busy() && session.shown());
    QCOMPARE(session.shown().trace().config().positions, Positions::none);
}

void TestTrainingPage::a_preset_comes_with_what_it_is_to_be_compared_with()
{
    Session session;
    session.setText(QStringLiteral("나는 어제 도서관에 갔다"));
    TrainingPage page(session);
    // As a lesson chooses it.
    session.setParameter(QStringLiteral("training-page"), QStringLiteral("preset"),
                         QStringLiteral("code-book"));
    QCOMPARE(find<QComboBox>(page, "preset")->currentIndex(), 1);
    QVERIFY(find<QPlainTextEdit>(page, "trainingText")->toPlainText().startsWith(QStringLiteral("a a ")));
    find<QSpinBox>(page, "steps")->setValue(20);
    QTest::mouseClick(find<QPushButton>(page, "start"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!page.runs().active(), 60'000);
    QCOMPARE(page.runs().count(), 2);
    QCOMPARE(page.runs().at(0).latest().model->config.activation, Activation::relu);
    QCOMPARE(page.runs().at(1).latest().model->config.activation, Activation::identity);
    QVERIFY(session.text().endsWith(QStringLiteral(" [MASK]")));
    session.setParameter(QStringLiteral("training-page"), QStringLiteral("preset"),
                         QStringLiteral("playground"));
    QCOMPARE(find<QComboBox>(page, "preset")->currentIndex(), 0);
    QVERIFY(!find<QToolButton>(page, "compare")->menu()->actions()[1]->isChecked());
}

void TestTrainingPage::a_text_that_teaches_nothing_is_refused_in_words()
{
    Session session;
    const ModelPtr before = session.model();
    TrainingPage page(session);
    auto *preset = find<QComboBox>(page, "preset");
    preset->setCurrentIndex(2);
    find<QPlainTextEdit>(page, "trainingText")->setPlainText(QStringLiteral(" \n\n"));
    QTest::mouseClick(find<QPushButton>(page, "start"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(page.run().latest().state, TrainingRun::State::failed, 10000);
    QVERIFY(!page.run().latest().problem.isEmpty());
    QCOMPARE(find<QLabel>(page, "trainingStatus")->text(), page.run().latest().problem);
    QVERIFY(find<QPushButton>(page, "start")->isEnabled());
    QCOMPARE(session.model(), before);
}

void TestTrainingPage::axes_fit_what_will_be_learned()
{
    Session session;
    TrainingPage page(session);
    page.show();
    session.setText(QStringLiteral("a 1 b 2"));
    QTRY_VERIFY(session.shown());
    find<QSpinBox>(page, "steps")->setValue(1234);
    auto *curve = find<FigureView>(page, "loss");
    const QImage before = curve->grab().toImage();
    find<QSpinBox>(page, "steps")->setValue(12345);
    QVERIFY(curve->grab().toImage() != before);
}

void TestTrainingPage::a_sentence_that_gives_way_comes_back()
{
    Session session;
    const ModelPtr before = session.model();
    const QString sentence = QStringLiteral("나는 어제 도서관에 갔다");
    session.setText(sentence);
    QTRY_VERIFY(session.shown());
    TrainingPage page(session);
    find<QSpinBox>(page, "steps")->setValue(20);
    QTest::mouseClick(find<QPushButton>(page, "start"), Qt::LeftButton);
    QCOMPARE(session.text(), sentence); // not before there is a model
    QTRY_COMPARE_WITH_TIMEOUT(page.run().latest().state, TrainingRun::State::finished, 60000);
    QTRY_VERIFY(!session.busy());
    QVERIFY(session.text() != sentence);
    QVERIFY(page.run().replacedSentence());
    QVERIFY(find<QLabel>(page, "trainingStatus")->text().contains(QStringLiteral("Undo")));
    const ModelPtr trained = session.model();
    QCOMPARE(trained, page.run().snapshots().back().model);
    QVERIFY(!trained->name.contains(QStringLiteral("training")));
    session.toggleMaskedToken(1);
    session.undo();
    QCOMPARE(session.model(), trained);
    session.undo();
    QCOMPARE(session.text(), sentence);
    QCOMPARE(session.model(), before);
    session.redo();
    QCOMPARE(session.model(), trained);
    // A sentence that the new vocabulary knows stays.
    const QString known = session.text();
    QTest::mouseClick(find<QPushButton>(page, "start"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(page.run().latest().state, TrainingRun::State::finished, 60000);
    QCOMPARE(session.text(), known);
    QVERIFY(!page.run().replacedSentence());
}

QTEST_MAIN(TestTrainingPage)
#include "tst_training_page.moc"
