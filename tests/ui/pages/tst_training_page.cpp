// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/figure_view.h"
#include "ui/pages/training_page.h"

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>

using namespace encoderscope;

class TestTrainingPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void a_run_is_shown_and_its_first_weights_can_be_seen_again();
    void a_text_that_teaches_nothing_is_refused_in_words();
    void axes_fit_what_will_be_learned();
    void a_sentence_that_gives_way_comes_back();

private:
    template <typename Widget>
    static Widget *find(const QWidget &page, const char *name)
    {
        return page.findChild<Widget *>(QLatin1String(name));
    }
};

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

    const FigurePtr curve = find<FigureView>(page, "lossCurve")->figure();
    QVERIFY(curve);
    QCOMPARE(curve->table().rows.size(), static_cast<std::size_t>(page.run().losses().size()));

    auto *slider = find<QSlider>(page, "snapshot");
    QVERIFY(slider->isEnabled());
    const ModelPtr last = session.model();
    slider->setValue(0);
    QTRY_VERIFY(session.model() != last);
    QCOMPARE(session.model(), page.run().snapshots().front().model);
}

void TestTrainingPage::a_text_that_teaches_nothing_is_refused_in_words()
{
    Session session;
    const ModelPtr before = session.model();
    TrainingPage page(session);
    auto *preset = find<QComboBox>(page, "preset");
    preset->setCurrentIndex(1);
    Q_EMIT preset->activated(1);
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
    auto *curve = find<FigureView>(page, "lossCurve");
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
