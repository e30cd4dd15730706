// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/pages/shown_page.h"
#include "ui/pages/attention_page.h"
#include "ui/pages/figure_zoom.h"
#include "ui/pages/overview.h"

#include <QPainter>
#include <QStandardPaths>
#include <QTabWidget>

#include <algorithm>
#include <functional>

using namespace encoderscope;

/// Figures on a page: zooming, panning, and large ones that are computed meanwhile.
class TestFigureView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }

    void zoomKeepsThePointFixed()
    {
        const QSizeF all(100, 20);
        const QRectF whole(QPointF(0, 0), all);
        const QRectF zoomed = zoomedCells(whole, QPointF(25, 10), 2.0, all);
        QCOMPARE(zoomed, QRectF(12.5, 5, 50, 10));
        QCOMPARE(zoomedCells(zoomed, QPointF(25, 10), 0.5, all), whole);
        // Never beyond the matrix, never so near that nothing is left.
        QCOMPARE(zoomedCells(zoomed, QPointF(12.5, 5), 0.01, all), whole);
        QCOMPARE(zoomedCells(whole, QPointF(99, 19), 1e6, all).size(), QSizeF(3, 3));
        QCOMPARE(pannedCells(zoomed, QPointF(1000, -1000), all), QRectF(50, 0, 50, 10));
    }

    void wheelZoomsAndDraggingPans()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        FigureView *view = visibleHeatmap(shown.page);
        QVERIFY(!view->zoomed());
        view->zoom(2.0, cellPoint(*view, 4, 4));
        QVERIFY(view->zoomed());
        // Another head, the same part of the matrix.
        shown.session.selection().pinHead(1, 2);
        QVERIFY(view->visibleCells().width() < view->figure()->heatmap()->columns);
        QTest::keyClick(view, Qt::Key_0);
        QVERIFY(!view->zoomed());
    }

    void overviewShowsWhichPartIsVisibleAndMovesIt()
    {
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        FigureView *view = visibleHeatmap(shown.page);
        auto *overview = view->findChild<Overview *>();
        QVERIFY(overview != nullptr && !overview->isVisible());
        view->zoom(2.0, cellPoint(*view, 4, 4));
        QTRY_VERIFY(overview->isVisible());
        QVERIFY(view->rect().contains(overview->geometry()));

        const HeatmapData &map = *view->figure()->heatmap();
        const QSize all(map.columns, map.rows);
        const QImage picture = FigureRenderer(view->figure()).overview(all, view->style());
        for (int row = 0; row < all.height(); ++row) {
            const Matrix values = map.values(row, 1);
            for (int column = 0; column < all.width(); ++column)
                QCOMPARE(picture.pixel(column, row), map.scale.colour(double(values(0, column))));
        }

        QTest::mousePress(overview, Qt::LeftButton, {}, QPoint(2, 2));
        QCOMPARE(view->visibleCells().topLeft(), QPointF(0, 0));
        QMouseEvent drag(QEvent::MouseMove, QPointF(overview->rect().bottomRight()),
                         overview->mapToGlobal(QPointF(overview->rect().bottomRight())), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(overview, &drag);
        QCOMPARE(view->visibleCells().bottomRight(), QPointF(all.width(), all.height()));
        QTest::mouseRelease(overview, Qt::LeftButton);

        QTest::keyClick(view, Qt::Key_0);
        QTRY_VERIFY(!overview->isVisible());
    }

    void largeFiguresAreComputedBesideTheWindow_data()
    {
        QTest::addColumn<int>("tab");
        QTest::newRow("one head") << 0;
        QTest::newRow("all heads") << 2;
    }
    void largeFiguresAreComputedBesideTheWindow()
    {
        QFETCH(int, tab);
        Shown<AttentionPage> shown;
        QVERIFY(shown.ready());
        shown.page.findChild<QTabWidget *>()->setCurrentIndex(tab);
        QTRY_VERIFY(!shown.page.late());
        const auto views = shown.page.findChildren<FigureView *>();
        FigureView *view = *std::find_if(views.begin(), views.end(), std::mem_fn(&QWidget::isVisible));
        const auto shot = [view] { // without the button that is there while the pointer is
            QImage image(view->size(), QImage::Format_RGB32);
            view->render(&image, QPoint(), QRegion(), QWidget::RenderFlags());
            return image;
        };
        const QImage before = shot();

        // The picture of the text before stays until the new one is there: no hole, and nobody waits.
        QImage meanwhile;
        connect(&shown.session, &Session::frameChanged, view, [&] {
            if (meanwhile.isNull())
                meanwhile = shot();
        });
        shown.session.setText(QStringLiteral("word ").repeated(900));
        QTRY_VERIFY_WITH_TIMEOUT(!meanwhile.isNull(), 20'000);
        QCOMPARE(meanwhile, before);
        QTRY_VERIFY_WITH_TIMEOUT(!shown.page.late() && shot() != before, 20'000);
        const auto painted = [view] {
            const FigureStyle style = view->style();
            QImage image(view->size(), QImage::Format_RGB32);
            image.fill(style.background);
            QPainter painter(&image);
            FigureRenderer(view->figure(), view->lastingViewpoint())
                .paint(painter, QRectF(view->rect()).adjusted(4, 4, -4, -4), style);
            return image;
        };
        QTRY_COMPARE(shot(), painted());
    }
};

QTEST_MAIN(TestFigureView)
#include "tst_figure_view.moc"
