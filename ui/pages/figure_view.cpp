// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/figure_view.h"

#include "ui/figures/heatmap_geometry.h"
#include "ui/figures/screen_pixmap.h"
#include "ui/line_pixmap.h"
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
#include <QPixmapCache>
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

/// An arrow out of a tray. Drawn once for all views.
QIcon exportIcon(const QColor &colour)
{
    const QString name = QStringLiteral("export icon ") + colour.name();
    QPixmap pixmap;
    if (!QPixmapCache::find(name, &pixmap)) {
        pixmap = linePixmap(colour, 5, [](QPainter &painter) {
            painter.drawPolyline(QPolygonF({{12, 38}, {12, 52}, {52, 52}, {52, 38}}));
            painter.drawLine(QPointF(32, 40), QPointF(32, 10));
            painter.drawPolyline(QPolygonF({{21, 21}, {32, 10}, {43, 21}}));
        });
        QPixmapCache::insert(name, pixmap);
    }
    return QIcon(pixmap);
}

} // namespace

FigureView::FigureView(Maker make, QWidget *parent)
    : QWidget(parent)
    , make_(std::move(make))
    , preparation_([this] { update(); })
    , menuButton_(new QToolButton(this))
    , helpButton_(new QToolButton(this))
    , overview_(new Overview(this))
{
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    grabGesture(Qt::PinchGesture);
    prepareButton(*menuButton_);
    prepareButton(*helpButton_);
    helpButton_->setText(QStringLiteral("?"));
    connect(overview_, &Overview::centred, this, [this](const QPointF &cell) {
        if (heatmap())
            setVisibleCells(pannedCells(visibleCells(), cell - visibleCells().center(), renderer_.cells()));
    });
    connect(menuButton_, &QToolButton::clicked, this, &FigureView::requestExport);
    connect(helpButton_, &QToolButton::clicked, this, &FigureView::helpRequested);
    retranslate();
}

void FigureView::prepareButton(QToolButton &button)
{
    button.setAutoRaise(true);
    button.setFocusPolicy(Qt::NoFocus);
    button.setCursor(Qt::ArrowCursor);
    button.setIconSize(QSize(16, 16));
    button.hide();
}

void FigureView::setHelp(bool has)
{
    hasHelp_ = has;
}

void FigureView::setEmptyText(const QString &text)
{
    emptyText_ = text;
    remake();
}

void FigureView::remake()
{
    stale_ = true;
    if (!std::exchange(asked_, true))
        QMetaObject::invokeMethod(this, &FigureView::renew, Qt::QueuedConnection);
}

void FigureView::renew()
{
    if (!std::exchange(asked_, false))
        return;
    if (isVisible())
        figure();
    if (repaint_)
        update();
}

FigurePtr FigureView::figure()
{
    if (!std::exchange(stale_, false))
        return renderer_.figure();
    const FigurePtr next = make_();
    if (next == nullptr || next != renderer_.figure()) {
        repaint_ = true;
        overviewStale_ = true;
        renderer_.setFigure(next);
        if (next)
            setAccessibleName(next->title);
        Q_EMIT shownChanged();
    }
    figureShown();
    return next;
}

const HeatmapData *FigureView::heatmap() const
{
    return renderer_.figure() ? renderer_.figure()->heatmap() : nullptr;
}

const HeatmapData *FigureView::ownHeatmap() const
{
    const SideBySide *pair = renderer_.figure() ? renderer_.figure()->pair() : nullptr;
    return pair ? (pair->now ? pair->now->heatmap() : nullptr) : heatmap();
}

Viewpoint FigureView::lastingViewpoint() const
{
    Viewpoint viewpoint = renderer_.viewpoint();
    for (Emphasis *one : {&viewpoint.emphasis, &viewpoint.reference})
        one->hoveredRow = one->hoveredColumn = -1;
    return viewpoint;
}

QRectF FigureView::cellRect(int row, int column)
{
    figure();
    const HeatmapData *map = ownHeatmap();
    if (!map)
        return {};
    const auto place = [](int index, const QList<int> &indices) {
        return index < 0 || indices.isEmpty() ? index : static_cast<int>(indices.indexOf(index));
    };
    const int shownRow = place(row, map->rowIndices);
    const int shownColumn = place(column, map->columnIndices);
    if ((row >= 0 && shownRow < 0) || (column >= 0 && shownColumn < 0))
        return {};
    const QRect block(std::max(0, shownColumn), std::max(0, shownRow), shownColumn < 0 ? map->columns : 1,
                      shownRow < 0 ? map->rows : 1);
    const QRectF cells = renderer_.cellArea(area(), style());
    return blockRect(cells, visibleCells(), block) & cells;
}

FigureStyle FigureView::style() const
{
    return figureStyle(themeOf(palette()));
}

std::optional<Hit> FigureView::hitAt(const QPointF &point)
{
    figure();
    return renderer_.hit(point, area(), style());
}

void FigureView::setEmphasis(const Emphasis &emphasis, const Emphasis &reference)
{
    if (emphasis == this->emphasis() && reference == renderer_.viewpoint().reference)
        return;
    const int before = hasFocus() ? accessibleFocus() : -1;
    renderer_.setEmphasis(emphasis, reference);
    if (hasFocus() && accessibleFocus() != before)
        tellAccessibleFocus(this, accessibleFocus());
    repaint_ = true;
    update();
}

void FigureView::setVisibleCells(const QRectF &cells)
{
    if (renderer_.cells().isEmpty())
        return;
    renderer_.setVisibleCells(cells);
    repaint_ = true;
    update();
    zoomChanged();
    Q_EMIT shownChanged();
}

void FigureView::zoom(double factor, const QPointF &at)
{
    figure();
    const QRectF cells = renderer_.cellArea(area(), style(), at);
    const QSizeF all = renderer_.cells();
    if (cells.isEmpty() || all.isEmpty())
        return;
    const QRectF visible = visibleCells();
    const QPointF inside(std::clamp(at.x(), cells.left(), cells.right()),
                         std::clamp(at.y(), cells.top(), cells.bottom()));
    const QPointF fixed(visible.left() + (inside.x() - cells.left()) / cells.width() * visible.width(),
                        visible.top() + (inside.y() - cells.top()) / cells.height() * visible.height());
    setVisibleCells(zoomedCells(visible, fixed, factor, all));
}

void FigureView::fit()
{
    if (zoomed())
        setVisibleCells(QRectF());
}

void FigureView::drag(const QPointF &to)
{
    if (!zoomed())
        return;
    const QRectF cells = renderer_.cellArea(area(), style(), to);
    if (cells.isEmpty())
        return;
    const QPointF moved = dragged_ - to;
    dragged_ = to;
    const QRectF visible = visibleCells();
    setVisibleCells(pannedCells(
        visible,
        QPointF(moved.x() / cells.width() * visible.width(), moved.y() / cells.height() * visible.height()),
        renderer_.cells()));
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
        retranslate();
        remake();
        [[fallthrough]];
    case QEvent::PaletteChange:
        menuButton_->setIcon(exportIcon(style().muted));
        overviewStale_ = true;
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
    helpButton_->setToolTip(tr("What is this?"));
    helpButton_->setAccessibleName(tr("What is this?"));
}

void FigureView::requestExport()
{
    if (const FigurePtr shown = figure())
        Q_EMIT exportRequested(shown, lastingViewpoint());
}

void FigureView::requestCopy()
{
    if (const FigurePtr shown = figure())
        Q_EMIT copyRequested(shown, lastingViewpoint());
}

void FigureView::contextMenuEvent(QContextMenuEvent *event)
{
    if (!figure())
        return;
    QMenu menu(this);
    if (const std::optional<Hit> hit = hitAt(event->pos())) {
        Q_EMIT menuOpened(&menu, *hit);
        if (!menu.isEmpty())
            menu.addSeparator();
    }
    menu.addAction(tr("Export figure…"), this, &FigureView::requestExport);
    if (hasHelp_)
        menu.addAction(tr("What is this?"), this, &FigureView::helpRequested);
    QAction *copy = menu.addAction(tr("Copy figure"), this, &FigureView::requestCopy);
    copy->setShortcut(QKeySequence::Copy);
    if (!renderer_.cells().isEmpty()) {
        menu.addSeparator();
        QAction *all = menu.addAction(tr("Show all of it"), this, &FigureView::fit);
        all->setShortcut(Qt::Key_0);
        all->setEnabled(zoomed());
    }
    menu.exec(event->globalPos());
}

void FigureView::enterEvent(QEnterEvent *event)
{
    menuButton_->setVisible(renderer_.figure() != nullptr);
    helpButton_->setVisible(hasHelp_);
    QWidget::enterEvent(event);
}

void FigureView::leaveEvent(QEvent *event)
{
    menuButton_->hide();
    helpButton_->hide();
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
    if (turned == 0 || renderer_.cells().isEmpty()) {
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
    helpButton_->setFixedSize(menuButton_->size());
    helpButton_->move(menuButton_->x() - helpButton_->width(), 4);
    repaint_ = true;
    QWidget::resizeEvent(event);
}

void FigureView::placeOverview()
{
    constexpr double margin = 6.0;
    const bool wanted = heatmap() != nullptr && zoomed();
    if (wanted) {
        const QSizeF all = renderer_.cells();
        if (std::exchange(overviewStale_, false))
            overview_->setPicture(renderer_.overview(Overview::sizeFor(all), style()), all);
        overview_->setVisibleCells(visibleCells());
        const QRectF cells = renderer_.cellArea(area(), style());
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
    if (renderer_.figure() && problem.isEmpty()) {
        renderer_.paint(painter, area(), shownStyle);
    } else {
        painter.setFont(shownStyle.font);
        painter.setPen(shownStyle.muted);
        painter.drawText(area().adjusted(12, 0, -12, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         problem.isEmpty() ? emptyText_ : problem);
    }
    repaint_ = false;
}

void FigureView::paintEvent(QPaintEvent *)
{
    figure();
    const bool anew = repaint_ || picture_.devicePixelRatio() != devicePixelRatioF();
    if (anew && (preparation_.ready(renderer_, area(), devicePixelRatioF(), style()) ||
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
