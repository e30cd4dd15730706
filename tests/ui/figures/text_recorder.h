// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/sized_device.h"

#include <QPaintEngine>
#include <QPainter>

#include <memory>

/// A paint device that writes down where which text is painted; nothing else of what is painted.
class TextRecorder : public encoderscope::SizedDevice
{
public:
    struct Text {
        QString text;
        QRectF ink;       ///< what is inked, in the device's coordinates
        QPointF baseline; ///< its beginning
    };

    explicit TextRecorder(const QSizeF &size)
        : SizedDevice(size)
        , engine_(std::make_unique<Engine>(*this))
    {
    }

    const QList<Text> &texts() const { return texts_; }
    QPaintEngine *paintEngine() const override { return engine_.get(); }

    /// What is wrong with the texts as printed: beyond the page, cut short, or over each other. Empty when
    /// nothing is.
    QStringList faults() const
    {
        QStringList found;
        const QRectF page(QPointF(0.0, 0.0), size());
        for (qsizetype one = 0; one < texts_.size(); ++one) {
            const Text &text = texts_.at(one);
            if (!page.adjusted(-0.5, -0.5, 0.5, 0.5).contains(text.ink))
                found.append(QStringLiteral("beyond the page: ") + text.text);
            if (text.text.contains(QChar(0x2026)) || text.text.endsWith(QStringLiteral("...")))
                found.append(QStringLiteral("cut short: ") + text.text);
            for (qsizetype other = one + 1; other < texts_.size(); ++other) {
                const QRectF shared = text.ink.intersected(texts_.at(other).ink);
                // One text whose letters come from two fonts is painted in parts, which may touch.
                const QPointF gap = texts_.at(other).baseline - text.baseline;
                const bool inLine = qAbs(gap.x()) < 0.1 || qAbs(gap.y()) < 0.1;
                // An index begins where its symbol ends; the ink of both is measured in whole pixels.
                const bool goesOn =
                    other == one + 1 && ((inLine && qMin(shared.width(), shared.height()) < 2.5) ||
                                         (!inLine && gap.x() > 0.0 && shared.width() < 2.5));
                if (!goesOn && shared.width() > 0.6 && shared.height() > 0.6)
                    found.append(
                        QStringLiteral("over each other: %1 | %2").arg(text.text, texts_.at(other).text));
            }
        }
        return found;
    }

private:
    class Engine : public QPaintEngine
    {
    public:
        explicit Engine(TextRecorder &recorder)
            : QPaintEngine(AllFeatures)
            , recorder_(recorder)
        {
        }
        Type type() const override { return SVG; } // as a file: text is painted as text
        bool begin(QPaintDevice *) override { return true; }
        bool end() override { return true; }
        void updateState(const QPaintEngineState &) override {}
        void drawPixmap(const QRectF &, const QPixmap &, const QRectF &) override {}
        void drawImage(const QRectF &, const QImage &, const QRectF &, Qt::ImageConversionFlags) override {}
        void drawPath(const QPainterPath &) override {}
        void drawPolygon(const QPointF *, int, PolygonDrawMode) override {}
        void drawTextItem(const QPointF &point, const QTextItem &item) override
        {
            QRectF ink = QFontMetricsF(item.font()).tightBoundingRect(item.text()).translated(point);
            // Letters that another font lends may be measured wider than they are set.
            ink.setRight(qMin(ink.right(), point.x() + item.width() + 1.0));
            if (!ink.isEmpty())
                recorder_.texts_.append({item.text(), painter()->deviceTransform().mapRect(ink),
                                         painter()->deviceTransform().map(point)});
        }

    private:
        TextRecorder &recorder_;
    };

    QList<Text> texts_;
    std::unique_ptr<QPaintEngine> engine_;
};
