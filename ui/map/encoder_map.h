// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/switches.h"
#include "ui/accessible_view.h"
#include "ui/jobs/job.h"
#include "ui/map/map_painter.h"
#include "ui/state/compared_trace.h"

#include <QAbstractScrollArea>
#include <QPixmap>

#include <map>
#include <optional>
#include <utility>

namespace encoderscope
{

class Session;

/// The encoder, bottom to top. A click on a part opens its page; its switch switches it, a double-click lets
/// only that head or layer run and another one restores. Arrow keys walk over the parts, Enter opens, Space
/// switches, Shift+Space lets only that part run.
class EncoderMap : public QAbstractScrollArea, public AccessibleView
{
    Q_OBJECT

public:
    explicit EncoderMap(Session &session, QWidget *parent = nullptr);

    /// Where a part lies in the viewport now.
    std::optional<MapItem> itemOf(const MapPart &part) const;

    int accessibleCount() const override { return static_cast<int>(layout_.items.size()); }
    AccessibleItem accessibleItem(int index) const override;
    int accessibleItemAt(const QPoint &point) const override;
    int accessibleFocus() const override { return static_cast<int>(current_); }
    void pressAccessibleItem(int index) override;

    QSize sizeHint() const override { return {268, 480}; }
    QSize minimumSizeHint() const override { return {200, 120}; }

Q_SIGNALS:
    void opened(const encoderscope::MapPart &part);

protected:
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int x, int y) override;
    bool viewportEvent(QEvent *event) override;

private:
    struct Picture {
        QImage image;
        quint64 generation = 0; ///< of what is shown when it was made
    };

    void layOut();
    void showFrame();
    void updatePictures();
    void askForPictures(const std::vector<MapPart> &parts, bool dark);
    void acceptPicture(quint64 generation, const MapPart &part, const QImage &image);
    QPointF inMap(const QPointF &point) const;
    QRectF visibleMap() const;
    MapItemState stateOf(std::size_t item) const;
    /// Paints what stays the same from key to key into ground_, when that changed.
    void updateGround(const FigureStyle &style);
    QString labelOf(const MapPart &part) const;
    QString nameOf(const MapPart &part) const;
    QString scalingOf(const MapPart &part) const;
    QString describe(const MapPart &part) const;
    /// What a head attends to, in a word or two; null for other parts.
    QString patternOf(const MapPart &part) const;

    void open(const MapPart &part);
    void toggle(const MapPart &part);
    bool solo(const MapPart &part);
    void walk(int key);
    void setCurrent(std::size_t item);

    Session &session_;
    MapLayout layout_;
    int layers_ = 0, heads_ = 0;
    std::vector<Picture> pictures_; ///< one an item
    ComparedTrace pictured_;        ///< what the pictures are of, or are being made of
    quint64 generation_ = 1;        ///< counts those
    std::vector<MapPart> requested_;
    QPixmap ground_;                   ///< the viewport without thumbnails
    std::vector<MapItemState> states_; ///< those painted in ground_; empty = paint it again
    std::size_t current_ = 0;
    std::optional<Switches> toggled_; ///< the switches after the last click on one
    QString pictureProblem_;          ///< why some pictures could not be made
    Job<Done> pictureJob_;
    mutable TracePtr patternsOf_;                             ///< the run that they are of
    mutable std::map<std::pair<int, int>, QString> patterns_; ///< of layers and heads, as far as asked for
};

} // namespace encoderscope
