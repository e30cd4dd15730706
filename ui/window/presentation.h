// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <vector>

class QMainWindow;
class QShortcut;
class QWidget;

namespace encoderscope
{

class LessonGuide;
class Spotlight;

/// The window for a projector: the page, the lesson's text and the worked example alone, the smallest text 18
/// pixels high, on the whole screen. A presenter's keys (Page Up, Page Down) go through the lesson's steps.
class Presentation : public QObject
{
    Q_OBJECT

public:
    /// `extras`: what is hidden meanwhile.
    Presentation(QMainWindow &window, LessonGuide &lessons, std::vector<QWidget *> extras);

    bool on() const { return on_; }
    void setOn(bool on);
    /// A ring around the pointer, also outside of presentations.
    void setSpotlight(bool on);
    bool spotlight() const;

Q_SIGNALS:
    void changed();

private:
    QMainWindow &window_;
    std::vector<QWidget *> extras_;
    std::vector<QPointer<QWidget>> hidden_; ///< by this, to be shown again
    QShortcut *next_, *back_;
    Spotlight *spotlight_;
    double scaleBefore_ = 1.0;
    bool fullBefore_ = false;
    bool on_ = false;
};

} // namespace encoderscope
