// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

namespace encoderscope
{

class LessonGuide;

/// A frame around what the lesson's step points at: a figure and cells of it, a step of the worked example, a
/// part of the map, the tokens. It lies above the window's other widgets and lets every event through.
class LessonPointer : public QWidget
{
    Q_OBJECT

public:
    /// `over`: what it lies on, in which the targets are.
    LessonPointer(LessonGuide &guide, QWidget *over);

    /// What is pointed at, in `over`; null when nothing is, or it is not to be seen.
    QRect target() const { return target_; }
    /// The cells that are meant in particular; null when none are.
    QRect cells() const { return cells_; }

    /// Brings what the step points at to where it can be seen.
    void reveal();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    /// Where the target lies in a widget.
    struct Found {
        QWidget *widget = nullptr;
        QRect rect = {};  ///< in the widget
        QRect cells = {}; ///< in the widget
    };
    Found find() const;
    void open();
    void placeSoon();
    void place();
    void watch(QWidget *widget);

    LessonGuide &guide_;
    QWidget *over_;
    QRect target_, cells_; ///< in over_
    bool asked_ = false;   ///< to be placed once the layout has settled
    QPointer<QWidget> watched_;
};

} // namespace encoderscope
