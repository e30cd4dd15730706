// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accessible_view.h"

#include <QAbstractScrollArea>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

#include <algorithm>
#include <mutex>

namespace encoderscope
{

namespace
{

QWidget *canvasOf(QWidget *view)
{
    auto *area = qobject_cast<QAbstractScrollArea *>(view);
    return area != nullptr ? area->viewport() : view;
}

/// One item. Lives as long as its view's interface; invalid when the view has fewer items meanwhile.
class Item : public QAccessibleInterface,
             public QAccessibleActionInterface,
             public QAccessibleTableCellInterface
{
public:
    Item(QWidget *widget, AccessibleView *view, int index)
        : widget_(widget)
        , view_(view)
        , index_(index)
    {
    }

    bool isValid() const override { return widget_ && index_ < view_->accessibleCount(); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(widget_); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QWindow *window() const override { return widget_ ? widget_->window()->windowHandle() : nullptr; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        const AccessibleItem item = view_->accessibleItem(index_);
        switch (kind) {
        case QAccessible::Name:
            return item.name;
        case QAccessible::Value:
            return item.value;
        case QAccessible::Description:
            return item.description;
        default:
            return {};
        }
    }
    void setText(QAccessible::Text, const QString &) override {}
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QWidget *canvas = canvasOf(widget_);
        const QRect inside = view_->accessibleItem(index_).rect;
        const QRect shown = inside.isEmpty() ? canvas->rect() : inside;
        return {canvas->mapToGlobal(shown.topLeft()), shown.size()};
    }
    QAccessible::Role role() const override
    {
        return isValid() ? view_->accessibleItem(index_).role : QAccessible::NoRole;
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        const AccessibleItem item = view_->accessibleItem(index_);
        state = item.state;
        state.focusable = true;
        state.focused = widget_->hasFocus() && view_->accessibleFocus() == index_;
        state.offscreen = !item.rect.isEmpty() && !canvasOf(widget_)->rect().intersects(item.rect);
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ActionInterface)
            return static_cast<QAccessibleActionInterface *>(this);
        if (type == QAccessible::TableCellInterface && !view_->accessibleTable().isEmpty())
            return static_cast<QAccessibleTableCellInterface *>(this);
        return nullptr;
    }

    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString &name) override
    {
        if (name == pressAction() && isValid())
            view_->pressAccessibleItem(index_);
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

    bool isSelected() const override { return state().selected; }
    QList<QAccessibleInterface *> columnHeaderCells() const override { return {}; }
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return index_ % std::max(1, view_->accessibleTable().width()); }
    int rowIndex() const override { return index_ / std::max(1, view_->accessibleTable().width()); }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }

private:
    QPointer<QWidget> widget_;
    AccessibleView *view_; ///< the same object as widget_
    int index_;
};

class View : public QAccessibleWidget, public QAccessibleTableInterface
{
public:
    View(QWidget *widget, AccessibleView *view)
        : QAccessibleWidget(widget,
                            view->accessibleTable().isEmpty() ? QAccessible::List : QAccessible::Table)
        , view_(view)
    {
    }
    ~View() override
    {
        for (const QAccessible::Id id : std::as_const(items_))
            QAccessible::deleteAccessibleInterface(id);
    }

    QAccessible::Role role() const override
    {
        return view_->accessibleTable().isEmpty() ? QAccessible::List : QAccessible::Table;
    }
    int childCount() const override { return view_->accessibleCount(); }
    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= view_->accessibleCount())
            return nullptr;
        auto known = items_.constFind(index);
        if (known == items_.constEnd())
            known = items_.insert(index,
                                  QAccessible::registerAccessibleInterface(new Item(widget(), view_, index)));
        return QAccessible::accessibleInterface(*known);
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        return items_.key(QAccessible::uniqueId(const_cast<QAccessibleInterface *>(child)), -1);
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        return child(view_->accessibleItemAt(canvasOf(widget())->mapFromGlobal(QPoint(x, y))));
    }
    QAccessibleInterface *focusChild() const override
    {
        return widget()->hasFocus() ? child(view_->accessibleFocus()) : nullptr;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TableInterface)
            return view_->accessibleTable().isEmpty() ? nullptr
                                                      : static_cast<QAccessibleTableInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    QAccessibleInterface *cellAt(int row, int column) const override
    {
        const QSize size = view_->accessibleTable();
        const bool inside = row >= 0 && row < size.height() && column >= 0 && column < size.width();
        return inside ? child(row * size.width() + column) : nullptr;
    }
    int selectedCellCount() const override { return 0; }
    QList<QAccessibleInterface *> selectedCells() const override { return {}; }
    QString columnDescription(int column) const override { return view_->accessibleColumnName(column); }
    QString rowDescription(int row) const override { return view_->accessibleRowName(row); }
    int selectedColumnCount() const override { return 0; }
    int selectedRowCount() const override { return 0; }
    int columnCount() const override { return view_->accessibleTable().width(); }
    int rowCount() const override { return view_->accessibleTable().height(); }
    QList<int> selectedColumns() const override { return {}; }
    QList<int> selectedRows() const override { return {}; }
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int) const override { return false; }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent *) override {}

private:
    AccessibleView *view_;
    mutable QHash<int, QAccessible::Id> items_;
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    auto *view = dynamic_cast<AccessibleView *>(widget);
    return view != nullptr ? new View(widget, view) : nullptr;
}

} // namespace

AccessibleView::AccessibleView()
{
    static std::once_flag once;
    std::call_once(once, [] { QAccessible::installFactory(make); });
}

void tellAccessibleFocus(QWidget *view, int index)
{
    if (index < 0)
        return;
    QAccessibleEvent event(view, QAccessible::Focus);
    event.setChild(index);
    QAccessible::updateAccessibility(&event);
}

} // namespace encoderscope
