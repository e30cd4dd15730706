// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QRect>
#include <QString>

class QWidget;

namespace encoderscope
{

/// What a screen reader is told about one of the things that a view paints itself.
struct AccessibleItem {
    QString name;
    QString value;
    QString description;
    QAccessible::Role role = QAccessible::ListItem;
    QAccessible::State state;
    QRect rect; ///< in the view's viewport; empty: the view's own
};

/// A widget whose contents are painted, not made of widgets, as a list or a table of items. Implemented by
/// the widget itself.
class AccessibleView
{
public:
    AccessibleView(); ///< the first one tells Qt how to show all of them to screen readers
    virtual ~AccessibleView() = default;

    /// Columns and rows of a table, whose items are its cells row by row; empty for a list.
    virtual QSize accessibleTable() const { return {}; }
    virtual int accessibleCount() const = 0;
    virtual AccessibleItem accessibleItem(int index) const = 0;
    /// In the viewport; -1: none.
    virtual int accessibleItemAt(const QPoint &point) const = 0;
    /// The one that has the keyboard; -1: none.
    virtual int accessibleFocus() const { return -1; }
    /// As a click on it does.
    virtual void pressAccessibleItem(int index) = 0;
    virtual QString accessibleRowName(int /*row*/) const { return {}; }
    virtual QString accessibleColumnName(int /*column*/) const { return {}; }
};

/// The keyboard went to that item, or what it says has changed; -1: to none.
void tellAccessibleFocus(QWidget *view, int index);

} // namespace encoderscope
