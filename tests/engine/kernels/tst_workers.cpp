// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/multiply.h"
#include "engine/kernels/panels.h"
#include "engine/kernels/workers.h"
#include "engine/made_once.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace encoderscope;
using namespace encoderscope::kernels;

class TestWorkers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_chunk_runs_once();
    void callers_on_several_threads_do_not_meet();
    void chunk_may_ask_for_chunks();
    void work_after_a_rest_is_done();
    void never_more_threads_than_cores();
    void panels_asked_for_at_once_are_made_once();
    void stopped_run_leaves_whole_panels();
    void what_a_chunk_throws_reaches_the_caller();
    void workers_of_their_own_have_the_threads_asked_for();
};

void TestWorkers::every_chunk_runs_once()
{
    for (const std::size_t chunks : {0, 1, 2, 3, 17, 1000, 70000}) {
        for (int repeat = 0; repeat < 20; ++repeat) {
            std::vector<int> runs(chunks); // each element belongs to one chunk
            std::atomic<bool> known_thread = true;
            run_chunks(chunks, [&](std::size_t chunk, std::size_t thread) {
                ++runs[chunk];
                if (thread >= worker_threads())
                    known_thread = false;
            });
            QCOMPARE(std::count(runs.begin(), runs.end(), 1), std::ptrdiff_t(chunks));
            QVERIFY(known_thread);
        }
    }
}

void TestWorkers::callers_on_several_threads_do_not_meet()
{
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> callers;
    for (int caller = 0; caller < 4; ++caller) {
        callers.emplace_back([&wrong] {
            for (int repeat = 0; repeat < 300; ++repeat) {
                std::vector<std::size_t> seen(64);
                run_chunks(seen.size(), [&](std::size_t chunk, std::size_t) { seen[chunk] = chunk + 1; });
                for (std::size_t chunk = 0; chunk < seen.size(); ++chunk) {
                    if (seen[chunk] != chunk + 1)
                        ++wrong;
                }
            }
        });
    }
    callers.clear();
    QCOMPARE(wrong.load(), 0);
}

void TestWorkers::chunk_may_ask_for_chunks()
{
    std::atomic<int> runs = 0;
    run_chunks(8,
               [&](std::size_t, std::size_t) { run_chunks(8, [&](std::size_t, std::size_t) { ++runs; }); });
    QCOMPARE(runs.load(), 64);
}

void TestWorkers::work_after_a_rest_is_done()
{
    for (int repeat = 0; repeat < 20; ++repeat) {
        std::this_thread::sleep_for(std::chrono::milliseconds(repeat % 3 * 2));
        std::atomic<int> runs = 0;
        run_chunks(50, [&](std::size_t, std::size_t) { ++runs; });
        QCOMPARE(runs.load(), 50);
    }
}

void TestWorkers::never_more_threads_than_cores()
{
    set_worker_threads(10000);
    QCOMPARE(worker_threads(), std::size_t(std::max(1U, std::min(64U, std::thread::hardware_concurrency()))));
    set_worker_threads(1);
    QCOMPARE(worker_threads(), std::size_t(1));
    const auto here = std::this_thread::get_id();
    std::atomic<bool> elsewhere = false;
    run_chunks(
        100, [&](std::size_t, std::size_t) { elsewhere = elsewhere || std::this_thread::get_id() != here; });
    QVERIFY(!elsewhere);
    set_worker_threads(10000);
}

void TestWorkers::panels_asked_for_at_once_are_made_once()
{
    const std::vector<float> weight(100 * 70, 2.0F);
    const MadeOnce lazy;
    std::vector<const Panels *> got(4);
    {
        std::vector<std::jthread> threads;
        for (const Panels *&mine : got)
            threads.emplace_back([&lazy, &weight, &mine] {
                mine = &lazy.get<Panels>([&] { return Panels({weight.data(), 100, 70, 70}); });
            });
    }
    for (const Panels *panels : got)
        QCOMPARE(panels, got[0]);
    QCOMPARE(got[0]->panel(3)[0], 2.0F);
}

void TestWorkers::stopped_run_leaves_whole_panels()
{
    std::stop_source source;
    std::atomic<int> runs = 0;
    const auto stop_at_tenth = [&](std::size_t, std::size_t) {
        if (++runs == 10)
            source.request_stop();
    };
    run_chunks(10000, stop_at_tenth, source.get_token());
    QVERIFY(runs >= 10);
    QVERIFY(runs <= 10 + static_cast<int>(worker_threads()));
    run_chunks(4, stop_at_tenth, source.get_token());
    QVERIFY(runs <= 10 + static_cast<int>(worker_threads()));

    // What a stopped product leaves out is missing, but not from the panels that later ones use.
    const std::vector<float> weight(500 * 300, 2.0F);
    const Panels panels({weight.data(), 500, 300, 300});
    std::vector<float> x(300, 1.0F), y(500, -1.0F);
    const Product product{
        .from = {x.data(), 1, 300, 300}, .weights = &panels, .bias = nullptr, .to = {y.data(), 1, 500, 500}};
    multiply({&product, 1}, source.get_token());
    QCOMPARE(std::count(y.begin(), y.end(), -1.0F), 500);
    multiply({&product, 1});
    QCOMPARE(std::count(y.begin(), y.end(), 600.0F), 500);
}

void TestWorkers::what_a_chunk_throws_reaches_the_caller()
{
    Workers workers(3);
    std::atomic<int> after = 0;
    const auto third_fails = [&](std::size_t chunk, std::size_t) {
        if (chunk == 3)
            throw std::bad_alloc();
        std::this_thread::sleep_for(std::chrono::microseconds(50));
        ++after;
    };
    for (int repeat = 0; repeat < 20; ++repeat)
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, workers.run(1000, third_fails));
    QVERIFY(after < 20 * 999); // the others were left out
    std::atomic<int> runs = 0;
    workers.run(50, [&](std::size_t, std::size_t) { ++runs; });
    QCOMPARE(runs.load(), 50);
}

void TestWorkers::workers_of_their_own_have_the_threads_asked_for()
{
    Workers four(4);
    QCOMPARE(four.threads(), std::size_t(4));
    std::atomic<int> met = 0;
    const auto wait_for_all = [&](std::size_t, std::size_t) {
        ++met;
        while (met < 4)
            std::this_thread::yield();
    };
    four.run(4, wait_for_all); // would never return with fewer
    QCOMPARE(met.load(), 4);
}

QTEST_GUILESS_MAIN(TestWorkers)
#include "tst_workers.moc"
