// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "tests/source_files.h"
#include "ui/jobs/job.h"
#include "ui/jobs/job_threads.h"

#include <QRegularExpression>
#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <new>
#include <optional>
#include <random>
#include <thread>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

using namespace encoderscope;
using namespace std::chrono_literals;

namespace
{

/// Waits until it is told to stop.
void waitForStop(const JobControl &control)
{
    while (!control.stop().stop_requested())
        std::this_thread::sleep_for(100us);
    throw Stopped();
}

} // namespace

class TestJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { endJobThreads(); }

    void anAnswerArrivesInTheOwnersThread();
    void theWindowGoesFirst();
    void theNewestAnswerArrivesAlone();
    void whatAMessageLeavesGoesBeforeTheNext();
    void onePieceOfWorkRunsAtATime();
    void aShortRunIsFinished_data();
    void aShortRunIsFinished();
    void nothingArrivesOnceTheOwnerIsGone();
    void anOwnerMayGoWhileItIsTold();
    void aCallForAnOwnerThatIsGoneReachesNobody();
    void cancelIsObeyed();
    void whatWaitsCanBeCancelled();
    void anAnswerThatWasReadyArrivesThoughCancelled();
    void exceptionsAreValues_data();
    void exceptionsAreValues();
    void progressArrives();
    void messagesArriveInOrderAndBeforeTheOutcome();
    void messagesOfOlderWorkAreDropped();
    void jobsDoNotWaitForEachOther();
    void threadsEndAndBeginAgain();
    void noOtherThreadStartsInTheWindow();
};

void TestJobs::anAnswerArrivesInTheOwnersThread()
{
    std::optional<int> answer;
    Job<int> job([&](const Result<int> &outcome) {
        QCOMPARE(QThread::currentThread(), thread());
        QVERIFY(outcome.problem().isEmpty());
        answer = *outcome;
    });
    QVERIFY(!job.running());
    std::atomic<bool> elsewhere{false};
    job.ask([&elsewhere, here = std::this_thread::get_id()](const JobControl &) {
        elsewhere = std::this_thread::get_id() != here;
        return 7;
    });
    QVERIFY(job.running());
    QVERIFY(JobQueue::anyRunning());
    QTRY_VERIFY(answer);
    QCOMPARE(*answer, 7);
    QVERIFY(elsewhere);
    QVERIFY(!job.running());
    QVERIFY(!JobQueue::anyRunning());
}

void TestJobs::theWindowGoesFirst()
{
#ifdef Q_OS_LINUX
    std::optional<int> nice; // of the job's thread
    Job<int> job([&nice](const Result<int> &answer) { nice = *answer; });
    job.ask([](const JobControl &) { return getpriority(PRIO_PROCESS, 0); });
    QTRY_VERIFY(nice.has_value());
    QVERIFY(*nice > getpriority(PRIO_PROCESS, 0));
#else
    QSKIP("Threads have no priorities of their own here.");
#endif
}

/// Whenever older work is asked for, waits, runs, or has just given its answer.
void TestJobs::theNewestAnswerArrivesAlone()
{
    std::mt19937 random(1);
    std::uniform_int_distribution<int> microseconds(0, 300);
    int newest = 0;
    std::vector<int> answers;
    Job<int> job([&](const Result<int> &outcome) { answers.push_back(*outcome); });
    for (int round = 0; round < 300; ++round) {
        job.ask([wanted = ++newest, pause = microseconds(random)](const JobControl &control) {
            std::this_thread::sleep_for(std::chrono::microseconds(pause));
            throwIfStopped(control.stop());
            return wanted;
        });
        std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
        if (round % 3 == 0) {
            answers.clear();
            QCoreApplication::processEvents();
            for (const int answer : answers)
                QCOMPARE(answer, newest);
        }
    }
    answers.clear();
    QTRY_VERIFY(!job.running());
    endJobThreads();
    QCoreApplication::processEvents();
    QVERIFY(answers.size() <= 1);
    for (const int answer : answers)
        QCOMPARE(answer, newest);
}

/// As a window is laid out, and painted because of that.
void TestJobs::whatAMessageLeavesGoesBeforeTheNext()
{
    QStringList done;
    Inbox inbox;
    Inbox other;
    const auto later = [this](const auto &call) {
        QMetaObject::invokeMethod(this, call, Qt::QueuedConnection);
    };
    inbox.sender().send([&] {
        done << QStringLiteral("message");
        later([&] {
            done << QStringLiteral("laid out");
            later([&] { done << QStringLiteral("painted"); });
        });
        other.sender().send([&] { done << QStringLiteral("next message"); });
    });
    QTRY_COMPARE(done.size(), 4);
    QCOMPARE(done.join(QStringLiteral(", ")), QStringLiteral("message, laid out, painted, next message"));
}

void TestJobs::onePieceOfWorkRunsAtATime()
{
    std::atomic<int> atOnce{0}, most{0}, begun{0};
    bool delivered = false;
    Job<int> job([&](const Result<int> &) { delivered = true; });
    const auto ask = [&](bool last) {
        job.ask([&, last](const JobControl &control) {
            ++begun;
            most = std::max(most.load(), ++atOnce);
            while (!last && !control.stop().stop_requested())
                std::this_thread::sleep_for(50us);
            std::this_thread::sleep_for(1ms); // slow to obey
            --atOnce;
            return 0;
        });
    };
    for (int index = 0; index < 40; ++index) {
        ask(false);
        std::this_thread::sleep_for(std::chrono::microseconds(100 * (index % 12)));
    }
    ask(true);
    QTRY_VERIFY(delivered);
    QCOMPARE(most.load(), 1);
    QVERIFY2(begun < 41, "work whose place was taken began all the same");
}

void TestJobs::aShortRunIsFinished_data()
{
    QTest::addColumn<Older>("older");
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<QList<int>>("delivered");
    const int longer = static_cast<int>(worthFinishing.count()) + 50;
    QTest::newRow("short runs are finished") << Older::finishIfShort << 5 << QList<int>{1, 2, 4};
    QTest::newRow("long ones are not") << Older::finishIfShort << longer << QList<int>{1, 4};
    QTest::newRow("not unless that is wanted") << Older::stop << 5 << QList<int>{1, 4};
}

void TestJobs::aShortRunIsFinished()
{
    QFETCH(Older, older);
    QFETCH(int, milliseconds);
    QFETCH(QList<int>, delivered);
    QList<int> answers;
    Job<int> job([&](const Result<int> &outcome) { answers.append(*outcome); });
    QSemaphore begun, ahead;
    const auto ask = [&](int number) {
        job.ask(
            [&begun, &ahead, number, milliseconds](const JobControl &) {
                begun.release();
                if (number == 1)
                    QThread::msleep(static_cast<unsigned long>(milliseconds));
                else
                    ahead.acquire();
                return number;
            },
            older);
    };
    ask(1);
    QTRY_COMPARE(answers.size(), 1);
    begun.acquire();
    ask(2);
    begun.acquire(); // 2 runs
    ask(3);          // waits,
    ask(4);          // until this takes its place
    ahead.release(4);
    QTRY_VERIFY(!job.running());
    QCOMPARE(answers, delivered);
}

void TestJobs::nothingArrivesOnceTheOwnerIsGone()
{
    std::mt19937 random(2);
    std::uniform_int_distribution<int> microseconds(0, 200);
    for (int round = 0; round < 300; ++round) {
        const auto alive = std::make_shared<bool>(true);
        auto job = std::make_unique<Job<int>>(
            [alive](const Result<int> &) { QVERIFY2(*alive, "delivered to an owner that is gone"); },
            [alive](const Progress &) { QVERIFY2(*alive, "progress for an owner that is gone"); });
        job->ask([pause = microseconds(random)](const JobControl &control) {
            control.report(0, 1);
            std::this_thread::sleep_for(std::chrono::microseconds(pause));
            control.report(1, 1);
            return 1;
        });
        std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
        if (round % 2 == 0)
            QCoreApplication::processEvents();
        job.reset();
        *alive = false;
        QCoreApplication::processEvents();
    }
    endJobThreads();
    QCoreApplication::processEvents();

    // What runs is told to stop.
    QSemaphore begun;
    std::atomic<bool> told{false};
    auto job = std::make_unique<Job<Done>>([](const Result<Done> &) {});
    job->ask([&](const JobControl &control) {
        begun.release();
        for (int wait = 0; wait < 30'000 && !control.stop().stop_requested(); ++wait)
            std::this_thread::sleep_for(100us);
        told = control.stop().stop_requested();
        return Done();
    });
    begun.acquire();
    job.reset();
    endJobThreads();
    QVERIFY(told);
}

void TestJobs::anOwnerMayGoWhileItIsTold()
{
    std::unique_ptr<Job<int>> job;
    int told = 0;
    job = std::make_unique<Job<int>>([&](const Result<int> &) {
        ++told;
        job.reset();
    });
    job->ask([](const JobControl &control) {
        control.report(1, 1);
        return 1;
    });
    QTRY_COMPARE(told, 1);
    QVERIFY(!job);

    // In the middle of its messages too.
    job = std::make_unique<Job<int>>([&](const Result<int> &) { ++told; });
    job->ask([&job](const JobControl &control) {
        control.post([&job] { job.reset(); });
        return 1;
    });
    QTRY_VERIFY(!job);
    endJobThreads();
    QCoreApplication::processEvents();
    QCOMPARE(told, 1);
}

void TestJobs::aCallForAnOwnerThatIsGoneReachesNobody()
{
    auto inbox = std::make_unique<Inbox>();
    QSemaphore called;
    QSemaphore gone;
    std::thread caller([&, sender = inbox->sender()] {
        sender.send([] { QFAIL("nobody reads it"); });
        called.release();
        gone.acquire();
    });
    called.acquire();
    inbox.reset();
    gone.release();
    caller.join(); // with the last that knew of the inbox
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void TestJobs::cancelIsObeyed()
{
    bool stopped = false;
    QSemaphore begun;
    Job<Done> job([&](const Result<Done> &outcome) {
        QVERIFY(!outcome);
        QVERIFY(outcome.problem().isEmpty());
        stopped = outcome.wasStopped();
    });
    job.ask([&begun](const JobControl &control) {
        begun.release();
        waitForStop(control);
        return Done();
    });
    begun.acquire();
    job.cancel();
    QTRY_VERIFY(stopped);
    QVERIFY(!job.running());
}

void TestJobs::whatWaitsCanBeCancelled()
{
    QSemaphore begun, ahead;
    std::atomic<bool> ran{false};
    QList<bool> stopped;
    Job<Done> job([&](const Result<Done> &outcome) { stopped.append(outcome.wasStopped()); });
    job.ask([&](const JobControl &) {
        begun.release();
        ahead.acquire(); // deaf
        return Done();
    });
    begun.acquire();
    job.ask([&ran](const JobControl &) {
        ran = true;
        return Done();
    });
    job.cancel();
    ahead.release();
    QTRY_COMPARE(stopped, QList<bool>{true});
    QVERIFY(!ran);
}

void TestJobs::anAnswerThatWasReadyArrivesThoughCancelled()
{
    QSemaphore begun, ahead;
    std::optional<int> answer;
    Job<int> job([&](const Result<int> &outcome) {
        if (outcome)
            answer = *outcome;
    });
    job.ask([&](const JobControl &) {
        begun.release();
        ahead.acquire();
        return 3;
    });
    begun.acquire();
    job.cancel();
    ahead.release();
    QTRY_VERIFY(answer);
}

void TestJobs::exceptionsAreValues_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("message");
    QTest::newRow("Error") << 0 << QStringLiteral("a.json: \"layers\" is 0");
    QTest::newRow("a failed allocation") << 1 << QStringLiteral("There is not enough memory.");
    QTest::newRow("a standard one") << 2 << QStringLiteral("Something unforeseen went wrong: seven");
    QTest::newRow("anything") << 3 << QStringLiteral("Something unforeseen went wrong.");
}

void TestJobs::exceptionsAreValues()
{
    QFETCH(int, kind);
    QFETCH(QString, message);
    QString problem;
    bool stopped = true;
    Job<int> job([&](const Result<int> &outcome) {
        QVERIFY(!outcome);
        problem = outcome.problem();
        stopped = outcome.wasStopped();
    });
    job.ask([kind](const JobControl &) -> int {
        if (kind == 0)
            throw Error(QStringLiteral("a.json: \"layers\" is 0"));
        if (kind == 1)
            throw std::bad_alloc(); // sanitizers end the program when an allocation fails
        if (kind == 2)
            throw std::runtime_error("seven");
        throw 7;
    });
    QTRY_COMPARE(problem, message);
    QVERIFY(!stopped);
    // The job is as good as before.
    std::optional<int> answer;
    Job<int> next([&](const Result<int> &outcome) { answer = *outcome; });
    next.ask([](const JobControl &) { return 1; });
    QTRY_VERIFY(answer);
}

void TestJobs::progressArrives()
{
    constexpr int steps = 300;
    QList<Progress> heard;
    bool done = false;
    Job<Done> job([&](const Result<Done> &) { done = true; },
                  [&](const Progress &progress) {
                      QVERIFY(!done);
                      heard.append(progress);
                  });
    job.ask([](const JobControl &control) {
        for (int step = 1; step <= steps; ++step) {
            std::this_thread::sleep_for(1ms);
            control.report(step, steps);
        }
        return Done();
    });
    QTRY_VERIFY(done);
    QVERIFY2(heard.size() >= 3, qPrintable(QString::number(heard.size())));
    QVERIFY2(heard.size() < steps / 4, "the window hears of every step");
    for (qsizetype index = 0; index < heard.size(); ++index) {
        QCOMPARE(heard[index].total, steps);
        QVERIFY(index == 0 || heard[index].done > heard[index - 1].done);
    }
    QCOMPARE(heard.last().done, steps);
    QCOMPARE(heard.last().secondsLeft, 0.0);
    const Progress &first = heard.first(); // at least a millisecond a step
    QVERIFY(first.secondsLeft >= 0.001 * static_cast<double>(steps - first.done));
}

void TestJobs::messagesArriveInOrderAndBeforeTheOutcome()
{
    QList<int> seen;
    Job<int> job([&](const Result<int> &outcome) { seen.append(*outcome); });
    job.ask([&seen](const JobControl &control) {
        for (int number = 0; number < 100; ++number)
            control.post([&seen, number] { seen.append(number); });
        return 100;
    });
    QTRY_VERIFY(!job.running());
    QCOMPARE(seen.size(), 101);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
}

void TestJobs::messagesOfOlderWorkAreDropped()
{
    QSemaphore posted;
    QList<int> seen;
    Job<int> job([&](const Result<int> &outcome) { seen.append(*outcome); });
    job.ask([&](const JobControl &control) {
        control.post([&seen] { seen.append(-1); });
        posted.release();
        return -2;
    });
    posted.acquire();
    job.ask([](const JobControl &) { return 1; });
    QTRY_VERIFY(!job.running());
    QCOMPARE(seen, QList<int>{1});
}

void TestJobs::jobsDoNotWaitForEachOther()
{
    constexpr int many = 12; // more than a machine of two cores would run at once
    QSemaphore met;
    std::vector<std::unique_ptr<Job<Done>>> jobs;
    for (int index = 0; index < many; ++index) {
        jobs.push_back(std::make_unique<Job<Done>>([](const Result<Done> &) {}));
        jobs.back()->ask([&met](const JobControl &control) {
            met.release();
            waitForStop(control);
            return Done();
        });
    }
    QVERIFY(met.tryAcquire(many, 10'000));
    for (const auto &job : jobs)
        job->cancel();
    for (const auto &job : jobs)
        QTRY_VERIFY(!job->running());
}

void TestJobs::threadsEndAndBeginAgain()
{
    int answer = 0;
    Job<int> job([&](const Result<int> &outcome) { answer = *outcome; });
    for (int round = 1; round <= 20; ++round) {
        job.ask([round](const JobControl &) { return round; });
        QTRY_COMPARE(answer, round);
        endJobThreads();
    }
}

void TestJobs::noOtherThreadStartsInTheWindow()
{
    static const QRegularExpression starts(
        QStringLiteral("std::jthread|std::thread\\b(?!::)|\\bQThread\\b.*(create|start)|QThreadPool|"
                       "QtConcurrent|std::async"));
    QCOMPARE(found_in_sources({QStringLiteral("ui")}, starts, 100, QStringLiteral("ui/jobs/")), QString());
}

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
