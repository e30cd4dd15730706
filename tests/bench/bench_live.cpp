// SPDX-License-Identifier: GPL-3.0-or-later
// bench_live [TOKENS [LAYERS D_MODEL HEADS D_FF] | course]: key press to painted picture in the real window,
// on each page: types into it as a person would, one character at a time, and measures from handing the key
// to the window until the picture of its result has been painted. With the default model, or with random
// weights of that shape; on the page Attention also next to a pinned run. Then what hovering over, zooming
// and panning the attention heatmap take; and, where the text is short, what each step of the course takes
// next to a key press there, and how evenly the window is served while the page Training trains. With
// "course" alone: only the steps of the course.
#include "engine/model/initial_model.h"
#include "engine/platform/platform.h"
#include "tests/bench/bench_window.h"
#include "ui/lessons/lesson_guide.h"
#include "ui/pages/figure_view.h"
#include "ui/state/view_kinds.h"
#include "ui/window/sentence_bar.h"
#include "ui/window/sentence_edit.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMouseEvent>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <random>

using namespace encoderscope;

namespace
{

constexpr int long_text = 1000; // tokens

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

struct Typed {
    std::vector<double> letters;  ///< milliseconds of each key that makes a text not seen before
    std::vector<double> removals; ///< of each key that goes back to the text before
    std::vector<double> blocked;  ///< of each key, for how long the window's events waited at most
    std::vector<double> forward;  ///< milliseconds that the encoder took for the letters
};

/// So many keys, characters that each are removed again, so that the number of tokens stays. Empty when a
/// picture did not come.
Typed typed(int keys, Session &session, MainWindow &window)
{
    SentenceEdit *edit = window.findChild<SentenceBar *>()->sentenceA();
    edit->setFocus();
    edit->end(false);
    QElapsedTimer timer;
    double painted = 0.0;
    QEventLoop loop; // QTest::qWaitFor would sleep for 10 ms at a time
    QTimer served;
    served.setTimerType(Qt::PreciseTimer);
    QElapsedTimer sinceServed;
    double blocked = 0.0;
    const auto noteServed = [&] {
        blocked = std::max(blocked, static_cast<double>(sinceServed.nsecsElapsed()) / 1e6);
        sinceServed.restart();
    };
    QObject::connect(&served, &QTimer::timeout, &loop, noteServed);
    served.start(1);
    QTimer late;
    QObject::connect(&late, &QTimer::timeout, &loop, &QEventLoop::quit);
    QObject::connect(&session, &Session::timesChanged, &loop, [&] {
        if (!session.busy()) {
            painted = static_cast<double>(timer.nsecsElapsed()) / 1e6;
            loop.quit();
        }
    });
    Typed result;
    for (int i = 0; i < keys; ++i) {
        painted = 0.0;
        blocked = 0.0;
        sinceServed.restart();
        timer.restart();
        const bool letter = i % 2 == 0;
        if (letter) // another one each time
            QTest::keyClick(edit, QLatin1Char(static_cast<char>('!' + i / 2 % 94)).toLatin1());
        else
            QTest::keyClick(edit, Qt::Key_Backspace);
        late.start(5000);
        if (painted == 0.0)
            loop.exec();
        noteServed();
        result.blocked.push_back(blocked);
        if (painted == 0.0)
            return {};
        (letter ? result.letters : result.removals).push_back(painted);
        if (letter)
            result.forward.push_back(session.times().forward);
        QTest::qWait(20);
    }
    return result;
}

/// Random weights of the shape in `numbers`, with the tokenizer of `standard`.
ModelPtr model_of(const QStringList &numbers, const Model &standard)
{
    auto model = std::make_shared<Model>();
    model->name = numbers.join(QStringLiteral(" x "));
    model->config = standard.config;
    model->config.layers = numbers[0].toInt();
    model->config.d_model = model->config.embedding_size = numbers[1].toInt();
    model->config.heads = numbers[2].toInt();
    model->config.d_ff = numbers[3].toInt();
    model->config.activation = Activation::gelu;
    model->weights = initial_weights(model->config, 1);
    model->tokenizer = standard.tokenizer;
    return model;
}

/// Milliseconds from each of 100 events to the end of the painting that it caused.
template <typename Act>
std::vector<double> frames(const Act &act)
{
    std::vector<double> times;
    for (int i = 0; i < 100; ++i) {
        QElapsedTimer timer;
        timer.start();
        act(i);
        QCoreApplication::processEvents();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        QTest::qWait(2);
    }
    return times;
}

QJsonObject summary(const std::vector<double> &times)
{
    return {{QStringLiteral("median_ms"), percentile(times, 0.5)},
            {QStringLiteral("p95_ms"), percentile(times, 0.95)},
            {QStringLiteral("longest_ms"), percentile(times, 1.0)}};
}

/// What hovering, zooming and panning take on the largest figure of the page Attention.
QJsonObject framesOfMouse(MainWindow &window)
{
    constexpr int attentionPage = 2;
    window.showPage(attentionPage);
    QTest::qWait(1000);
    FigureView *view = nullptr;
    for (FigureView *one : window.findChildren<FigureView *>()) {
        const auto area = [](const QWidget *widget) { return widget->width() * widget->height(); };
        if (one->isVisible() && (view == nullptr || area(one) > area(view)))
            view = one;
    }
    const auto mouse = [view](QEvent::Type type, const QPointF &at, Qt::MouseButtons buttons) {
        const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, at, view->mapToGlobal(at), button, buttons, Qt::NoModifier);
        QCoreApplication::sendEvent(view, &event);
    };
    const QPointF centre(view->width() / 2.0, view->height() / 2.0);
    const auto hover = frames([&](int i) {
        mouse(QEvent::MouseMove, centre + QPointF(i % 10 - 5, i / 10 - 5) * 9.0, Qt::NoButton);
    });
    const auto zoom = frames([&](int i) {
        QWheelEvent event(centre, view->mapToGlobal(centre), QPoint(), QPoint(0, i % 20 < 10 ? 120 : -120),
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view, &event);
    });
    view->zoom(4.0, centre);
    mouse(QEvent::MouseButtonPress, centre, Qt::LeftButton);
    const auto pan = frames([&](int i) {
        mouse(QEvent::MouseMove, centre + QPointF(i % 40 < 20 ? i % 20 : 20 - i % 20, i % 7) * 5.0,
              Qt::LeftButton);
    });
    mouse(QEvent::MouseButtonRelease, centre, Qt::NoButton);
    return {{QStringLiteral("hover"), summary(hover)},
            {QStringLiteral("zoom"), summary(zoom)},
            {QStringLiteral("pan"), summary(pan)}};
}

/// Milliseconds of something done in the window.
struct Act {
    double painted = 0.0; ///< until the course's text and all figures are painted; 0: they were not
    double blocked = 0.0; ///< for how long the window's events waited at most
};

/// What one step of the course took, and beside it what it is to be measured by.
struct TakenStep {
    Act step;
    Act key;                 ///< a key press there, with the course open
    std::optional<Act> page; ///< going to its page alone; none: the step before was on it
    bool loaded = false;     ///< it opened another model
};

/// Measures what is done while the course is open.
class CourseClock
{
public:
    explicit CourseClock(BenchWindow &shown, LessonGuide &guide)
        : shown_(shown)
    {
        QObject::connect(&guide, &LessonGuide::shownChanged, &context_, [this] { filled_ = true; });
    }

    /// Figures that are computed beside the window, such as those of the page Why?, are waited for before the
    /// next act and are no part of the time.
    template <typename Do>
    Act measure(const Do &act)
    {
        filled_ = false;
        QElapsedTimer timer;
        timer.start();
        qint64 served = 0;
        qint64 blocked = 0;
        act();
        // A figure that is there may still ask to be painted, and a text for another figure.
        int seen = 0; // times in a row
        do {
            QCoreApplication::processEvents();
            const qint64 now = timer.nsecsElapsed();
            blocked = std::max(blocked, now - served);
            served = now;
            seen = painted() ? seen + 1 : 0;
        } while (seen < 2 && timer.elapsed() < bench_time_limit);
        const auto taken = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        QTest::qWait(150);
        return seen < 2 ? Act() : Act{taken, static_cast<double>(blocked) / 1e6};
    }

private:
    bool painted() const
    {
        const auto views = shown_.window.findChildren<FigureView *>();
        return filled_ && !shown_.session.busy() &&
               std::none_of(views.begin(), views.end(), [](const FigureView *view) {
                   return view->isVisible() && view->FigureView::late();
               });
    }

    BenchWindow &shown_;
    bool filled_ = false;
    QObject context_;
};

/// Every step of the course, one after the other. Empty when one did not come.
std::vector<TakenStep> stepsTaken(BenchWindow &shown)
{
    auto &[session, loader, files, window] = shown;
    auto *guide = window.findChild<LessonGuide *>();
    SentenceEdit *edit = window.findChild<SentenceBar *>()->sentenceA();
    guide->open(0, 0);
    QTest::qWait(1000); // the course is read once
    CourseClock clock(shown, *guide);
    std::vector<TakenStep> steps;
    while (!guide->atEnd()) {
        TakenStep one;
        const QString before = session.state().page;
        const ModelPtr model = session.model();
        one.step = clock.measure([guide] { guide->next(); });
        one.loaded = session.model() != model;
        const QString page = session.state().page;
        if (page != before) {
            session.setPage(before);
            QTest::qWait(150);
            one.page = clock.measure([&session = session, page] { session.setPage(page); });
        }
        edit->setFocus();
        edit->end(false);
        const auto letter = static_cast<char>('a' + steps.size() % 26);
        one.key = clock.measure([edit, letter] { QTest::keyClick(edit, letter); });
        const Act removed = clock.measure([edit] { QTest::keyClick(edit, Qt::Key_Backspace); });
        if (one.step.painted == 0.0 || one.key.painted == 0.0 || removed.painted == 0.0 ||
            (one.page && one.page->painted == 0.0)) {
            std::fprintf(stderr, "chapter %d, step %d was not painted\n", guide->lesson() + 1,
                         guide->step() + 1);
            return {};
        }
        steps.push_back(one);
    }
    guide->leave();
    return steps;
}

QJsonObject summary(const std::vector<Act> &acts)
{
    std::vector<double> painted;
    std::vector<double> blocked;
    for (const Act &act : acts) {
        painted.push_back(act.painted);
        blocked.push_back(act.blocked);
    }
    return {{QStringLiteral("painted"), summary(painted)}, {QStringLiteral("blocked"), summary(blocked)}};
}

/// Of all steps, and of those on the page of the step before and on another one, next to what a key press
/// there takes and going to the page. Those that open another model are only among all.
QJsonObject summary(const std::vector<TakenStep> &steps)
{
    std::vector<Act> all;
    for (const TakenStep &one : steps)
        all.push_back(one.step);
    QJsonObject result = summary(all);
    result[QStringLiteral("steps")] = static_cast<int>(steps.size());
    for (const bool other : {false, true}) {
        std::vector<Act> taken;
        std::vector<Act> keys;
        std::vector<Act> pages;
        std::vector<double> more; // than what it is measured by, until painted
        for (const TakenStep &one : steps) {
            if (one.loaded || one.page.has_value() != other)
                continue;
            taken.push_back(one.step);
            keys.push_back(one.key);
            pages.push_back(one.page.value_or(Act()));
            more.push_back(one.step.painted - one.key.painted - pages.back().painted);
        }
        QJsonObject row = summary(taken);
        row[QStringLiteral("steps")] = static_cast<int>(taken.size());
        row[QStringLiteral("key")] = summary(keys);
        if (other)
            row[QStringLiteral("page")] = summary(pages);
        row[QStringLiteral("more")] = summary(more);
        result[other ? QStringLiteral("other_page") : QStringLiteral("same_page")] = row;
    }
    return result;
}

/// How late a timer of 60 Hz is served while the page trains a model with both cores: milliseconds between
/// its calls, for 5 seconds.
std::vector<double> framesWhileTraining(MainWindow &window)
{
    constexpr int trainingPage = 5;
    window.showPage(trainingPage);
    window.findChild<QSpinBox *>(QStringLiteral("steps"))->setValue(100000);
    QTest::mouseClick(window.findChild<QPushButton *>(QStringLiteral("start")), Qt::LeftButton);
    QTest::qWait(1000);
    std::vector<double> gaps;
    QElapsedTimer timer;
    QTimer frames;
    frames.setTimerType(Qt::PreciseTimer);
    QObject::connect(&frames, &QTimer::timeout, [&] {
        gaps.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        timer.restart();
    });
    timer.start();
    frames.start(16);
    QEventLoop loop; // QTest::qWait sleeps
    QTimer::singleShot(5000, &loop, &QEventLoop::quit);
    loop.exec();
    QTest::mouseClick(window.findChild<QPushButton *>(QStringLiteral("stop")), Qt::LeftButton);
    return gaps;
}

} // namespace

int main(int argc, char *argv[])
{
    platform::reuse_freed_memory();
    const BenchApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const bool courseOnly = arguments.value(1) == QStringLiteral("course");
    const std::size_t wanted = arguments.size() > 1 ? arguments[1].toUInt() : 16; // tokens before typing

    BenchWindow shown;
    auto &[session, loader, files, window] = shown;
    if (!shown.show())
        return 1;
    if (courseOnly) {
        if (!shown.showText(QStringLiteral("The animal didn't cross the street because it was too tired.")))
            return 1;
        const std::vector<TakenStep> steps = stepsTaken(shown);
        std::fputs(QJsonDocument(summary(steps)).toJson().constData(), stdout);
        return steps.empty() ? 1 : 0;
    }
    const QStringList shape = arguments.mid(2);
    if (shape.size() == 4)
        session.setModel(model_of(shape, *session.model()));
    // Each text is its own: none was run on another page.
    const auto textOf = [wanted, &session = shown.session](int number) {
        QString text = QStringLiteral("%1 ").arg(number);
        const auto missing = [&] {
            return static_cast<qsizetype>(wanted) -
                   static_cast<qsizetype>(session.model()->tokenizer->encode(text).tokens.size());
        };
        for (qsizetype words = missing(); words > 0; words = missing())
            text += QStringLiteral("the ").repeated(words);
        return text;
    };
    // As many words in an order that shares only parts with that of others: aligning takes its time.
    const auto mixedText = [&](int number) {
        constexpr std::array words{"the", "cat", "dog", "sat", "on", "a", "and", "was"};
        QStringList text;
        std::minstd_rand random(static_cast<unsigned>(number));
        for (const qsizetype count = textOf(number).count(QLatin1Char(' ')); text.size() < count;)
            text.append(QLatin1String(words[random() % words.size()]));
        return text.join(QLatin1Char(' '));
    };
    const int keys = wanted > long_text ? 20 : 200;
    QJsonArray pages;
    for (int page = 0; page < 5; ++page) {
        window.showPage(page);
        if (!shown.showText(textOf(page + 1)))
            return 1;
        const auto &[letters, removals, blocked, forward] = typed(keys, session, window);
        if (letters.empty())
            return 1;
        pages.append(QJsonObject{{QStringLiteral("page"), page + 1},
                                 {QStringLiteral("median_ms"), percentile(letters, 0.5)},
                                 {QStringLiteral("p95_ms"), percentile(letters, 0.95)},
                                 {QStringLiteral("known_text_median_ms"), percentile(removals, 0.5)},
                                 {QStringLiteral("known_text_p95_ms"), percentile(removals, 0.95)},
                                 {QStringLiteral("blocked_p95_ms"), percentile(blocked, 0.95)},
                                 {QStringLiteral("forward_median_ms"), percentile(forward, 0.5)},
                                 {QStringLiteral("forward_p95_ms"), percentile(forward, 0.95)}});
    }

    // Explanations come beside the window: up to the last figure of the tab.
    QJsonArray why;
    const QString whyView = QStringLiteral("why-page");
    const QStringList tabs{QStringLiteral("tokens"), QStringLiteral("heads")};
    window.showPage(static_cast<int>(pageNames().indexOf(whyPage())));
    for (const QString &tab : wanted > long_text ? QStringList() : tabs) {
        session.setParameter(whyView, QStringLiteral("tab"), tab);
        if (!shown.showText(textOf(10 + static_cast<int>(why.size()))))
            return 1;
        const Typed keyed = typed(keys, session, window);
        if (keyed.letters.empty())
            return 1;
        QJsonObject row = summary(keyed.letters);
        row[QStringLiteral("tab")] = tab;
        row[QStringLiteral("blocked_p95_ms")] = percentile(keyed.blocked, 0.95);
        why.append(row);
    }

    // Next to a pinned run, on the page Attention.
    QJsonArray compared;
    window.showPage(2);
    for (const Comparison comparison : {Comparison::difference, Comparison::sideBySide}) {
        const bool difference = comparison == Comparison::difference;
        const int number = difference ? 7 : 8;
        if (!shown.showText(wanted > long_text ? mixedText(number + 10) : textOf(number)))
            return 1;
        session.pinRun();
        session.setComparison(comparison);
        QTest::qWait(200);
        if (wanted > long_text && !shown.showText(mixedText(number)))
            return 1;
        const Typed keyed = typed(keys, session, window);
        if (keyed.letters.empty())
            return 1;
        QJsonObject row = summary(keyed.letters);
        row[QStringLiteral("view")] =
            difference ? QStringLiteral("difference") : QStringLiteral("side by side");
        row[QStringLiteral("blocked_p95_ms")] = percentile(keyed.blocked, 0.95);
        row[QStringLiteral("forward_median_ms")] = percentile(keyed.forward, 0.5);
        row[QStringLiteral("mouse")] = framesOfMouse(window);
        compared.append(row);
        session.compareWith({});
    }

    const QJsonObject mouse = framesOfMouse(window);
    QJsonObject result{
        {QStringLiteral("benchmark"), QStringLiteral("key to painted picture")},
        {QStringLiteral("model"), session.model()->name},
        {QStringLiteral("tokens"), session.shown().now->tokens()},
        {QStringLiteral("pages"), pages},
        {QStringLiteral("why"), why},
        {QStringLiteral("compared"), compared},
        {QStringLiteral("mouse"), mouse},
    };
    if (wanted <= long_text) { // neither depends on it
        const std::vector<TakenStep> steps = stepsTaken(shown);
        if (steps.empty())
            return 1;
        result[QStringLiteral("lesson_steps")] = summary(steps);
        result[QStringLiteral("frames_while_training")] = summary(framesWhileTraining(window));
    }
    std::fputs(QJsonDocument(result).toJson().constData(), stdout);
    return 0;
}
