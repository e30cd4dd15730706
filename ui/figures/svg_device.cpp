// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/svg_device.h"

#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace encoderscope
{

namespace
{

/// Hands everything on to the SVG generator's painter, text as outlines.
class OutlineEngine : public QPaintEngine
{
public:
    explicit OutlineEngine(QPaintDevice *target)
        : QPaintEngine(AllFeatures)
        , target_(target)
    {
    }

    Type type() const override { return SVG; }

    bool begin(QPaintDevice *) override
    {
        const bool begun = painter_.begin(target_);
        setActive(begun);
        return begun;
    }

    bool end() override
    {
        setActive(false);
        return painter_.end();
    }

    void updateState(const QPaintEngineState &changed) override
    {
        const DirtyFlags dirty = changed.state();
        if (dirty & DirtyTransform)
            painter_.setTransform(changed.transform());
        if (dirty & DirtyPen)
            painter_.setPen(changed.pen());
        if (dirty & DirtyBrush)
            painter_.setBrush(changed.brush());
        if (dirty & DirtyBrushOrigin)
            painter_.setBrushOrigin(changed.brushOrigin());
        if (dirty & DirtyFont)
            painter_.setFont(changed.font());
        if (dirty & DirtyBackground)
            painter_.setBackground(changed.backgroundBrush());
        if (dirty & DirtyBackgroundMode)
            painter_.setBackgroundMode(changed.backgroundMode());
        if (dirty & DirtyHints)
            painter_.setRenderHints(changed.renderHints());
        if (dirty & DirtyCompositionMode)
            painter_.setCompositionMode(changed.compositionMode());
        if (dirty & DirtyOpacity)
            painter_.setOpacity(changed.opacity());
        if (dirty & DirtyClipEnabled)
            painter_.setClipping(changed.isClipEnabled());
        if (dirty & DirtyClipPath)
            painter_.setClipPath(changed.clipPath(), changed.clipOperation());
        if (dirty & DirtyClipRegion)
            painter_.setClipRegion(changed.clipRegion(), changed.clipOperation());
    }

    void drawPath(const QPainterPath &path) override { painter_.drawPath(path); }

    void drawPolygon(const QPointF *points, int count, PolygonDrawMode mode) override
    {
        switch (mode) {
        case PolylineMode:
            painter_.drawPolyline(points, count);
            break;
        case WindingMode:
            painter_.drawPolygon(points, count, Qt::WindingFill);
            break;
        case ConvexMode:
        case OddEvenMode:
            painter_.drawPolygon(points, count);
            break;
        }
    }

    void drawPixmap(const QRectF &target, const QPixmap &pixmap, const QRectF &source) override
    {
        painter_.drawPixmap(target, pixmap, source);
    }

    void drawImage(const QRectF &target, const QImage &image, const QRectF &source,
                   Qt::ImageConversionFlags flags) override
    {
        painter_.drawImage(target, image, source, flags);
    }

    void drawTextItem(const QPointF &point, const QTextItem &item) override
    {
        QPainterPath outlines;
        outlines.setFillRule(Qt::WindingFill);
        outlines.addText(point, item.font(), item.text());
        const QPen pen = painter_.pen();
        const QBrush brush = painter_.brush();
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(pen.brush());
        painter_.drawPath(outlines);
        painter_.setBrush(brush);
        painter_.setPen(pen);

        const double opacity = painter_.opacity();
        painter_.setOpacity(0.0);
        painter_.setFont(item.font());
        painter_.drawText(point, item.text());
        painter_.setOpacity(opacity);
    }

private:
    QPaintDevice *target_;
    QPainter painter_;
};

} // namespace

SvgDevice::SvgDevice(const QSizeF &size, const QString &title, const QString &description)
    : SizedDevice({std::ceil(size.width()), std::ceil(size.height())})
    , buffer_(&bytes_)
{
    buffer_.open(QIODevice::WriteOnly);
    generator_.setOutputDevice(&buffer_);
    generator_.setResolution(96);
    generator_.setSize(this->size().toSize());
    generator_.setViewBox(QRectF(QPointF(0.0, 0.0), this->size()));
    // Some versions of Qt write both as they are, others escape them: they are put in afterwards.
    generator_.setTitle(QString());
    generator_.setDescription(QString());
    if (!title.isEmpty())
        head_ += "<title>" + title.toHtmlEscaped().toUtf8() + "</title>\n";
    if (!description.isEmpty())
        head_ += "<desc>" + description.toHtmlEscaped().toUtf8() + "</desc>\n";
    engine_ = std::make_unique<OutlineEngine>(&generator_);
}

SvgDevice::~SvgDevice() = default;

QByteArray SvgDevice::svg() const
{
    QByteArray svg = bytes_;
    svg.insert(svg.indexOf('>', svg.indexOf("<svg")) + 1, '\n' + head_);
    return svg;
}

QPaintEngine *SvgDevice::paintEngine() const
{
    return engine_.get();
}

} // namespace encoderscope
