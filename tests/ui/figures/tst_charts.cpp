// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/figures/text_recorder.h"
#include "ui/figures/figure_renderer.h"

#include <Eigen/Core>

#include <QImage>
#include <QPainter>
#include <QPicture>
#include <QTest>

#include <random>
#include <set>

using namespace encoderscope;

namespace
{

const QRectF area(0, 0, 600, 400);

FigureStyle lightStyle()
{
    return figureStyle(Theme::light, 10.0);
}

template <typename Content>
FigurePtr figureOf(Content content)
{
    return makeFigure(std::move(content), {}, {}, {});
}

QImage painted(FigureRenderer &figure)
{
    QImage image(area.size().toSize(), QImage::Format_RGB32);
    QPainter painter(&image);
    figure.paint(painter, area, lightStyle());
    return image;
}

QStringList textsOf(const FigurePtr &figure)
{
    TextRecorder recorder(area.size());
    QPainter painter(&recorder);
    FigureRenderer(figure).paint(painter, area, lightStyle());
    painter.end();
    QStringList texts;
    for (const TextRecorder::Text &text : recorder.texts())
        texts.append(text.text);
    return texts;
}

int pixelsOf(const QImage &image, const QColor &colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return count;
}

/// Pixels that the colour covers at least by a third, over the background: edges are smooth, so that a thin
/// line may have none of the colour itself.
int pixelsCovered(const QImage &image, const QColor &colour)
{
    const auto rgb = [](const QColor &one) { return Eigen::Vector3d(one.red(), one.green(), one.blue()); };
    const Eigen::Vector3d ground = rgb(lightStyle().background);
    const Eigen::Vector3d whole = rgb(colour) - ground;
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const Eigen::Vector3d here = rgb(image.pixelColor(x, y)) - ground;
            const double share = here.dot(whole) / whole.squaredNorm();
            count += share > 0.33 && (here - share * whole).norm() < 30.0 ? 1 : 0;
        }
    }
    return count;
}

/// A line over 0 to 2, and a point below its middle.
ChartData lineAndPoint()
{
    ChartData data;
    data.xHigh = 2.0;
    data.yLow = -1.0;
    data.series = {{.name = QStringLiteral("a"), .points = {{0, 0}, {1, 1}, {2, 0}}},
                   {.kind = ChartSeries::Kind::points,
                    .name = QStringLiteral("b"),
                    .colour = {FigureColour::Role::output},
                    .points = {{1, -1}},
                    .labels = {QStringLiteral("점")}}};
    return data;
}

BarsData threeBars(bool horizontal)
{
    BarsData data;
    data.labels = {QStringLiteral("10"), QStringLiteral("3"), QStringLiteral("3")};
    data.values = {1.0, -0.5, 0.25};
    data.indices = {10, 3, 7};
    data.colours = {{FigureColour::Role::key}, {FigureColour::Role::value}, {FigureColour::Role::output}};
    data.horizontal = horizontal;
    return data;
}

} // namespace

/// Curves, scatters and bars: what Qt Charts draws lies where the hit test says, and what is ours is there.
class TestCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void a_chart_tells_the_nearest_point();
    void bars_tell_their_index();
    void axes_have_titles_and_ticks();
    void what_is_counted_has_whole_ticks();
    void what_is_chosen_is_outlined();
    void lines_break_where_nothing_is();
    void markers_at_the_ends_are_whole();
    void ranges_without_a_length_get_one();
    void lines_lead_to_points_far_outside();
    void points_that_nobody_can_tell_apart_are_not_drawn();
};

void TestCharts::a_chart_tells_the_nearest_point()
{
    FigureRenderer figure(figureOf(lineAndPoint()));
    const QImage image = painted(figure);
    std::set<std::pair<int, int>> seen;
    QRect scatter;
    for (int y = 0; y < 400; y += 2) {
        for (int x = 0; x < 600; x += 2) {
            if (const auto hit = figure.hit(QPointF(x, y), area, lightStyle())) {
                seen.insert({hit->panel, hit->row});
                if (hit->panel == 1)
                    scatter |= QRect(x, y, 1, 1); // all that is near it
            }
        }
    }
    QCOMPARE(seen, (std::set<std::pair<int, int>>{{0, 0}, {0, 1}, {0, 2}, {1, 0}}));
    QCOMPARE(image.pixelColor(scatter.center()), lightStyle().output);
}

void TestCharts::bars_tell_their_index()
{
    const FigureStyle style = lightStyle();
    for (const bool horizontal : {false, true}) {
        FigureRenderer figure(figureOf(threeBars(horizontal)));
        const QImage image = painted(figure);
        std::set<int> seen;
        std::set<int> coloured;
        for (int y = 0; y < 400; y += 2) {
            for (int x = 0; x < 600; x += 2) {
                const auto hit = figure.hit(QPointF(x, y), area, style);
                if (hit)
                    seen.insert(hit->column);
                for (const auto &[colour, bar] :
                     {std::pair(style.key, 10), std::pair(style.value, 3), std::pair(style.output, 7)}) {
                    if (image.pixelColor(x, y) != colour)
                        continue;
                    QVERIFY(hit);
                    QCOMPARE(hit->column, bar);
                    coloured.insert(bar);
                }
            }
        }
        QCOMPARE(seen, (std::set<int>{3, 7, 10}));
        QCOMPARE(coloured, seen);
    }
}

void TestCharts::axes_have_titles_and_ticks()
{
    ChartData chart = lineAndPoint();
    chart.xTitle = QStringLiteral("position");
    chart.yTitle = QStringLiteral("값");
    QStringList texts = textsOf(figureOf(chart));
    for (const char *text : {"position", "값", "a", "b", "점", "0.0", "1.0", "2.0", "−1.0", "−0.5", "0.5"})
        QVERIFY2(texts.contains(QString::fromUtf8(text)), text);
    for (const bool horizontal : {false, true}) {
        BarsData bars = threeBars(horizontal);
        bars.labelTitle = QStringLiteral("neuron");
        bars.valueTitle = QStringLiteral("activation");
        texts = textsOf(figureOf(bars));
        for (const char *text : {"neuron", "activation", "10", "3", "0.0", "1.0", "−0.4"})
            QVERIFY2(texts.contains(QString::fromUtf8(text)), text);
    }
}

void TestCharts::what_is_counted_has_whole_ticks()
{
    ChartData chart = lineAndPoint();
    chart.series.pop_back();
    chart.yLow = 10.0;
    chart.yHigh = 30.0;
    QVERIFY(textsOf(figureOf(chart)).contains(QStringLiteral("0.2")));
    chart.wholeX = true;
    const QStringList texts = textsOf(figureOf(chart));
    for (const char *text : {"0", "1", "2"})
        QVERIFY2(texts.contains(QLatin1String(text)), text);
    QVERIFY(texts.filter(QStringLiteral(".")).isEmpty());
}

void TestCharts::what_is_chosen_is_outlined()
{
    const FigureStyle style = lightStyle();
    ChartData chart = lineAndPoint();
    FigureRenderer plain(figureOf(chart));
    QCOMPARE(pixelsOf(painted(plain), style.pin), 0);
    QCOMPARE(pixelsOf(painted(plain), style.hover), 0);
    plain.setEmphasis({.pinnedRow = 0});
    QVERIFY(pixelsOf(painted(plain), style.pin) > 4);
    plain.setEmphasis({.hoveredRow = 0});
    QVERIFY(pixelsOf(painted(plain), style.hover) > 4);

    // A vertical line through the middle.
    chart.cursorX = 1.0;
    FigureRenderer pointed(figureOf(chart));
    QVERIFY(pixelsCovered(painted(pointed), style.hover) > 200);

    FigureRenderer bars(figureOf(threeBars(false)));
    QCOMPARE(pixelsOf(painted(bars), style.pin), 0);
    bars.setEmphasis({.hoveredColumn = 10, .pinnedColumn = 3});
    QVERIFY(pixelsOf(painted(bars), style.pin) > 200);
    QVERIFY(pixelsOf(painted(bars), style.hover) > 200);
}

void TestCharts::lines_break_where_nothing_is()
{
    const FigureStyle style = lightStyle();
    ChartData chart;
    chart.xHigh = 4.0;
    chart.series = {
        {.colour = {FigureColour::Role::key}, .points = {{0, 0.5}, {1, 0.5}, {3, 0.5}, {4, 0.5}}}};
    FigureRenderer whole(figureOf(chart));
    const int through = pixelsCovered(painted(whole), style.key);
    chart.series.front().points.insert(2, QPointF(2.0, qQNaN()));
    FigureRenderer broken(figureOf(chart));
    const int beside = pixelsCovered(painted(broken), style.key);
    QVERIFY2(beside > through * 2 / 5 && beside < through * 3 / 5,
             qPrintable(QStringLiteral("%1 of %2").arg(beside).arg(through)));
    // A single point is seen as one.
    chart.series.front().points = {{2.0, 0.5}};
    FigureRenderer single(figureOf(chart));
    QVERIFY(pixelsCovered(painted(single), style.key) > 0);
}

void TestCharts::markers_at_the_ends_are_whole()
{
    const FigureStyle style = lightStyle();
    const auto inkOf = [&style](const QPointF &point) {
        ChartData chart;
        chart.series = {
            {.kind = ChartSeries::Kind::points, .colour = {FigureColour::Role::key}, .points = {point}}};
        FigureRenderer figure(figureOf(chart));
        return pixelsCovered(painted(figure), style.key);
    };
    const int inside = inkOf({0.5, 0.5});
    QVERIFY(inside > 20);
    for (const QPointF &corner : {QPointF(0, 0), QPointF(1, 0), QPointF(0, 1), QPointF(1, 1)})
        QVERIFY(inkOf(corner) >= inside * 3 / 4);
}

void TestCharts::ranges_without_a_length_get_one()
{
    for (const auto &[low, high] : {std::pair(0.0, 0.0), std::pair(3.0, 3.0), std::pair(1.0, -1.0),
                                    std::pair(qQNaN(), 1.0), std::pair(-qInf(), qInf())}) {
        ChartData chart;
        chart.series = {{.points = {{5.5, 0.5}}}};
        chart.xLow = 5.0;
        chart.xHigh = 6.0;
        chart.yLow = low;
        chart.yHigh = high;
        QStringList upwards = textsOf(figureOf(chart));
        upwards.removeIf([](const QString &text) { return text.startsWith(u'5') || text == u"6.0"; });
        QVERIFY2(upwards.size() >= 2, qPrintable(QStringLiteral("%1 to %2: ").arg(low).arg(high) +
                                                 upwards.join(QLatin1Char(' '))));
    }
}

void TestCharts::lines_lead_to_points_far_outside()
{
    const FigureStyle style = lightStyle();
    ChartData chart;
    chart.series = {{.colour = {FigureColour::Role::key}, .points = {{0, 0.5}, {0.5, 1e300}, {1, 0.5}}}};
    FigureRenderer figure(figureOf(chart));
    const int upwards = pixelsCovered(painted(figure), style.key);
    QVERIFY2(upwards > 300, qPrintable(QString::number(upwards))); // half the height, twice
}

/// As of a training that has only begun: thousands of steps on a tenth of the axis.
void TestCharts::points_that_nobody_can_tell_apart_are_not_drawn()
{
    constexpr int points = 8000;
    constexpr int apart = 400; // points of a line that is short enough to be drawn as it is
    ChartData whole;
    whole.xHigh = 10.0 * points;
    whole.series = {{.colour = {FigureColour::Role::key}, .points = {}}};
    ChartData pieces = whole;
    pieces.series.clear();
    std::minstd_rand random(1);
    for (int step = 0; step < points; ++step) {
        const double noise = static_cast<double>(random()) / static_cast<double>(std::minstd_rand::max());
        const QPointF point(step, step == points / 2 ? 1.0 : 0.2 + 0.3 * noise); // one peak
        whole.series.front().points.append(point);
        if (!pieces.series.empty())
            pieces.series.back().points.append(point);
        if (step % apart == 0)
            pieces.series.push_back({.colour = {FigureColour::Role::key}, .points = {point}});
    }
    FigureRenderer thinned(figureOf(whole));
    FigureRenderer all(figureOf(pieces));
    const QColor colour = lightStyle().key;
    const QImage one = painted(thinned);
    const QImage other = painted(all);
    const int covered = pixelsCovered(one, colour);
    QVERIFY(covered > 1000);
    QVERIFY2(std::abs(covered - pixelsCovered(other, colour)) < covered / 50,
             qPrintable(QStringLiteral("%1 %2").arg(covered).arg(pixelsCovered(other, colour))));
    const auto recorded = [](FigureRenderer &figure) {
        QPicture picture;
        QPainter painter(&picture);
        figure.paint(painter, area, lightStyle());
        painter.end();
        return picture.size();
    };
    const auto size = recorded(thinned);
    QVERIFY2(size < recorded(all) / 5, qPrintable(QString::number(size)));
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
