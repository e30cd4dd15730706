// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_series.h"

#include "engine/file_writer.h"
#include "ui/figures/animation.h"
#include "ui/figures/figure_renderer.h"
#include "ui/jobs/stopped.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <optional>

namespace encoderscope
{

namespace
{

/// "03-attention-layer2-head1.svg"
QString numberedName(const Figure &figure, std::size_t index, std::size_t count, FigureFormat format)
{
    const auto digits = static_cast<int>(QString::number(count).size());
    return QStringLiteral("%1-%2.%3")
        .arg(static_cast<int>(index) + 1, std::max(digits, 2), 10, QLatin1Char('0'))
        .arg(figure.name.isEmpty() ? QStringLiteral("figure") : figure.name, suffixOf(format));
}

} // namespace

QSizeF commonSize(const std::vector<FigurePtr> &figures, const SeriesFiles &files)
{
    QSizeF size(0.0, 0.0);
    for (const FigurePtr &figure : figures) {
        const FigureRenderer renderer(figure);
        size = size.expandedTo(files.width > 0.0 ? renderer.naturalSize(files.style, files.width)
                                                 : renderer.naturalSize(files.style));
    }
    if (files.width > 0.0)
        size.setWidth(files.width);
    if (files.height > 0.0)
        size.setHeight(files.height);
    return size;
}

int writeSeries(const std::vector<FigurePtr> &figures, const SeriesFiles &files, const PaintThread &painting,
                const std::function<void(int done)> &written, const std::stop_token &stop)
{
    if (figures.empty())
        throw Error(QCoreApplication::translate("Figures", "There is no picture to write."));
    const FileOptions options{.size = commonSize(figures, files), .scale = files.scale};
    const bool animated = files.format == FigureFormat::webp;
    throwIfStopped(stop);
    if (!animated && !QDir().mkpath(files.output))
        throw Error(
            QCoreApplication::translate("Figures", "The folder %1 cannot be made.").arg(files.output));
    std::optional<Animation> animation;
    for (std::size_t index = 0; index < figures.size(); ++index) {
        throwIfStopped(stop);
        const FigurePtr &figure = figures[index];
        if (animated) {
            QImage image;
            painting(*figure, [&] { image = figureImage(figure, files.style, options); });
            if (!animation)
                animation.emplace(image.size(), files.each);
            animation->add(image);
        } else {
            const QString path =
                QDir(files.output).filePath(numberedName(*figure, index, figures.size(), files.format));
            painting(*figure, [&] { writeFigure(figure, files.style, path, files.format, options); });
        }
        if (written)
            written(static_cast<int>(index) + 1);
    }
    if (!animated)
        return static_cast<int>(figures.size());
    throwIfStopped(stop);
    write_file(files.output, animation->bytes());
    return 1;
}

} // namespace encoderscope
