// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/learn/plan.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace encoderscope
{

/// What a running training tells, several times a second.
struct TrainerUpdate {
    enum class State { preparing, running, paused, finished, stopped, failed };

    State state = State::preparing;
    QString problem; ///< why it failed, for the user
    int step = 0;
    int steps = 0;
    std::vector<std::pair<int, double>> losses; ///< of the steps since the last update: step, mean loss
    double tokens_per_second = 0.0;
    ModelPtr model; ///< the weights as they are now; null while preparing
};

/// Runs a training on threads of its own, of lower priority, until it is finished or this object dies.
class Trainer
{
public:
    /// Called on the training thread; must not wait.
    using Listener = std::function<void(const TrainerUpdate &)>;

    /// Begins. `name` is the snapshots' name.
    Trainer(TrainingPlan plan, QString name, int threads, Listener listener);
    /// Stops after the present step and waits for it.
    ~Trainer();
    Trainer(const Trainer &) = delete;
    Trainer &operator=(const Trainer &) = delete;

    void pause();
    void go_on();
    /// The last update says `stopped`.
    void stop();

private:
    void run(const std::stop_token &stop);
    /// False when the training was stopped.
    bool wait_while_paused(const std::stop_token &stop, TrainerUpdate &update);

    TrainingPlan plan_;
    QString name_;
    int threads_;
    Listener listener_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool paused_ = false;
    std::jthread thread_;
};

} // namespace encoderscope
