// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/accessible_view.h"
#include "ui/state/compared_trace.h"
#include "ui/window/alignment_layout.h"

#include <QAbstractScrollArea>

#include <optional>
#include <vector>

namespace encoderscope
{

class Session;

/// The tokens of the run over those of what it is compared with, and lines between those that stand for each
/// other. A token is dragged to its partner in the other row; or Enter takes it up, the arrows find the
/// partner, and Enter puts both together. Delete: it has no partner.
class AlignmentStrip : public QAbstractScrollArea, public AccessibleView
{
    Q_OBJECT

public:
    using Place = AlignmentPlace;

    explicit AlignmentStrip(Session &session, QWidget *parent = nullptr);

    /// There are two rows of tokens to align.
    static bool possible(const Session &session);
    /// Where the token's chip is in the viewport.
    QRectF chip(const Place &place) const;

    int accessibleCount() const override;
    AccessibleItem accessibleItem(int index) const override;
    int accessibleItemAt(const QPoint &point) const override;
    int accessibleFocus() const override;
    void pressAccessibleItem(int index) override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// What the last correction took from other tokens, for the user; empty when nothing.
    void released(const QString &message);

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void showFrame();
    void layOut();
    void forget();
    /// What the user put together of the two runs.
    std::vector<TokenPair> corrections() const;
    void sayWhatWasReleased(const ComparedTrace &before);
    int index(const Place &place) const; ///< among the accessible items
    Place placeAt(const QPointF &point) const;
    QString text(const Place &place) const;
    QString describe(const Place &place) const;
    void focus(const Place &place);
    void take(const Place &place);
    void put(const Place &from, const Place &to);
    void scrollTo(const QRectF &rect);
    int shownToken(const Place &place) const;
    void paintLines(QPainter &painter, double left, double right) const;
    void paintChip(QPainter &painter, const Place &place) const;

    Session &session_;
    ComparedTrace compared_; ///< what is laid out
    AlignmentLayout layout_; ///< in the strip, not scrolled
    Place focus_;
    std::optional<Place> taken_;  ///< by the keyboard or the mouse
    std::optional<QPointF> drag_; ///< where the pointer has it, in the viewport
    std::optional<Place> hovered_;
};

} // namespace encoderscope
