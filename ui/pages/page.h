// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/linked_view.h"
#include "ui/state/session.h"
#include "ui/state/view_kinds.h"

#include <QList>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace encoderscope
{

/// One stage of the encoder: a row of controls, figures, and a line that says what is under the pointer. Only
/// what is visible is made anew.
class Page : public QWidget
{
    Q_OBJECT

public:
    Page(Session &session, QWidget *parent);

    virtual QString title() const = 0;
    /// The view whose figure is meant when the window exports: the one with the focus, else the one that the
    /// pointer was on last, else the first visible one. Null when none is visible.
    FigureView *currentView() const;
    /// A figure that is seen does not show the newest numbers yet.
    bool late() const;

Q_SIGNALS:
    void exportRequested(const encoderscope::FigurePtr &figure);
    void copyRequested(const encoderscope::FigurePtr &figure);

protected:
    Session &session() const { return session_; }
    const ComparedTrace &shown() const { return session_.shown(); }
    const Frame &frame() const { return *session_.frame(); }
    /// What was chosen of a view, as one of the words or values that it can be.
    template <typename Value>
    Value chosen(const QString &view, const QString &name) const
    {
        return encoderscope::chosen<Value>(frame().parameters(view), viewKind(view, name));
    }
    /// The place of a chosen word in the list of words.
    int chosenIndex(const QString &view, const QString &name) const;
    /// What is pinned, of the trace shown.
    const Selected &pinned() const;
    Selected hovered() const;
    Selection &selection() const { return session_.selection(); }

    QHBoxLayout *controls() { return controls_; }
    void setBody(QWidget *body);
    /// A view whose figure depends on what is shown and pinned. `make` is only asked while there is a trace.
    LinkedView *addView(Axis rows, Axis columns, FigureView::Maker make);
    /// Every figure is made again when it is next seen. Pages with figures that depend on less than the
    /// numbers shown and what is pinned leave those out.
    virtual void remakeViews();
    void describe(const QString &text);

    /// Everything besides the figures, while the page is visible: new numbers, or something else is pinned.
    virtual void refresh() {}
    /// The same for what is under the pointer.
    virtual void refreshHovered() {}
    /// Sets every text.
    virtual void retranslate() = 0;

    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void changed();

    Session &session_;
    QHBoxLayout *controls_;
    QLabel *description_;
    QList<LinkedView *> views_;
    FigureView *lastHovered_ = nullptr;
    bool stale_ = true;
};

} // namespace encoderscope
