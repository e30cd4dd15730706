// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/accessible_view.h"
#include "ui/window/token_mark_row.h"

#include <QAbstractScrollArea>

#include <vector>

namespace encoderscope
{

class Session;

/// One chip a token, with its id; the pieces of a word hang together. Over them stands what the model's heads
/// say of tokens: labels, an answer, replaced ones. Hover previews, click pins the query,
/// Ctrl-click the key, double-click takes the token out of attention or back.
class TokenStrip : public QAbstractScrollArea, public AccessibleView
{
    Q_OBJECT

public:
    explicit TokenStrip(Session &session, QWidget *parent = nullptr);

    /// Where the token's chip is in the viewport; null when it is hidden.
    QRectF chip(int token) const;

    int accessibleCount() const override { return static_cast<int>(chips_.size()); }
    AccessibleItem accessibleItem(int index) const override;
    int accessibleItemAt(const QPoint &point) const override;
    int accessibleFocus() const override;
    void pressAccessibleItem(int index) override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    struct Chip {
        int token = -1;
        QRectF rect; ///< in the strip, not scrolled
        bool joinsLeft = false, joinsRight = false;
    };

    void showFrame();
    void layoutChips();
    void reveal(int token);
    int tokenAt(const QPointF &point) const;
    /// Which chip is the token's; -1: none.
    int chipOf(int token) const;
    QString describe(int token) const;
    void describePinned();
    void paintScrollLine(QPainter &painter) const;
    void paintChip(QPainter &painter, const Chip &chip) const;
    double chipHeight() const;
    /// Of the row of marks; 0 when the model has none.
    double markHeight() const;

    Session &session_;
    std::vector<Chip> chips_;
    std::vector<TokenMark> marks_;
    std::set<int> differing_; ///< tokens that the run it is compared with does not have
    bool marked_ = false;     ///< there is a row of marks
    int query_ = -1;          ///< pinned, as last shown
    double width_ = 0.0;
    QString cut_; ///< what is said behind the last chip when the text was cut
};

} // namespace encoderscope
