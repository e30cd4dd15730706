// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colour_map.h"
#include "ui/map/encoder_map.h"
#include "ui/map/thumbnails.h"
#include "ui/state/session.h"

#include <QColor>
#include <QSignalSpy>
#include <QTest>

using namespace encoderscope;

namespace
{

using Kind = MapPart::Kind;

void settle(Session &session)
{
    QTRY_VERIFY_WITH_TIMEOUT(!session.busy(), 20000);
}

QPoint middle(const QRectF &rect)
{
    return rect.center().toPoint();
}

/// The map of a text's run, on the screen.
struct ShownMap {
    explicit ShownMap(const QString &text)
        : map(run(text))
    {
        map.resize(268, 700);
        map.show();
        if (!QTest::qWaitForWindowExposed(&map))
            qFatal("the map is not shown");
    }

    Session session;
    EncoderMap map;

private:
    Session &run(const QString &text)
    {
        session.setText(text);
        settle(session);
        return session;
    }
};

} // namespace

class TestEncoderMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layoutHoldsEveryPartOnce_data()
    {
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("heads");
        QTest::addColumn<double>("width");
        QTest::newRow("default") << 4 << 4 << 260.0;
        QTest::newRow("BERT base") << 12 << 12 << 260.0;
        QTest::newRow("BERT large, narrow") << 24 << 16 << 200.0;
        QTest::newRow("one head") << 1 << 1 << 300.0;
        QTest::newRow("wide") << 6 << 8 << 500.0;
    }

    void layoutHoldsEveryPartOnce()
    {
        QFETCH(int, layers);
        QFETCH(int, heads);
        QFETCH(double, width);
        const MapLayout layout = mapLayout(layers, heads, width, 16.0);
        const std::size_t columns = heads > 1 ? static_cast<std::size_t>(heads) : 0;
        QCOMPARE(layout.items.size(), 3 + columns + static_cast<std::size_t>(layers * (3 + heads)));
        const QRectF whole(QPointF(0, 0), layout.size);
        for (const MapItem &item : layout.items) {
            QVERIFY(whole.contains(item.frame));
            for (const QRectF &part : {item.label, item.thumbnail, item.toggle})
                QVERIFY(part.isNull() || item.frame.adjusted(-1, -1, 1, 1).contains(part));
            if (!item.toggle.isNull()) {
                QVERIFY(layout.at(item.toggle.center()));
                QCOMPARE(layout.at(item.toggle.center())->part, item.part);
            }
        }
        // The encoder stands: embedding below layer 1, that below layer 2, the output on top.
        double above = whole.bottom();
        for (int layer = 0; layer < layers; ++layer) {
            const QRectF frame = layout.find({Kind::layer, layer})->frame;
            QVERIFY(frame.bottom() < above);
            above = frame.top();
        }
        QVERIFY(layout.find({Kind::embedding})->frame.top() > layout.find({Kind::layer, 0})->frame.bottom());
        QVERIFY(layout.find({Kind::output})->frame.bottom() < above);
    }

    void thumbnailsShowTheNumbers()
    {
        Session session;
        session.setText(QStringLiteral("the cat sat on the mat"));
        settle(session);
        const Matrix weights = session.shown().now->attention_weights(1, 2);
        const QImage image = thumbnail(session.shown(), {Kind::head, 1, 2}, false);
        QCOMPARE(image.width(), static_cast<int>(weights.cols()));
        QCOMPARE(image.height(), static_cast<int>(weights.rows()));
        Index row = 0, column = 0;
        weights.maxCoeff(&row, &column);
        const QRgb brightest = image.pixel(static_cast<int>(column), static_cast<int>(row));
        QCOMPARE(QColor(brightest), QColor(ColourScale::sequential(0.0, 1.0).colour(1.0)));
        QVERIFY(thumbnail(session.shown(), {Kind::layer, 1}, false).isNull());

        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY(thumbnail(session.shown(), {Kind::head, 1, 2}, false, stopped.get_token()).isNull());
    }

    void clickOpensAndSwitchSwitches()
    {
        ShownMap shown(QStringLiteral("the cat sat"));
        Session &session = shown.session;
        EncoderMap &map = shown.map;
        QSignalSpy opened(&map, &EncoderMap::opened);
        const MapPart part{Kind::head, 2, 1};
        const MapItem item = *map.itemOf(part);

        QTest::mouseClick(map.viewport(), Qt::LeftButton, {}, middle(item.thumbnail));
        QCOMPARE(opened.size(), 1);
        QCOMPARE(session.selection().pinned().layer, 2);
        QCOMPARE(session.selection().pinned().head, 1);
        QVERIFY(session.switches().head_on(2, 1));

        const QImage on = map.grab(item.thumbnail.toRect()).toImage();
        QTest::mouseClick(map.viewport(), Qt::LeftButton, {}, middle(item.toggle));
        QVERIFY(!session.switches().head_on(2, 1));
        settle(session);
        const QImage off = map.grab(item.thumbnail.toRect()).toImage();
        QVERIFY2(on != off, "what is off must look different");
        session.undo();
        QVERIFY(session.switches().head_on(2, 1));
    }

    void doubleClickSolosAndRestores()
    {
        ShownMap shown(QStringLiteral("the cat sat"));
        Session &session = shown.session;
        EncoderMap &map = shown.map;
        const QPoint place = middle(map.itemOf({Kind::head, 1, 3})->toggle);
        const auto doubleClick = [&] {
            QTest::mouseClick(map.viewport(), Qt::LeftButton, {}, place);
            QTest::mouseDClick(map.viewport(), Qt::LeftButton, {}, place);
            settle(session);
        };
        doubleClick();
        QVERIFY(session.switches().head_on(1, 3));
        QVERIFY(!session.switches().head_on(1, 0));
        QVERIFY(!session.switches().head_on(0, 3));
        doubleClick();
        QVERIFY(!session.switches().any() || session.switches().head_on(0, 0));
        QVERIFY(session.switches().head_on(1, 0));
    }

    void keyboardWalksOpensAndSwitches()
    {
        ShownMap shown(QStringLiteral("the cat sat"));
        Session &session = shown.session;
        EncoderMap &map = shown.map;
        QSignalSpy opened(&map, &EncoderMap::opened);
        QTest::keyClick(&map, Qt::Key_Up); // from the embedding to the positions
        QTest::keyClick(&map, Qt::Key_Space);
        QVERIFY(!session.switches().positions);
        QTest::keyClick(&map, Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].value<MapPart>().kind, Kind::positions);
        QVERIFY(map.accessibleDescription().contains(QStringLiteral("Positional encoding")));
    }

    void longInputsAreDrawnOffTheUiThread()
    {
        ShownMap shown(QStringLiteral("word ").repeated(400));
        EncoderMap &map = shown.map;
        const QRect place = map.itemOf({Kind::head, 0, 0})->thumbnail.toRect();
        const QRgb ground = map.palette().color(QPalette::AlternateBase).rgb();
        QTRY_VERIFY_WITH_TIMEOUT(map.grab(place).toImage().pixel(place.width() / 2, 4) != ground, 20000);
    }
};

QTEST_MAIN(TestEncoderMap)
#include "tst_encoder_map.moc"
