// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/worked_example.h"
#include "ui/window/worked_strip.h"

#include <QScrollBar>
#include <QStandardPaths>
#include <QTest>

#include <cmath>

using namespace encoderscope;

namespace
{

const QString sentence = QStringLiteral("the it was too because the");

struct Shown {
    Session session;
    WorkedExample example{session};

    Shown()
    {
        session.setText(sentence);
        session.selection().pin({.layer = 1, .head = 2, .query = 2, .key = 4});
        example.resize(350, 700);
        example.show();
    }
    bool ready()
    {
        return QTest::qWaitFor([this] { return bool(session.shown()) && !session.busy(); }) &&
               QTest::qWaitForWindowExposed(&example);
    }
    const Trace &trace() { return *session.shown().now; }
    WorkedNumbers numbers()
    {
        const Selected &pinned = session.selection().pinned();
        return {session.shown().now, pinned.layer, pinned.head, pinned.query, pinned.key};
    }
    /// The first line of that kind and vector.
    int find(WorkedItem::Kind kind, WorkedVector which = WorkedVector::input)
    {
        for (std::size_t i = 0; i < example.items().size(); ++i) {
            const WorkedItem &item = example.items()[i];
            if (item.kind == kind && (kind != WorkedItem::Kind::strip || item.which == which))
                return static_cast<int>(i);
        }
        return -1;
    }
    void scrollTo(int item)
    {
        QScrollBar *bar = example.verticalScrollBar();
        bar->setValue(bar->value() + example.itemRect(item).top() - 100);
    }
};

bool near(const RowVector &a, const RowVector &b)
{
    return a.size() == b.size() && (a - b).cwiseAbs().maxCoeff() < 1e-4F * (1.0F + b.cwiseAbs().maxCoeff());
}

/// x Wᵀ + b, element by element.
RowVector product(const RowVector &x, const Linear &linear)
{
    RowVector y = x * linear.weight.view().transpose();
    if (!linear.bias.empty())
        y += linear.bias.view().row(0);
    return y;
}

RowVector normed(const RowVector &x, const NormFigures &figures, const LayerNorm &norm)
{
    const RowVector centred = (x.array() - figures.mean) / figures.deviation;
    return centred.cwiseProduct(norm.gain.view().row(0)) + norm.bias.view().row(0);
}

} // namespace

class TestWorkedExample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    /// Every step, computed again from the one before it and the weights, is the step shown.
    void everyStepFollowsFromTheOneBefore()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const WorkedNumbers n = shown.numbers();
        const EncoderConfig &config = n.trace().config();
        const LayerWeights &weights = n.trace().model().weights.layers[1];
        const auto head = [&](const RowVector &all) {
            return RowVector(all.segment(2 * config.d_k(), config.d_k()));
        };
        using enum WorkedVector;

        QVERIFY(near(n.vector(query), head(product(n.vector(input), weights.query))));
        QVERIFY(near(n.vector(key), head(product(n.vector(keyInput), weights.key))));
        QVERIFY(near(n.vector(value), head(product(n.vector(keyInput), weights.value))));
        QVERIFY(std::abs(n.vector(terms).sum() - n.at(4).raw) < 1e-4F);
        QVERIFY(std::abs(n.at(4).raw / std::sqrt(float(config.d_k())) - n.at(4).scaled) < 1e-5F);
        QVERIFY(std::abs(n.exponential(4) / n.exponentialSum() - double(n.at(4).weight)) < 1e-5);
        RowVector sum = RowVector::Zero(config.d_k());
        for (int token = 0; token < n.trace().tokens(); ++token)
            sum += n.vector(weightedValue, token);
        QVERIFY(near(n.vector(headOutput), sum));
        QVERIFY(near(head(n.vector(concatenation)), sum));
        QVERIFY(near(n.vector(attentionOutput), product(n.vector(concatenation), weights.output)));
        if (config.norm_placement == NormPlacement::post) {
            QVERIFY(near(n.vector(attentionSum), n.vector(input) + n.vector(attentionOutput)));
            QVERIFY(
                near(n.vector(attentionResult),
                     normed(n.vector(attentionSum), n.normFigures(attentionSum), weights.attention_norm)));
            QVERIFY(near(n.vector(expanded), product(n.vector(attentionResult), weights.expand)));
            QVERIFY(near(n.vector(feedForwardOutput), product(n.vector(activated), weights.shrink)));
            QVERIFY(near(n.vector(feedForwardSum), n.vector(attentionResult) + n.vector(feedForwardOutput)));
            QVERIFY(near(n.vector(output), normed(n.vector(feedForwardSum), n.normFigures(feedForwardSum),
                                                  weights.feed_forward_norm)));
        }
    }

    void strongestKeyIsTakenWhenNoneIsPinned()
    {
        Shown shown;
        QVERIFY(shown.ready());
        shown.session.selection().pinKey(-1);
        const WorkedNumbers n = shown.numbers();
        QVERIFY(!n.keyChosen());
        for (const WorkedKey &key : n.keys())
            QVERIFY(key.weight <= n.at(n.key()).weight);
    }

    void hiddenSpecialsAreSummedUpInOneLine()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const auto rows = [&shown] {
            return std::count_if(shown.example.items().begin(), shown.example.items().end(),
                                 [](const WorkedItem &item) { return item.kind == WorkedItem::Kind::key; });
        };
        QCOMPARE(int(rows()), shown.trace().tokens());
        shown.session.setHidesSpecial(true);
        QCOMPARE(int(rows()), shown.trace().tokens() - 2);
        const WorkedNumbers n = shown.numbers();
        const double hidden = double(n.at(0).weight) + double(n.at(shown.trace().tokens() - 1).weight);
        QVERIFY(shown.example.plainText().contains(QStringLiteral("together %1").arg(workedNumber(hidden))));
    }

    void numbersOnScreenAreThoseOfTheTrace()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const QString text = shown.example.plainText();
        const float raw = shown.trace().raw_scores(1, 2)(2, 4);
        const float weight = shown.trace().attention_weights(1, 2)(2, 4);
        QVERIFY2(text.contains(workedNumber(double(raw))), qPrintable(text));
        QVERIFY2(text.contains(workedNumber(double(weight))), qPrintable(text));
        int keys = 0;
        for (const WorkedItem &item : shown.example.items())
            keys += item.kind == WorkedItem::Kind::key ? 1 : 0;
        QCOMPARE(keys, shown.trace().tokens());
    }

    void hoveredStepLightsTheFigures()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const int key = shown.find(WorkedItem::Kind::key);
        shown.scrollTo(key);
        QTest::mouseMove(shown.example.viewport(), shown.example.itemRect(key + 3).center());
        QCOMPARE(shown.session.selection().hovered(),
                 (Selected{.layer = 1, .head = 2, .query = 2, .key = 3}));

        const int expanded = shown.find(WorkedItem::Kind::strip, WorkedVector::expanded);
        shown.scrollTo(expanded);
        QTest::mouseMove(shown.example.viewport(),
                         shown.example.elementRect(expanded, 137).center().toPoint());
        QCOMPARE(shown.session.selection().hovered(), (Selected{.layer = 1, .query = 2, .neuron = 137}));
    }

    void clickedKeyIsPinned()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const int key = shown.find(WorkedItem::Kind::key);
        shown.scrollTo(key);
        QTest::mouseClick(shown.example.viewport(), Qt::LeftButton, {},
                          shown.example.itemRect(key + 1).center());
        QCOMPARE(shown.session.selection().pinned().key, 1);
        QTest::mouseClick(shown.example.viewport(), Qt::LeftButton, {},
                          shown.example.itemRect(key + 1).center());
        QCOMPARE(shown.session.selection().pinned().key, -1);
    }

    void keyboardWalksThroughTheSteps()
    {
        Shown shown;
        QVERIFY(shown.ready());
        shown.example.setFocus();
        QTest::keyClick(&shown.example, Qt::Key_End);
        QVERIFY(shown.example.verticalScrollBar()->value() > 0);
        QCOMPARE(shown.session.selection().hovered(), (Selected{.layer = 1, .query = 2}));
        QTest::keyClick(&shown.example, Qt::Key_Home);
        QVERIFY(shown.example.verticalScrollBar()->value() < 10);
    }

    void sourcesAreWhatANumberCameFrom()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const WorkedNumbers n = shown.numbers();
        const int d_k = n.trace().config().d_k();
        const auto term = workedSources(n, WorkedVector::terms, 3);
        QCOMPARE(term.size(), std::size_t(2));
        QCOMPARE(term[0].first, 3);
        QCOMPARE(term[0].count, 1);
        // Of the concatenation only this head's part comes from this head.
        const auto inside = workedSources(n, WorkedVector::concatenation, 2 * d_k + 5);
        QCOMPARE(inside.size(), std::size_t(1));
        QVERIFY(inside[0].which == WorkedVector::headOutput);
        QCOMPARE(inside[0].first, 5);
        QVERIFY(workedSources(n, WorkedVector::concatenation, 0).empty());
    }

    void manyKeysAreCondensed()
    {
        Shown shown;
        shown.session.setText(QString(QStringLiteral("a lot of words ")).repeated(15));
        QVERIFY(shown.ready());
        const auto count = [&](WorkedItem::Kind kind) {
            return std::count_if(shown.example.items().begin(), shown.example.items().end(),
                                 [kind](const WorkedItem &item) { return item.kind == kind; });
        };
        QVERIFY(shown.trace().tokens() > 40);
        QVERIFY(count(WorkedItem::Kind::key) <= 12);
        QCOMPARE(count(WorkedItem::Kind::moreKeys), 1);
        const int more = shown.find(WorkedItem::Kind::moreKeys);
        shown.scrollTo(more);
        QTest::mouseClick(shown.example.viewport(), Qt::LeftButton, {},
                          shown.example.itemRect(more).center());
        QCOMPARE(int(count(WorkedItem::Kind::key)), shown.trace().tokens());
    }

    void everyElementOfAStripCanBeReached_data()
    {
        QTest::addColumn<int>("elements");
        for (const int elements : {1, 32, 128, 129, 512, 3072})
            QTest::addRow("%d", elements) << elements;
    }

    void everyElementOfAStripCanBeReached()
    {
        QFETCH(int, elements);
        const QRectF strip(10, 20, 256, stripHeight(elements));
        for (int element = 0; element < elements; ++element)
            QCOMPARE(stripElementAt(strip, elements, stripCell(strip, elements, element).center()), element);
        QCOMPARE(stripElementAt(strip, elements, QPointF(5, 25)), -1);
    }
};

QTEST_MAIN(TestWorkedExample)
#include "tst_worked_example.moc"
