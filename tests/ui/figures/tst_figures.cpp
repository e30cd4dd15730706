// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/figures/text_recorder.h"
#include "ui/figures/figure_renderer.h"
#include "ui/figures/figure_text.h"
#include "ui/jobs/stopped.h"

#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QPicture>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <functional>
#include <limits>
#include <set>
#include <thread>

using namespace encoderscope;

namespace
{

QStringList labelled(int count)
{
    QStringList labels;
    for (int index = 0; index < count; ++index)
        labels.append(QStringLiteral("토큰%1").arg(index));
    return labels;
}

HeatmapData weights(int rows, int columns)
{
    Matrix values(rows, columns);
    for (Index row = 0; row < rows; ++row) {
        for (Index column = 0; column < columns; ++column)
            values(row, column) = static_cast<float>((row * 7 + column * 3) % 11) / 11.0F;
    }
    HeatmapData data;
    data.rows = rows;
    data.columns = columns;
    data.values = rowsOf(std::move(values));
    data.rowLabels = labelled(rows);
    data.columnLabels = labelled(columns);
    data.rowTitle = QStringLiteral("query");
    data.columnTitle = QStringLiteral("key");
    data.scale = ColourScale::sequential(0.0, 1.0);
    return data;
}

template <typename Content>
FigurePtr figureOf(Content content)
{
    return makeFigure(std::move(content), {}, {}, {});
}

QImage painted(FigureRenderer &figure, const QRectF &area, const FigureStyle &style, double ratio)
{
    QImage image((area.size() * ratio).toSize(), QImage::Format_RGB32);
    image.fill(Qt::magenta);
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    figure.paint(painter, area, style);
    return image;
}

} // namespace

/// Each kind of figure: what is painted where, and what is under a point.
class TestFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cells_have_the_colour_of_their_value_data();
    void cells_have_the_colour_of_their_value();
    void a_heatmap_tells_what_is_under_a_point();
    void left_out_tokens_keep_their_numbers();
    void a_zoomed_heatmap_asks_for_visible_rows_only();
    void a_second_paint_asks_for_nothing();
    void what_takes_long_is_prepared_data();
    void what_takes_long_is_prepared();
    void many_known_values_are_gone_through_beside_the_window();
    void a_watched_figure_tells_the_rows_it_asks_for_data();
    void a_watched_figure_tells_the_rows_it_asks_for();
    void a_large_heatmap_shows_single_strong_cells();
    void switched_off_is_hatched();
    void many_rows_without_numbers_are_hatched_together();
    void a_grid_tells_panel_and_cell();
    void token_lines_tell_tokens();
    void a_renderer_shows_its_newest_figure();
    void the_zoomed_part_stays_while_sizes_do();
    void what_is_not_finite_is_shown_as_such();
    void every_label_is_there_in_one_column();
    void large_text_leaves_room_for_the_picture();
    void rows_of_two_heatmaps_are_of_one_height();
    void lines_of_diffuse_heads_are_seen();
    void tables_have_a_value_for_every_column();
    void colour_bars_end_within_the_figure();
    void long_names_of_two_figures_leave_room_for_them();
    void no_area_is_too_small_data();
    void no_area_is_too_small();
    void a_single_character_is_not_turned();
};

void TestFigures::cells_have_the_colour_of_their_value_data()
{
    QTest::addColumn<double>("ratio");
    QTest::newRow("1") << 1.0;
    QTest::newRow("2") << 2.0;
    QTest::newRow("1.5") << 1.5;
}

void TestFigures::cells_have_the_colour_of_their_value()
{
    QFETCH(double, ratio);
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const HeatmapData data = weights(24, 24);
    FigureRenderer figure(figureOf(data));
    const QRectF area(QPointF(0, 0), figure.naturalSize(style));
    const QImage image = painted(figure, area, style, ratio);
    const QRectF cells = figure.cellArea(area, style);
    const Matrix values = data.values(0, 24);
    for (int row = 0; row < 24; ++row) {
        for (int column = 0; column < 24; ++column) {
            const QPointF centre(cells.left() + (column + 0.5) * cells.width() / 24,
                                 cells.top() + (row + 0.5) * cells.height() / 24);
            const auto expected = data.scale.colour(static_cast<double>(values(row, column)));
            QCOMPARE(image.pixel((centre * ratio).toPoint()), expected);
        }
    }
}

void TestFigures::a_heatmap_tells_what_is_under_a_point()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const HeatmapData data = weights(5, 9);
    FigureRenderer figure(figureOf(data));
    const QRectF area(30, 40, 700, 300);
    const QRectF cells = figure.cellArea(area, style);
    const QPointF centre(cells.left() + 7.5 * cells.width() / 9, cells.top() + 3.5 * cells.height() / 5);
    const auto hit = figure.hit(centre, area, style);
    QVERIFY(hit);
    QCOMPARE(hit->row, 3);
    QCOMPARE(hit->column, 7);
    QCOMPARE(hit->value, static_cast<double>(data.values(3, 1)(0, 7)));
    QVERIFY(hit->description.contains(QStringLiteral("query 3 토큰3")));
    QVERIFY(!figure.hit(area.topLeft() + QPointF(1, 1), area, style));
}

void TestFigures::left_out_tokens_keep_their_numbers()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    HeatmapData data = weights(3, 3);
    data.rowIndices = data.columnIndices = {1, 2, 4};
    FigureRenderer figure(figureOf(std::move(data)));
    const QRectF area(0, 0, 300, 300);
    const QRectF cells = figure.cellArea(area, style);
    const auto hit = figure.hit(cells.bottomRight() - QPointF(2, 2), area, style);
    QVERIFY(hit);
    QCOMPARE(hit->row, 4);
    QCOMPARE(hit->column, 4);
}

void TestFigures::a_zoomed_heatmap_asks_for_visible_rows_only()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    HeatmapData data = weights(400, 400);
    const auto values = data.values;
    std::set<int> asked;
    data.values = [&asked, values](int first, int count) {
        for (int row = first; row < first + count; ++row)
            asked.insert(row);
        return values(first, count);
    };
    FigureRenderer figure(figureOf(std::move(data)));
    figure.setVisibleCells(QRectF(10.5, 100.25, 20, 20));
    painted(figure, QRectF(0, 0, 500, 500), style, 1.0);
    QCOMPARE(*asked.begin(), 100);
    QCOMPARE(*asked.rbegin(), 120);
}

void TestFigures::a_second_paint_asks_for_nothing()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    HeatmapData data = weights(30, 30);
    const auto values = data.values;
    int asked = 0;
    data.values = [&asked, values](int first, int count) {
        asked += count;
        return values(first, count);
    };
    FigureRenderer figure(figureOf(std::move(data)));
    painted(figure, QRectF(0, 0, 500, 500), style, 1.0);
    QCOMPARE(asked, 30);
    figure.setEmphasis({.hoveredRow = 4});
    painted(figure, QRectF(0, 0, 500, 500), style, 1.0);
    QCOMPARE(asked, 30);
}

void TestFigures::what_takes_long_is_prepared_data()
{
    QTest::addColumn<bool>("grid");
    QTest::newRow("heatmap") << false;
    QTest::newRow("grid") << true;
}

void TestFigures::what_takes_long_is_prepared()
{
    QFETCH(bool, grid);
    const FigureStyle style = figureStyle(Theme::dark, 10.0);
    const QRectF area(0, 0, 420, 400);
    constexpr double ratio = 2.0;
    std::atomic<int> asked = 0;
    const auto make = [&](int size) -> FigurePtr {
        HeatmapData data = weights(size, size);
        const auto values = data.values;
        data.values = [&asked, values](int first, int count) {
            asked += count;
            return values(first, count);
        };
        if (grid)
            return figureOf(HeatmapGrid{std::vector(4, data), labelled(4), 2});
        return figureOf(std::move(data));
    };
    QVERIFY(!FigureRenderer(make(60)).preparation(area, ratio, style));
    FigureRenderer figure(make(700));
    const FigureRenderer::Preparation prepare = figure.preparation(area, ratio, style);
    QVERIFY(prepare);
    QCOMPARE(asked.load(), 0);
    std::thread(prepare, std::stop_token()).join();
    QCOMPARE(asked.load(), grid ? 4 * 700 : 700);
    QVERIFY(!figure.preparation(area, ratio, style));
    const QImage image = painted(figure, area, style, ratio);
    QCOMPARE(asked.load(), grid ? 4 * 700 : 700);
    FigureRenderer fresh(make(700));
    QCOMPARE(image, painted(fresh, area, style, ratio));

    // Told to stop in the middle, it asks for no more.
    constexpr int large = 2500;
    std::stop_source source;
    HeatmapData data = weights(large, 1);
    data.columns = large;
    asked = 0;
    data.values = [&](int, int count) {
        asked += count;
        source.request_stop();
        return Matrix(Matrix::Zero(count, large));
    };
    FigureRenderer stopped(grid ? figureOf(HeatmapGrid{std::vector(4, data), labelled(4), 2})
                                : figureOf(data));
    QVERIFY_THROWS_EXCEPTION(Stopped, stopped.preparation(area, ratio, style)(source.get_token()));
    QVERIFY2(asked > 0 && asked < large, qPrintable(QString::number(asked)));
}

/// Another size of picture, or all after a part of it: nothing is asked for, and there is much to compare.
void TestFigures::many_known_values_are_gone_through_beside_the_window()
{
    constexpr int size = 2500;
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    std::atomic<int> asked = 0;
    HeatmapData data = weights(size, 1);
    data.columns = size;
    data.values = [&asked](int, int count) {
        asked += count;
        return Matrix(Matrix::Constant(count, size, 0.5F));
    };
    FigureRenderer figure(figureOf(data));
    figure.preparation(QRectF(0, 0, 420, 400), 1.0, style)({});
    const int all = asked.exchange(0);
    QVERIFY(all > 0);
    const QRectF larger(0, 0, 520, 500);
    const FigureRenderer::Preparation prepare = figure.preparation(larger, 1.0, style);
    QVERIFY(prepare);
    prepare({});
    QVERIFY2(asked < all, qPrintable(QString::number(asked)));
    QVERIFY(!figure.preparation(larger, 1.0, style));
    figure.setVisibleCells(QRectF(0, 0, 300, 300));
    QVERIFY(!figure.preparation(larger, 1.0, style)); // little: it follows the pointer at once
    figure.setVisibleCells({});
    QVERIFY(figure.preparation(QRectF(0, 0, 530, 510), 1.0, style));
}

void TestFigures::a_watched_figure_tells_the_rows_it_asks_for_data()
{
    what_takes_long_is_prepared_data();
}

void TestFigures::a_watched_figure_tells_the_rows_it_asks_for()
{
    QFETCH(bool, grid);
    const auto make = [&](int size) -> FigurePtr {
        if (grid)
            return figureOf(HeatmapGrid{std::vector(4, weights(size, size)), labelled(4), 2});
        return makeFigure(weights(size, size), QStringLiteral("title"), {}, {});
    };
    int asked = 0;
    const auto ask = [&asked](int rows) { asked += rows; };
    QCOMPARE(slowRows(*make(60)), 0);
    const FigurePtr figure = make(700);
    QCOMPARE(slowRows(*figure), grid ? 4 * 700 : 700);
    const FigurePtr slow = watched(*figure, ask);
    QCOMPARE(slow->title, figure->title);
    int rows = 0;
    slow->visitRows([&rows](const QVariantList &) { ++rows; });
    QCOMPARE(rows, slowRows(*figure));
    QCOMPARE(asked, rows);

    struct Enough {
    };
    const FigurePtr stopping = watched(*figure, [](int) { throw Enough(); });
    QVERIFY_THROWS_EXCEPTION(Enough, stopping->visitRows([](const QVariantList &) {}));
}

void TestFigures::a_large_heatmap_shows_single_strong_cells()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    HeatmapData data;
    data.rows = data.columns = 1500;
    Matrix values = Matrix::Zero(1500, 1500);
    values(777, 333) = 1.0F;
    data.values = rowsOf(values);
    data.scale = ColourScale::sequential(0.0, 1.0);
    FigureRenderer figure(figureOf(data));
    const QImage image = painted(figure, QRectF(0, 0, 400, 400), style, 1.0);
    bool found = false;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < 300; ++x)
            found = found || image.pixel(x, y) == data.scale.colour(1.0);
    }
    QVERIFY(found);
}

void TestFigures::many_rows_without_numbers_are_hatched_together()
{
    const auto recorded = [](int size, int step) {
        HeatmapData data = weights(size, size);
        for (int place = 0; place < size; place += step) {
            data.hatchedRows.append(place);
            data.hatchedColumns.append(place);
        }
        std::reverse(data.hatchedRows.begin(), data.hatchedRows.end()); // in any order
        FigureRenderer figure(figureOf(std::move(data)));
        QPicture picture;
        QPainter painter(&picture);
        figure.paint(painter, QRectF(0, 0, 500, 500), figureStyle(Theme::light, 10.0));
        painter.end();
        return picture.size();
    };
    // As much is painted for two thousand as for twenty, though every other one has numbers.
    const uint few = recorded(20, 1);
    for (const int step : {1, 2}) {
        const uint many = recorded(2000, step);
        QVERIFY2(many < few + 2'000'000, qPrintable(QString::number(many)));
    }
    // Where they can be told apart, those between keep their colour.
    HeatmapData data = weights(8, 8);
    data.hatchedRows = {1, 2, 4};
    FigureRenderer figure(figureOf(data));
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const QRectF area(0, 0, 400, 400);
    const QImage image = painted(figure, area, style, 1.0);
    const QRectF cells = figure.cellArea(area, style);
    const auto hatched = [&](int row) {
        const double side = cells.height() / 8.0;
        const QRect within =
            QRectF(cells.left() + side, cells.top() + row * side, side, side).adjusted(4, 4, -4, -4).toRect();
        int background = 0;
        for (int y = within.top(); y <= within.bottom(); ++y) {
            for (int x = within.left(); x <= within.right(); ++x)
                background += image.pixel(x, y) == style.background.rgb() ? 1 : 0;
        }
        return background > 0;
    };
    for (int row = 0; row < 8; ++row)
        QCOMPARE(hatched(row), data.hatchedRows.contains(row));
}

void TestFigures::switched_off_is_hatched()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    HeatmapData data = weights(24, 24);
    FigureRenderer on(figureOf(data));
    data.switchedOff = true;
    FigureRenderer off(figureOf(data));
    const QRectF area(0, 0, 400, 400);
    const QImage before = painted(on, area, style, 1.0);
    const QImage after = painted(off, area, style, 1.0);
    const QRect cells = on.cellArea(area, style).toAlignedRect();
    int changed = 0;
    for (int y = cells.top(); y < cells.bottom(); ++y) {
        for (int x = cells.left(); x < cells.right(); ++x)
            changed += before.pixel(x, y) != after.pixel(x, y) ? 1 : 0;
    }
    QVERIFY(changed > cells.width() * cells.height() / 10);
    QVERIFY(changed < cells.width() * cells.height() * 2 / 3);
}

void TestFigures::a_grid_tells_panel_and_cell()
{
    const FigureStyle style = figureStyle(Theme::dark, 10.0);
    std::vector<HeatmapData> panels(6, weights(4, 4));
    FigureRenderer figure(figureOf(HeatmapGrid{panels, labelled(6), 3}));
    const QRectF area(0, 0, 500, 400);
    std::set<int> seen;
    for (int y = 0; y < 400; y += 3) {
        for (int x = 0; x < 500; x += 3) {
            const auto hit = figure.hit(QPointF(x, y), area, style);
            if (!hit)
                continue;
            seen.insert(hit->panel * 16 + hit->row * 4 + hit->column);
            QCOMPARE(hit->value, static_cast<double>(panels[0].values(hit->row, 1)(0, hit->column)));
        }
    }
    QCOMPARE(static_cast<int>(seen.size()), 6 * 16);
}

void TestFigures::token_lines_tell_tokens()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const Matrix uniform = Matrix::Constant(6, 6, 1.0F / 6.0F);
    FigureRenderer figure(figureOf(TokenLines{labelled(6), {{uniform, QStringLiteral("head 1"), {}}}}));
    const QRectF area(0, 0, 500, 300);
    std::set<int> rows;
    std::set<int> columns;
    for (int y = 0; y < 300; ++y) {
        if (const auto left = figure.hit(QPointF(30, y), area, style))
            rows.insert(left->row);
        if (const auto right = figure.hit(QPointF(470, y), area, style))
            columns.insert(right->column);
    }
    const std::set<int> all{0, 1, 2, 3, 4, 5};
    QCOMPARE(rows, all);
    QCOMPARE(columns, all);
    painted(figure, area, style, 1.0);

    // Tokens keep their numbers where others are left out.
    FigureRenderer some(
        figureOf(TokenLines{{QStringLiteral("a"), QStringLiteral("b")}, {{uniform, {}, {}}}, {3, 5}}));
    rows.clear();
    for (int y = 0; y < 300; ++y) {
        if (const auto left = some.hit(QPointF(30, y), area, style))
            rows.insert(left->row);
    }
    QCOMPARE(rows, (std::set<int>{3, 5}));
    const QImage plain = painted(some, area, style, 1.0);
    some.setEmphasis({.pinnedRow = 5});
    const QImage pinned = painted(some, area, style, 1.0);
    some.setEmphasis({.pinnedRow = 1}); // is not shown
    QVERIFY(pinned != plain);
    QCOMPARE(painted(some, area, style, 1.0), plain);
}

void TestFigures::a_renderer_shows_its_newest_figure()
{
    ChartData chart;
    chart.series = {{.name = QStringLiteral("a"), .points = {{0, 0}, {1, 1}}}};
    ChartData other = chart;
    other.series.front().points = {{0, 1}, {1, 0}};
    ChartData marked = other; // other axes
    marked.series.front().colour = FigureColour::series(2);
    marked.series.front().points = {{0, 1}, {3, qQNaN()}, {4, 2}, {6, 3}};
    marked.series.push_back({.kind = ChartSeries::Kind::points, .points = {{1, 1}, {2, 3}}});
    marked.xHigh = 6.0;
    marked.yHigh = 3.0;
    ChartData moved = marked;
    moved.series.back().points = {{5, 1}, {2, 0}, {3, 3}};
    BarsData bars;
    bars.labels = labelled(3);
    bars.values = {1, -2, 3};
    BarsData more = bars; // of several colours, on another axis
    more.labels = labelled(5);
    more.values = {4, -20, 3, 2, 1};
    for (int bar = 0; bar < 5; ++bar)
        more.colours.append(FigureColour::series(bar % 3));
    BarsData across = more;
    across.horizontal = across.numbers = true;
    TableData table;
    table.columns = {{.title = QStringLiteral("head")}, {.title = QStringLiteral("share"), .percent = true}};
    table.rows = {{QStringLiteral("1"), 0.25}};
    const std::vector<FigurePtr> figures = {
        figureOf(weights(5, 5)),
        figureOf(weights(5, 7)),
        figureOf(chart),
        figureOf(other),
        figureOf(marked),
        figureOf(moved),
        figureOf(bars),
        figureOf(more),
        figureOf(across),
        figureOf(HeatmapGrid{{weights(2, 2)}, labelled(1), 1}),
        figureOf(table),
        figureOf(TokenLines{labelled(2), {{Matrix::Ones(2, 2), QStringLiteral("1"), {}}}})};
    const FigureStyle light = figureStyle(Theme::light, 10.0);
    const FigureStyle dark = figureStyle(Theme::dark, 10.0);
    const QRectF area(0, 0, 400, 240);
    for (const FigurePtr &from : figures) {
        for (const FigurePtr &to : figures) {
            FigureRenderer renderer(from);
            painted(renderer, area, light, 1.0);
            renderer.setFigure(to);
            FigureRenderer fresh(to);
            QCOMPARE(painted(renderer, area, light, 1.0), painted(fresh, area, light, 1.0));
            QCOMPARE(painted(renderer, area, dark, 1.0), painted(fresh, area, dark, 1.0));
        }
    }
}

void TestFigures::the_zoomed_part_stays_while_sizes_do()
{
    FigureRenderer renderer(figureOf(weights(20, 20)));
    renderer.setEmphasis({.pinnedRow = 3});
    renderer.setVisibleCells(QRectF(2, 3, 5, 6));
    renderer.setFigure(figureOf(weights(20, 20)));
    QCOMPARE(renderer.visibleCells(), QRectF(2, 3, 5, 6));
    renderer.setFigure(nullptr);
    renderer.setFigure(figureOf(weights(20, 20)));
    QVERIFY(renderer.zoomed());
    renderer.setFigure(figureOf(weights(20, 21)));
    QVERIFY(!renderer.zoomed());
    QCOMPARE(renderer.visibleCells(), QRectF(0, 0, 21, 20));
    QCOMPARE(renderer.viewpoint().emphasis.pinnedRow, 3);
}

void TestFigures::what_is_not_finite_is_shown_as_such()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinite = std::numeric_limits<float>::infinity();
    Matrix values(2, 2);
    values << 0.5F, nan, -infinite, 3.4e38F;
    for (const double limit : {1.0, 3.4e38, 1e-320}) {
        HeatmapData data;
        data.rows = data.columns = 2;
        data.values = rowsOf(values);
        data.scale = ColourScale::diverging(limit);
        FigureRenderer figure(figureOf(std::move(data)));
        const QRectF area(0, 0, 400, 300);
        const QImage image = painted(figure, area, style, 1.0);
        const QRectF cells = figure.cellArea(area, style);
        const auto corner = [&](double x, double y) {
            return image.pixel(QPointF(cells.left() + x * cells.width() / 2.0 + 3.0,
                                       cells.top() + y * cells.height() / 2.0 + 3.0)
                                   .toPoint());
        };
        QCOMPARE(corner(1, 0), notANumberColour);
        QCOMPARE(corner(0, 1), infiniteColour);
        QVERIFY(corner(1, 1) != notANumberColour && corner(1, 1) != infiniteColour);
    }
    // Charts leave such points out, whatever their ranges are.
    const QList<QPointF> points{{0, 0.5}, {1, qQNaN()}, {2, qInf()}, {3, 3.4e38}, {4, 0.25}};
    for (const double high : {1.0, 3.4e38, 1e308, qInf(), qQNaN(), 5e-324}) {
        for (const auto kind : {ChartSeries::Kind::line, ChartSeries::Kind::points}) {
            ChartData chart;
            chart.series = {{.kind = kind, .points = points}};
            chart.xHigh = 4.0;
            chart.yHigh = high;
            chart.yLow = -high;
            FigureRenderer figure(figureOf(std::move(chart)));
            painted(figure, QRectF(0, 0, 400, 300), style, 1.0);
            figure.hit(QPointF(200, 150), QRectF(0, 0, 400, 300), style);
        }
        BarsData bars;
        bars.labels = labelled(4);
        bars.values = {high, qQNaN(), -qInf(), 1.0};
        bars.numbers = bars.horizontal = true;
        FigureRenderer figure(figureOf(std::move(bars)));
        painted(figure, QRectF(0, 0, 400, 300), style, 1.0);
    }
}

void TestFigures::every_label_is_there_in_one_column()
{
    FigureStyle style = figureStyle(Theme::light, 7.0);
    style.showCaption = true;
    constexpr double width = 84.0 / 25.4 * 96.0;
    const auto paintedTexts = [&](const FigurePtr &figure) {
        FigureRenderer renderer(figure);
        const QSizeF size = renderer.naturalSize(style, width);
        TextRecorder recorder(size);
        QPainter painter(&recorder);
        renderer.paint(painter, QRectF(QPointF(), size), style);
        painter.end();
        if (const QStringList faults = recorder.faults(); !faults.isEmpty())
            QTest::qFail(qPrintable(faults.mid(0, 5).join(QLatin1Char('\n'))), __FILE__, __LINE__);
        QStringList texts;
        for (const TextRecorder::Text &text : recorder.texts())
            texts.append(text.text);
        return texts;
    };
    const QString title = QStringLiteral("A title that needs more than a line when it stands in one column");

    // Twelve layers of twelve heads: too small for a title each, but each row and column has its name.
    HeatmapGrid heads{.inARow = 12};
    for (int head = 0; head < 144; ++head) {
        heads.panels.push_back(weights(9, 9));
        heads.titles.append(QStringLiteral("L%1 H%2").arg(head / 12 + 1).arg(head % 12 + 1));
    }
    for (int index = 1; index <= 12; ++index) {
        heads.rowNames.append(QStringLiteral("L%1").arg(index));
        heads.columnNames.append(QStringLiteral("H%1").arg(index));
    }
    QStringList texts = paintedTexts(makeFigure(heads, title, {}, title));
    for (const QString &name : heads.rowNames + heads.columnNames)
        QVERIFY2(texts.contains(name), qPrintable(name));

    // Words that a model expects, with their probabilities.
    BarsData words;
    for (int word = 0; word < 12; ++word) {
        words.labels.append(QStringLiteral("word%1").arg(word));
        words.values.append(0.5 / (word + 1));
    }
    words.horizontal = words.numbers = true;
    words.high = 1.0;
    texts = paintedTexts(makeFigure(words, title, {}, title));
    for (const QString &label : words.labels)
        QVERIFY2(texts.contains(label), qPrintable(label));
    QVERIFY(texts.contains(QStringLiteral("0.500")));

    // Curves of five pairs of dimensions.
    ChartData curves;
    curves.xTitle = QStringLiteral("position");
    curves.yTitle = QStringLiteral("value");
    for (int curve = 0; curve < 10; ++curve)
        curves.series.push_back(
            {.name = QStringLiteral("sin, dim %1").arg(curve), .points = {{0, 0}, {1, 1}}});
    texts = paintedTexts(makeFigure(curves, title, {}, title));
    for (const ChartSeries &series : curves.series)
        QVERIFY2(texts.contains(series.name), qPrintable(series.name));
    for (const char *tick : {"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"})
        QCOMPARE(texts.count(QLatin1String(tick)), 2); // along and upwards

    // A wide table: every column, in blocks.
    TableData table;
    table.keyColumns = 2;
    for (int column = 0; column < 13; ++column)
        table.columns.append({.title = QStringLiteral("column %1").arg(column), .decimals = 2});
    for (int row = 0; row < 5; ++row)
        table.rows.push_back(QVariantList(13, row / 4.0));
    texts = paintedTexts(makeFigure(table, title, {}, title));
    for (const TableData::Column &column : table.columns)
        QVERIFY2(texts.contains(column.title), qPrintable(column.title));
}

/// Half a page on a projector.
void TestFigures::large_text_leaves_room_for_the_picture()
{
    const FigureStyle style = figureStyle(Theme::light, 15.0);
    const QRectF area(0.0, 0.0, 340.0, 260.0);
    const auto faults = [&](const FigurePtr &figure) {
        FigureRenderer renderer(figure);
        TextRecorder recorder(area.size());
        QPainter painter(&recorder);
        renderer.paint(painter, area, style);
        painter.end();
        return recorder.faults().join(QLatin1Char('\n'));
    };

    // The colour bar stands where more is left for the cells; its title takes two lines.
    HeatmapData heads = weights(4, 4);
    heads.rowLabels = heads.columnLabels = {QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"),
                                            QStringLiteral("4")};
    heads.rowTitle = QStringLiteral("layer");
    heads.columnTitle = QStringLiteral("head");
    heads.valueTitle = QStringLiteral("change of the target by so much");
    const FigurePtr map = makeFigure(heads, QStringLiteral("Each head switched off"), {}, {});
    QCOMPARE(faults(map), QString());
    const QRectF cells = FigureRenderer(map).cellArea(area, style);
    QVERIFY2(cells.height() >= 110.0, qPrintable(QString::number(cells.height())));

    // Few columns: their names stand upright, as wide as they are.
    HeatmapData parts = weights(4, 3);
    parts.rowLabels = heads.rowLabels;
    parts.columnLabels = {QStringLiteral("attention"), QStringLiteral("FFN"), QStringLiteral("layer")};
    QCOMPARE(faults(figureOf(parts)), QString());

    // A table keeps its values beside long names.
    TableData table;
    table.keyColumns = 1;
    table.columns = {{.title = QStringLiteral("what it is")},
                     {.title = QStringLiteral("value"), .decimals = 0}};
    table.rows = {{QStringLiteral("something with quite a long name"), 12345.25}};
    TextRecorder recorder(QSizeF(170.0, 90.0));
    QPainter painter(&recorder);
    FigureRenderer(figureOf(table)).paint(painter, QRectF(0.0, 0.0, 170.0, 90.0), style);
    painter.end();
    const QList<TextRecorder::Text> &texts = recorder.texts();
    QVERIFY(std::any_of(texts.begin(), texts.end(), [](const TextRecorder::Text &text) {
        return text.text.startsWith(QStringLiteral("12345")) && text.baseline.y() < 80.0;
    }));

    // A legend that is too long for the place does not lie over the curves.
    ChartData chart;
    chart.xTitle = QStringLiteral("tokens, those with the highest score first");
    chart.yTitle = QStringLiteral("target");
    for (int curve = 0; curve < 9; ++curve)
        chart.series.push_back(
            {.name = QStringLiteral("a curve with a long name, %1").arg(curve), .points = {{0, 0}, {1, 1}}});
    const QString over = QStringLiteral("over each other");
    QVERIFY2(!faults(figureOf(chart)).contains(over), qPrintable(faults(figureOf(chart))));
}

/// One above the other, so that their labels are of one size.
void TestFigures::rows_of_two_heatmaps_are_of_one_height()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const auto wide = [](int rows) {
        HeatmapData data = weights(rows, 128);
        data.columnLabels.clear();
        return makeFigure(data, QStringLiteral("a run"), {}, {});
    };
    for (const int rows : {4, 7, 12}) {
        const FigureRenderer pair(
            makeFigure(SideBySide{.now = wide(6), .reference = wide(rows)}, QStringLiteral("two"), {}, {}));
        const QRectF area(0.0, 0.0, 700.0, 320.0);
        const QRectF now = pair.cellArea(area, style, area.center() - QPointF(0.0, 150.0));
        const QRectF reference = pair.cellArea(area, style, area.center() + QPointF(0.0, 150.0));
        QVERIFY(now.bottom() < reference.top());
        QVERIFY2(
            std::abs(now.height() / 6.0 - reference.height() / rows) < 0.1,
            qPrintable(QStringLiteral("%1 and %2").arg(now.height() / 6.0).arg(reference.height() / rows)));
    }
}

void TestFigures::lines_of_diffuse_heads_are_seen()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    for (const int heads : {1, 12}) {
        TokenLines lines{.tokens = labelled(24)};
        for (int head = 0; head < heads; ++head)
            lines.heads.push_back(
                {Matrix::Constant(24, 24, 1.0F / 24.0F), QString(), FigureColour::series(head)});
        FigureRenderer figure(figureOf(std::move(lines)));
        const QRectF area(0, 0, 600, 500);
        const QImage image = painted(figure, area, style, 1.0);
        int strong = 0;
        for (int y = 60; y < 440; ++y)
            strong += qGray(image.pixel(300, y)) < 170 ? 1 : 0;
        QVERIFY2(strong > 20, qPrintable(QStringLiteral("%1 heads: %2").arg(heads).arg(strong)));
    }
}

void TestFigures::tables_have_a_value_for_every_column()
{
    const FigurePtr heatmap = figureOf(weights(70, 3));
    const FigurePtr grid = figureOf(HeatmapGrid{{weights(2, 3), weights(2, 3)}, labelled(2), 2});
    for (const FigurePtr &figure : {heatmap, grid}) {
        const Table table = figure->table();
        QVERIFY(!table.rows.empty());
        for (const QVariantList &row : table.rows)
            QCOMPARE(row.size(), table.columns.size());
    }
    QCOMPARE(static_cast<int>(heatmap->table().rows.size()), 70);
    QCOMPARE(heatmap->table().rows[69].at(2).toDouble(),
             static_cast<double>(heatmap->heatmap()->values(69, 1)(0, 1)));
}

void TestFigures::colour_bars_end_within_the_figure()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    for (const QSizeF size : {QSizeF(500, 110), QSizeF(500, 160), QSizeF(160, 130)}) {
        QImage image(600, 400, QImage::Format_RGB32);
        image.fill(Qt::green);
        QPainter painter(&image);
        const QRectF area(QPointF(0, 0), size);
        painter.fillRect(area, style.background);
        HeatmapData data = weights(9, 9);
        data.valueTitle = QStringLiteral("weight");
        FigureRenderer(figureOf(HeatmapGrid{{data}, labelled(1), 1})).paint(painter, area, style);
        painter.end();
        int outside = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                outside += !area.contains(QPointF(x + 0.5, y + 0.5)) && image.pixelColor(x, y) != Qt::green;
        }
        QCOMPARE(outside, 0);
    }
}

void TestFigures::long_names_of_two_figures_leave_room_for_them()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const auto named = [](const QString &name) {
        return makeFigure(weights(6, 6), name + QStringLiteral(": “강아지가 마당에서 공을 가지고 논다.”"), {},
                          {});
    };
    SideBySide pair;
    pair.now = named(QStringLiteral("now"));
    pair.reference = named(QStringLiteral("Run 1"));
    FigureRenderer renderer(figureOf(pair));
    const QRectF low(0, 0, 240, 190);
    const QRectF cells = renderer.cellArea(low, style, QPointF(10, 100));
    QVERIFY2(cells.height() > 20.0, qPrintable(QString::number(cells.height())));
    const auto hit = renderer.hit(cells.center() - QPointF(1, 1), low, style);
    QVERIFY(hit && !hit->ofReference);
    // The names are there, shortened, and nothing is painted over anything else.
    TextRecorder recorder(low.size());
    QPainter painter(&recorder);
    renderer.paint(painter, low, style);
    painter.end();
    QVERIFY(recorder.faults().filter(QStringLiteral("over each other")).isEmpty());
    QVERIFY(std::any_of(recorder.texts().begin(), recorder.texts().end(), [](const TextRecorder::Text &text) {
        return text.text.startsWith(QStringLiteral("Run 1"));
    }));
}

void TestFigures::no_area_is_too_small_data()
{
    QTest::addColumn<QSizeF>("size");
    QTest::newRow("nothing") << QSizeF(0, 0);
    QTest::newRow("a point") << QSizeF(1, 1);
    QTest::newRow("narrow") << QSizeF(12, 400);
    QTest::newRow("flat") << QSizeF(400, 12);
    QTest::newRow("stamp") << QSizeF(60, 40);
}

void TestFigures::no_area_is_too_small()
{
    QFETCH(QSizeF, size);
    FigureStyle style = figureStyle(Theme::light, 10.0);
    style.showCaption = true;
    HeatmapData none;
    BarsData bars;
    bars.values = {1, 2, 3};
    bars.labels = labelled(3);
    ChartData chart;
    chart.series = {{.name = QStringLiteral("a"), .points = {{0, 0}}}};
    const Matrix one = Matrix::Ones(1, 1);
    std::vector<FigurePtr> figures;
    const auto add = [&figures](auto content) {
        const QString text = QStringLiteral("제목이 아주 길 때도 title");
        figures.push_back(makeFigure(std::move(content), text, {}, text));
    };
    add(weights(5, 7));
    add(none);
    add(HeatmapGrid{{weights(2, 2)}, labelled(1), 1});
    add(HeatmapGrid{});
    add(chart);
    add(bars);
    add(BarsData());
    add(TokenLines{labelled(1), {{one, {}, {}}}});
    add(TokenLines());
    add(TableData());
    for (const FigurePtr &figure : figures) {
        QImage image(500, 500, QImage::Format_RGB32);
        QPainter painter(&image);
        FigureRenderer renderer(figure);
        renderer.paint(painter, QRectF(QPointF(3, 3), size), style);
        renderer.hit(QPointF(4, 4), QRectF(QPointF(3, 3), size), style);
        QVERIFY(renderer.naturalSize(style).isValid());
        QVERIFY(renderer.naturalSize(style, std::max(1.0, size.width())).isValid());
    }
}

void TestFigures::a_single_character_is_not_turned()
{
    const auto painted = [](const QString &text, bool vertical) {
        QImage image(60, 60, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setFont(figureStyle(Theme::light, 10.0).font);
        paintLine(painter, QRectF(10.0, 5.0, 30.0, 50.0), Qt::AlignHCenter | Qt::AlignVCenter, text,
                  vertical);
        return image;
    };
    QCOMPARE(painted(QStringLiteral("값"), true), painted(QStringLiteral("값"), false));
    QVERIFY(painted(QStringLiteral("손실"), true) != painted(QStringLiteral("손실"), false));
}

QTEST_MAIN(TestFigures)
#include "tst_figures.moc"
