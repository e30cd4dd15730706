// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/interface_scale.h"

#include <QApplication>
#include <QFont>
#include <QVariant>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr const char *own_size = "encoderscopeOwnPointSize"; ///< a property of the application

/// As the desktop has it, in points.
double ownPoints()
{
    if (!qApp->property(own_size).isValid()) {
        const QFont font = QApplication::font();
        qApp->setProperty(own_size,
                          font.pointSizeF() > 0.0 ? font.pointSizeF() : font.pixelSize() * 72.0 / 96.0);
    }
    return qApp->property(own_size).toDouble();
}

} // namespace

void applyInterfaceScale(double scale)
{
    const double points = ownPoints() * std::clamp(scale, smallestInterfaceScale, largestInterfaceScale);
    QFont font = QApplication::font();
    if (qFuzzyCompare(font.pointSizeF(), points))
        return;
    font.setPointSizeF(points);
    QApplication::setFont(font);
}

double interfaceScale()
{
    const double own = ownPoints();
    return QApplication::font().pointSizeF() / own;
}

double scaleForPixels(double pixels)
{
    return pixels * 72.0 / 96.0 / ownPoints();
}

} // namespace encoderscope
