// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/translations/language.h"
#include "tests/every_page.h"
#include "tests/opened_window.h"
#include "tests/ui/figures/text_recorder.h"
#include "ui/figures/figure_renderer.h"
#include "ui/figures/figure_text.h"
#include "ui/help/context_help.h"
#include "ui/help/help_texts.h"
#include "ui/help/help_window.h"
#include "ui/interface_scale.h"
#include "ui/lessons/lesson_guide.h"
#include "ui/lessons/lesson_panel.h"
#include "ui/lessons/live_numbers.h"
#include "ui/lessons/rich_label.h"
#include "ui/pages/figure_view.h"
#include "ui/state/model_loader.h"
#include "ui/state/session_file.h"
#include "ui/state/session_files.h"
#include "ui/state/settings.h"
#include "ui/state/view_kinds.h"
#include "ui/theme.h"
#include "ui/window/lesson_pointer.h"
#include "ui/window/main_window.h"
#include "ui/window/menus.h"
#include "ui/window/presentation.h"
#include "ui/window/sentence_edit.h"
#include "ui/window_style.h"
#include "ui/worked/worked_example.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QHelpEvent>
#include <QJsonDocument>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QTextDocumentFragment>
#include <QToolButton>
#include <QToolTip>
#include <QWhatsThis>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

using namespace encoderscope;

namespace
{

const QString english = QStringLiteral("The animal didn't cross the street because it was too tired.");
const QString korean = QStringLiteral("나는 어제 친구와 영화를 보았다.");

/// Every field of `wanted` is in `found` as it says there.
QString missingField(const QJsonObject &wanted, const QJsonObject &found, const QString &where = {})
{
    for (auto field = wanted.begin(); field != wanted.end(); ++field) {
        const QString place = where + QLatin1Char('.') + field.key();
        const QJsonValue now = found.value(field.key());
        if (field->isObject() && field.key() != QStringLiteral("switches")) {
            const QString missing = missingField(field->toObject(), now.toObject(), place);
            if (!missing.isEmpty())
                return missing;
        } else if (field->isArray()) {
            // A session's file says more of each layer than a lesson does.
            for (qsizetype i = 0; i < field->toArray().size(); ++i) {
                const QString missing =
                    missingField(field->toArray()[i].toObject(), now.toArray()[i].toObject(), place);
                if (!missing.isEmpty())
                    return missing;
            }
        } else if (!field->isObject() && now != *field) {
            return place;
        }
    }
    return {};
}

/// Where keys go: to the sentence, as at the start.
QWidget *keys(const QWidget &window)
{
    return window.findChild<SentenceEdit *>();
}

/// What a reader would see cut off: text of labels and buttons wider or higher than they are.
QStringList clippedTexts(const QWidget &window)
{
    QStringList clipped;
    const auto check = [&](const QWidget *widget, const QString &text, const QSize &needed) {
        if (widget->isVisible() && !text.isEmpty() &&
            (needed.width() > widget->width() + 1 || needed.height() > widget->height() + 1))
            clipped.append(QStringLiteral("%1 “%2”: %3 × %4 in %5 × %6")
                               .arg(QLatin1String(widget->metaObject()->className()), text.left(60))
                               .arg(needed.width())
                               .arg(needed.height())
                               .arg(widget->width())
                               .arg(widget->height()));
    };
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        if (label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored && !label->wordWrap())
            continue; // as wide as the page, whatever it says
        if (label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored &&
            label->minimumHeight() == label->maximumHeight())
            continue; // as high as its longest text
        const QSize needed =
            label->wordWrap() ? QSize(label->minimumSizeHint().width(), label->heightForWidth(label->width()))
                              : label->sizeHint();
        check(label, label->text(), needed);
    }
    for (const QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
        const auto *tool = qobject_cast<const QToolButton *>(button);
        if (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull())
            continue; // its text is for a screen reader
        const QFontMetrics metrics(button->font());
        const QString text = QString(button->text()).remove(QLatin1Char('&'));
        check(button, text, QSize(metrics.horizontalAdvance(text), metrics.height() - 2));
    }
    for (const QComboBox *box : window.findChildren<QComboBox *>()) {
        if (box->isEditable())
            continue; // its text is moved with the cursor
        QStyleOptionComboBox option;
        option.initFrom(box);
        option.subControls = QStyle::SC_All;
        option.currentText = box->currentText();
        const QRect field =
            box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box);
        const QFontMetrics metrics(box->font());
        const QSize around = box->size() - field.size();
        check(box, box->currentText(),
              QSize(metrics.horizontalAdvance(box->currentText()), metrics.height() - 2) + around);
    }
    const auto *pages = window.findChild<QTabBar *>(QStringLiteral("pages"));
    for (int tab = 0; tab < pages->count(); ++tab) {
        const QString title = QString(pages->tabText(tab)).remove(QLatin1Char('&'));
        if (pages->isVisible() && pages->fontMetrics().horizontalAdvance(title) > pages->tabRect(tab).width())
            clipped.append(QStringLiteral("tab ") + title);
    }
    return clipped;
}

/// What is wrong with the figures that are seen, as they are painted: texts over each other or beyond their
/// view, and what is cut short, but for pieces of the sentence, which may be.
QStringList figureFaults(const QWidget &window, const Trace &trace)
{
    const auto isPiece = [&trace](const QString &text) {
        const auto &tokens = trace.encoding().tokens;
        return std::any_of(tokens.begin(), tokens.end(),
                           [&](const Token &token) { return token.text.startsWith(text); });
    };
    QStringList found;
    for (FigureView *view : window.findChildren<FigureView *>()) {
        const FigurePtr figure = view->visibleRegion().isEmpty() ? nullptr : view->figure();
        if (!figure)
            continue;
        FigureRenderer renderer(figure, view->lastingViewpoint());
        TextRecorder recorder(view->size());
        QPainter painter(&recorder);
        renderer.paint(painter, QRectF(view->rect()).adjusted(4, 4, -4, -4), view->style());
        painter.end();
        for (const QString &fault : recorder.faults()) {
            const QString cut = QStringLiteral("cut short: ");
            if (!fault.startsWith(cut) || !isPiece(fault.mid(cut.size()).chopped(1)))
                found.append(QStringLiteral("%1 (%2 × %3): %4")
                                 .arg(view->objectName())
                                 .arg(view->width())
                                 .arg(view->height())
                                 .arg(fault));
        }
    }
    return found;
}

/// Tabs that have to be scrolled to.
QStringList hiddenTabs(const QWidget &window)
{
    QStringList hidden;
    for (const QTabWidget *tabs : window.findChildren<QTabWidget *>()) {
        const QTabBar *bar = tabs->tabBar();
        for (int tab = 0; tabs->isVisible() && tab < bar->count(); ++tab) {
            if (bar->isTabVisible(tab) && !bar->rect().contains(bar->tabRect(tab)))
                hidden.append(QStringLiteral("tab %1: %2 to %3 of %4")
                                  .arg(bar->tabText(tab))
                                  .arg(bar->tabRect(tab).left())
                                  .arg(bar->tabRect(tab).right())
                                  .arg(bar->width()));
        }
    }
    return hidden;
}

/// Figures that are lower than so many lines of their text.
QStringList lowFigures(const QWidget &window, int lines)
{
    QStringList low;
    for (const FigureView *view : window.findChildren<FigureView *>()) {
        if (!view->visibleRegion().isEmpty() && view->height() < lines * view->fontMetrics().height())
            low.append(QStringLiteral("%1 is %2 high").arg(view->objectName()).arg(view->height()));
    }
    return low;
}

} // namespace

/// The course in the real window.
class TestCourse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        applyTheme(QStringLiteral("light"));
        store(setting::courseOffered, true);
    }
    void cleanup()
    {
        applyInterfaceScale(1.0);
        installLanguage(QStringLiteral("en"));
    }

    void everyStepShowsWhatItSays_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("presented");
        QTest::newRow("en") << "en" << false;
        QTest::newRow("ko") << "ko" << false;
        QTest::newRow("en, presented") << "en" << true;
        QTest::newRow("ko, presented") << "ko" << true;
    }

    void everyStepShowsWhatItSays()
    {
        QFETCH(QString, language);
        QFETCH(bool, presented);
        installLanguage(language);
        OpenedWindow opened;
        Session &session = opened.session;
        MainWindow &window = opened.window;
        window.resize(presented ? QSize(1280, 720) : QSize(1024, 700));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        session.setText(language == QStringLiteral("ko") ? korean : english);
        QTRY_VERIFY_WITH_TIMEOUT(session.shown() && !session.busy(), 20'000);
        auto *guide = window.findChild<LessonGuide *>();
        const auto *panel = window.findChild<LessonPanel *>();
        const auto *pointer = window.findChild<LessonPointer *>();
        if (presented) {
            window.findChild<Presentation *>()->setOn(true);
            window.setWindowState(Qt::WindowNoState); // the offscreen platform's screen has its own size
            window.resize(1280, 720);
        }
        guide->open(0, 0);
        const std::vector<Lesson> lessons = guide->lessons();
        QCOMPARE(lessons.size(), std::size_t{11});
        for (int lesson = 0; lesson < static_cast<int>(lessons.size()); ++lesson) {
            const auto &steps = lessons[static_cast<std::size_t>(lesson)].steps;
            for (int index = 0; index < static_cast<int>(steps.size()); ++index) {
                const LessonStep &step = steps[static_cast<std::size_t>(index)];
                const QByteArray where = QStringLiteral("%1 %2 (%3)")
                                             .arg(lessons[static_cast<std::size_t>(lesson)].name)
                                             .arg(index + 1)
                                             .arg(language)
                                             .toUtf8();
                guide->open(lesson, index);
                QTRY_VERIFY2_WITH_TIMEOUT(session.model() && !session.busy(), where, 20'000);
                QCOMPARE(session.model()->built_in, step.model);

                // The state is taken over.
                const QJsonObject state = QJsonDocument::fromJson(sessionBytes(session.state())).object();
                const QString missing = missingField(step.state, state);
                QVERIFY2(missing.isEmpty(), where + missing.toUtf8());
                if (step.state.contains(QStringLiteral("page"))) {
                    const QString page = step.state[QStringLiteral("page")].toString();
                    QVERIFY2(pageNames().contains(page), where);
                    QCOMPARE(window.page(), static_cast<int>(pageNames().indexOf(page)));
                }

                // Every live number is there, and the one of the run shown.
                const QString title = filledWithNumbers(step.title.in(language), *session.frame());
                const QString html = lessonHtml(filledWithNumbers(step.text.in(language), *session.frame()));
                QTRY_VERIFY2_WITH_TIMEOUT(guide->shown().html == html && guide->shown().title == title, where,
                                          20'000);
                for (const QString &expression : expressionsIn(step.text.in(language)))
                    QVERIFY2(!filledWithNumbers(QStringLiteral("{%1}").arg(expression), *session.frame())
                                  .contains(QChar(0x2013)),
                             where + expression.toUtf8());
                const auto labels = panel->findChildren<QLabel *>();
                QVERIFY2(std::any_of(labels.begin(), labels.end(),
                                     [&](const QLabel *label) {
                                         return label->isVisible() && label->text() == html;
                                     }),
                         where);

                // What it points at is there and seen; in a presentation the map and the tokens are not.
                const bool hidden = presented && (step.target.kind == LessonTarget::Kind::part ||
                                                  step.target.kind == LessonTarget::Kind::tokens);
                QVERIFY2(step.target.kind != LessonTarget::Kind::none, where);
                QTRY_VERIFY2_WITH_TIMEOUT(hidden || (!pointer->target().isNull() && pointer->isVisible()),
                                          where, 5'000);
                const bool named = !step.target.row.isEmpty() || !step.target.column.isEmpty();
                QTRY_VERIFY2_WITH_TIMEOUT(!named || !pointer->cells().isNull(), where, 20'000);

                // Once the layout has settled.
                const bool whole =
                    QTest::qWaitFor([&window] { return clippedTexts(window).isEmpty(); }, 1000);
                QVERIFY2(whole, where + ": " + clippedTexts(window).join(QStringLiteral("; ")).toUtf8());
                const auto *scroll = panel->findChild<QScrollArea *>();
                QTRY_VERIFY2_WITH_TIMEOUT(
                    scroll->widget()->minimumSizeHint().width() <= scroll->viewport()->width(),
                    where + QByteArray::number(scroll->widget()->minimumSizeHint().width()) + " of " +
                        QByteArray::number(scroll->viewport()->width()),
                    2'000);
            }
        }

        // A chapter's model is gone when the course is left in its middle; so it is for who goes on quickly.
        guide->open(QStringLiteral("since-2017"), 1);
        guide->open(QStringLiteral("since-2017"), 6);
        QTRY_VERIFY_WITH_TIMEOUT(session.model() && !session.busy(), 20'000);
        QCOMPARE(session.model()->built_in, guide->current().model);
        guide->leave();
        QTRY_VERIFY_WITH_TIMEOUT(session.model() && session.model()->built_in.isEmpty() && !session.busy(),
                                 20'000);
        QVERIFY(session.shown().now->model_pointer() == session.model());
    }

    void nothingIsCutOnAnyPage_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("presented");
        for (const char *language : {"en", "ko"}) {
            QTest::addRow("%s", language) << language << false;
            QTest::addRow("%s, presented", language) << language << true;
        }
    }

    /// Every page and tab beside the course, as small as it may be and large on a projector.
    void nothingIsCutOnAnyPage()
    {
        QFETCH(QString, language);
        QFETCH(bool, presented);
        installLanguage(language);
        OpenedWindow opened;
        Session &session = opened.session;
        MainWindow &window = opened.window;
        window.resize(presented ? QSize(1280, 720) : QSize(1024, 700));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        session.setText(language == QStringLiteral("ko") ? korean : english);
        QTRY_VERIFY_WITH_TIMEOUT(session.shown() && !session.busy(), 20'000);
        window.findChild<LessonGuide *>()->open(0, 0);
        if (presented) {
            window.findChild<Presentation *>()->setOn(true);
            window.setWindowState(Qt::WindowNoState); // the offscreen platform's screen has its own size
            window.resize(1280, 720);
        }
        QStringList clipped;
        look_at_every_page(window, [&] {
            if (!QTest::qWaitFor([&] { return clippedTexts(window).isEmpty(); }, 500))
                clipped.append(QStringLiteral("page %1: ").arg(window.page() + 1) +
                               clippedTexts(window).join(QStringLiteral("; ")));
            const auto views = window.findChildren<FigureView *>();
            const bool settled = QTest::qWaitFor(
                [&] {
                    return !session.busy() &&
                           std::none_of(views.begin(), views.end(),
                                        [](const FigureView *view) { return view->late(); });
                },
                20'000);
            if (!settled)
                clipped.append(QStringLiteral("page %1 is late").arg(window.page() + 1));
            if (!QTest::qWaitFor([&] { return hiddenTabs(window).isEmpty(); }, 1000))
                clipped.append(hiddenTabs(window));
            QStringList faults = figureFaults(window, *session.shown().now);
            if (presented)
                faults += lowFigures(window, 9);
            for (const QString &fault : std::as_const(faults))
                clipped.append(QStringLiteral("page %1: ").arg(window.page() + 1) + fault);
        });
        clipped.removeDuplicates();
        QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(QLatin1Char('\n'))));
    }

    void textsAreAsLargeAsALabelMakesThem()
    {
        for (const char *language : {"en", "ko"}) {
            for (const Lesson &lesson : course()) {
                for (const LessonStep &step : lesson.steps) {
                    const QString html = lessonHtml(step.text.in(QLatin1String(language)));
                    RichLabel ours;
                    QLabel plain;
                    plain.setTextFormat(Qt::RichText);
                    plain.setWordWrap(true);
                    ours.setHtml(html);
                    plain.setText(html);
                    QVERIFY2(ours.minimumSizeHint().width() == plain.minimumSizeHint().width(),
                             html.toUtf8());
                    for (const int width : {240, 305, 480})
                        QCOMPARE(ours.heightForWidth(width), plain.heightForWidth(width));
                }
            }
        }
    }

    void aStepIsWrittenOnce()
    {
        OpenedWindow opened;
        Session &session = opened.session;
        MainWindow &window = opened.window;
        window.show();
        session.setText(english);
        QTRY_VERIFY_WITH_TIMEOUT(session.shown() && !session.busy(), 20'000);
        auto *guide = window.findChild<LessonGuide *>();
        guide->open(QStringLiteral("tokens"), 0);
        QTRY_VERIFY(!guide->shown().html.isEmpty());
        QTest::qWait(100);
        QSignalSpy written(guide, &LessonGuide::shownChanged);
        // The same run and what only looks at it otherwise, another one, another sentence.
        for (const int step : {1, 2, 3, 4}) {
            written.clear();
            guide->open(QStringLiteral("tokens"), step);
            QTRY_VERIFY_WITH_TIMEOUT(!written.isEmpty() && !session.busy(), 20'000);
            QTest::qWait(50);
            QCOMPARE(written.count(), 1);
            QCOMPARE(guide->shown().title,
                     filledWithNumbers(guide->current().title.in(QStringLiteral("en")), *session.frame()));
        }
    }

    /// A step that goes to another page with another sentence: its figures are made of the new run alone.
    void aStepFillsItsPageOnce()
    {
        OpenedWindow opened;
        Session &session = opened.session;
        MainWindow &window = opened.window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        session.setText(english);
        QTRY_VERIFY_WITH_TIMEOUT(session.shown() && !session.busy(), 20'000);
        auto *guide = window.findChild<LessonGuide *>();
        guide->open(0, 0);
        for (const char *page : {"embedding", "positions", "attention", "feed-forward", "output"}) {
            session.setPage(QString::fromLatin1(page));
            QTest::qWait(50);
        }
        const auto views = window.findChildren<FigureView *>();
        for (const char *page : {"attention", "feed-forward", "output", "embedding"}) {
            const QString before = session.state().page;
            std::map<const FigureView *, int> made;
            QObject context;
            for (const FigureView *view : views)
                connect(view, &FigureView::shownChanged, &context, [&made, view] { ++made[view]; });
            SessionState next = session.state();
            next.page = QString::fromLatin1(page);
            next.input.text = QStringLiteral("The cat sat on the %1.").arg(next.page);
            session.edit(next, QStringLiteral("Lesson step"));
            QCOMPARE(session.frame()->state.page, before);
            QTRY_VERIFY_WITH_TIMEOUT(!session.busy(), 20'000);
            QCOMPARE(window.page(), static_cast<int>(pageNames().indexOf(next.page)));
            QTest::qWait(1); // the figures are asked for
            QTRY_VERIFY_WITH_TIMEOUT(
                std::none_of(views.begin(), views.end(), [](const FigureView *view) { return view->late(); }),
                20'000);
            QTest::qWait(50);
            QVERIFY2(!made.empty(), page);
            for (const auto &[view, times] : made)
                QVERIFY2(times == 1, qPrintable(QStringLiteral("%1 on page %2: %3 times")
                                                    .arg(view->objectName(), next.page)
                                                    .arg(times)));
        }
        // Without a run it is there at once.
        session.setPage(QStringLiteral("positions"));
        QCOMPARE(window.page(), 1);
    }

    void whereOneWasIsRemembered()
    {
        {
            Session session;
            LessonGuide guide(session);
            guide.open(QStringLiteral("heads"), 2);
            guide.next();
        } // before the disk could have it
        Session session;
        LessonGuide guide(session);
        guide.resume();
        QCOMPARE(guide.lessons()[static_cast<std::size_t>(guide.lesson())].name, QStringLiteral("heads"));
        QCOMPARE(guide.step(), 3);
        QTRY_COMPARE(load(setting::lessonStep), 3);
        guide.leave();
        guide.resume();
        QCOMPARE(guide.step(), 3);
    }

    void theWindowCanBe1024Wide()
    {
        QApplication::setStyle(new WindowStyle);
        for (const char *language : {"en", "ko"}) {
            installLanguage(QLatin1String(language));
            OpenedWindow opened;
            Session &session = opened.session;
            MainWindow &window = opened.window;
            window.show();
            session.setText(english);
            QTRY_VERIFY_WITH_TIMEOUT(session.shown() && !session.busy(), 20'000);
            QVERIFY2(window.minimumSizeHint().width() <= 1024,
                     QByteArray(language) + QByteArray::number(window.minimumSizeHint().width()));
        }
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    }

    void termsOnScreenAreExplained_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << "en";
        QTest::newRow("ko") << "ko";
    }

    void termsOnScreenAreExplained()
    {
        QFETCH(QString, language);
        installLanguage(language);
        OpenedWindow opened;
        Session &session = opened.session;
        MainWindow &window = opened.window;
        window.resize(1280, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        session.setText(language == QStringLiteral("ko") ? korean : english);
        session.setTextB(QStringLiteral("[MASK] ∰"));
        QTRY_VERIFY_WITH_TIMEOUT(session.shown() && !session.busy(), 20'000);

        session.setParameter(QStringLiteral("embedding"), QStringLiteral("stage"), QStringLiteral("scaled"));
        session.setParameter(QStringLiteral("weights"), QStringLiteral("matrix"), QStringLiteral("tokens"));

        std::map<QString, QString> where; // of each term, a widget with it
        const auto look = [&where](QWidget &widget) {
            // Painted views have words of their own at every place.
            for (int y = widget.height() / 2 % 24; y < widget.height(); y += 24) {
                for (int x = widget.width() / 2 % 24; x < widget.width(); x += 24) {
                    for (const QString &term : ContextHelp::termsAt(widget, widget.mapToGlobal(QPoint(x, y))))
                        where.emplace(term, QLatin1String(widget.metaObject()->className()) +
                                                QLatin1Char(' ') + widget.objectName());
                }
            }
        };
        const auto lookAtAll = [&] {
            QTest::qWait(50); // figures are made
            QTRY_VERIFY_WITH_TIMEOUT(!session.busy(), 20'000);
            const auto views = window.findChildren<FigureView *>();
            QTRY_VERIFY_WITH_TIMEOUT(
                std::none_of(views.begin(), views.end(),
                             [](const FigureView *view) { return view->isVisible() && view->late(); }),
                60'000);
            for (QWidget *widget : window.findChildren<QWidget *>()) {
                if (widget->isVisible())
                    look(*widget);
            }
        };
        auto *example = window.findChild<WorkedExample *>();
        for (const char *step : {"heading", "input", "projections", "score", "scale", "softmax", "sum",
                                 "output", "norm", "feed-forward", "feed-forward-norm"}) {
            example->showStep(QLatin1String(step));
            look(*example->viewport());
        }
        auto *pages = window.findChild<QTabBar *>(QStringLiteral("pages"));
        for (int page = 0; page < pages->count(); ++page) {
            pages->setCurrentIndex(page);
            lookAtAll();
            for (auto *tabs : window.findChildren<QTabWidget *>()) {
                for (int tab = 0; tab < tabs->count() && tabs->isVisible(); ++tab) {
                    if (tabs->isTabVisible(tab)) {
                        tabs->setCurrentIndex(tab);
                        lookAtAll();
                    }
                }
            }
        }
        // These stand in lessons, or where something else is chosen or another model runs.
        const QStringList elsewhere{QStringLiteral("bias"),          QStringLiteral("gate"),
                                    QStringLiteral("norm"),          QStringLiteral("hyperparameter"),
                                    QStringLiteral("temperature"),   QStringLiteral("linear-separability"),
                                    QStringLiteral("position-wise"), QStringLiteral("token-class")};
        QStringList missing;
        for (const HelpTerm &term : helpTexts().terms) {
            if (!where.contains(term.name) && !elsewhere.contains(term.name))
                missing.append(term.name);
        }
        QCOMPARE(missing.join(QLatin1Char(' ')), QString());
    }

    void termsAreExplainedWhereTheyStand()
    {
        OpenedWindow opened;
        Session &session = opened.session;
        MainWindow &window = opened.window;
        window.resize(1280, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto send = [](QEvent::Type type, QWidget &widget, const QPoint &place) {
            QHelpEvent event(type, place, widget.mapToGlobal(place));
            QApplication::sendEvent(&widget, &event);
            return event.isAccepted();
        };
        auto *pages = window.findChild<QTabBar *>(QStringLiteral("pages"));
        const QPoint attention = pages->tabRect(2).center();
        const QString meaning = helpTexts().term(QStringLiteral("self-attention"))->text.english;
        send(QEvent::ToolTip, *pages, attention);
        QCOMPARE(
            QTextDocumentFragment::fromHtml(QToolTip::text()).toPlainText().section(QLatin1Char('\n'), 1),
            QTextDocumentFragment::fromHtml(lessonHtml(meaning)).toPlainText());
        QToolTip::hideText();
        QVERIFY(send(QEvent::QueryWhatsThis, *pages, attention));
        QVERIFY(!send(QEvent::QueryWhatsThis, *pages, pages->tabRect(4).center())); // "Output"
        QVERIFY(send(QEvent::WhatsThis, *pages, attention));
        QWhatsThis::hideText();
        QWhatsThisClickedEvent click(QStringLiteral("softmax"));
        QApplication::sendEvent(pages, &click);
        const auto *help = window.findChild<HelpWindow *>();
        QVERIFY(help && help->isVisible());
        QVERIFY(help->plainText().contains(QStringLiteral("softmax")));
        // By keyboard.
        pages->setCurrentIndex(2);
        window.activateWindow();
        pages->setFocus();
        QTest::keyClick(pages, Qt::Key_F1);
        QTRY_VERIFY(help->plainText().startsWith(QStringLiteral("self-attention")));
        // On every page, also on tabs without a figure, there is something to say.
        QStringList nothing;
        const auto actions = window.findChildren<QAction *>();
        const auto asks = std::find_if(actions.begin(), actions.end(), [](const QAction *action) {
            return action->shortcut() == QKeySequence(Qt::Key_F1);
        });
        QVERIFY(asks != actions.end());
        look_at_every_page(window, [&] {
            window.setFocus();
            (*asks)->trigger();
            if (help->plainText().contains(QStringLiteral("Choose a term")))
                nothing.append(window.pageTitles().at(window.page()));
        });
        QCOMPARE(nothing.join(QLatin1Char('\n')), QString());
        // Whatever a learner writes is no term of the program's.
        auto *sentence = window.findChild<SentenceEdit *>();
        session.setText(QStringLiteral("softmax"));
        QVERIFY(ContextHelp::termsAt(*sentence, sentence->mapToGlobal(sentence->rect().center())).isEmpty());
    }

    void presentationShowsWhatMattersLarge()
    {
        OpenedWindow opened;
        Session &session = opened.session;
        MainWindow &window = opened.window;
        window.resize(1280, 720);
        window.show();
        session.setText(english);
        QTRY_VERIFY_WITH_TIMEOUT(session.shown() && !session.busy(), 20'000);
        auto *presentation = window.findChild<Presentation *>();
        auto *guide = window.findChild<LessonGuide *>();
        guide->open(QStringLiteral("attention"), 3);
        const QFont before = QApplication::font();
        presentation->setOn(true);
        QTRY_VERIFY(QFontInfo(window.font()).pixelSize() >= 18); // fonts change when events are next served
        QVERIFY(!window.statusBar()->isVisible());
        QVERIFY(window.findChild<WorkedExample *>()->isVisible());
        QVERIFY(window.findChild<LessonPanel *>()->isVisible());
        // The smallest text: that of what is seen, and the smallest that a figure makes of its font.
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            if (widget->isVisible() && widget->height() > 0)
                QVERIFY2(QFontInfo(widget->font()).pixelSize() >= 18,
                         qPrintable(
                             QStringLiteral("%1 %2: %3")
                                 .arg(QLatin1String(widget->metaObject()->className()), widget->objectName())
                                 .arg(QFontInfo(widget->font()).pixelSize())));
        }
        for (const FigureView *view : window.findChildren<FigureView *>()) {
            for (const double factor : {0.66, 0.78, 0.85})
                QVERIFY(QFontInfo(scaledFont(view->style().font, factor)).pixelSize() >= 18);
        }
        // A presenter's keys.
        QWidget *example = window.findChild<WorkedExample *>(); // the sentence is hidden
        QTest::keyClick(example, Qt::Key_PageDown);
        QCOMPARE(guide->step(), 4);
        QTest::keyClick(example, Qt::Key_PageUp);
        QCOMPARE(guide->step(), 3);
        presentation->setSpotlight(true);
        QVERIFY(presentation->spotlight());
        QTest::keyClick(example, Qt::Key_Escape);
        QVERIFY(!presentation->on());
        QVERIFY(window.statusBar()->isVisible());
        QCOMPARE(QApplication::font().pointSizeF(), before.pointSizeF());
    }

    void textOfTheWholeInterfaceIsScaled()
    {
        OpenedWindow opened;
        MainWindow &window = opened.window;
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const int before = QFontInfo(window.font()).pixelSize();
        QTest::keyClick(keys(window), Qt::Key_Plus, Qt::ControlModifier);
        QTest::keyClick(keys(window), Qt::Key_Plus, Qt::ControlModifier);
        QTest::keyClick(keys(window), Qt::Key_Plus, Qt::ControlModifier);
        QTRY_VERIFY(QFontInfo(window.font()).pixelSize() > before);
        const int larger = QFontInfo(window.font()).pixelSize();
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            if (!button || !button->text().isEmpty()) // arrows have no text
                QVERIFY2(QFontInfo(widget->font()).pixelSize() >= larger,
                         qPrintable(QLatin1String(widget->metaObject()->className()) +
                                    (button ? button->text() : widget->objectName())));
        }
        QTRY_VERIFY(clippedTexts(window).isEmpty());
        QTest::keyClick(keys(window), Qt::Key_Minus, Qt::ControlModifier);
        QTRY_VERIFY(QFontInfo(window.font()).pixelSize() < larger);
        QTest::keyClick(keys(window), Qt::Key_0, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE(QFontInfo(window.font()).pixelSize(), before);
    }
};

QTEST_MAIN(TestCourse)
#include "tst_course.moc"
