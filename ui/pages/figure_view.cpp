// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/figure_view.h"

#include "ui/figures/heatmap_figure.h"
#include "ui/figures/screen_pixmap.h"
#include "ui/pages/figure_zoom.h"
#include "ui/pages/overview.h"
#include "ui/plain_text.h"
#include "ui/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QPinchGesture>
#include <QStyle>
#include <QStyleOptionFocusRect>
#include <QToolButton>
#include <QToolTip>

#include <cmath>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr double step_factor = 1.25;

/// An arrow out of a tray.
QIcon exportIcon(const QColor &colour)
{
    QPixmap pixmap(64, 64);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF({{12, 38}, {12, 52}, {52, 52}, {52, 38}}));
    painter.drawLine(QPointF(32, 40), QPointF(32, 10));
    painter.drawPolyline(QPolygonF({{21, 21}, {32, 10}, {43, 21}}));
    return QIcon(pixmap);
}

} // namespace

FigureView::FigureView(Maker make, QWidget *parent)
    : QWidget(parent)
    , make_(std::move(make))
    , preparation_([this] { update(); })
    , menuButton_(new QToolButton(this))
    , overview_(new Overview(this))
{
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    grabGesture(Qt::PinchGesture);
    menuButton_->setAutoRaise(true);
    menuButton_->setFocusPolicy(Qt::NoFocus);
    menuButton_->setCursor(Qt::ArrowCursor);
    menuButton_->setIconSize(QSize(16, 16));
    menuButton_->hide();
    connect(overview_, &Overview::centred, this, [this](const QPointF &cell) {
        showCells(pannedCells(visibleCells_, cell - visibleCells_.center(), zoomedSize_));
    });
    connect(menuButton_, &QToolButton::clicked, this, &FigureView::requestExport);
    retranslate();
}

void FigureView::setEmptyText(const QString &text)
{
    emptyText_ = text;
    remake();
}

void FigureView::remake()
{
    stale_ = true;
    update();
}

FigurePtr FigureView::figure()
{
    if (!stale_)
        return figure_;
    stale_ = false;
    repaint_ = true;
    overviewStale_ = true;
    const FigurePtr previous = std::exchange(figure_, make_());
    if (!figure_)
        return figure_;
    if (previous && previous.use_count() == 1)
        figure_->continueFrom(*previous);
    figure_->emphasis = emphasis_;
    if (HeatmapFigure *map = heatmap(); map && zoomed()) {
        const QSizeF size(map->data().columns, map->data().rows);
        if (size == zoomedSize_)
            map->setVisibleCells(visibleCells_);
        else
            visibleCells_ = QRectF();
    }
    setAccessibleName(figure_->title);
    return figure_;
}

HeatmapFigure *FigureView::heatmap()
{
    return dynamic_cast<HeatmapFigure *>(figure_.get());
}

FigureStyle FigureView::style() const
{
    return figureStyle(themeOf(palette()));
}

std::optional<Hit> FigureView::hitAt(const QPointF &point)
{
    const FigurePtr shown = figure();
    return shown ? shown->hit(point, area(), style()) : std::nullopt;
}

void FigureView::setEmphasis(const Emphasis &emphasis)
{
    if (emphasis == emphasis_)
        return;
    emphasis_ = emphasis;
    if (figure_)
        figure_->emphasis = emphasis;
    repaint_ = true;
    update();
}

void FigureView::showCells(const QRectF &cells)
{
    HeatmapFigure *map = heatmap();
    if (!map)
        return;
    const QSizeF all(map->data().columns, map->data().rows);
    const bool whole = cells.isNull() || cells.size() == all;
    visibleCells_ = whole ? QRectF() : cells;
    zoomedSize_ = all;
    map->setVisibleCells(visibleCells_);
    repaint_ = true;
    update();
}

void FigureView::zoom(double factor, const QPointF &at)
{
    const FigurePtr shown = figure();
    HeatmapFigure *map = heatmap();
    if (!map)
        return;
    const QRectF cells = map->cellArea(area(), style());
    const QSizeF all(map->data().columns, map->data().rows);
    if (cells.isEmpty() || all.isEmpty())
        return;
    const QRectF visible = zoomed() ? visibleCells_ : QRectF(QPointF(0, 0), all);
    const QPointF inside(std::clamp(at.x(), cells.left(), cells.right()),
                         std::clamp(at.y(), cells.top(), cells.bottom()));
    const QPointF fixed(visible.left() + (inside.x() - cells.left()) / cells.width() * visible.width(),
                        visible.top() + (inside.y() - cells.top()) / cells.height() * visible.height());
    showCells(zoomedCells(visible, fixed, factor, all));
}

void FigureView::fit()
{
    if (zoomed())
        showCells(QRectF());
}

void FigureView::drag(const QPointF &to)
{
    HeatmapFigure *map = heatmap();
    if (!map || !zoomed())
        return;
    const QRectF cells = map->cellArea(area(), style());
    if (cells.isEmpty())
        return;
    const QPointF moved = dragged_ - to;
    dragged_ = to;
    showCells(pannedCells(visibleCells_,
                          QPointF(moved.x() / cells.width() * visibleCells_.width(),
                                  moved.y() / cells.height() * visibleCells_.height()),
                          zoomedSize_));
}

void FigureView::hoverAt(const QPointF &point)
{
    const std::optional<Hit> hit = hitAt(point);
    if (hit == hovered_)
        return;
    hovered_ = hit;
    setAccessibleDescription(hit ? hit->description : QString());
    if (hit)
        Q_EMIT hovered(*hit);
    else
        Q_EMIT left();
}

bool FigureView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const auto hit = hitAt(help->pos());
        if (hit && !hit->description.isEmpty())
            QToolTip::showText(help->globalPos(), plainToolTip(hit->description), this);
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::NativeGesture) {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoom(1.0 + gesture->value(), gesture->position());
            return true;
        }
    }
    if (event->type() == QEvent::Gesture) {
        auto *gestures = static_cast<QGestureEvent *>(event);
        if (const auto *pinch = static_cast<QPinchGesture *>(gestures->gesture(Qt::PinchGesture))) {
            zoom(pinch->scaleFactor(), mapFromGlobal(pinch->hotSpot()));
            return true;
        }
    }
    return QWidget::event(event);
}

void FigureView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    switch (event->type()) {
    case QEvent::LanguageChange:
    case QEvent::PaletteChange: // charts hold colours of the style
        retranslate();
        remake();
        [[fallthrough]];
    case QEvent::FontChange:
    case QEvent::EnabledChange:
        repaint_ = true;
        update();
        break;
    default:
        break;
    }
}

void FigureView::retranslate()
{
    menuButton_->setToolTip(tr("Export this figure"));
    menuButton_->setAccessibleName(tr("Export this figure"));
    menuButton_->setIcon(exportIcon(style().muted));
}

void FigureView::requestExport()
{
    if (const FigurePtr shown = figure())
        Q_EMIT exportRequested(shown);
}

void FigureView::requestCopy()
{
    if (const FigurePtr shown = figure())
        Q_EMIT copyRequested(shown);
}

void FigureView::contextMenuEvent(QContextMenuEvent *event)
{
    if (!figure())
        return;
    QMenu menu(this);
    menu.addAction(tr("Export figure…"), this, &FigureView::requestExport);
    QAction *copy = menu.addAction(tr("Copy figure"), this, &FigureView::requestCopy);
    copy->setShortcut(QKeySequence::Copy);
    if (heatmap()) {
        menu.addSeparator();
        QAction *all = menu.addAction(tr("Show all of it"), this, &FigureView::fit);
        all->setShortcut(Qt::Key_0);
        all->setEnabled(zoomed());
    }
    menu.exec(event->globalPos());
}

void FigureView::enterEvent(QEnterEvent *event)
{
    menuButton_->setVisible(figure_ != nullptr);
    QWidget::enterEvent(event);
}

void FigureView::leaveEvent(QEvent *event)
{
    menuButton_->hide();
    if (hovered_) {
        hovered_.reset();
        Q_EMIT left();
    }
    QWidget::leaveEvent(event);
}

void FigureView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void FigureView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

void FigureView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        requestCopy();
    else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        zoom(step_factor, rect().center());
    else if (event->key() == Qt::Key_Minus)
        zoom(1.0 / step_factor, rect().center());
    else if (event->key() == Qt::Key_0)
        fit();
    else
        QWidget::keyPressEvent(event);
}

void FigureView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    pressed_ = dragged_ = event->position();
    dragging_ = false;
}

void FigureView::mouseMoveEvent(QMouseEvent *event)
{
    if (pressed_) {
        const double far = (event->position() - *pressed_).manhattanLength();
        dragging_ = dragging_ || (zoomed() && far >= QApplication::startDragDistance());
        if (dragging_) {
            setCursor(Qt::ClosedHandCursor);
            drag(event->position());
            return;
        }
    }
    hoverAt(event->position());
}

void FigureView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !pressed_)
        return;
    pressed_.reset();
    if (dragging_) {
        dragging_ = false;
        unsetCursor();
        return;
    }
    if (const auto hit = hitAt(event->position()))
        Q_EMIT clicked(*hit, event->modifiers());
}

void FigureView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto hit = hitAt(event->position()))
        Q_EMIT doubleClicked(*hit);
    fit();
}

void FigureView::wheelEvent(QWheelEvent *event)
{
    const int turned = event->angleDelta().y();
    if (turned == 0 || !heatmap()) {
        event->ignore();
        return;
    }
    zoom(std::pow(step_factor, turned / 120.0), event->position());
    hoverAt(event->position());
    event->accept();
}

void FigureView::resizeEvent(QResizeEvent *event)
{
    menuButton_->adjustSize();
    menuButton_->move(width() - menuButton_->width() - 4, 4);
    repaint_ = true;
    QWidget::resizeEvent(event);
}

void FigureView::placeOverview()
{
    constexpr double margin = 6.0;
    const HeatmapFigure *map = heatmap();
    const bool wanted = map != nullptr && zoomed();
    if (wanted) {
        if (std::exchange(overviewStale_, false))
            overview_->setPicture(map->overview(Overview::sizeFor(zoomedSize_), style()), zoomedSize_);
        overview_->setVisibleCells(visibleCells_);
        const QRectF cells = map->cellArea(area(), style());
        overview_->move(static_cast<int>(cells.right() - margin) - overview_->width(),
                        static_cast<int>(cells.bottom() - margin) - overview_->height());
    }
    overview_->setVisible(wanted);
}

void FigureView::repaintFigure()
{
    const FigureStyle shownStyle = style();
    picture_ = screenPixmap(size(), devicePixelRatioF(), shownStyle.background);
    QPainter painter(&picture_);
    const QString &problem = preparation_.problem();
    if (figure_ && problem.isEmpty()) {
        figure_->paint(painter, area(), shownStyle);
    } else {
        painter.setFont(shownStyle.font);
        painter.setPen(shownStyle.muted);
        painter.drawText(area(), Qt::AlignCenter | Qt::TextWordWrap,
                         problem.isEmpty() ? emptyText_ : problem);
    }
    repaint_ = false;
}

void FigureView::paintEvent(QPaintEvent *)
{
    figure();
    const bool anew = repaint_ || picture_.devicePixelRatio() != devicePixelRatioF();
    if (anew && (preparation_.ready(figure_, area(), devicePixelRatioF(), style(), visibleCells_) ||
                 !preparation_.problem().isEmpty())) {
        repaintFigure();
        placeOverview();
    }
    QPainter painter(this);
    if (picture_.deviceIndependentSize() != QSizeF(size()))
        painter.fillRect(rect(), style().background);
    painter.drawPixmap(0, 0, picture_);
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

} // namespace encoderscope
