// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QPoint;
class QWidget;

namespace encoderscope
{

class HelpWindow;

/// What figures show and what the terms on screen mean, where they stand. A control, label, tab or heading
/// with a term in its words explains it when the pointer rests on it, unless it has a tool tip of its own;
/// "What's This?" explains the words of anything, painted ones included. The words are those that a screen
/// reader says there.
class ContextHelp : public QObject
{
    Q_OBJECT

public:
    /// Of everything in `window`, which owns it.
    explicit ContextHelp(QWidget *window);

    /// The names of the terms in the words at that point of the screen, which is in the widget.
    static QStringList termsAt(QWidget &widget, const QPoint &global);

    /// Opens the help window.
    void showView(const QString &kind);
    void showTerm(const QString &name);
    /// The same for the first term in the words of a control or tab bar; false when it has none, or is a
    /// view.
    bool showTermOf(QWidget *control);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    HelpWindow &open();

    QWidget *window_;
    HelpWindow *help_ = nullptr;
};

} // namespace encoderscope
