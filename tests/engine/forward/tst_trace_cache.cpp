// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/trace_cache.h"
#include "engine/model/initial_model.h"

#include <QTest>

using namespace encoderscope;

class TestTraceCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void state_already_seen_is_the_same_trace();
    void new_state_starts_from_the_closest();
    void oldest_goes_when_the_budget_is_spent();
    void shared_layers_count_once();
    void another_model_takes_the_place();
    void stopped_run_is_not_kept();

private:
    Encoding encode(const char *text) const { return model_->tokenizer->encode(QString::fromLatin1(text)); }

    ModelPtr model_ = untrained_model();
};

void TestTraceCache::state_already_seen_is_the_same_trace()
{
    TraceCache cache;
    Switches no_positions;
    no_positions.positions = false;
    const TracePtr cat = cache.run(model_, encode("cat"), {});
    const TracePtr switched = cache.run(model_, encode("cat"), no_positions);
    const TracePtr dog = cache.run(model_, encode("dog"), {});
    QCOMPARE(cache.run(model_, encode("cat"), {}), cat);
    QCOMPARE(cache.find(model_, encode("cat"), no_positions), switched);
    QCOMPARE(cache.run(model_, encode("dog"), {}), dog);
    QVERIFY(!cache.find(model_, encode("do"), {}));
    // The same ids typed with other spaces: another trace with its own text, no number computed again.
    const TracePtr spaced = cache.run(model_, encode(" dog"), {});
    QVERIFY(spaced != dog);
    QCOMPARE(spaced->encoding().text, QStringLiteral(" dog"));
    QCOMPARE(spaced->layer_pointers(), dog->layer_pointers());
}

void TestTraceCache::new_state_starts_from_the_closest()
{
    TraceCache cache;
    Switches early;
    early.layer(0).heads_off = {0};
    Switches late;
    late.layer(2).heads_off = {0};
    const TracePtr plain = cache.run(model_, encode("cat"), {});
    cache.run(model_, encode("cat"), early);
    const TracePtr trace = cache.run(model_, encode("cat"), late);
    QCOMPARE(trace->layer_pointers()[1], plain->layer_pointers()[1]);
    QVERIFY(trace->layer_pointers()[2] != plain->layer_pointers()[2]);
    QVERIFY(!cache.closest(model_, encode("dog"), {}));
}

void TestTraceCache::oldest_goes_when_the_budget_is_spent()
{
    const TracePtr measured = TraceCache().run(model_, encode("cat"), {});
    std::size_t bytes = measured->embedding().bytes();
    for (const auto &layer : measured->layer_pointers())
        bytes += layer->bytes();
    QVERIFY(bytes > 100'000); // 5 tokens x 4 layers x (11 x 128 + 2 x 512) floats and more

    TraceCache cache(2 * bytes);
    const TracePtr cat = cache.run(model_, encode("cat"), {});
    cache.run(model_, encode("dog"), {});
    QCOMPARE(cache.run(model_, encode("cat"), {}), cat); // used again: the dog is now the oldest
    cache.run(model_, encode("cow"), {});
    QVERIFY(cache.find(model_, encode("cat"), {}));
    QVERIFY(!cache.find(model_, encode("dog"), {}));

    TraceCache narrow(1);
    narrow.run(model_, encode("cat"), {});
    QVERIFY(narrow.find(model_, encode("cat"), {}));
}

void TestTraceCache::shared_layers_count_once()
{
    const TracePtr measured = TraceCache().run(model_, encode("cat"), {});
    std::size_t bytes = measured->embedding().bytes();
    for (const auto &layer : measured->layer_pointers())
        bytes += layer->bytes();
    TraceCache cache(2 * bytes);
    for (int head = 0; head < 4; ++head) {
        Switches switches;
        switches.layer(3).heads_off = {head};
        cache.run(model_, encode("cat"), switches);
    }
    Switches first;
    first.layer(3).heads_off = {0};
    QVERIFY(cache.find(model_, encode("cat"), first));
}

void TestTraceCache::another_model_takes_the_place()
{
    TraceCache cache;
    cache.run(model_, encode("cat"), {});
    const ModelPtr other = untrained_model();
    cache.run(other, encode("cat"), {});
    QVERIFY(cache.find(other, encode("cat"), {}));
    QVERIFY(!cache.find(model_, encode("cat"), {}));
    cache.clear();
    QVERIFY(!cache.find(other, encode("cat"), {}));
}

void TestTraceCache::stopped_run_is_not_kept()
{
    TraceCache cache;
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!cache.run(model_, encode("cat"), {}, stop.get_token()));
    QVERIFY(!cache.find(model_, encode("cat"), {}));
}

QTEST_GUILESS_MAIN(TestTraceCache)
#include "tst_trace_cache.moc"
