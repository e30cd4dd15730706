// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_style.h"

#include <QPainter>
#include <QStyleOption>

namespace encoderscope
{

namespace
{

/// What the high-contrast theme has, and no other.
bool isBlack(const QPalette &palette)
{
    return palette.color(QPalette::Window) == QColor(Qt::black);
}

void outline(QPainter &painter, const QRect &rect, const QColor &colour, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colour);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

/// What is chosen, seen in every theme: Fusion only shades it, which a dark button hardly shows.
void tint(QPainter &painter, const QRect &rect, QColor colour, int inset)
{
    outline(painter, rect.adjusted(inset, inset, -inset, -inset), colour, 2.0);
    colour.setAlphaF(0.3F);
    painter.fillRect(rect.adjusted(1, 1, -1, -1), colour);
}

} // namespace

WindowStyle::WindowStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void WindowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool black = isBlack(option->palette);
    QColor colour = option->palette.color(QPalette::WindowText);
    colour.setAlphaF(black ? 1.0F : 0.6F);
    switch (element) {
    case PE_IndicatorCheckBox:
        outline(*painter, option->rect, colour, 2.0);
        break;
    case PE_IndicatorRadioButton:
        outline(*painter, option->rect, colour, option->rect.width() / 2.0);
        break;
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
        if (option->state & State_On)
            tint(*painter, option->rect, option->palette.color(QPalette::Highlight), black ? 2 : 0);
        [[fallthrough]];
    case PE_PanelLineEdit:
        if (black)
            outline(*painter, option->rect, colour, 3.0);
        break;
    default:
        break;
    }
}

void WindowStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                     QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (control == CC_Slider && isBlack(option->palette)) {
        const QColor colour = option->palette.color(QPalette::WindowText);
        outline(*painter, subControlRect(control, option, SC_SliderHandle, widget), colour, 3.0);
        if (!(option->state & State_Enabled)) {
            const QRect groove = subControlRect(control, option, SC_SliderGroove, widget);
            painter->fillRect(groove.x(), groove.center().y(), groove.width(), 1, colour);
        }
    }
    if ((control == CC_ComboBox || control == CC_SpinBox) && isBlack(option->palette))
        outline(*painter, option->rect, option->palette.color(QPalette::WindowText), 3.0);
}

int WindowStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                           QStyleHintReturn *returned) const
{
    if (hint == SH_Slider_AbsoluteSetButtons)
        return Qt::LeftButton;
    return QProxyStyle::styleHint(hint, option, widget, returned);
}

} // namespace encoderscope
