// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/trainer.h"

#include "engine/error.h"
#include "engine/platform/platform.h"

#include <QCoreApplication>

#include <chrono>

namespace encoderscope
{

namespace
{

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds between_updates{200};

} // namespace

Trainer::Trainer(TrainingPlan plan, QString name, int threads, Listener listener)
    : plan_(std::move(plan))
    , name_(std::move(name))
    , threads_(threads)
    , listener_(std::move(listener))
    , thread_([this](const std::stop_token &stop) { run(stop); })
{
}

Trainer::~Trainer()
{
    stop();
}

void Trainer::pause()
{
    const std::lock_guard lock(mutex_);
    paused_ = true;
}

void Trainer::go_on()
{
    {
        const std::lock_guard lock(mutex_);
        paused_ = false;
    }
    changed_.notify_all();
}

void Trainer::stop()
{
    thread_.request_stop();
}

bool Trainer::wait_while_paused(const std::stop_token &stop, TrainerUpdate &update)
{
    std::unique_lock lock(mutex_);
    if (paused_) {
        update.state = TrainerUpdate::State::paused;
        lock.unlock();
        listener_(update);
        update.losses.clear();
        lock.lock();
        changed_.wait(lock, stop, [this] { return !paused_; });
        update.state = TrainerUpdate::State::running;
    }
    return !stop.stop_requested();
}

void Trainer::run(const std::stop_token &stop)
{
    platform::lower_priority_of_this_thread(10); // the window comes first
    TrainerUpdate update;
    update.steps = plan_.settings.steps;
    try {
        listener_(update);
        const std::unique_ptr<Training> training = begin_training(plan_, threads_);
        plan_.lines.clear();
        update.state = TrainerUpdate::State::running;
        update.model = training->snapshot(name_);
        listener_(update);
        Clock::time_point last = Clock::now();
        qint64 tokens = 0;
        while (!training->finished()) {
            if (!wait_while_paused(stop, update))
                break;
            const StepReport report = training->step();
            update.step = report.step;
            update.losses.emplace_back(report.step, report.outcome.mean_loss());
            tokens += report.tokens;
            const Clock::time_point now = Clock::now();
            if (now - last < between_updates && !training->finished())
                continue;
            update.tokens_per_second =
                static_cast<double>(tokens) / std::chrono::duration<double>(now - last).count();
            update.model = training->snapshot(name_);
            if (!training->finished()) {
                listener_(update);
                update.losses.clear();
            }
            last = now;
            tokens = 0;
        }
        update.model = training->snapshot(name_);
        update.state = training->finished() ? TrainerUpdate::State::finished : TrainerUpdate::State::stopped;
    } catch (const Error &error) {
        update.state = TrainerUpdate::State::failed;
        update.problem = error.message();
    } catch (const std::bad_alloc &) {
        update.state = TrainerUpdate::State::failed;
        update.problem =
            QCoreApplication::translate("Training", "There is not enough memory for this model.");
    }
    listener_(update);
}

} // namespace encoderscope
