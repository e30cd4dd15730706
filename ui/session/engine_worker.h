// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/mailbox.h"
#include "ui/session/run.h"

#include <QObject>

#include <atomic>
#include <chrono>
#include <thread>

namespace encoderscope
{

/// The one thread that runs the encoder. Only the newest request counts: it takes the place of one that still
/// waits, and stops the one that runs, unless runs are so short that it is better to see each while typing.
class EngineWorker : public QObject
{
    Q_OBJECT

public:
    explicit EngineWorker(QObject *parent = nullptr);
    ~EngineWorker() override;

    void request(RunRequest request);

Q_SIGNALS:
    /// From the worker's thread: connections to objects of other threads are queued.
    void finished(const RunResult &result);

private:
    void work(const std::stop_token &quit);

    Mailbox<RunRequest> mailbox_;
    ModelPtr model_; ///< of the newest request
    std::atomic<std::chrono::milliseconds>
        duration_{};      ///< of the last run that was finished; zero = none yet
    std::jthread thread_; ///< last, so that it ends before what it uses
};

} // namespace encoderscope
