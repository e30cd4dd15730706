// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/accessible_view.h"
#include "ui/pages/figure_preparation.h"

#include <QPixmap>
#include <QWidget>

#include <functional>

class QMenu;
class QToolButton;

namespace encoderscope
{

class Overview;

/// Shows a figure. It is made when the view is next seen, so that hidden views cost nothing; while a large
/// one is prepared on another thread, the picture before stays. Heatmaps zoom with the wheel or a pinch and
/// pan by dragging, in themselves or in a small overview.
class FigureView : public QWidget, public AccessibleView
{
    Q_OBJECT

public:
    using Maker = std::function<FigurePtr()>;

    /// `make` may return null: then the view says `emptyText`.
    explicit FigureView(Maker make, QWidget *parent = nullptr);

    /// There is help for what is shown: a button asks for it.
    void setHelp(bool has);
    void setEmptyText(const QString &text);
    /// The numbers changed: make the figure again when it is next seen.
    void remake();
    /// After remake(): makes it now, so that it is painted in one go with everything else that changed, and
    /// only if it is another figure. Comes by itself soon after remake() otherwise.
    void renew();
    /// The figure as shown, made now when it has to be; null when there is none.
    FigurePtr figure();

    /// `reference`: in the second of two figures side by side.
    void setEmphasis(const Emphasis &emphasis, const Emphasis &reference = {});
    const Emphasis &emphasis() const { return renderer_.viewpoint().emphasis; }
    /// What is shown and pinned, without what is only under the pointer.
    Viewpoint lastingViewpoint() const;

    /// Of heatmaps. `factor` above 1 shows fewer cells; `at` is in widget coordinates and stays put.
    void zoom(double factor, const QPointF &at);
    void fit();
    void setVisibleCells(const QRectF &cells); ///< null: all
    /// Where a cell of a heatmap is painted, in the view; row or column -1: all. Null when it is not in
    /// sight.
    QRectF cellRect(int row, int column);
    bool zoomed() const { return renderer_.zoomed(); }
    QRectF visibleCells() const { return renderer_.visibleCells(); }

    /// Is seen, and does not show the newest figure yet.
    virtual bool late() const
    {
        return (stale_ || repaint_ || preparation_.waiting()) && !visibleRegion().isEmpty();
    }

    FigureStyle style() const;
    std::optional<Hit> hitAt(const QPointF &point);

    // For a screen reader a figure is the table of its numbers: every value of a heatmap is a cell.
    QSize accessibleTable() const override;
    int accessibleCount() const override { return accessibleTable().width() * accessibleTable().height(); }
    AccessibleItem accessibleItem(int index) const override;
    int accessibleItemAt(const QPoint &point) const override;
    /// The pinned cell.
    int accessibleFocus() const override;
    void pressAccessibleItem(int index) override;
    QString accessibleRowName(int row) const override;
    QString accessibleColumnName(int column) const override;

    QSize sizeHint() const override { return {420, 300}; }
    QSize minimumSizeHint() const override { return {120, 90}; }

Q_SIGNALS:
    /// Another figure is shown, or another part of it.
    void shownChanged();
    void hovered(const encoderscope::Hit &hit);
    void left();
    void clicked(const encoderscope::Hit &hit, Qt::KeyboardModifiers modifiers);
    void doubleClicked(const encoderscope::Hit &hit);
    /// The context menu is about to be shown on `hit`: those who offer something for it put it in.
    void menuOpened(QMenu *menu, const encoderscope::Hit &hit);
    void exportRequested(const encoderscope::FigurePtr &figure, const encoderscope::Viewpoint &viewpoint);
    void copyRequested(const encoderscope::FigurePtr &figure, const encoderscope::Viewpoint &viewpoint);
    void helpRequested();

protected:
    /// What the view says when there is no figure.
    void setReason(const QString &text) { emptyText_ = text; }
    /// The figure is the newest.
    virtual void figureShown() {}
    /// The user changed which part of a heatmap is shown.
    virtual void zoomChanged() {}
    /// What is shown when it is a heatmap, else null.
    const HeatmapData *heatmap() const;
    /// The same, and the run's own of two heatmaps side by side.
    const HeatmapData *ownHeatmap() const;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void requestExport();
    void requestCopy();
    void drag(const QPointF &to);
    /// Beside what was just painted: shown while zoomed.
    void placeOverview();
    void hoverAt(const QPointF &point);
    void prepareButton(QToolButton &button);
    void repaintFigure();
    void retranslate();
    QRectF area() const { return QRectF(rect()).adjusted(4, 4, -4, -4); }
    /// The numbers of a figure that is no heatmap.
    const Table &numbers() const;

    Maker make_;
    FigureRenderer renderer_;
    FigurePreparation preparation_;
    bool stale_ = true;   ///< the figure is to be asked for
    bool asked_ = false;  ///< renew() is on its way
    bool repaint_ = true; ///< the picture is
    QPixmap picture_;
    QString emptyText_;
    std::optional<Hit> hovered_;
    std::optional<QPointF> pressed_;
    QPointF dragged_;
    bool dragging_ = false;
    QToolButton *menuButton_;
    QToolButton *helpButton_;
    bool hasHelp_ = false;
    Overview *overview_;
    bool overviewStale_ = true;   ///< its picture is of an earlier figure
    mutable Table numbers_;       ///< for a screen reader,
    mutable FigurePtr numbersOf_; ///< of this figure
};

} // namespace encoderscope
