// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/separation.h"

#include <QTest>

using namespace encoderscope;

class TestSeparation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void with_relu_it_is_learned();
    void without_activation_it_cannot_be();
    void plane_is_the_trained_network();
    void same_seed_same_result();
    void stopped_training_returns_what_it_has();
};

void TestSeparation::with_relu_it_is_learned()
{
    const Separation learned = train_separation(true, 16, 600, 8, 1);
    QVERIFY2(learned.right > 0.99F, qPrintable(QString::number(double(learned.right))));
    QVERIFY(learned.losses.back() < 0.1F);
    QCOMPARE(learned.losses.size(), std::size_t{601});
}

/// Of four quadrants, a straight line has at most three on the right side, less what it cuts of them.
void TestSeparation::without_activation_it_cannot_be()
{
    for (const unsigned seed : {1U, 2U, 3U}) {
        const Separation straight = train_separation(false, 16, 600, 8, seed);
        QVERIFY(straight.right < 0.76F);
        QVERIFY(straight.losses.back() > 0.6F);
    }
}

void TestSeparation::plane_is_the_trained_network()
{
    const Separation learned = train_separation(true, 16, 600, 8, 1);
    QCOMPARE(learned.plane.rows(), Index{8});
    QVERIFY(learned.plane(0, 7) > 0.5F); // top right: both positive
    QVERIFY(learned.plane(7, 0) > 0.5F); // bottom left: both negative
    QVERIFY(learned.plane(0, 0) < 0.5F);
    QVERIFY(learned.plane(7, 7) < 0.5F);
}

void TestSeparation::same_seed_same_result()
{
    QCOMPARE(train_separation(true, 8, 50, 4, 7).losses, train_separation(true, 8, 50, 4, 7).losses);
    QVERIFY(train_separation(true, 8, 50, 4, 7).losses != train_separation(true, 8, 50, 4, 8).losses);
}

void TestSeparation::stopped_training_returns_what_it_has()
{
    std::stop_source stop;
    stop.request_stop();
    const Separation none = train_separation(true, 8, 50, 4, 7, stop.get_token());
    QCOMPARE(none.losses.size(), std::size_t{1});
    QCOMPARE(none.plane.rows(), Index{4});
}

QTEST_GUILESS_MAIN(TestSeparation)
#include "tst_separation.moc"
