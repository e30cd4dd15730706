// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace encoderscope
{

class Session;

/// What a person does not notice as a delay: a run that takes longer is not waited for.
constexpr std::chrono::milliseconds slow_run{100};

/// Shows what the state says when the frame that answers it comes, so that what becomes visible is made once
/// and of the new run; where that takes long, a little after the state has changed.
class FrameFollower : public QObject
{
    Q_OBJECT

public:
    FrameFollower(Session &session, std::function<void()> show, QObject *parent);

private:
    QTimer slow_; ///< runs out when the frame is not waited for any longer
};

} // namespace encoderscope
