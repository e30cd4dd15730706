// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/training_run.h"

#include <vector>

namespace encoderscope
{

/// Up to four trainings side by side, on the same batches where their plans have the same text and seed. The
/// session, and so every view, shows one of them.
class TrainingRuns : public QObject
{
    Q_OBJECT

public:
    static constexpr int most = 4;

    explicit TrainingRuns(Session &session, QObject *parent = nullptr);

    struct Start {
        TrainingPlan plan;
        QString name;  ///< of the model
        QString label; ///< of the run among the others
    };
    /// Stops those before; shows the first. At least one, at most four. `sentence`: see TrainingRun.
    void start(const std::vector<Start> &starts, const QString &sentence = {});
    void pause();
    void goOn();
    void stop();

    int count() const { return count_; }
    const TrainingRun &at(int index) const { return *runs_[static_cast<std::size_t>(index)]; }
    const QString &label(int index) const { return labels_[index]; }
    /// True until all of them have come to an end.
    bool active() const;
    int shownIndex() const { return shown_; }
    void show(int index);
    /// The one that is shown.
    TrainingRun &shown() { return *runs_[static_cast<std::size_t>(shown_)]; }
    const TrainingRun &shown() const { return *runs_[static_cast<std::size_t>(shown_)]; }

Q_SIGNALS:
    void changed();

private:
    std::vector<TrainingRun *> runs_; ///< always four; `count_` of them are in use
    QStringList labels_;
    int count_ = 1;
    int shown_ = 0;
};

} // namespace encoderscope
