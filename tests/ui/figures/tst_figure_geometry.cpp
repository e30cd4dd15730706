// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/colour_map.h"
#include "ui/figures/colour_table.h"
#include "ui/figures/figure_style.h"
#include "ui/figures/heatmap_geometry.h"
#include "ui/figures/ticks.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace encoderscope;

/// What figures compute before they paint.
class TestFigureGeometry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void a_cells_centre_finds_the_cell_again();
    void points_outside_find_nothing();
    void covering_cells_stay_within_the_matrix();
    void hatching_ends_at_the_edges();
    void the_edge_parts_cells_within_reach_from_others_data();
    void the_edge_parts_cells_within_reach_from_others();
    void nice_ceilings_data();
    void nice_ceilings();
    void ticks_are_round_and_within_the_range();
    void decades_thin_out();
    void tick_labels_have_the_decimals_they_need();
    void colours_are_clamped_and_centred();
    void a_table_has_the_scales_colours();
    void outliers_do_not_set_the_scale();
};

void TestFigureGeometry::a_cells_centre_finds_the_cell_again()
{
    const QRectF area(13.5, 7.25, 211.0, 97.0);
    for (const QRectF &visible : {QRectF(0, 0, 9, 5), QRectF(2.5, 1.25, 3.75, 2.5)}) {
        const QRect block = coveringCells(visible, 5, 9);
        for (int row = block.top(); row <= block.bottom(); ++row) {
            for (int column = block.left(); column <= block.right(); ++column) {
                const QPointF centre = cellRect(area, visible, row, column).center();
                const auto found = cellAt(centre, area, visible);
                if (area.contains(centre))
                    QCOMPARE(found.value(), QPoint(column, row));
            }
        }
    }
}

void TestFigureGeometry::the_edge_parts_cells_within_reach_from_others_data()
{
    QTest::addColumn<int>("reach");
    QTest::addColumn<QList<int>>("numbers");
    QTest::newRow("all tokens") << 2 << QList<int>();
    QTest::newRow("only itself") << 0 << QList<int>();
    QTest::newRow("everything") << 9 << QList<int>();
    QTest::newRow("some left out") << 2 << QList<int>{1, 2, 4, 5, 6, 9, 10};
    QTest::newRow("some far from all others") << 1 << QList<int>{1, 5, 6, 11, 12, 13, 20};
}

/// Two cells that touch have a piece of the edge between them exactly when one takes part and one does not.
void TestFigureGeometry::the_edge_parts_cells_within_reach_from_others()
{
    QFETCH(int, reach);
    QFETCH(QList<int>, numbers);
    const int size = numbers.isEmpty() ? 8 : static_cast<int>(numbers.size());
    const QRectF area(0, 0, size, size); // a cell is 1 x 1
    const QList<QLineF> edge = reachEdge(area, area, reach, 0, size - 1, size, numbers, numbers);
    const auto within = [&](int row, int column) {
        return std::abs(numbers.value(row, row) - numbers.value(column, column)) <= reach;
    };
    const auto parted = [&edge](const QPointF &a, const QPointF &b) { // the line goes through the middle
        const QPointF middle = (a + b) / 2.0;
        return std::any_of(edge.begin(), edge.end(), [&](const QLineF &line) {
            const bool upright = line.x1() == line.x2();
            const double at = upright ? middle.y() : middle.x();
            const double from = upright ? line.y1() : line.x1();
            const double to = upright ? line.y2() : line.x2();
            return (upright ? middle.x() == line.x1() : middle.y() == line.y1()) && at > std::min(from, to) &&
                   at < std::max(from, to);
        });
    };
    for (int row = 0; row < size; ++row) {
        for (int column = 0; column < size; ++column) {
            const QPointF centre = cellRect(area, area, row, column).center();
            if (column + 1 < size)
                QCOMPARE(parted(centre, centre + QPointF(1, 0)),
                         within(row, column) != within(row, column + 1));
            if (row + 1 < size)
                QCOMPARE(parted(centre, centre + QPointF(0, 1)),
                         within(row, column) != within(row + 1, column));
            const ColumnSpan span = columnsWithin(reach, row, size, numbers, numbers);
            QCOMPARE(column >= span.first && column <= span.last, within(row, column));
        }
    }
}

void TestFigureGeometry::points_outside_find_nothing()
{
    const QRectF area(10, 10, 100, 50);
    const QRectF visible(0, 0, 4, 2);
    for (const QPointF &point : {QPointF(9.9, 20), QPointF(110, 20), QPointF(50, 9.9), QPointF(50, 60)})
        QVERIFY(!cellAt(point, area, visible));
    QVERIFY(!cellAt(QPointF(5, 5), QRectF(), visible));
}

void TestFigureGeometry::covering_cells_stay_within_the_matrix()
{
    QCOMPARE(coveringCells(QRectF(0, 0, 4, 2), 2, 4), QRect(0, 0, 4, 2));
    QCOMPARE(coveringCells(QRectF(1.2, 0.9, 1.0, 0.2), 2, 4), QRect(1, 0, 2, 2));
    QCOMPARE(coveringCells(QRectF(-3, -3, 20, 20), 2, 4), QRect(0, 0, 4, 2));
}

void TestFigureGeometry::hatching_ends_at_the_edges()
{
    const QRectF area(5, 6, 40, 10);
    const QList<QLineF> lines = hatchLines(area, 7.0);
    QVERIFY(lines.size() >= 6);
    const QRectF tolerant = area.adjusted(-1e-9, -1e-9, 1e-9, 1e-9);
    for (const QLineF &line : lines) {
        QVERIFY(tolerant.contains(line.p1()) && tolerant.contains(line.p2()));
        QVERIFY(qAbs(line.dx() + line.dy()) < 1e-9);
    }
    QVERIFY(hatchLines(QRectF(), 7.0).isEmpty());
}

void TestFigureGeometry::nice_ceilings_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("ceiling");
    QTest::newRow("itself") << 0.2 << 0.2;
    QTest::newRow("above") << 0.21 << 0.5;
    QTest::newRow("next decade") << 5.1 << 10.0;
    QTest::newRow("small") << 0.0011 << 0.002;
    QTest::newRow("zero") << 0.0 << 1.0;
    QTest::newRow("negative") << -3.0 << 1.0;
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << 1.0;
}

void TestFigureGeometry::nice_ceilings()
{
    QFETCH(double, value);
    QFETCH(double, ceiling);
    QVERIFY(qAbs(niceCeiling(value) - ceiling) < 1e-12);
    QVERIFY(niceLimit(value) <= ceiling && !(niceLimit(value) < value));
}

void TestFigureGeometry::ticks_are_round_and_within_the_range()
{
    QCOMPARE(niceTicks(0.0, 1.0, 6), (QList<double>{0.0, 0.2, 0.4, 0.2 * 3, 0.8, 1.0}));
    QCOMPARE(niceTicks(-5.0, 5.0, 6), (QList<double>{-4.0, -2.0, 0.0, 2.0, 4.0}));
    QVERIFY(niceTicks(1.0, 1.0, 5).isEmpty());
    for (int most = 2; most < 12; ++most) {
        const QList<double> ticks = niceTicks(-0.37, 12.9, most);
        QVERIFY(ticks.size() <= most);
        QVERIFY(ticks.front() >= -0.37 && ticks.back() <= 12.9);
    }
    QCOMPARE(indexTicks(0, 128, 7), (QList<int>{0, 20, 40, 60, 80, 100, 120}));
    QCOMPARE(indexTicks(13, 5, 10), (QList<int>{13, 14, 15, 16, 17}));
}

void TestFigureGeometry::decades_thin_out()
{
    QCOMPARE(decadeTicks(1e-4, 1.0, 9).size(), 5);
    QVERIFY(decadeTicks(1e-30, 1.0, 5).size() <= 5);
    QVERIFY(decadeTicks(0.0, 1.0, 5).isEmpty());
}

void TestFigureGeometry::tick_labels_have_the_decimals_they_need()
{
    QCOMPARE(tickLabel(0.4, 0.2), QStringLiteral("0.4"));
    QCOMPARE(tickLabel(-4.0, 2.0), QStringLiteral("−4"));
    QCOMPARE(tickLabel(-1e-9, 0.2), QStringLiteral("0.0"));
    QCOMPARE(fixedNumber(-0.06, 1), QStringLiteral("−0.1"));
    QCOMPARE(fixedNumber(-0.04, 1), QStringLiteral("0.0")); // no sign of what is zero to the reader
    QCOMPARE(tickLabel(0.05, 0.01), QStringLiteral("0.05"));
}

void TestFigureGeometry::colours_are_clamped_and_centred()
{
    const ColourScale weights = ColourScale::sequential(0.0, 0.5);
    QCOMPARE(weights.colour(0.0), qRgb(68, 1, 84));
    QCOMPARE(weights.colour(0.5), qRgb(253, 231, 37));
    QCOMPARE(weights.colour(7.0), weights.colour(0.5));
    const ColourScale signedScale = ColourScale::diverging(2.0);
    QCOMPARE(signedScale.colour(0.0), qRgb(247, 247, 247));
    QCOMPARE(QColor::fromRgb(signedScale.colour(0.0, Colouring{.dark = true})),
             figureStyle(Theme::dark).background);
    // In every palette values can be told apart in grey, too, and from what is no number.
    for (int index = 0; index < static_cast<int>(paletteNames().size()); ++index) {
        const Colouring colouring{.palette = static_cast<Palette>(index)};
        int last = qGray(weights.colour(0.0, colouring));
        const bool rises = qGray(weights.colour(0.5, colouring)) > last;
        for (double value = 0.05; value < 0.51; value += 0.05) {
            const int grey = qGray(weights.colour(value, colouring));
            QVERIFY(rises ? grey > last : grey < last);
            last = grey;
            QVERIFY(weights.colour(value, colouring) != notANumberColour);
            QVERIFY(weights.colour(value, colouring) != infiniteColour);
        }
    }
    QVERIFY(weights.colour(std::numeric_limits<double>::quiet_NaN()) != weights.colour(0.0));
}

void TestFigureGeometry::a_table_has_the_scales_colours()
{
    ColourScale logarithmic = ColourScale::sequential(1e-4, 1.0);
    logarithmic.logarithmic = true;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    for (const ColourScale &scale : {ColourScale::sequential(0.0, 0.3), ColourScale::diverging(2.0),
                                     logarithmic, ColourScale::sequential(1.0, 1.0)}) {
        for (int palette = 0; palette < static_cast<int>(paletteNames().size()); ++palette) {
            for (const bool dark : {false, true}) {
                const Colouring colouring{dark, static_cast<Palette>(palette)};
                QVERIFY(!ColourTable(scale, colouring, 60 * 60).isMade());
                const ColourTable table(scale, colouring, 1000 * 1000);
                QVERIFY(table.isMade());
                int different = 0;
                for (int step = -500; step <= 20500; ++step) {
                    const double value = scale.low + (scale.high - scale.low) * step / 20000.0;
                    different += table.colour(value) == scale.colour(value, colouring) ? 0 : 1;
                }
                for (const double value : {infinity, -infinity, std::nan("")})
                    different += table.colour(value) == scale.colour(value, colouring) ? 0 : 1;
                QCOMPARE(different, 0);
            }
        }
    }
}

void TestFigureGeometry::outliers_do_not_set_the_scale()
{
    Matrix values = Matrix::Constant(100, 100, 0.9F);
    bool clipped = true;
    QCOMPARE(divergingLimit(values, clipped), 1.0);
    QVERIFY(!clipped);
    values(17, 3) = -400.0F;
    QCOMPARE(divergingLimit(values, clipped), 1.0);
    QVERIFY(clipped);
    QCOMPARE(divergingLimit(Matrix::Zero(3, 3), clipped), 1.0);
    QCOMPARE(divergingLimit(Matrix(), clipped), 1.0);
}

QTEST_GUILESS_MAIN(TestFigureGeometry)
#include "tst_figure_geometry.moc"
