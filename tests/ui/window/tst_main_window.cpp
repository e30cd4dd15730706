// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/predictions.h"
#include "engine/model/initial_model.h"
#include "resources/translations/language.h"
#include "tests/ui/headed_model.h"
#include "ui/map/encoder_map.h"
#include "ui/pages/figure_view.h"
#include "ui/pages/page.h"
#include "ui/pages/page_controls.h"
#include "ui/state/model_loader.h"
#include "ui/state/session_files.h"
#include "ui/state/settings.h"
#include "ui/state/view_kinds.h"
#include "ui/theme.h"
#include "ui/window/alignment_bar.h"
#include "ui/window/alignment_rows.h"
#include "ui/window/alignment_strip.h"
#include "ui/window/comparison_bar.h"
#include "ui/window/main_window.h"
#include "ui/window/pairs_bar.h"
#include "ui/window/sentence_bar.h"
#include "ui/window/sentence_edit.h"
#include "ui/window/token_strip.h"
#include "ui/window_style.h"
#include "ui/worked/worked_example.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QSignalSpy>
#include <QSlider>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QStyleFactory>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <functional>
#include <memory>
#include <vector>

using namespace encoderscope;

namespace
{

void settle(Session &session)
{
    QTRY_VERIFY_WITH_TIMEOUT(!session.busy(), 60000); // sanitizers are slow
}

QPoint middle(const QRectF &rect)
{
    return rect.center().toPoint();
}

/// What this thread has computed, in milliseconds: whatever else the machine does.
double computedHere()
{
    timespec time = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

/// The longest that this thread computed without letting the next event be handled.
class LongestEvent : public QObject
{
public:
    LongestEvent() { QCoreApplication::instance()->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *) override
    {
        const double now = computedHere();
        longest_ = std::max(longest_, now - last_);
        last_ = now;
        return false;
    }
    double milliseconds() const { return longest_; }

private:
    double last_ = computedHere();
    double longest_ = 0.0;
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double frame = 100.0; // milliseconds, under a sanitizer
#else
constexpr double frame =
    50.0; // milliseconds: 16, and more where the build is without optimization and others work beside it
#endif

/// Every action of every menu.
QList<QAction *> allActions(const QMainWindow &window)
{
    QList<QAction *> all;
    for (const QMenu *menu : window.menuBar()->findChildren<QMenu *>())
        all += menu->actions();
    return all;
}

/// Counts how often a widget is painted.
struct PaintCount : QObject {
    explicit PaintCount(QWidget *widget) { widget->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        paints += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
    int paints = 0;
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        installLanguage(QStringLiteral("en"));
        applyTheme(QStringLiteral("light"));
    }

    void init()
    {
        session_ = std::make_unique<Session>();
        loader_ = std::make_unique<ModelLoader>();
        files_ = std::make_unique<SessionFiles>(*session_, *loader_);
        window_ = std::make_unique<MainWindow>(*session_, *loader_, *files_);
        window_->resize(1280, 800);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }

    void cleanup()
    {
        window_.reset();
        files_.reset();
        loader_.reset();
        session_.reset();
    }

    void typingShowsTokensAtOnce()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat"));
        settle(*session_);
        QCOMPARE(session_->text(), QStringLiteral("the cat"));
        QCOMPARE(session_->shown().now->encoding().text, QStringLiteral("the cat"));
        QTRY_VERIFY(session_->times().shown > 0.0);
        const auto *summary = window_->findChild<QLabel *>(QStringLiteral("summary"));
        QVERIFY(summary->text().contains(QStringLiteral("%1 tokens").arg(session_->shown().now->tokens())));
        QTRY_VERIFY(summary->text().contains(QStringLiteral("after the key")));
    }

    void copiedIsWhatHasTheFocus()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat"));
        settle(*session_);
        const auto copied = [this] {
            for (QAction *action : allActions(*window_)) {
                if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C))
                    action->trigger();
            }
            return QApplication::clipboard()->text();
        };
        QVERIFY(!copied().startsWith(QStringLiteral("step\t")));
        auto *example = window_->findChild<WorkedExample *>();
        example->setFocus();
        QTRY_VERIFY(example->hasFocus());
        const QString all = copied();
        QVERIFY2(all.startsWith(QStringLiteral("step\tvector\t")), qPrintable(all.left(80)));
        QVERIFY(all.contains(QStringLiteral("Softmax")));
    }

    void startIsNoAnswerToAKey()
    {
        Session session;
        session.setText(QStringLiteral("the cat"));
        MainWindow window(session, *loader_, *files_);
        window.show();
        QTRY_VERIFY(session.times().shown > 0.0);
        const auto *summary = window.findChild<QLabel *>(QStringLiteral("summary"));
        QVERIFY(summary->text().contains(QStringLiteral("tokens")));
        QVERIFY(!summary->text().contains(QStringLiteral("after the key")));
        session.setText(QStringLiteral("the cats"));
        QTRY_VERIFY(summary->text().contains(QStringLiteral("after the key")));
    }

    void pagesHaveTabsAndShortcuts()
    {
        const auto *tabs = window_->findChild<QTabBar *>(QStringLiteral("pages"));
        QVERIFY(tabs->isVisible());
        QVERIFY(tabs->height() > 15);
        QVERIFY(tabs->count() >= 5);
        QTest::keyClick(window_.get(), Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(window_->page(), 2);
        auto *map = window_->findChild<EncoderMap *>();
        const MapItem positions = *map->itemOf({MapPart::Kind::positions});
        QTest::mouseClick(map->viewport(), Qt::LeftButton, {}, middle(positions.label));
        QCOMPARE(window_->page(), 1);
    }

    void tabsAreThereWhateverPageComesFirst()
    {
        MainWindow other(*session_, *loader_, *files_);
        other.restoreLayout();
        other.showPage(2);
        other.show();
        QVERIFY(QTest::qWaitForWindowExposed(&other));
        QVERIFY(other.findChild<QTabBar *>(QStringLiteral("pages"))->height() > 15);
    }

    void everyShortcutIsUnique()
    {
        QStringList seen;
        for (const QAction *action : allActions(*window_)) {
            for (const QKeySequence &shortcut : action->shortcuts()) {
                QVERIFY2(!seen.contains(shortcut.toString()), qPrintable(shortcut.toString()));
                seen += shortcut.toString();
            }
        }
        QVERIFY(seen.size() > 20);
    }

    void tokenChips()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat sat"));
        settle(*session_);
        auto *strip = window_->findChild<TokenStrip *>();
        QTest::mouseClick(strip->viewport(), Qt::LeftButton, {}, middle(strip->chip(2)));
        QCOMPARE(session_->selection().pinned().query, 2);
        QTest::mouseClick(strip->viewport(), Qt::LeftButton, Qt::ControlModifier, middle(strip->chip(1)));
        QCOMPARE(session_->selection().pinned().key, 1);
        QCOMPARE(session_->selection().pinned().query, 2);
        QTest::mouseClick(strip->viewport(), Qt::LeftButton, Qt::ControlModifier, middle(strip->chip(1)));
        QCOMPARE(session_->selection().pinned().key, -1);
        QTest::mouseDClick(strip->viewport(), Qt::LeftButton, {}, middle(strip->chip(1)));
        settle(*session_);
        QCOMPARE(session_->maskedTokens(), std::set<int>{1});
        QCOMPARE(session_->shown().now->attention_weights(0, 0).col(1).maxCoeff(), 0.0F);

        QVERIFY(!strip->chip(0).isNull());
        session_->setHidesSpecial(true);
        QVERIFY(strip->chip(0).isNull());
        QVERIFY(!strip->chip(1).isNull());
    }

    void whatHeadsSayStandsOverTheChips()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat sat on the mat"));
        settle(*session_);
        auto *strip = window_->findChild<TokenStrip *>();
        const int plain = strip->sizeHint().height();
        const double before = strip->chip(1).top();
        auto model = headedModel();
        model->output.answer.reset();
        model->output.discriminator.reset();
        session_->setModel(model);
        settle(*session_);
        QVERIFY(strip->sizeHint().height() > plain);
        const std::vector<TokenMark> marks = tokenMarksShown(*session_->frame());
        const std::vector<LabelledSpan> spans = labelled_spans(*session_->shown().now);
        QCOMPARE(marks.size(), spans.size());
        QVERIFY(!marks.empty());
        QTRY_VERIFY(strip->chip(1).top() > before && strip->height() >= strip->sizeHint().height());
        const QImage image = strip->viewport()->grab().toImage();
        const FigureStyle style = figureStyle(Theme::light);
        for (std::size_t index = 0; index < marks.size(); ++index) {
            QCOMPARE(marks[index].text, spans[index].label);
            QCOMPARE(marks[index].first, spans[index].first);
            QCOMPARE(marks[index].last, spans[index].last);
            // One line over the whole span, and none over what is beside it.
            const int y = static_cast<int>(strip->chip(marks[index].first).top()) - 3;
            const QRectF whole = strip->chip(marks[index].first).united(strip->chip(marks[index].last));
            if (!strip->viewport()->rect().contains(whole.toRect()))
                continue;
            for (const double x : {whole.left() + 3.0, whole.center().x(), whole.right() - 4.0})
                QCOMPARE(image.pixelColor(static_cast<int>(x), y), marks[index].colour.in(style));
            QVERIFY(image.pixelColor(static_cast<int>(whole.right()) + 2, y) !=
                    marks[index].colour.in(style));
            const AccessibleItem told = strip->accessibleItem(marks[index].first);
            QVERIFY2(told.description.contains(QStringLiteral("labelled ") + spans[index].label),
                     qPrintable(told.description));
        }

        auto replacing = headedModel();
        replacing->output.token_classification.reset();
        session_->setModel(replacing);
        session_->setTextB(QStringLiteral("a dog ran"));
        settle(*session_);
        const RowVector logits = replaced_logits(*session_->shown().now);
        const AnswerSpan best = answers(*session_->shown().now, 1).front();
        int replaced = 0;
        bool answered = false;
        for (const TokenMark &mark : tokenMarksShown(*session_->frame())) {
            if (mark.text == QStringLiteral("answer"))
                answered = mark.first == best.first && mark.last == best.last;
            else
                QVERIFY(logits[mark.first] > 0.0F && mark.first == mark.last && ++replaced > 0);
        }
        QVERIFY(answered);
        QCOMPARE(replaced, static_cast<int>((logits.array() > 0.0F).count()));
        session_->setModel(default_model());
        settle(*session_);
        QCOMPARE(strip->sizeHint().height(), plain);
    }

    void whatIsLeftOutOfAModelIsSaid()
    {
        settle(*session_);
        const auto *badge = window_->findChild<QLabel *>(QStringLiteral("leftOut"));
        QVERIFY(!badge->isVisible());
        auto model = std::make_shared<Model>(*default_model());
        model->output.left_out = QStringList{QStringLiteral("The head for <b>choice</b> is left out.")};
        model->output.sentence_problem = QStringLiteral("modules.json is missing.");
        session_->setModel(model);
        QVERIFY(badge->isVisible());
        QVERIFY2(badge->text().startsWith(QStringLiteral("2 ")), qPrintable(badge->text()));
        for (const QString &reason : model->output.left_out + QStringList{model->output.sentence_problem}) {
            QVERIFY(badge->accessibleDescription().contains(reason));
            QVERIFY2(window_->statusBar()->currentMessage().contains(reason),
                     qPrintable(window_->statusBar()->currentMessage()));
        }
        QVERIFY(badge->toolTip().contains(QStringLiteral("&lt;b&gt;")));
        session_->setModel(default_model());
        QVERIFY(!badge->isVisible());
    }

    void keysMoveTheSelection()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat sat"));
        settle(*session_);
        session_->selection().pin({.layer = 0, .head = 0, .query = 1});
        QTest::keyClick(edit(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(session_->selection().pinned().query, 2);
        QTest::keyClick(edit(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(session_->selection().pinned().layer, 1);
        QTest::keyClick(edit(), Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(session_->selection().pinned().head, 1);
        QTest::keyClick(edit(), Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(edit(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(session_->selection().pinned().layer, 0);
    }

    void comparisonIsThereWhenSomethingIsOff()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat"));
        settle(*session_);
        const auto *bar = window_->findChild<ComparisonBar *>();
        const auto choices = [bar] {
            QList<QAbstractButton *> shown;
            for (QAbstractButton *button : bar->findChildren<QAbstractButton *>()) {
                if (button->isCheckable() && button->isVisible())
                    shown.append(button);
            }
            return shown;
        };
        QVERIFY(choices().isEmpty());
        QTest::keyClick(edit(), Qt::Key_H, Qt::ControlModifier);
        settle(*session_);
        QVERIFY(session_->switches().any());
        QCOMPARE(choices().size(), 4);
        const auto *tabs = window_->findChild<QTabBar *>(QStringLiteral("pages"));
        QTest::qWait(50); // for the layout
        QVERIFY(tabs->tabRect(tabs->count() - 1).right() <= tabs->width());
        QTest::keyClick(edit(), Qt::Key_F7);
        QCOMPARE(session_->comparison(), Comparison::difference);
        QTest::keyClick(edit(), Qt::Key_0, Qt::ControlModifier);
        QVERIFY(choices().isEmpty());
        QCOMPARE(session_->comparison(), Comparison::now);
    }

    void aPinnedRunIsSeenBesideWhatIsTypedNext()
    {
        window_->showPage(2); // attention
        QTest::keyClicks(edit(), QStringLiteral("the cat sat"));
        settle(*session_);
        QTest::keyClick(edit(), Qt::Key_F9);
        const TracePtr pinned = session_->shown().now;
        edit()->selectAll();
        QTest::keyClicks(edit(), QStringLiteral("the old dog sat"));
        settle(*session_);
        QCOMPARE(session_->shown().before, pinned); // no key made another run of it
        QTest::keyClick(edit(), Qt::Key_F8);
        const auto *differs = window_->statusBar()->findChild<QLabel *>(QStringLiteral("difference"));
        QVERIFY2(differs->text().contains(QStringLiteral("old")) &&
                     differs->text().contains(QStringLiteral("cat")),
                 qPrintable(differs->text()));
        auto *view = window_->findChild<FigureView *>(QStringLiteral("attention"));
        QTRY_VERIFY(!view->late());
        const FigurePtr both = view->figure();
        QVERIFY(both && both->pair());
        QVERIFY(both->pair()->now->title.contains(QStringLiteral("old dog")));
        QVERIFY(both->pair()->reference->title.contains(QStringLiteral("the cat")));
        QCOMPARE(both->pair()->now->heatmap()->rows, session_->shown().now->tokens());
        QCOMPARE(both->pair()->reference->heatmap()->rows, pinned->tokens());

        // A click on "sat" in the reference pins the one in the run.
        const int wanted = session_->shown().now->tokens() - 2;
        bool clicked = false;
        for (int y = view->height() - 1; y > 0 && !clicked; y -= 3) {
            for (int x = view->width() - 1; x > view->width() / 2 && !clicked; x -= 3) {
                const auto hit = view->hitAt(QPointF(x, y));
                if (!hit || !hit->ofReference || hit->row != pinned->tokens() - 2)
                    continue;
                QTest::mouseClick(view, Qt::LeftButton, {}, QPoint(x, y));
                clicked = true;
            }
        }
        QVERIFY(clicked);
        QCOMPARE(session_->selection().pinned().query, wanted);

        // One zoom for both, with the wheel over either.
        const QPoint at = view->rect().center() + QPoint(view->width() / 5, 0);
        QWheelEvent turn(at, view->mapToGlobal(at), {}, QPoint(0, 240), Qt::NoButton, Qt::NoModifier,
                         Qt::NoScrollPhase, false);
        QApplication::sendEvent(view, &turn);
        QVERIFY(view->zoomed());

        QTest::keyClick(edit(), Qt::Key_F7);
        QTRY_VERIFY(!view->late());
        const FigurePtr difference = view->figure();
        QVERIFY(difference && difference->heatmap());
        QVERIFY(!difference->heatmap()->hatchedRows.isEmpty()); // "old"
        QTest::keyClick(edit(), Qt::Key_F6);
        QTRY_VERIFY(!view->late());
        QCOMPARE(view->figure()->heatmap()->rows, pinned->tokens());
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier); // the typing
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
        settle(*session_);
        QVERIFY(session_->shown());
    }

    void partnersThatKeepTheirOrderAreLevel()
    {
        // a b c d, and b x a d: of "a" and "b" one crosses.
        const TokenAlignment alignment{
            {{{0}, {2}, true}, {{1}, {0}, true}, {{2}, {}, false}, {{}, {1}, false}, {{3}, {3}, true}}, 4, 4};
        const AlignmentRows rows =
            alignmentRows(alignment, {10.0, 10.0, 10.0, 10.0}, {10.0, 10.0, 20.0, 10.0}, 2.0);
        QCOMPARE(rows.now, (std::vector<double>{0.0, 12.0, 24.0, 58.0}));
        QCOMPARE(rows.reference, (std::vector<double>{12.0, 24.0, 36.0, 58.0}));
        QCOMPARE(rows.width, 70.0);
    }

    void tokensAreDraggedToTheirPartners()
    {
        auto *bar = window_->findChild<AlignmentBar *>();
        auto *button = window_->findChild<QAbstractButton *>(QStringLiteral("alignment"));
        QTest::keyClicks(edit(), QStringLiteral("the old cat sat"));
        settle(*session_);
        QTest::keyClick(edit(), Qt::Key_F9);
        settle(*session_);
        QTest::keyClick(edit(), Qt::Key_F4);
        QVERIFY(!bar->isVisible() && !button->isVisible()); // the same tokens
        QTest::keyClick(edit(), Qt::Key_F4);
        edit()->selectAll();
        QTest::keyClicks(edit(), QStringLiteral("the big dog sat"));
        settle(*session_);
        QVERIFY(!bar->isVisible() && button->isVisible());
        button->click();
        QVERIFY(bar->isVisible());
        QTest::keyClick(edit(), Qt::Key_F4);
        QVERIFY(!bar->isVisible());
        QTest::keyClick(edit(), Qt::Key_F4);
        QTest::qWait(50); // for the layout
        auto *strip = bar->findChild<AlignmentStrip *>();
        const auto partner = [this](int token) { return referenceToken(session_->shown(), token); };
        QCOMPARE(session_->shown().now->token(3).text, QStringLiteral("dog"));
        QCOMPARE(session_->shown().before->token(2).text, QStringLiteral("old"));
        QCOMPARE(partner(3), 3);
        QVERIFY(strip->chip({false, 2}).left() == strip->chip({true, 2}).left()); // partners are level

        // "dog" is dragged onto "old": "big" and "cat" are left alone, and it is said.
        const auto drag = [strip](const AlignmentStrip::Place &from, const AlignmentStrip::Place &to) {
            const QPoint begin = middle(strip->chip(from));
            const QPoint end = middle(strip->chip(to));
            QTest::mousePress(strip->viewport(), Qt::LeftButton, {}, begin);
            QTest::mouseMove(strip->viewport(), (begin + end) / 2);
            QTest::mouseMove(strip->viewport(), end);
            QTest::mouseRelease(strip->viewport(), Qt::LeftButton, {}, end);
        };
        drag({false, 3}, {true, 2});
        settle(*session_);
        QCOMPARE(partner(3), 2);
        QCOMPARE(partner(2), -1);
        const auto *hint = bar->findChild<QLabel *>(QStringLiteral("hint"));
        QVERIFY2(hint->text().contains(QStringLiteral("“big”")) &&
                     hint->text().contains(QStringLiteral("“cat”")) &&
                     !hint->text().contains(QStringLiteral("dog")),
                 qPrintable(hint->text()));
        drag({true, 3}, {false, 2});
        settle(*session_);
        QCOMPARE(partner(2), 3);
        const std::size_t both = session_->state().matches.size();
        drag({false, 2}, {false, 3}); // in its own row, and beside the rows: nothing
        QTest::mousePress(strip->viewport(), Qt::LeftButton, {}, middle(strip->chip({false, 1})));
        QTest::mouseRelease(strip->viewport(), Qt::LeftButton, {}, strip->viewport()->rect().bottomRight());
        QCOMPARE(session_->state().matches.size(), both);

        // By the keyboard, and as a screen reader hears it.
        strip->setFocus();
        QTest::keyClick(strip, Qt::Key_Right); // from "the", which was pressed last, to "big"
        QTest::keyClick(strip, Qt::Key_Return);
        const QAccessibleInterface *told = QAccessible::queryAccessibleInterface(strip);
        QCOMPARE(told->childCount(), session_->shown().now->tokens() + session_->shown().before->tokens());
        QCOMPARE(told->child(2)->text(QAccessible::Name),
                 AlignmentStrip::tr("token %1 of the run: “%2”").arg(2).arg(QStringLiteral("big")));
        QCOMPARE(told->child(2)->text(QAccessible::Value), AlignmentStrip::tr("taken up"));
        QVERIFY(told->child(2)->text(QAccessible::Description).contains(QStringLiteral("cat")));
        QTest::keyClick(strip, Qt::Key_Escape); // puts it down again
        QVERIFY(told->child(2)->text(QAccessible::Value).isEmpty());
        QTest::keyClick(strip, Qt::Key_Up);
        QTest::keyClick(strip, Qt::Key_Return);
        QTest::keyClick(strip, Qt::Key_Left); // from "cat" to "old"
        QTest::keyClick(strip, Qt::Key_Return);
        settle(*session_);
        QCOMPARE(partner(2), 2);
        QTest::keyClick(strip, Qt::Key_Delete); // "old" has none
        settle(*session_);
        QCOMPARE(partner(2), -1);

        // One action takes all back, and can be undone itself.
        auto *automatic = bar->findChild<QAbstractButton *>(QStringLiteral("automatic"));
        QVERIFY(automatic->isEnabled());
        automatic->click();
        settle(*session_);
        QVERIFY(!automatic->isEnabled());
        QCOMPARE(partner(3), 3);
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
        settle(*session_);
        QCOMPARE(partner(2), -1);
        QTest::keyClick(edit(), Qt::Key_0, Qt::ControlModifier);
        session_->compareWith({});
        QVERIFY(!bar->isVisible() && !button->isVisible());
    }

    void everyPageCanBeLookedAtInEveryWay()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat sat"));
        settle(*session_);
        QTest::keyClick(edit(), Qt::Key_F9);
        QTest::keyClicks(edit(), QStringLiteral(" on the old mat"));
        settle(*session_);
        for (const Qt::Key key : {Qt::Key_F8, Qt::Key_F7, Qt::Key_F6, Qt::Key_F5}) {
            QTest::keyClick(edit(), key);
            for (int page = 0; page < window_->pageTitles().size(); ++page) {
                window_->showPage(page);
                QCoreApplication::processEvents();
                window_->grab();
            }
        }
        QCOMPARE(session_->comparison(), Comparison::now);
    }

    void everyTickOfALayerSliderIsWhatItSays()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat"));
        settle(*session_);
        session_->pinRun();
        auto deeper = std::make_shared<Model>(*default_model());
        deeper->config.layers += 2;
        deeper->weights = initial_weights(deeper->config, 1);
        session_->setModel(deeper);
        session_->setComparison(Comparison::sideBySide);
        settle(*session_);
        QVERIFY(session_->shown().now->layers() != session_->shown().before->layers());
        const auto *bar = window_->findChild<ComparisonBar *>();
        const auto *layers = bar->findChild<LayerSlider *>();
        QVERIFY(layers->isVisible());
        auto *slider = layers->findChild<QSlider *>();
        QCOMPARE(slider->maximum() - slider->minimum() + 1, session_->shown().before->layers());
        const auto *said = layers->findChild<QLabel *>();
        for (int layer = 1; layer <= session_->shown().before->layers(); ++layer) {
            slider->setValue(slider->minimum() + layer - 1);
            settle(*session_);
            QCOMPARE(slider->value(), slider->minimum() + layer - 1); // it stays there
            QCOMPARE(said->text(), QStringLiteral("layer %1").arg(layer));
        }
    }

    void aClickOnATickGoesThere()
    {
        WindowStyle style;
        LayerSlider layers;
        auto *slider = layers.findChild<QSlider *>();
        slider->setStyle(&style);
        layers.showLayer(-1, 4);
        layers.show();
        QVERIFY(QTest::qWaitForWindowExposed(&layers));
        QSignalSpy chosen(&layers, &LayerSlider::layerChanged);
        const int handle = style.pixelMetric(QStyle::PM_SliderLength, nullptr, slider);
        for (const int layer : {3, 0, 2, -1, 1}) {
            const int x =
                QStyle::sliderPositionFromValue(-1, 3, layer, slider->width() - handle) + handle / 2;
            QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(x, slider->height() / 2));
            QCOMPARE(slider->value(), layer);
            QVERIFY(!chosen.isEmpty());
            QCOMPARE(chosen.takeLast().front().toInt(), layer);
        }
    }

    void minimalPairsAreSteppedThrough()
    {
        auto *bar = window_->findChild<PairsBar *>();
        QVERIFY(!bar->isVisible());
        QTest::keyClick(edit(), Qt::Key_F3);
        settle(*session_);
        QVERIFY(bar->isVisible());
        QVERIFY(bar->pairs().size() >= 20);
        QCOMPARE(session_->text(), bar->pairs()[0].first);
        QCOMPARE(session_->shown().now->encoding().text, bar->pairs()[0].first);
        QCOMPARE(session_->shown().before->encoding().text, bar->pairs()[0].second);
        QCOMPARE(session_->comparison(), Comparison::sideBySide);
        QCOMPARE(bar->findChild<QLabel *>(QStringLiteral("look"))->text(), bar->pairs()[0].look);
        QTest::keyClick(edit(), Qt::Key_F3, Qt::ShiftModifier);
        settle(*session_);
        QCOMPARE(session_->text(), bar->pairs().back().first);

        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("mine.tsv"));
        const auto write = [&path](const QByteArray &bytes) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
        };
        QString said;
        connect(bar, &PairsBar::failed, this, [&said](const QString &message) { said = message; });
        write("one cat\ttwo cats\tcats\nbroken line\n");
        bar->open(path);
        QVERIFY2(said.contains(QStringLiteral("mine.tsv")) && said.contains(QLatin1Char('2')),
                 qPrintable(said));
        QVERIFY(bar->pairs().size() >= 20); // kept
        write("one cat\ttwo cats\tcats\n");
        bar->open(path);
        settle(*session_);
        QCOMPARE(session_->shown().before->encoding().text, QStringLiteral("two cats"));
    }

    void aDroppedFileOfPairsIsOpened()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("mine.tsv"));
        const auto drop = [&](const QByteArray &bytes) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
            file.close();
            QMimeData dropped;
            dropped.setUrls({QUrl::fromLocalFile(path)});
            QDragEnterEvent enter({50, 50}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(window_.get(), &enter);
            QVERIFY(enter.isAccepted());
            QDropEvent event({50, 50}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(window_.get(), &event);
        };
        auto *bar = window_->findChild<PairsBar *>();
        // 10,000 pairs keep nobody waiting, and sentences of any length have a short title.
        const QByteArray many =
            "one cat\ttwo cats\n" + QByteArray(20'000, 'x') + "\ty\n" + QByteArray("a\tb\n").repeated(9'998);
        LongestEvent longest;
        drop(many);
        settle(*session_);
        qInfo("the longest event: %.1f ms", longest.milliseconds());
        QVERIFY2(longest.milliseconds() < frame, "the window waited");
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->pairs().size(), std::size_t{10'000});
        QCOMPARE(session_->text(), QStringLiteral("one cat"));
        auto *titles = bar->findChild<QComboBox *>();
        QCOMPARE(titles->count(), 10'000);
        QVERIFY2(titles->itemText(1).size() < 200, qPrintable(titles->itemText(1)));

        drop("one cat\ttwo cats\nbroken\xFF\n");
        auto *box = window_->findChild<QMessageBox *>();
        QVERIFY(box);
        QVERIFY2(box->text().contains(QStringLiteral("mine.tsv")) &&
                     box->text().contains(QStringLiteral("Line 2")) &&
                     box->text().contains(QStringLiteral("0xff")),
                 qPrintable(box->text()));
        box->close();
        QCOMPARE(bar->pairs().size(), std::size_t{10'000}); // kept
        QCOMPARE(session_->text(), QStringLiteral("one cat"));
    }

    void headsAreChosenInTheMap()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat sat"));
        settle(*session_);
        auto *map = window_->findChild<EncoderMap *>();
        const auto item = map->itemOf({MapPart::Kind::head, 0, 2});
        QVERIFY(item);
        QTest::mouseClick(map->viewport(), Qt::LeftButton, Qt::ControlModifier, middle(item->thumbnail));
        settle(*session_);
        auto *view = window_->findChild<FigureView *>(QStringLiteral("several-heads"));
        QVERIFY(view->isVisible());
        QTRY_VERIFY(!view->late());
        const auto *grid = std::get_if<HeatmapGrid>(&view->figure()->content);
        QVERIFY(grid);
        QCOMPARE(static_cast<int>(grid->panels.size()), 2); // the pinned one and the chosen one
        QVERIFY(grid->titles.contains(QStringLiteral("L1 H3")));
    }

    void undoMeansWhatWasDoneLast()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat"));
        settle(*session_);
        QTest::keyClick(edit(), Qt::Key_H, Qt::ControlModifier);
        QVERIFY(session_->switches().any());
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!session_->switches().any());
        QCOMPARE(session_->text(), QStringLiteral("the cat"));
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(session_->switches().any());
        QTest::keyClicks(edit(), QStringLiteral("s"));
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(session_->switches().any());
        QVERIFY(session_->text() != QStringLiteral("the cats"));
    }

    void theCrossClearsTheSentence()
    {
        auto *cross = edit()->findChild<QToolButton *>();
        QVERIFY(!cross->isVisible());
        QTest::keyClicks(edit(), QStringLiteral("the cat"));
        QTRY_VERIFY(cross->isVisible());
        QTest::mouseClick(cross, Qt::LeftButton);
        QCOMPARE(edit()->text(), QString());
        QTRY_VERIFY(!cross->isVisible());
        settle(*session_);
        QCOMPARE(session_->text(), QString());
        session_->undo();
        QCOMPARE(session_->text(), QStringLiteral("the cat"));
    }

    void typingGoesOnWhereTheCursorIs()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat"));
        QTest::keyClick(edit(), Qt::Key_Home);
        QTest::keyClicks(edit(), QStringLiteral("oh "));
        QCOMPARE(session_->text(), QStringLiteral("oh the cat"));
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(edit()->text(), QStringLiteral("the cat"));
        QCOMPARE(edit()->cursorPosition(), 0);
        QTest::keyClick(edit(), Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClicks(edit(), QStringLiteral("T"));
        QCOMPARE(session_->text(), QStringLiteral("The cat"));
        settle(*session_);
    }

    void droppedFolderIsOpened()
    {
        const QString folder =
            QDir(QStringLiteral(ENCODERSCOPE_TEST_DATA "/checkpoints/bert")).absolutePath();
        QMimeData dropped;
        dropped.setUrls({QUrl::fromLocalFile(folder + QStringLiteral("/config.json"))});
        QDragEnterEvent enter({50, 50}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window_.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({50, 50}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window_.get(), &drop);
        QVERIFY(drop.isAccepted());
        QCOMPARE(loader_->opening(), folder);
        loader_->cancel();

        QMimeData other;
        other.setUrls({QUrl::fromLocalFile(QDir::tempPath())});
        QDragEnterEvent refused({50, 50}, Qt::CopyAction, &other, Qt::LeftButton, Qt::NoModifier);
        refused.ignore();
        QApplication::sendEvent(window_.get(), &refused);
        QVERIFY(!refused.isAccepted());
    }

    void languageChangesWhileRunning()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat"));
        settle(*session_);
        const QString english = window_->menuBar()->actions().first()->text();
        installLanguage(QStringLiteral("ko"));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(window_->menuBar()->actions().first()->text(), QStringLiteral("파일(&F)"));
        QVERIFY(
            window_->findChild<QLabel *>(QStringLiteral("summary"))->text().contains(QStringLiteral("토큰")));
        installLanguage(QStringLiteral("en"));
        QCoreApplication::sendPostedEvents();
        QCOMPARE(window_->menuBar()->actions().first()->text(), english);
    }

    void themesChangeWhileRunning()
    {
        const auto ground = [this] { return window_->grab().toImage().pixelColor(4, 400).lightness(); };
        QVERIFY(ground() > 200);
        applyTheme(QStringLiteral("dark"));
        QCoreApplication::sendPostedEvents();
        QVERIFY(ground() < 60);
        applyTheme(QStringLiteral("light"));
        QCoreApplication::sendPostedEvents();
    }

    void sessionsAreSavedAndOpened()
    {
        QTemporaryDir folder;
        QTest::keyClicks(edit(), QStringLiteral("the cat"));
        settle(*session_);
        QTest::keyClick(edit(), Qt::Key_H, Qt::ControlModifier);
        window_->showPage(4);
        const QString file = folder.filePath(QStringLiteral("a.encoderscope"));
        files_->save(file);
        QVERIFY(window_->windowTitle().startsWith(QStringLiteral("a ")));
        QTest::keyClicks(edit(), QStringLiteral("s"));
        window_->showPage(0);
        QMimeData dropped;
        dropped.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter({50, 50}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window_.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({50, 50}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window_.get(), &drop);
        QCOMPARE(edit()->text(), QStringLiteral("the cat"));
        QTRY_COMPARE(window_->page(), 4);
        QVERIFY(session_->switches().any());
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(edit()->text(), QStringLiteral("the cats"));
        QTRY_COMPARE(window_->page(), 0);
    }

    void aMissingModelCanBeFoundOrDoneWithout()
    {
        const auto *bar = window_->findChild<QWidget *>(QStringLiteral("missingModel"));
        QVERIFY(!bar->isVisible());
        SessionState state;
        state.input.text = QStringLiteral("the cat");
        state.input.reference = {ModelReference::Kind::folder, QStringLiteral("/nowhere/<b>model</b>"), {}};
        files_->begin(state);
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(!window_->grab().isNull());
        const auto *message = window_->findChild<QLabel *>(QStringLiteral("missingModelMessage"));
        QVERIFY(message->text().contains(QStringLiteral("/nowhere/<b>model</b>")));
        QCOMPARE(message->textFormat(), Qt::PlainText);
        QCOMPARE(edit()->text(), QStringLiteral("the cat"));
        for (int page = 0; page < window_->pageTitles().size(); ++page) {
            window_->showPage(page);
            QVERIFY(!window_->grab().isNull());
        }
        loader_->open(QString());
        QTRY_VERIFY(session_->shown());
        QVERIFY(!bar->isVisible());
    }

    void aPastedMegabyteIsCut()
    {
        const QString pasted = QStringLiteral("word 문장 ").repeated(125'000);
        QApplication::clipboard()->setText(pasted);
        LongestEvent longest;
        const double before = computedHere();
        QTest::keyClick(edit(), Qt::Key_V, Qt::ControlModifier);
        const double blocked = computedHere() - before;
        qInfo("a pasted megabyte: %.1f ms", blocked);
        QVERIFY2(blocked < frame, "the window waited");
        QCOMPARE(session_->text(), pasted.left(session_->longestText()));
        QCOMPARE(edit()->text(), session_->text());
        QVERIFY(window_->statusBar()->currentMessage().contains(
            QLocale().toString(pasted.size() - session_->longestText())));
        settle(*session_);
        QTest::qWait(300);
        qInfo("the longest event: %.1f ms", longest.milliseconds());
        QVERIFY2(longest.milliseconds() < frame, "the window waited");
    }

    void aLongLineIsNotShapedButForWhatNeedsIt()
    {
        const auto shaped = [this] { return (edit()->font().styleStrategy() & QFont::PreferNoShaping) == 0; };
        QVERIFY(shaped());
        session_->setText(QStringLiteral("word 문장 ").repeated(500));
        QVERIFY(!shaped());
        edit()->insert(QStringLiteral("e\u0301"));
        QVERIFY(shaped());
        session_->setText(QStringLiteral("word 문장 ").repeated(500) + QStringLiteral("\u1112\u1161\u11ab"));
        QVERIFY(shaped());
        session_->setText(QStringLiteral("word"));
        QVERIFY(shaped());
    }

    void eachEditPaintsEachVisibleFigureOnce()
    {
        QTest::keyClicks(edit(), QStringLiteral("the cat sat"));
        settle(*session_);
        const std::vector<std::pair<const char *, std::function<void()>>> edits{
            {"text", [this] { session_->setText(session_->text() + QStringLiteral(" on")); }},
            {"switch", [this] { session_->toggleHead(0, 0); }},
            {"difference", [this] { session_->setComparison(Comparison::difference); }},
            {"undo", [this] { session_->undo(); }},
            {"token", [this] { session_->toggleMaskedToken(2); }}};
        for (int page = 0; page < 5; ++page) {
            window_->showPage(page);
            for (const auto &[name, edit] : edits) {
                settle(*session_);
                QTest::qWait(150); // what is computed beside the window has come
                std::vector<std::unique_ptr<PaintCount>> counts;
                for (FigureView *view : window_->findChildren<FigureView *>()) {
                    if (!view->visibleRegion().isEmpty())
                        counts.push_back(std::make_unique<PaintCount>(view));
                }
                QVERIFY(!counts.empty());
                edit();
                settle(*session_);
                QTest::qWait(150);
                for (const auto &count : counts) {
                    const QString what = QStringLiteral("%1 on page %2: painted %3 times")
                                             .arg(QLatin1String(name))
                                             .arg(page)
                                             .arg(count->paints);
                    // The positions are the model's: no edit of the text changes them.
                    QVERIFY2(page == 1 ? count->paints <= 1 : count->paints == 1, qPrintable(what));
                }
            }
        }
    }

    void saysThatWeightsAreUntrained()
    {
        const auto *badge = window_->findChild<QLabel *>(QStringLiteral("untrained"));
        QCOMPARE(badge->isVisible(), !session_->model()->trained);
    }

    void aMissingModelIsAClearMessage()
    {
        QString message;
        connect(loader_.get(), &ModelLoader::failed, this, [&](const QString &text) { message = text; });
        const ModelPtr before = session_->model();
        loader_->open(QStringLiteral("/nowhere/at/all"));
        QTRY_VERIFY(!message.isEmpty());
        QVERIFY(message.contains(QStringLiteral("/nowhere/at/all")));
        QCOMPARE(session_->model(), before);
    }

    void comesBackAsItWasClosed()
    {
        QTest::keyClicks(edit(), QStringLiteral("a red rose"));
        settle(*session_);
        window_->showPage(3);
        // Later versions of Qt shrink what is larger than the screen, which is small here.
        window_->resize(QSize(1100, 700).boundedTo(window_->screen()->availableSize() - QSize(20, 60)));
        const QSize size = window_->size();
        window_->close();
        Session next;
        SessionFiles files(next, *loader_);
        MainWindow again(next, *loader_, files);
        again.restoreLayout();
        files.begin(SessionFiles::last({}));
        QCOMPARE(next.text(), QStringLiteral("a red rose"));
        QCOMPARE(again.page(), 3);
        again.show(); // only then no narrower than what it shows, as this one was
        QTRY_COMPARE(again.size(), size);
    }

    void whatPagesShowComesBack()
    {
        QTest::keyClicks(edit(), QStringLiteral("a red rose"));
        settle(*session_);
        window_->showPage(2);
        const auto tabsOf = [](MainWindow &window) {
            QList<int> open;
            for (const QTabWidget *tabs : window.findChildren<QTabWidget *>())
                open.append(tabs->currentIndex());
            return open;
        };
        const auto choicesOf = [](MainWindow &window) {
            QStringList all;
            for (const QComboBox *box :
                 window.findChildren<QStackedWidget *>().first()->findChildren<QComboBox *>())
                all.append(box->currentText());
            all.sort(); // which page comes first depends on which was shown last
            return all;
        };
        QTRY_COMPARE(window_->findChildren<Page *>().size(), pageNames().size());
        for (QTabWidget *tabs : window_->findChildren<QTabWidget *>())
            tabs->setCurrentIndex(1);
        QComboBox *quantity = nullptr;
        for (QComboBox *box : window_->findChildren<QComboBox *>()) {
            if (box->isVisible() && box->findText(QStringLiteral("raw scores")) >= 0)
                quantity = box;
        }
        QVERIFY(quantity);
        quantity->setCurrentIndex(2);
        settle(*session_);
        const QList<int> open = tabsOf(*window_);
        const QStringList choices = choicesOf(*window_);
        QVERIFY(open.size() >= 4 && open.count(1) == open.size());
        window_->close();

        Session next;
        SessionFiles files(next, *loader_);
        MainWindow again(next, *loader_, files);
        QVERIFY(tabsOf(again) != open);
        files.begin(SessionFiles::last({}));
        again.show();
        settle(next);
        QTRY_COMPARE(again.findChildren<Page *>().size(), pageNames().size());
        for (int page = 0; page < 5; ++page) {
            again.showPage(page); // what depends on the model is filled in when it is seen
            QTest::qWait(20);
        }
        QCOMPARE(tabsOf(again), open);
        QCOMPARE(choicesOf(again), choices);
    }

    void onlyPagesThatAreNeededAreWaitedFor()
    {
        Session next;
        SessionFiles files(next, *loader_);
        MainWindow window(next, *loader_, files);
        QCOMPARE(window.findChildren<Page *>().size(), 2); // the one shown and the training
        window.show();
        window.showPage(static_cast<int>(pageNames().indexOf(QStringLiteral("weights"))));
        QCOMPARE(window.findChildren<Page *>().size(), 3);
        next.setText(QStringLiteral("a red rose"));
        settle(next);
        QTRY_COMPARE(window.findChildren<Page *>().size(), pageNames().size());
    }

    void aVeryLongTextDoesNotBlock()
    {
        edit()->setFocus();
        edit()->selectAll();
        QElapsedTimer timer;
        timer.start();
        session_->setText(QStringLiteral("문장 word ").repeated(12'500));
        const qint64 blocked = timer.elapsed();
        qInfo("100,000 characters: %lld ms in the UI thread", static_cast<long long>(blocked));
        settle(*session_);
        QVERIFY(session_->shown().now->encoding().cut_a > 0);
        QVERIFY(
            window_->findChild<QLabel *>(QStringLiteral("summary"))->text().contains(QStringLiteral("cut")));
    }

private:
    SentenceEdit *edit() const { return window_->findChild<SentenceBar *>()->sentenceA(); }

    std::unique_ptr<Session> session_;
    std::unique_ptr<ModelLoader> loader_;
    std::unique_ptr<SessionFiles> files_;
    std::unique_ptr<MainWindow> window_;
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
