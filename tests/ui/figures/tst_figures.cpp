// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/chart_figure.h"
#include "ui/figures/grid_figure.h"
#include "ui/figures/token_lines_figure.h"
#include "ui/jobs/stopped.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <atomic>
#include <functional>
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

QImage painted(const Figure &figure, const QRectF &area, const FigureStyle &style, double ratio)
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
    void a_slow_copy_tells_the_rows_it_asks_for_data();
    void a_slow_copy_tells_the_rows_it_asks_for();
    void a_large_heatmap_shows_single_strong_cells();
    void switched_off_is_hatched();
    void a_grid_tells_panel_and_cell();
    void token_lines_tell_tokens();
    void a_chart_tells_the_nearest_point();
    void bars_tell_their_index();
    void what_continues_looks_like_new();
    void tables_have_a_value_for_every_column();
    void no_area_is_too_small_data();
    void no_area_is_too_small();
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
    const HeatmapFigure figure(weights(24, 24));
    const QRectF area(QPointF(0, 0), figure.naturalSize(style));
    const QImage image = painted(figure, area, style, ratio);
    const QRectF cells = figure.cellArea(area, style);
    const Matrix values = figure.data().values(0, 24);
    for (int row = 0; row < 24; ++row) {
        for (int column = 0; column < 24; ++column) {
            const QPointF centre(cells.left() + (column + 0.5) * cells.width() / 24,
                                 cells.top() + (row + 0.5) * cells.height() / 24);
            const auto expected = figure.data().scale.colour(static_cast<double>(values(row, column)));
            QCOMPARE(image.pixel((centre * ratio).toPoint()), expected);
        }
    }
}

void TestFigures::a_heatmap_tells_what_is_under_a_point()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const HeatmapFigure figure(weights(5, 9));
    const QRectF area(30, 40, 700, 300);
    const QRectF cells = figure.cellArea(area, style);
    const QPointF centre(cells.left() + 7.5 * cells.width() / 9, cells.top() + 3.5 * cells.height() / 5);
    const auto hit = figure.hit(centre, area, style);
    QVERIFY(hit);
    QCOMPARE(hit->row, 3);
    QCOMPARE(hit->column, 7);
    QCOMPARE(hit->value, static_cast<double>(figure.data().values(3, 1)(0, 7)));
    QVERIFY(hit->description.contains(QStringLiteral("query 3 토큰3")));
    QVERIFY(!figure.hit(area.topLeft() + QPointF(1, 1), area, style));
}

void TestFigures::left_out_tokens_keep_their_numbers()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    HeatmapData data = weights(3, 3);
    data.rowIndices = data.columnIndices = {1, 2, 4};
    const HeatmapFigure figure(std::move(data));
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
    HeatmapFigure figure(std::move(data));
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
    HeatmapFigure figure(std::move(data));
    painted(figure, QRectF(0, 0, 500, 500), style, 1.0);
    QCOMPARE(asked, 30);
    figure.emphasis.hoveredRow = 4;
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
            return std::make_shared<GridFigure>(std::vector(4, data), labelled(4), 2);
        return std::make_shared<HeatmapFigure>(std::move(data));
    };
    QVERIFY(!make(60)->preparation(area, ratio, style));
    const FigurePtr figure = make(700);
    const Figure::Preparation prepare = figure->preparation(area, ratio, style);
    QVERIFY(prepare);
    QCOMPARE(asked.load(), 0);
    std::thread(prepare, std::stop_token()).join();
    QCOMPARE(asked.load(), grid ? 4 * 700 : 700);
    QVERIFY(!figure->preparation(area, ratio, style));
    const QImage image = painted(*figure, area, style, ratio);
    QCOMPARE(asked.load(), grid ? 4 * 700 : 700);
    QCOMPARE(image, painted(*make(700), area, style, ratio));

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
    const FigurePtr stopped =
        grid ? FigurePtr(std::make_shared<GridFigure>(std::vector(4, data), labelled(4), 2))
             : FigurePtr(std::make_shared<HeatmapFigure>(data));
    QVERIFY_THROWS_EXCEPTION(Stopped, stopped->preparation(area, ratio, style)(source.get_token()));
    QVERIFY2(asked > 0 && asked < large, qPrintable(QString::number(asked)));
}

void TestFigures::a_slow_copy_tells_the_rows_it_asks_for_data()
{
    what_takes_long_is_prepared_data();
}

void TestFigures::a_slow_copy_tells_the_rows_it_asks_for()
{
    QFETCH(bool, grid);
    const auto make = [&](int size) -> FigurePtr {
        if (grid)
            return std::make_shared<GridFigure>(std::vector(4, weights(size, size)), labelled(4), 2);
        return std::make_shared<HeatmapFigure>(weights(size, size));
    };
    int asked = 0;
    const auto ask = [&asked](int rows) { asked += rows; };
    QVERIFY(!make(60)->slowCopy(ask).figure);
    const FigurePtr figure = make(700);
    figure->title = QStringLiteral("title");
    const SlowFigure slow = figure->slowCopy(ask);
    QVERIFY(slow.figure);
    QCOMPARE(slow.rows, grid ? 4 * 700 : 700);
    QCOMPARE(slow.figure->title, figure->title);
    int rows = 0;
    slow.figure->visitRows([&rows](const QVariantList &) { ++rows; });
    QCOMPARE(rows, slow.rows);
    QCOMPARE(asked, slow.rows);

    struct Enough {
    };
    const SlowFigure stopping = figure->slowCopy([](int) { throw Enough(); });
    QVERIFY_THROWS_EXCEPTION(Enough, stopping.figure->visitRows([](const QVariantList &) {}));
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
    const HeatmapFigure figure(std::move(data));
    const QImage image = painted(figure, QRectF(0, 0, 400, 400), style, 1.0);
    bool found = false;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < 300; ++x)
            found = found || image.pixel(x, y) == figure.data().scale.colour(1.0);
    }
    QVERIFY(found);
}

void TestFigures::switched_off_is_hatched()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    HeatmapData data = weights(24, 24);
    const HeatmapFigure on(data);
    data.switchedOff = true;
    const HeatmapFigure off(data);
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
    const GridFigure figure(panels, labelled(6), 3);
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
    const TokenLinesFigure figure(labelled(6), {{uniform, QStringLiteral("head 1"), style.series(0)}});
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
}

void TestFigures::a_chart_tells_the_nearest_point()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    ChartData data;
    data.xHigh = 2.0;
    data.yLow = -1.0;
    data.series = {
        {.name = QStringLiteral("a"), .colour = Qt::red, .points = {{0, 0}, {1, 1}, {2, 0}}, .labels = {}},
        {.kind = ChartSeries::Kind::points,
         .name = QStringLiteral("b"),
         .colour = Qt::blue,
         .points = {{1, -1}},
         .labels = {QStringLiteral("점")}}};
    const ChartFigure figure(std::move(data));
    const QRectF area(0, 0, 600, 400);
    const QImage image = painted(figure, area, style, 1.0);
    std::set<std::pair<int, int>> seen;
    QPointF scatter;
    for (int y = 0; y < 400; y += 2) {
        for (int x = 0; x < 600; x += 2) {
            if (const auto hit = figure.hit(QPointF(x, y), area, style)) {
                seen.insert({hit->panel, hit->row});
                if (hit->panel == 1)
                    scatter = scatter.isNull() ? QPointF(x, y) : scatter;
            }
        }
    }
    QCOMPARE(seen, (std::set<std::pair<int, int>>{{0, 0}, {0, 1}, {0, 2}, {1, 0}}));
    // The point's pixels are where the hit test says: Qt Charts and our geometry agree.
    bool blue = false;
    for (int y = 0; y < 30; ++y) {
        for (int x = 0; x < 30; ++x)
            blue = blue || image.pixelColor(scatter.toPoint() + QPoint(x - 8, y)) == QColor(Qt::blue);
    }
    QVERIFY(blue);
}

void TestFigures::bars_tell_their_index()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    for (const bool horizontal : {false, true}) {
        BarsData data;
        data.labels = {QStringLiteral("10"), QStringLiteral("3"), QStringLiteral("3")};
        data.values = {1.0, -0.5, 0.25};
        data.indices = {10, 3, 7};
        data.colours = {Qt::red, Qt::green, Qt::red};
        data.horizontal = horizontal;
        const BarsFigure figure(std::move(data));
        const QRectF area(0, 0, 500, 300);
        const QImage image = painted(figure, area, style, 1.0);
        std::set<int> seen;
        bool red = false;
        for (int y = 0; y < 300; y += 2) {
            for (int x = 0; x < 500; x += 2) {
                const auto hit = figure.hit(QPointF(x, y), area, style);
                if (hit)
                    seen.insert(hit->column);
                if (image.pixelColor(x, y) == QColor(Qt::red)) {
                    red = true;
                    QVERIFY(hit && (hit->column == 10 || hit->column == 7));
                }
                if (image.pixelColor(x, y) == QColor(Qt::green))
                    QVERIFY(hit && hit->column == 3);
            }
        }
        QVERIFY(red);
        QCOMPARE(seen, (std::set<int>{3, 7, 10}));
    }
}

void TestFigures::what_continues_looks_like_new()
{
    const auto picture = [](const Figure &figure, const QSizeF &size, Theme theme) {
        QImage image(size.toSize(), QImage::Format_RGB32);
        QPainter painter(&image);
        figure.paint(painter, QRectF(QPointF(), size), figureStyle(theme, 10.0));
        return image;
    };
    const auto chart = [](double scale, bool points, bool logarithmic) {
        ChartData data;
        data.xTitle = QStringLiteral("position");
        data.xHigh = 3.0 * scale;
        data.yLow = logarithmic ? 0.01 : 0.0;
        data.yHigh = 20.0 * scale;
        data.logarithmicY = logarithmic;
        for (int one = 0; one < 2; ++one) {
            ChartSeries series;
            series.kind = points ? ChartSeries::Kind::points : ChartSeries::Kind::dashedLine;
            series.colour = QColor::fromHsv(static_cast<int>(40.0 * scale) + one * 90, 200, 200);
            for (int x = 0; x < 4; ++x)
                series.points.append(QPointF(x * scale, (one + x) * scale + 1.0));
            data.series.push_back(series);
        }
        return std::make_shared<ChartFigure>(data);
    };
    const auto bars = [](int count, bool horizontal, const QList<QColor> &colours) {
        BarsData data;
        for (int bar = 0; bar < count; ++bar) {
            data.labels.append(QStringLiteral("t%1").arg(bar));
            data.values.append(bar - 1.5 * count / 4.0);
        }
        data.colours = colours;
        data.valueTitle = QStringLiteral("norm");
        data.horizontal = horizontal;
        return std::make_shared<BarsFigure>(data);
    };
    using Make = std::function<FigurePtr()>;
    const std::vector<Make> makers = {[&] { return chart(1.0, false, false); },
                                      [&] { return chart(2.5, false, false); },
                                      [&] { return chart(1.0, true, false); },
                                      [&] { return chart(4.0, true, false); },
                                      [&] { return chart(1.0, false, true); },
                                      [&] { return chart(2.0, false, true); },
                                      [&] { return bars(5, false, {Qt::red}); },
                                      [&] { return bars(9, false, {Qt::blue}); },
                                      [&] { return bars(3, false, {Qt::red}); },
                                      [&] { return bars(3, true, {}); },
                                      [&] {
                                          return bars(3, true, {Qt::red, Qt::green, Qt::blue});
                                      }};
    for (std::size_t from = 0; from < makers.size(); ++from) {
        for (std::size_t to = 0; to < makers.size(); ++to) {
            const FigurePtr previous = makers[from]();
            const QImage before = picture(*previous, QSizeF(400, 240), Theme::light);
            const FigurePtr next = makers[to]();
            next->continueFrom(*previous);
            const QByteArray pair = QByteArray::number(static_cast<int>(from)) + " to " +
                                    QByteArray::number(static_cast<int>(to));
            QVERIFY2(picture(*next, QSizeF(400, 240), Theme::light) ==
                         picture(*makers[to](), QSizeF(400, 240), Theme::light),
                     pair);
            QVERIFY2(picture(*next, QSizeF(300, 260), Theme::dark) ==
                         picture(*makers[to](), QSizeF(300, 260), Theme::dark),
                     pair);
            QVERIFY2(picture(*previous, QSizeF(400, 240), Theme::light) == before, pair);
        }
    }
}

void TestFigures::tables_have_a_value_for_every_column()
{
    const HeatmapFigure heatmap(weights(70, 3));
    const GridFigure grid({weights(2, 3), weights(2, 3)}, labelled(2), 2);
    for (const Figure *figure : {static_cast<const Figure *>(&heatmap), static_cast<const Figure *>(&grid)}) {
        const Table table = figure->table();
        QVERIFY(!table.rows.empty());
        for (const QVariantList &row : table.rows)
            QCOMPARE(row.size(), table.columns.size());
    }
    QCOMPARE(static_cast<int>(heatmap.table().rows.size()), 70);
    QCOMPARE(heatmap.table().rows[69].at(2).toDouble(),
             static_cast<double>(heatmap.data().values(69, 1)(0, 1)));
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
    chart.series = {{.name = QStringLiteral("a"), .colour = Qt::red, .points = {{0, 0}}, .labels = {}}};
    const Matrix one = Matrix::Ones(1, 1);
    std::vector<std::unique_ptr<Figure>> figures;
    figures.push_back(std::make_unique<HeatmapFigure>(weights(5, 7)));
    figures.push_back(std::make_unique<HeatmapFigure>(none));
    figures.push_back(std::make_unique<GridFigure>(std::vector<HeatmapData>{weights(2, 2)}, labelled(1), 1));
    figures.push_back(std::make_unique<GridFigure>(std::vector<HeatmapData>{}, QStringList(), 0));
    figures.push_back(std::make_unique<ChartFigure>(chart));
    figures.push_back(std::make_unique<BarsFigure>(bars));
    figures.push_back(std::make_unique<BarsFigure>(BarsData()));
    figures.push_back(std::make_unique<TokenLinesFigure>(
        labelled(1), std::vector<TokenLinesFigure::Head>{{one, {}, Qt::red}}));
    figures.push_back(
        std::make_unique<TokenLinesFigure>(QStringList(), std::vector<TokenLinesFigure::Head>{}));
    for (const auto &figure : figures) {
        figure->title = figure->caption = QStringLiteral("제목이 아주 길 때도 title");
        QImage image(500, 500, QImage::Format_RGB32);
        QPainter painter(&image);
        figure->paint(painter, QRectF(QPointF(3, 3), size), style);
        figure->hit(QPointF(4, 4), QRectF(QPointF(3, 3), size), style);
        QVERIFY(figure->naturalSize(style).isValid());
    }
}

QTEST_MAIN(TestFigures)
#include "tst_figures.moc"
