// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "tests/message_of.h"
#include "ui/figures/figure_files.h"
#include "ui/figures/figure_series.h"
#include "ui/jobs/stopped.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeData>
#include <QPainter>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <QtEndian>

#include <webp/demux.h>

#include <limits>

using namespace encoderscope;

namespace
{

/// Shades of one cell, wider from figure to figure.
std::vector<FigurePtr> series()
{
    std::vector<FigurePtr> figures;
    for (const int columns : {1, 2, 3}) {
        HeatmapData data;
        data.rows = 1;
        data.columns = columns;
        data.values = rowsOf(Matrix::Constant(1, columns, 0.25F * static_cast<float>(columns)));
        for (int column = 0; column < columns; ++column)
            data.columnLabels.append(QStringLiteral("column %1").arg(column));
        data.scale = ColourScale::sequential(0.0, 1.0);
        figures.push_back(
            makeFigure(std::move(data), {}, QStringLiteral("of%1").arg(columns), QStringLiteral("caption")));
    }
    return figures;
}

const PaintThread here = [](const Figure &, const std::function<void()> &paint) { paint(); };

FigurePtr sample()
{
    Matrix values(2, 3);
    values << 0.0F, 0.25F, 1.0F, 0.5F, 0.125F, 0.75F;
    HeatmapData data;
    data.rows = 2;
    data.columns = 3;
    data.values = rowsOf(values);
    data.rowLabels = {QStringLiteral("고양이"), QStringLiteral("a,\"b\"")};
    data.columnLabels = {QStringLiteral("x"), QStringLiteral("y & <z>"), QStringLiteral("길")};
    data.rowTitle = QStringLiteral("query");
    data.scale = ColourScale::sequential(0.0, 1.0);
    return makeFigure(std::move(data), QStringLiteral("어텐션 <weights>"), {}, QStringLiteral("a caption"));
}

} // namespace

/// What is written: each format, complete or not at all.
class TestFigureFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void svg_needs_no_font();
    void svg_looks_like_the_screen();
    void svg_cells_are_vectors();
    void pdf_cells_and_text_are_not_pixels();
    void png_knows_its_physical_size();
    void csv_quotes_what_has_commas();
    void json_is_whole();
    void npy_is_a_matrix_of_the_cells();
    void npy_of_a_grid_has_an_axis_for_its_rows_and_columns();
    void the_clipboard_gets_pixels_vectors_and_numbers();
    void a_failed_write_leaves_the_old_file();
    void too_large_a_picture_is_refused();
    void formats_come_from_file_names();
    void a_series_is_numbered_files_of_one_size();
    void an_animation_holds_every_picture_to_the_last_pixel();
    void a_series_that_cannot_be_written_says_so();
};

void TestFigureFiles::svg_needs_no_font()
{
    const QByteArray svg = figureBytes(sample(), figureStyle(Theme::light, 10.0), FigureFormat::svg);
    QXmlStreamReader reader(svg);
    QString title;
    QStringList hidden;
    double opacity = 1.0;
    QList<double> opacities;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement()) {
            if (reader.attributes().hasAttribute(QStringLiteral("opacity")))
                opacity = reader.attributes().value(QStringLiteral("opacity")).toDouble();
            else if (reader.name() == QStringLiteral("g"))
                opacity = 1.0;
            opacities.append(opacity);
            if (reader.name() == QStringLiteral("title"))
                title = reader.readElementText();
            else if (reader.name() == QStringLiteral("text")) {
                // Text is for searching and selecting: what is seen are outlines.
                QCOMPARE(opacity, 0.0);
                hidden.append(reader.readElementText(QXmlStreamReader::IncludeChildElements).trimmed());
            }
        }
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(title, QStringLiteral("어텐션 <weights>"));
    QVERIFY(hidden.contains(QStringLiteral("고양이")));
    QVERIFY(hidden.contains(QStringLiteral("y & <z>")));
}

void TestFigureFiles::svg_looks_like_the_screen()
{
    const FigurePtr figure = sample();
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const QImage screen = figureImage(figure, style);
    QImage drawn(screen.size(), QImage::Format_RGB32);
    drawn.fill(Qt::white);
    QPainter painter(&drawn);
    QSvgRenderer renderer(figureBytes(figure, style, FigureFormat::svg));
    QVERIFY(renderer.isValid());
    renderer.render(&painter);
    painter.end();
    qint64 difference = 0;
    for (int y = 0; y < screen.height(); ++y) {
        for (int x = 0; x < screen.width(); ++x)
            difference += qAbs(qGray(screen.pixel(x, y)) - qGray(drawn.pixel(x, y)));
    }
    const double mean = static_cast<double>(difference) / (screen.width() * screen.height());
    QVERIFY2(mean < 2.0, qPrintable(QString::number(mean)));
}

void TestFigureFiles::svg_cells_are_vectors()
{
    const QByteArray svg = figureBytes(sample(), figureStyle(Theme::light, 10.0), FigureFormat::svg);
    QVERIFY(!svg.contains("<image"));
    QVERIFY(svg.contains("#fde725")); // the colour of 1.0
}

void TestFigureFiles::pdf_cells_and_text_are_not_pixels()
{
    const QByteArray pdf = figureBytes(sample(), figureStyle(Theme::light, 10.0), FigureFormat::pdf);
    QVERIFY(pdf.startsWith("%PDF-"));
    QVERIFY(pdf.trimmed().endsWith("%%EOF"));
    QVERIFY(!pdf.contains("/Subtype /Image"));
    QVERIFY(pdf.contains("/FontFile2"));
}

void TestFigureFiles::png_knows_its_physical_size()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    const QByteArray png =
        figureBytes(sample(), style, FigureFormat::png, {.size = {300, 200}, .scale = 2.0});
    const QImage image = QImage::fromData(png, "PNG");
    QCOMPARE(image.size(), QSize(600, 400));
    QCOMPARE(image.dotsPerMeterX(), 7559); // 192 dpi
    QCOMPARE(image.text(QStringLiteral("Title")), QStringLiteral("어텐션 <weights>"));
}

void TestFigureFiles::csv_quotes_what_has_commas()
{
    const QByteArray csv = figureBytes(sample(), figureStyle(Theme::light, 10.0), FigureFormat::csv);
    QCOMPARE(QString::fromUtf8(csv), QStringLiteral("query,0 x,1 y & <z>,2 길\r\n"
                                                    "0 고양이,0,0.25,1\r\n"
                                                    "\"1 a,\"\"b\"\"\",0.5,0.125,0.75\r\n"));
}

void TestFigureFiles::json_is_whole()
{
    QJsonParseError error;
    const QJsonObject object =
        QJsonDocument::fromJson(figureBytes(sample(), figureStyle(Theme::light, 10.0), FigureFormat::json),
                                &error)
            .object();
    QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
    QCOMPARE(object.value(QStringLiteral("title")).toString(), QStringLiteral("어텐션 <weights>"));
    const QJsonArray rows = object.value(QStringLiteral("rows")).toArray();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.at(1).toArray().at(3).toDouble(), 0.75);

    HeatmapData data;
    data.rows = data.columns = 1;
    data.values = rowsOf(Matrix::Constant(1, 1, std::numeric_limits<float>::quiet_NaN()));
    const QByteArray odd = figureBytes(makeFigure(std::move(data), {}, {}, {}),
                                       figureStyle(Theme::light, 10.0), FigureFormat::json);
    QVERIFY(QJsonDocument::fromJson(odd)
                .object()
                .value(QStringLiteral("rows"))
                .toArray()
                .at(0)
                .toArray()
                .at(1)
                .isNull());
}

void TestFigureFiles::npy_is_a_matrix_of_the_cells()
{
    const QByteArray npy = figureBytes(sample(), figureStyle(Theme::light, 10.0), FigureFormat::npy);
    QVERIFY(npy.startsWith(QByteArray("\x93NUMPY\x01\x00", 8)));
    const int header = qFromLittleEndian<quint16>(npy.constData() + 8);
    QCOMPARE((10 + header) % 64, 0);
    const QByteArray description = npy.mid(10, header);
    QVERIFY(description.contains("'descr': '<f4'"));
    QVERIFY(description.contains("'shape': (2, 3)"));
    QVERIFY(description.endsWith('\n'));
    QCOMPARE(npy.size(), 10 + header + 6 * 4);
    const float expected[] = {0.0F, 0.25F, 1.0F, 0.5F, 0.125F, 0.75F};
    for (int index = 0; index < 6; ++index)
        QCOMPARE(qFromLittleEndian<float>(npy.constData() + 10 + header + index * 4), expected[index]);
}

void TestFigureFiles::npy_of_a_grid_has_an_axis_for_its_rows_and_columns()
{
    HeatmapGrid grid{.inARow = 3};
    for (int panel = 0; panel < 6; ++panel) {
        HeatmapData data;
        data.rows = 4;
        data.columns = 5;
        data.values = rowsOf(Matrix::Constant(4, 5, static_cast<float>(panel)));
        grid.panels.push_back(std::move(data));
    }
    const QByteArray npy =
        figureBytes(makeFigure(std::move(grid), {}, {}, {}), figureStyle(Theme::light), FigureFormat::npy);
    QVERIFY(npy.contains("'shape': (2, 3, 4, 5)"));
    const int begin = 10 + qFromLittleEndian<quint16>(npy.constData() + 8);
    QCOMPARE(npy.size(), begin + 6 * 20 * 4);
    QCOMPARE(qFromLittleEndian<float>(npy.constData() + begin + (1 * 3 + 2) * 20 * 4), 5.0F);
}

void TestFigureFiles::the_clipboard_gets_pixels_vectors_and_numbers()
{
    const auto data = figureMimeData(sample(), figureStyle(Theme::light, 10.0));
    QVERIFY(data->hasImage());
    QVERIFY(data->data(QStringLiteral("image/svg+xml")).contains("<svg"));
    QVERIFY(data->text().contains(QStringLiteral("0 고양이\t0\t0.25\t1\n")));
}

void TestFigureFiles::a_failed_write_leaves_the_old_file()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.svg"));
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    writeFigure(sample(), style, path, FigureFormat::svg);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    file.close();

    // Too large to encode, so it fails after the file was opened.
    QVERIFY_THROWS_EXCEPTION(Error,
                             writeFigure(sample(), style, path, FigureFormat::png, {.size = {1e6, 1e6}}));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), before);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);

    const QString missing = folder.filePath(QStringLiteral("no/such/folder.svg"));
    try {
        writeFigure(sample(), style, missing, FigureFormat::svg);
        QFAIL("nothing was thrown");
    } catch (const Error &error) {
        QVERIFY(error.message().contains(missing));
    }
}

void TestFigureFiles::too_large_a_picture_is_refused()
{
    const FigureStyle style = figureStyle(Theme::light, 10.0);
    QVERIFY_THROWS_EXCEPTION(Error, figureImage(sample(), style, {.size = {40'000, 10}}));
    QVERIFY_THROWS_EXCEPTION(Error, figureImage(sample(), style, {.size = {30'000, 30'000}}));
    QVERIFY_THROWS_EXCEPTION(Error, figureImage(sample(), style, {.scale = 0.0}));
}

void TestFigureFiles::formats_come_from_file_names()
{
    QCOMPARE(formatOf(QStringLiteral("/tmp/a.b.SVG")), FigureFormat::svg);
    QCOMPARE(formatOf(QStringLiteral("x.npy")), FigureFormat::npy);
    QVERIFY_THROWS_EXCEPTION(Error, formatOf(QStringLiteral("x")));
    QVERIFY_THROWS_EXCEPTION(Error, formatOf(QStringLiteral("x.gif")));
    for (const FigureFormat format :
         {FigureFormat::png, FigureFormat::svg, FigureFormat::pdf, FigureFormat::csv, FigureFormat::json,
          FigureFormat::npy, FigureFormat::webp})
        QCOMPARE(formatOf(QStringLiteral("a.") + suffixOf(format)), format);
}

void TestFigureFiles::a_series_is_numbered_files_of_one_size()
{
    QTemporaryDir folder;
    SeriesFiles files{.output = folder.filePath(QStringLiteral("steps")),
                      .format = FigureFormat::png,
                      .style = figureStyle(Theme::light, 10.0)};
    std::vector<int> written;
    QCOMPARE(writeSeries(series(), files, here, [&](int done) { written.push_back(done); }), 3);
    QCOMPARE(written, (std::vector<int>{1, 2, 3}));
    const QDir steps(files.output);
    QCOMPARE(steps.entryList(QDir::Files, QDir::Name),
             (QStringList{QStringLiteral("01-of1.png"), QStringLiteral("02-of2.png"),
                          QStringLiteral("03-of3.png")}));
    const QSize size = QImage(steps.filePath(QStringLiteral("03-of3.png"))).size();
    QVERIFY(!size.isEmpty());
    for (const QString &name : steps.entryList(QDir::Files))
        QCOMPARE(QImage(steps.filePath(name)).size(), size);
    files.width = 400.0;
    files.height = 300.0;
    writeSeries(series(), files, here);
    QCOMPARE(QImage(steps.filePath(QStringLiteral("01-of1.png"))).size(), QSize(400, 300));
}

void TestFigureFiles::an_animation_holds_every_picture_to_the_last_pixel()
{
    QTemporaryDir folder;
    const SeriesFiles files{.output = folder.filePath(QStringLiteral("a.webp")),
                            .style = figureStyle(Theme::dark, 10.0),
                            .each = std::chrono::milliseconds(700)};
    const std::vector<FigurePtr> figures = series();
    QCOMPARE(writeSeries(figures, files, here), 1);
    QFile file(files.output);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const WebPData data{reinterpret_cast<const std::uint8_t *>(bytes.constData()),
                        static_cast<std::size_t>(bytes.size())};
    WebPAnimDecoderOptions options;
    QVERIFY(WebPAnimDecoderOptionsInit(&options) != 0);
    const std::unique_ptr<WebPAnimDecoder, decltype(&WebPAnimDecoderDelete)> decoder(
        WebPAnimDecoderNew(&data, &options), &WebPAnimDecoderDelete);
    QVERIFY(decoder);
    const FileOptions size{.size = commonSize(figures, files)};
    for (std::size_t index = 0; index < figures.size(); ++index) {
        std::uint8_t *pixels = nullptr;
        int end = 0;
        QVERIFY(WebPAnimDecoderGetNext(decoder.get(), &pixels, &end) != 0);
        QCOMPARE(end, 700 * (static_cast<int>(index) + 1));
        const QImage expected =
            figureImage(figures[index], files.style, size).convertToFormat(QImage::Format_RGBA8888);
        QCOMPARE(QImage(pixels, expected.width(), expected.height(), QImage::Format_RGBA8888), expected);
    }
    QVERIFY(WebPAnimDecoderHasMoreFrames(decoder.get()) == 0);
}

void TestFigureFiles::a_series_that_cannot_be_written_says_so()
{
    QTemporaryDir folder;
    QFile blocking(folder.filePath(QStringLiteral("file")));
    QVERIFY(blocking.open(QIODevice::WriteOnly));
    SeriesFiles files{.output = blocking.fileName() + QStringLiteral("/steps"),
                      .format = FigureFormat::svg,
                      .style = figureStyle(Theme::light, 10.0)};
    QVERIFY(messageOf([&] { writeSeries(series(), files, here); }).contains(files.output));
    files.format = FigureFormat::webp;
    QVERIFY(messageOf([&] { writeSeries(series(), files, here); }).contains(files.output));
    files.output = folder.filePath(QStringLiteral("a.webp"));
    files.scale = 100.0;
    QVERIFY(messageOf([&] { writeSeries(series(), files, here); }).contains(QStringLiteral("16383")));
    QVERIFY(!messageOf([&] { writeSeries({}, files, here); }).isEmpty());
    QVERIFY(!QFile::exists(files.output));

    std::stop_source stop;
    files.scale = 1.0;
    const auto stopAfterTwo = [&](int done) {
        if (done == 2)
            stop.request_stop();
    };
    QVERIFY_THROWS_EXCEPTION(Stopped, writeSeries(series(), files, here, stopAfterTwo, stop.get_token()));
    QVERIFY(!QFile::exists(files.output));
}

QTEST_MAIN(TestFigureFiles)
#include "tst_figure_files.moc"
