// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/presentation.h"

#include "ui/figures/figure_text.h"
#include "ui/interface_scale.h"
#include "ui/lessons/lesson_guide.h"
#include "ui/window/spotlight.h"

#include <QMainWindow>
#include <QMenuBar>
#include <QShortcut>

namespace encoderscope
{

namespace
{

constexpr double text_pixels = 20.0; ///< of the interface; nothing in it is smaller than largeTextPixels

} // namespace

Presentation::Presentation(QMainWindow &window, LessonGuide &lessons, std::vector<QWidget *> extras)
    : QObject(&window)
    , window_(window)
    , extras_(std::move(extras))
    , next_(new QShortcut(Qt::Key_PageDown, &window))
    , back_(new QShortcut(Qt::Key_PageUp, &window))
    , spotlight_(new Spotlight(&window))
{
    connect(next_, &QShortcut::activated, &lessons, &LessonGuide::next);
    connect(back_, &QShortcut::activated, &lessons, &LessonGuide::back);
    for (QShortcut *shortcut : {next_, back_})
        shortcut->setEnabled(false);
}

void Presentation::setOn(bool on)
{
    if (on == std::exchange(on_, on))
        return;
    for (QShortcut *shortcut : {next_, back_})
        shortcut->setEnabled(on);
    if (on) {
        hidden_.clear();
        for (QWidget *extra : extras_) {
            if (!extra->isHidden()) {
                extra->hide();
                hidden_.emplace_back(extra);
            }
        }
        // No height, but visible: the shortcuts of a hidden menu bar do nothing.
        window_.menuBar()->setMaximumHeight(0);
        scaleBefore_ = interfaceScale();
        fullBefore_ = window_.isFullScreen();
        applyInterfaceScale(scaleForPixels(text_pixels));
        window_.setWindowState(window_.windowState() | Qt::WindowFullScreen);
    } else {
        for (const QPointer<QWidget> &extra : hidden_) {
            if (extra)
                extra->show();
        }
        window_.menuBar()->setMaximumHeight(QWIDGETSIZE_MAX);
        applyInterfaceScale(scaleBefore_);
        if (!fullBefore_)
            window_.setWindowState(window_.windowState() & ~Qt::WindowFullScreen);
    }
    Q_EMIT changed();
}

void Presentation::setSpotlight(bool on)
{
    spotlight_->setOn(on);
}

bool Presentation::spotlight() const
{
    return spotlight_->on();
}

} // namespace encoderscope
