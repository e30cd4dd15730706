// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_style.h"

#include <QGuiApplication>

#include <array>

namespace encoderscope
{

namespace
{

// Okabe and Ito's palette; yellow only where it stands out (dark), black replaced by grey.
constexpr std::array<QRgb, 8> light_series{0xff0072b2, 0xffd55e00, 0xff009e73, 0xffcc79a7,
                                           0xffb07d00, 0xff2fa3dd, 0xff7a3e9d, 0xff6b7280};
constexpr std::array<QRgb, 8> dark_series{0xff56b4e9, 0xffee8445, 0xff2cc295, 0xffdd97bd,
                                          0xffe6a817, 0xff9ad0f5, 0xffb48ad6, 0xffa3abb8};

} // namespace

QColor FigureStyle::series(int index) const
{
    const auto &colours = theme == Theme::dark ? dark_series : light_series;
    return QColor::fromRgb(colours[static_cast<std::size_t>(index) % colours.size()]);
}

QColor FigureColour::in(const FigureStyle &style) const
{
    switch (role) {
    case Role::text:
        return style.text;
    case Role::muted:
        return style.muted;
    case Role::query:
        return style.query;
    case Role::key:
        return style.key;
    case Role::value:
        return style.value;
    case Role::output:
        return style.output;
    case Role::series:
        break;
    }
    return style.series(index);
}

FigureStyle figureStyle(Theme theme, double pointSize)
{
    FigureStyle style;
    style.theme = theme;
    style.font = QGuiApplication::font();
    // Pixel sizes, and no hinting: the same layout on the screen, in a PNG of any scale and in a PDF.
    constexpr double pixelsAPoint = 96.0 / 72.0;
    const double points = pointSize > 0.0 ? pointSize : style.font.pointSizeF();
    if (points > 0.0)
        style.font.setPixelSize(qRound(points * pixelsAPoint));
    style.font.setHintingPreference(QFont::PreferNoHinting);
    if (theme == Theme::dark) {
        style.background = QColor(30, 32, 36);
        style.text = QColor(230, 232, 236);
        style.muted = QColor(164, 170, 180);
        style.grid = QColor(70, 74, 82);
        style.hover = QColor(255, 209, 102);
        style.pin = QColor(255, 255, 255);
        style.query = QColor(104, 170, 255);
        style.key = QColor(255, 122, 112);
        style.value = QColor(84, 200, 130);
        style.output = QColor(196, 145, 245);
    } else {
        style.background = QColor(255, 255, 255);
        style.text = QColor(28, 30, 34);
        style.muted = QColor(96, 102, 112);
        style.grid = QColor(212, 216, 222);
        style.hover = QColor(240, 120, 0);
        style.pin = QColor(0, 0, 0);
        style.query = QColor(31, 98, 196);
        style.key = QColor(200, 44, 44);
        style.value = QColor(26, 132, 72);
        style.output = QColor(124, 58, 180);
    }
    return style;
}

} // namespace encoderscope
