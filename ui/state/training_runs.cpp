// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/training_runs.h"

#include <algorithm>
#include <thread>

namespace encoderscope
{

TrainingRuns::TrainingRuns(Session &session, QObject *parent)
    : QObject(parent)
    , labels_(most)
{
    for (int index = 0; index < most; ++index) {
        auto *run = new TrainingRun(session, this);
        if (index > 0)
            run->hide();
        connect(run, &TrainingRun::changed, this, &TrainingRuns::changed);
        runs_.push_back(run);
    }
}

void TrainingRuns::start(const std::vector<Start> &starts, const QString &sentence)
{
    stop();
    runs_[static_cast<std::size_t>(shown_)]->hide();
    shown_ = 0;
    count_ = std::clamp(static_cast<int>(starts.size()), 1, most);
    const int cores = static_cast<int>(std::max(std::thread::hardware_concurrency(), 1U));
    for (int index = 0; index < count_; ++index) {
        const Start &one = starts[static_cast<std::size_t>(index)];
        labels_[index] = one.label;
        runs_[static_cast<std::size_t>(index)]->start(one.plan, one.name, sentence,
                                                      std::max(1, cores / count_));
    }
    runs_[0]->show({}); // there is no model of it yet
    Q_EMIT changed();
}

void TrainingRuns::pause()
{
    for (TrainingRun *run : runs_)
        run->pause();
}

void TrainingRuns::goOn()
{
    for (TrainingRun *run : runs_)
        run->goOn();
}

void TrainingRuns::stop()
{
    for (TrainingRun *run : runs_)
        run->stop();
}

bool TrainingRuns::active() const
{
    return std::any_of(runs_.begin(), runs_.end(), [](const TrainingRun *run) { return run->active(); });
}

void TrainingRuns::show(int index)
{
    if (index < 0 || index >= count_ || index == shown_)
        return;
    const ModelPtr instead = runs_[static_cast<std::size_t>(shown_)]->hide();
    shown_ = index;
    runs_[static_cast<std::size_t>(index)]->show(instead);
    Q_EMIT changed();
}

} // namespace encoderscope
