// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/engine_worker.h"

#include <utility>

namespace encoderscope
{

using namespace std::chrono_literals;

namespace
{

/// A run as short as this is finished although a newer one waits: else fast typing would show nothing.
constexpr auto worthFinishing = 400ms;

} // namespace

EngineWorker::EngineWorker(QObject *parent)
    : QObject(parent)
    , thread_([this](const std::stop_token &quit) { work(quit); })
{
}

EngineWorker::~EngineWorker()
{
    thread_.request_stop();
    mailbox_.stopRunning();
}

void EngineWorker::request(RunRequest request)
{
    const bool otherModel = std::exchange(model_, request.model) != request.model;
    const std::chrono::milliseconds duration = duration_;
    mailbox_.put(std::move(request), otherModel || duration == 0ms || duration > worthFinishing);
}

void EngineWorker::work(const std::stop_token &quit)
{
    TraceCache cache;
    while (auto delivery = mailbox_.take(quit)) {
        const auto begin = std::chrono::steady_clock::now();
        const RunResult result = run(delivery->request, cache, delivery->stop);
        if (delivery->stop.stop_requested())
            continue;
        duration_ = 1ms + std::chrono::duration_cast<std::chrono::milliseconds>(
                              std::chrono::steady_clock::now() - begin);
        Q_EMIT finished(result);
    }
}

} // namespace encoderscope
