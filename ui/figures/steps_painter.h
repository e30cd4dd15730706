// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"

#include <QPixmap>
#include <QTextDocument>

#include <map>
#include <memory>
#include <utility>
#include <vector>

class QPainter;

namespace encoderscope
{

/// A line of a computation, and an element of it when it is a strip.
struct StepPoint {
    int line = -1;
    int element = -1;

    bool operator==(const StepPoint &) const = default;
};

/// Some consecutive elements of a strip.
struct StepCells {
    int line = -1;
    int first = 0;
    int count = 0;
};

/// What a view emphasises.
struct StepMarks {
    StepPoint hovered = {};       ///< has a bar beside its step, and its value written out
    std::vector<StepCells> lit{}; ///< outlined
    int litKey = -1;              ///< a token, whose row is outlined
    QColor link = {};             ///< of lines that can be clicked; invalid: there are none
};

/// Lays the lines of a computation out below each other and paints them, from (0, 0). For the GUI thread
/// only.
class StepsPainter
{
public:
    /// `pictures`: texts are painted once and kept, for a screen that shows most of them again after the next
    /// key.
    explicit StepsPainter(bool pictures = false)
        : pictures_(pictures)
    {
    }

    /// The steps of that figure, or nothing.
    void layOut(const FigurePtr &figure, double width, const FigureStyle &style);
    double height() const { return laid_.empty() ? 0.0 : laid_.back().rect.bottom(); }
    const std::vector<StepLine> &lines() const;
    QRectF lineRect(int line) const { return laid_[static_cast<std::size_t>(line)].rect; }
    QRectF elementRect(int line, int element) const;
    StepPoint pointAt(const QPointF &point) const;
    /// A line as text without formatting.
    QString plainText(int line) const;

    /// The lines that `visible` has something of.
    void paint(QPainter &painter, const QRectF &visible, const StepMarks &marks) const;

private:
    /// Rich text, laid out, and its picture once it was painted.
    struct Text {
        QTextDocument document;
        QPixmap picture;
    };
    /// By HTML, and whether it is a title.
    using Texts = std::map<std::pair<QString, bool>, std::shared_ptr<Text>>;
    /// By symbol, and whether it stands behind a weight.
    using LabelWidths = std::map<std::pair<QString, bool>, double>;
    struct Laid {
        QRectF rect;
        QRectF label; ///< of a strip: left of its cells
        QRectF strip; ///< its cells
        std::shared_ptr<Text> text;
    };

    std::shared_ptr<Text> makeText(const QString &html, bool title);
    /// Of the symbols left of the cells: with room for each, and for any weight. `known`: measured before.
    double labelWidth(bool weighted, const LabelWidths &known);
    void paintText(QPainter &painter, const Laid &laid) const;
    void paintLineAt(QPainter &painter, int line, const StepMarks &marks) const;
    void paintStrip(QPainter &painter, int line, const StepMarks &marks) const;
    void paintNumbers(QPainter &painter, int line, const StepMarks &marks) const;
    void paintKeyTitle(QPainter &painter, const QRectF &rect) const;
    void paintKey(QPainter &painter, int line, const StepMarks &marks) const;

    bool pictures_;
    FigurePtr figure_;
    FigureStyle style_;
    double width_ = 0.0;
    std::vector<Laid> laid_;
    Texts texts_; ///< those of laid_
    LabelWidths labelWidths_;
};

/// "q[3] = −0.1234567".
QString describe(const StepLine &line, int element);

} // namespace encoderscope
