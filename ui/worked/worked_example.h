// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/session.h"
#include "ui/worked/worked_items.h"
#include "ui/worked/worked_sources.h"

#include <QAbstractScrollArea>
#include <QPixmap>
#include <QTextDocument>

#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace encoderscope
{

/// One token's way through the pinned layer and head, step by step with the run's own numbers. What the
/// pointer is on lights the cells it came from, here and in the figures.
class WorkedExample : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit WorkedExample(Session &session, QWidget *parent = nullptr);
    ~WorkedExample() override;

    /// The lines shown, and where they are in the viewport.
    const std::vector<WorkedItem> &items() const { return items_; }
    QRect itemRect(int index) const;
    /// Where an element of a strip is painted, in the viewport.
    QRectF elementRect(int index, int element) const;
    /// The lines of a step by its name ("projections", "softmax"), in the viewport; null when there is none.
    QRect stepRect(const QString &name) const;
    /// Scrolls there.
    void showStep(const QString &name);
    /// Everything as text.
    QString plainText() const;

    QSize sizeHint() const override { return {350, 600}; }
    QSize minimumSizeHint() const override { return {260, 160}; }

protected:
    void changeEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    /// An item, and an element of it when it is a strip.
    struct Place {
        int item = -1;
        int element = -1;

        bool operator==(const Place &) const = default;
    };
    /// Rich text, laid out, and its picture once it was painted.
    struct Text {
        QTextDocument document;
        QPixmap picture;
    };
    /// By HTML, and whether it is a title.
    using Texts = std::map<std::pair<QString, bool>, std::shared_ptr<Text>>;
    /// Where an item is, in the contents.
    struct Laid {
        QRectF rect;
        QRectF label; ///< of a strip: left of its cells
        QRectF strip; ///< its cells
        std::shared_ptr<Text> text;
    };

    void changed();
    void rebuild();
    std::shared_ptr<Text> makeText(const QString &html, const QFont &font) const;
    void layOut();
    /// Of the symbols left of the cells: with room for each, and for any weight.
    double labelWidth(bool weighted) const;
    Place placeAt(const QPointF &point) const;
    void hover(const Place &place);
    void activate(const Place &place);
    /// Whose product is shown, as the session's state says.
    WorkedElement opened() const;
    void open(const WorkedElement &element);
    void stepProduct(int step);
    void moveFocus(int steps);
    QString describe(const Place &place) const;
    /// Of an element that is a product: how it begins, and that there is more.
    QString productHint(const Place &place) const;

    FigureStyle style() const;
    void paintText(QPainter &painter, const Laid &laid, const FigureStyle &style) const;
    void paintItem(QPainter &painter, int index, const FigureStyle &style) const;
    void paintStrip(QPainter &painter, int index, const FigureStyle &style) const;
    void paintKeyTitle(QPainter &painter, const QRectF &rect, const FigureStyle &style) const;
    void paintKey(QPainter &painter, int index, const FigureStyle &style) const;
    /// The elements of a strip that what is under the pointer came from, or that are hovered elsewhere.
    std::vector<WorkedCells> lit(int index) const;

    Session &session_;
    std::optional<WorkedNumbers> numbers_;
    std::vector<WorkedItem> items_;
    std::vector<Laid> laid_;
    Texts texts_; ///< those of laid_: most are the same after the next key
    double textWidth_ = 0.0;
    bool stale_ = true;
    bool allKeys_ = false;
    Place hovered_;
    bool hovering_ = false; ///< what is hovered everywhere comes from here
    int focused_ = -1;
};

} // namespace encoderscope
