// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_files.h"

#include "engine/file_writer.h"
#include "ui/figures/animation.h"
#include "ui/figures/figure_renderer.h"
#include "ui/figures/svg_device.h"
#include "ui/figures/table_files.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QMimeData>
#include <QPainter>
#include <QPdfWriter>

#include <array>
#include <cmath>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr double unitsAnInch = 96.0;
constexpr double metresAnInch = 0.0254;
constexpr double pointsAnInch = 72.0;
constexpr int mostImageSide = 32'767; // what QPainter can address
constexpr double mostImagePixels = 400e6;

constexpr std::array<std::pair<FigureFormat, const char *>, 7> suffixes{{{FigureFormat::png, "png"},
                                                                         {FigureFormat::svg, "svg"},
                                                                         {FigureFormat::pdf, "pdf"},
                                                                         {FigureFormat::csv, "csv"},
                                                                         {FigureFormat::json, "json"},
                                                                         {FigureFormat::npy, "npy"},
                                                                         {FigureFormat::webp, "webp"}}};

/// A renderer of the file's own, and the size that it paints into.
struct Page {
    FigureRenderer renderer;
    QSizeF size;
    FigureStyle style;

    Page(const FigurePtr &figure, const FigureStyle &how, const FileOptions &options)
        : renderer(figure, options.viewpoint)
        , size(options.size.isEmpty() ? renderer.naturalSize(how) : options.size)
        , style(how)
    {
    }
    void paint(QPainter &painter) { renderer.paint(painter, QRectF(QPointF(0.0, 0.0), size), style); }
};

void writePng(QIODevice &device, const FigurePtr &figure, const FigureStyle &style,
              const FileOptions &options)
{
    if (!figureImage(figure, style, options).save(&device, "PNG"))
        throw Error(QCoreApplication::translate("Figures", "The picture cannot be encoded as PNG."));
}

void writeWebp(QIODevice &device, const FigurePtr &figure, const FigureStyle &style,
               const FileOptions &options)
{
    const QImage image = figureImage(figure, style, options);
    Animation still(image.size(), std::chrono::milliseconds(0));
    still.add(image);
    device.write(still.bytes());
}

QByteArray svgBytes(const FigurePtr &figure, const FigureStyle &style, const FileOptions &options)
{
    Page page(figure, style, options);
    SvgDevice device(page.size, figure->title, figure->caption);
    QPainter painter(&device);
    page.paint(painter);
    painter.end();
    return device.svg();
}

void writePdf(QIODevice &device, const FigurePtr &figure, const FigureStyle &style,
              const FileOptions &options)
{
    Page page(figure, style, options);
    QPdfWriter writer(&device);
    writer.setTitle(figure->title);
    writer.setCreator(QStringLiteral("Encoderscope"));
    writer.setPageSize(QPageSize(page.size * pointsAnInch / unitsAnInch, QPageSize::Point, QString(),
                                 QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    constexpr int resolution = 1200;
    writer.setResolution(resolution);
    QPainter painter(&writer);
    painter.scale(resolution / unitsAnInch, resolution / unitsAnInch);
    page.paint(painter);
}

void writeContent(QIODevice &device, const FigurePtr &figure, const FigureStyle &style, FigureFormat format,
                  const FileOptions &options)
{
    switch (format) {
    case FigureFormat::png:
        return writePng(device, figure, style, options);
    case FigureFormat::svg:
        device.write(svgBytes(figure, style, options));
        return;
    case FigureFormat::pdf:
        return writePdf(device, figure, style, options);
    case FigureFormat::csv:
        return writeCsv(device, *figure);
    case FigureFormat::json:
        return writeJson(device, *figure);
    case FigureFormat::npy:
        return writeNpy(device, *figure);
    case FigureFormat::webp:
        return writeWebp(device, figure, style, options);
    }
}

} // namespace

std::optional<FigureFormat> knownFormat(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    for (const auto &[format, name] : suffixes) {
        if (suffix == QLatin1String(name))
            return format;
    }
    return std::nullopt;
}

FigureFormat formatOf(const QString &path)
{
    if (const auto format = knownFormat(path))
        return *format;
    throw Error(
        QCoreApplication::translate(
            "Figures", "%1: the file's name must end in .png, .svg, .pdf, .webp, .csv, .json or .npy.")
            .arg(path));
}

QString suffixOf(FigureFormat format)
{
    return QLatin1String(suffixes[static_cast<std::size_t>(format)].second);
}

QImage figureImage(const FigurePtr &figure, const FigureStyle &style, const FileOptions &options)
{
    Page page(figure, style, options);
    const double width = std::ceil(page.size.width() * options.scale);
    const double height = std::ceil(page.size.height() * options.scale);
    if (!(width >= 1.0 && height >= 1.0) || width > mostImageSide || height > mostImageSide ||
        width * height > mostImagePixels)
        throw Error(QCoreApplication::translate("Figures",
                                                "A picture of %1 x %2 pixels is too large; choose a smaller "
                                                "scale, or SVG or PDF.")
                        .arg(width, 0, 'f', 0)
                        .arg(height, 0, 'f', 0));
    QImage image(static_cast<int>(width), static_cast<int>(height), QImage::Format_RGB32);
    if (image.isNull())
        throw Error(QCoreApplication::translate("Figures",
                                                "There is not enough memory for a picture of %1 x %2 pixels.")
                        .arg(width, 0, 'f', 0)
                        .arg(height, 0, 'f', 0));
    image.fill(style.background);
    const int dotsAMetre = qRound(unitsAnInch * options.scale / metresAnInch);
    image.setDotsPerMeterX(dotsAMetre);
    image.setDotsPerMeterY(dotsAMetre);
    image.setText(QStringLiteral("Title"), figure->title);
    image.setText(QStringLiteral("Description"), figure->caption);
    image.setText(QStringLiteral("Software"), QStringLiteral("Encoderscope"));
    QPainter painter(&image);
    painter.scale(options.scale, options.scale);
    page.paint(painter);
    return image;
}

QByteArray figureBytes(const FigurePtr &figure, const FigureStyle &style, FigureFormat format,
                       const FileOptions &options)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    writeContent(buffer, figure, style, format, options);
    return bytes;
}

void writeFigure(const FigurePtr &figure, const FigureStyle &style, const QString &path, FigureFormat format,
                 const FileOptions &options)
{
    FileWriter file(path);
    writeContent(file, figure, style, format, options);
    file.commit();
}

std::unique_ptr<QMimeData> figureMimeData(const FigurePtr &figure, const FigureStyle &style,
                                          const FileOptions &options)
{
    auto data = std::make_unique<QMimeData>();
    data->setImageData(figureImage(figure, style, options));
    data->setData(QStringLiteral("image/svg+xml"), figureBytes(figure, style, FigureFormat::svg, options));
    data->setText(tabSeparated(*figure));
    return data;
}

} // namespace encoderscope
