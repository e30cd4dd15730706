// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/figure_order.h"
#include "ui/pages/catalogue_view.h"
#include "ui/pages/wrapping_row.h"
#include "ui/state/session.h"
#include "ui/state/view_kinds.h"

#include <QList>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

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

    /// What exportRequested or copyRequested is to be about: the figure of the view or table with the focus,
    /// else of the one that the pointer was on last, else of the first visible one. The signal comes when it
    /// is there; not at all when there is none.
    void exportCurrent() { offer(&Page::exportRequested); }
    void copyCurrent() { offer(&Page::copyRequested); }
    /// The kind of that figure; empty when it is none of the catalogue.
    QString currentKind() const;
    /// Every figure of the page, those of hidden tabs included.
    std::vector<FigureOrder> figures() const;
    /// A figure that is seen does not show the newest numbers yet.
    bool late() const;

Q_SIGNALS:
    void exportRequested(const encoderscope::FigurePtr &figure, const encoderscope::Viewpoint &viewpoint);
    void copyRequested(const encoderscope::FigurePtr &figure, const encoderscope::Viewpoint &viewpoint);
    /// By the "?" of a figure of that kind.
    void helpRequested(const QString &kind);

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
    /// The same as the session's state has it, which a frame may not have answered yet.
    template <typename Value>
    Value wanted(const QString &view, const QString &name) const
    {
        return encoderscope::chosen<Value>(wantedParameters(view), viewKind(view, name));
    }
    /// All that the state has of a view.
    const Parameters &wantedParameters(const QString &view) const;
    /// The place of a chosen word in the list of words.
    int chosenIndex(const QString &view, const QString &name) const;
    /// What is pinned, of the trace shown.
    const Selected &pinned() const;
    Selected hovered() const;
    Selection &selection() const { return session_.selection(); }

    WrappingRow *controls() { return controls_; }
    void setBody(QWidget *body);
    /// In the page's last line, at its right.
    void addBelow(QWidget *widget);
    /// A view of a kind of the catalogue. `name`: of the view in the session's state; empty = the kind's.
    CatalogueView *addFigure(const QString &kind, Axis rows, Axis columns, const QString &name = {});
    /// A view whose figure is no kind of the catalogue.
    LinkedView *addView(FigureView::Maker make);
    /// A table of the page shows the numbers of that kind: they are exported while it has the focus or is
    /// visible.
    void addTable(QWidget *table, const QString &kind);
    /// A click on the view's figure explains what `target` makes of it, and so does its context menu.
    /// Nothing: there is nothing to explain there. `click` false: only the menu.
    void addWhy(FigureView &view, std::function<std::optional<TargetChoice>(const Hit &)> target, bool click);
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
    /// Sets heights that depend on the font, whenever it changes.
    virtual void fitFont() {}

    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    using Offer = void (Page::*)(const FigurePtr &figure, const Viewpoint &viewpoint);
    /// A widget that shows a figure's numbers, though it is no view.
    struct Table {
        QWidget *widget;
        FigureSource source;
        Offer waiting = nullptr; ///< emitted when the figure is there
    };

    void changed();
    void refreshOnce();
    void adopt(LinkedView *view);
    void fitBelow();
    LinkedView *currentView() const;
    Table *currentTable() const;
    void offer(Offer signal);

    Session &session_;
    WrappingRow *controls_;
    QLabel *description_;
    QHBoxLayout *below_; ///< the last line
    QList<LinkedView *> views_;
    std::vector<std::unique_ptr<Table>> tables_;
    LinkedView *lastHovered_ = nullptr;
    std::weak_ptr<const Frame> refreshed_; ///< what refresh() has shown last
};

} // namespace encoderscope
