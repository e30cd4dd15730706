// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>
#include <QStyle>
#include <QToolTip>

namespace encoderscope
{

Theme themeOf(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? Theme::dark : Theme::light;
}

QPalette windowPalette(Theme theme)
{
    const bool dark = theme == Theme::dark;
    const auto pick = [dark](const char *light, const char *night) { return QColor(dark ? night : light); };
    const QColor text = pick("#1f2430", "#e4e7ec");
    const QColor faint = pick("#9aa2b1", "#6f7785");
    QPalette palette;
    palette.setColor(QPalette::Window, pick("#f5f6f8", "#1b1e23"));
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, pick("#ffffff", "#15171b"));
    palette.setColor(QPalette::AlternateBase, pick("#eef0f4", "#22262d"));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Button, pick("#f5f6f8", "#262a31"));
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, pick("#b3261e", "#ff8a80"));
    palette.setColor(QPalette::PlaceholderText, faint);
    palette.setColor(QPalette::ToolTipBase, pick("#ffffff", "#2b3038"));
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Highlight, pick("#2f6fde", "#4f8bf0"));
    palette.setColor(QPalette::HighlightedText, QColor(Qt::white));
    palette.setColor(QPalette::Link, pick("#2f6fde", "#7aa9f7"));
    palette.setColor(QPalette::Light, pick("#ffffff", "#343942"));
    palette.setColor(QPalette::Midlight, pick("#e6e9ee", "#2c3139"));
    palette.setColor(QPalette::Mid, pick("#d3d8e0", "#3a404a"));
    palette.setColor(QPalette::Dark, pick("#a9b0bd", "#0e1013"));
    palette.setColor(QPalette::Shadow, pick("#7a8190", "#000000"));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, pick("#c7cdd8", "#3a404a"));
    return palette;
}

QPalette contrastPalette()
{
    const QColor black(Qt::black);
    const QColor white(Qt::white);
    QPalette palette = windowPalette(Theme::dark);
    for (const auto role : {QPalette::Window, QPalette::Base, QPalette::Button, QPalette::ToolTipBase})
        palette.setColor(role, black);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText,
                            QPalette::Light, QPalette::Midlight, QPalette::Mid, QPalette::Dark})
        palette.setColor(role, white);
    palette.setColor(QPalette::AlternateBase, QColor(28, 28, 28));
    palette.setColor(QPalette::PlaceholderText, QColor(200, 200, 200));
    palette.setColor(QPalette::BrightText, QColor(255, 170, 120));
    palette.setColor(QPalette::Link, QColor(130, 215, 255));
    palette.setColor(QPalette::Highlight, QColor(255, 230, 0));
    palette.setColor(QPalette::HighlightedText, black);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(170, 170, 170));
    return palette;
}

void applyTheme(const QString &choice)
{
    if (choice == QLatin1String("contrast")) {
        QApplication::setPalette(contrastPalette());
        QToolTip::setPalette(contrastPalette());
        return;
    }
    Theme theme = choice == QLatin1String("dark") ? Theme::dark : Theme::light;
    if (choice != QLatin1String("dark") && choice != QLatin1String("light")) {
        QApplication::setPalette(QPalette()); // back to the desktop's, to see which it is
        theme = themeOf(QApplication::palette());
    }
    const QPalette palette = windowPalette(theme);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

} // namespace encoderscope
