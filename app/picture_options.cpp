// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/picture_options.h"

#include "app/command.h"
#include "app/run_options.h"
#include "resources/translations/language.h"
#include "ui/figures/figure_renderer.h"
#include "ui/figures/figure_series.h"

#include <QCoreApplication>

#include <array>
#include <cmath>
#include <cstdio>

namespace encoderscope
{

namespace
{

constexpr double units_an_inch = 96.0;
constexpr double units_a_millimetre = units_an_inch / 25.4;

struct PictureMessages {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

constexpr std::array<std::pair<const char *, Theme>, 2> themes{
    {{"light", Theme::light}, {"dark", Theme::dark}}};
constexpr std::array<std::pair<const char *, FigureFormat>, 7> picture_formats{{{"svg", FigureFormat::svg},
                                                                                {"pdf", FigureFormat::pdf},
                                                                                {"png", FigureFormat::png},
                                                                                {"webp", FigureFormat::webp},
                                                                                {"csv", FigureFormat::csv},
                                                                                {"json", FigureFormat::json},
                                                                                {"npy", FigureFormat::npy}}};

QStringList palettes()
{
    QStringList names;
    for (const char *name : paletteNames())
        names.append(QLatin1String(name));
    return names;
}

double millimetres(const QCommandLineParser &parser, const QCommandLineOption &option)
{
    if (!parser.isSet(option))
        return 0.0;
    return units_a_millimetre * number_within(QStringLiteral("--") + option.names().constLast(),
                                              parser.value(option), 10.0, 2000.0);
}

} // namespace

PictureOptions::PictureOptions(const QString &output)
    : output_({QStringLiteral("o"), QStringLiteral("output")}, output, QStringLiteral("path"))
    , format_(valued(
          "format",
          PictureMessages::tr("svg, pdf, png, webp, csv, json or npy; without it, by the file's name."),
          QStringLiteral("format")))
    , width_(
          valued("width",
                 PictureMessages::tr("The picture's width in millimetres; without it, what the labels need."),
                 QStringLiteral("mm")))
    , height_(valued(
          "height",
          PictureMessages::tr("The picture's height in millimetres; without it, what the labels need."),
          QStringLiteral("mm")))
    , text_size_(valued("text-size", PictureMessages::tr("The text's size in points."), QStringLiteral("pt"),
                        QStringLiteral("10")))
    , dpi_(valued("dpi", PictureMessages::tr("png, webp: dots an inch."), QStringLiteral("dpi"),
                  QStringLiteral("192")))
    , scale_(valued("scale", PictureMessages::tr("png, webp: pixels for each 1/96 inch, instead of --dpi."),
                    QStringLiteral("factor")))
    , theme_(valued("theme", PictureMessages::tr("light or dark."), QStringLiteral("theme"),
                    QStringLiteral("light")))
    , colours_(valued("colours",
                      PictureMessages::tr("viridis, cividis, magma or greys, which prints without colours."),
                      QStringLiteral("name"), QStringLiteral("viridis")))
    , no_values_(flag("no-values", PictureMessages::tr("No values in cells and at bars.")))
    , no_caption_(flag("no-caption", PictureMessages::tr("No caption below the picture.")))
    , language_(
          valued("language", PictureMessages::tr("The labels' language: en or ko."), QStringLiteral("code")))
{
}

void PictureOptions::add_to(OptionParser &parser) const
{
    parser.addOptions({output_, format_, width_, height_, text_size_, dpi_, scale_, theme_, colours_,
                       no_values_, no_caption_, language_});
    parser.setChoices(format_.names().constFirst(), words_of(picture_formats));
    parser.setChoices(theme_.names().constFirst(), words_of(themes));
    parser.setChoices(colours_.names().constFirst(), palettes());
    parser.setChoices(language_.names().constFirst(), languages());
}

void PictureOptions::choose_language(const QStringList &arguments)
{
    const qsizetype language = arguments.indexOf(QStringLiteral("--language"));
    if (language >= 0 && language + 1 < arguments.size())
        installLanguage(arguments.at(language + 1));
}

QString PictureOptions::output(const QCommandLineParser &parser) const
{
    return required(parser, output_);
}

std::optional<FigureFormat> PictureOptions::format(const QCommandLineParser &parser) const
{
    if (parser.isSet(format_))
        return one_of(QStringLiteral("--format"), parser.value(format_), picture_formats);
    return knownFormat(parser.value(output_));
}

PictureLook PictureOptions::look(const QCommandLineParser &parser) const
{
    if (parser.isSet(language_) && !languages().contains(parser.value(language_)))
        throw_unknown_word(QStringLiteral("--language"), parser.value(language_), languages());
    PictureLook look;
    look.style =
        figureStyle(one_of(QStringLiteral("--theme"), parser.value(theme_), themes),
                    number_within(QStringLiteral("--text-size"), parser.value(text_size_), 4.0, 72.0));
    const qsizetype palette = palettes().indexOf(parser.value(colours_));
    if (palette < 0)
        throw_unknown_word(QStringLiteral("--colours"), parser.value(colours_), palettes());
    look.style.palette = static_cast<Palette>(palette);
    look.style.showCaption = !parser.isSet(no_caption_);
    look.style.showNumbers = !parser.isSet(no_values_);
    look.width = millimetres(parser, width_);
    look.height = millimetres(parser, height_);
    look.scale =
        parser.isSet(scale_)
            ? number_within(QStringLiteral("--scale"), parser.value(scale_), 0.1, 32.0)
            : number_within(QStringLiteral("--dpi"), parser.value(dpi_), 10.0, 3000.0) / units_an_inch;
    return look;
}

FileOptions file_options(const FigurePtr &figure, const PictureLook &look, const Viewpoint &viewpoint)
{
    const FigureRenderer renderer(figure, viewpoint);
    QSizeF size =
        look.width > 0.0 ? renderer.naturalSize(look.style, look.width) : renderer.naturalSize(look.style);
    if (look.height > 0.0)
        size.setHeight(look.height);
    return {.size = size, .scale = look.scale, .viewpoint = viewpoint};
}

void write_series(const std::vector<FigurePtr> &figures, const PictureLook &look, const QString &output,
                  FigureFormat format, double seconds)
{
    const SeriesFiles files{.output = output,
                            .format = format,
                            .style = look.style,
                            .width = look.width,
                            .height = look.height,
                            .scale = look.scale,
                            .each = std::chrono::milliseconds(std::lround(1000.0 * seconds))};
    writeSeries(
        figures, files, [](const Figure &, const std::function<void()> &paint) { paint(); },
        [&figures](int done) { std::fprintf(stderr, "\r%d/%zu", done, figures.size()); });
    std::fputc('\n', stderr);
}

} // namespace encoderscope
