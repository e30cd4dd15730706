// SPDX-License-Identifier: GPL-3.0-or-later
// Key press to painted picture in the real window, on each page: types into it as a person would, one
// character at a time, and measures from handing the key to the window until the picture of its result has
// been painted. Then how evenly the window is served while the page Training trains.
#include "tests/bench/bench_window.h"
#include "ui/window/sentence_bar.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>

#include <algorithm>
#include <cstdio>

using namespace encoderscope;

namespace
{

constexpr int keys_a_page = 100;

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// A character and its removal by turns, so that the number of tokens stays: milliseconds of each key. Empty
/// when a picture did not come.
std::vector<double> typed(Session &session, MainWindow &window)
{
    QLineEdit *edit = window.findChild<SentenceBar *>()->sentenceA();
    edit->setFocus();
    edit->end(false);
    QElapsedTimer timer;
    double painted = 0.0;
    const auto connection = QObject::connect(&session, &Session::timesChanged, &window, [&] {
        if (!session.busy())
            painted = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    });
    std::vector<double> shown;
    const QByteArray keys("cat sat on a mat and ran to the red hat ");
    for (int i = 0; i < keys_a_page; ++i) {
        painted = 0.0;
        timer.restart();
        if (i % 2 == 0)
            QTest::keyClick(edit, keys[i / 2 % keys.size()]);
        else
            QTest::keyClick(edit, Qt::Key_Backspace);
        // qWaitFor would sleep for 10 ms at a time.
        while (painted == 0.0 && timer.elapsed() < 5000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        if (painted == 0.0)
            return {};
        shown.push_back(painted);
        QTest::qWait(20);
    }
    QObject::disconnect(connection);
    return shown;
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
    const BenchApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int wanted = arguments.size() > 1 ? arguments[1].toInt() : 16; // tokens before typing

    BenchWindow shown;
    auto &[session, loader, window] = shown;
    if (!shown.show())
        return 1;
    QString text;
    while (static_cast<int>(session.model()->tokenizer->encode(text).tokens.size()) < wanted)
        text += QStringLiteral("the ");
    if (!shown.showText(text))
        return 1;

    QJsonArray pages;
    for (int page = 0; page < 5; ++page) {
        window.showPage(page);
        QTest::qWait(300);
        const std::vector<double> times = typed(session, window);
        if (times.empty())
            return 1;
        pages.append(QJsonObject{{QStringLiteral("page"), page + 1},
                                 {QStringLiteral("median_ms"), percentile(times, 0.5)},
                                 {QStringLiteral("p95_ms"), percentile(times, 0.95)},
                                 {QStringLiteral("forward_ms"), session.times().forward}});
    }

    const QString model = session.model()->name;
    const int tokens = session.shown().now->tokens();
    const std::vector<double> gaps = framesWhileTraining(window);
    const QJsonObject frames{{QStringLiteral("count"), static_cast<int>(gaps.size())},
                             {QStringLiteral("median_ms"), percentile(gaps, 0.5)},
                             {QStringLiteral("p95_ms"), percentile(gaps, 0.95)},
                             {QStringLiteral("longest_ms"), percentile(gaps, 1.0)}};

    const QJsonObject result{
        {QStringLiteral("benchmark"), QStringLiteral("key to painted picture")},
        {QStringLiteral("model"), model},
        {QStringLiteral("tokens"), tokens},
        {QStringLiteral("keys"), keys_a_page},
        {QStringLiteral("pages"), pages},
        {QStringLiteral("frames_while_training"), frames},
    };
    std::fputs(QJsonDocument(result).toJson().constData(), stdout);
    return 0;
}
