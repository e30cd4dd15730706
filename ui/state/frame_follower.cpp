// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/frame_follower.h"

#include "ui/state/session.h"

namespace encoderscope
{

FrameFollower::FrameFollower(Session &session, std::function<void()> show, QObject *parent)
    : QObject(parent)
{
    slow_.setSingleShot(true);
    slow_.setInterval(slow_run);
    connect(&slow_, &QTimer::timeout, this, show);
    connect(&session, &Session::stateChanged, this, [this, &session, show] {
        if (*session.frame())
            slow_.start();
        else
            show(); // there is no other run to be seen
    });
    connect(&session, &Session::frameChanged, this, [this, show] {
        slow_.stop();
        show();
    });
}

} // namespace encoderscope
