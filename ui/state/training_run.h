// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/learn/snapshots.h"
#include "engine/learn/trainer.h"

#include <QList>
#include <QObject>
#include <QPointF>

#include <memory>

namespace encoderscope
{

class Session;

/// A training that the window watches: hands its newest weights to the session several times a second, and
/// keeps earlier ones to go back to.
class TrainingRun : public QObject
{
    Q_OBJECT

public:
    using State = TrainerUpdate::State;

    explicit TrainingRun(Session &session, QObject *parent = nullptr);
    ~TrainingRun() override;

    /// Stops the one before. `sentence` is shown when the new vocabulary does not know the session's; null:
    /// never. `threads` 0: as many as there are cores.
    void start(const TrainingPlan &plan, const QString &name, const QString &sentence = {}, int threads = 0);
    void pause();
    void goOn();
    void stop();

    /// The session's sentence gave way to that of start().
    bool replacedSentence() const { return replacedSentence_; }
    /// True from start() until it is finished, stopped or failed.
    bool active() const { return active_; }
    const TrainerUpdate &latest() const { return latest_; }
    /// Step and mean loss, thinned to at most 2,000 points.
    const QList<QPointF> &losses() const { return losses_; }
    const std::vector<Snapshot> &snapshots() const { return snapshots_.all(); }
    /// Which of them the session shows.
    int shownSnapshot() const;
    /// Shows an earlier state; the last one means: follow the training.
    void showSnapshot(int index);

    /// Of several runs the session shows one. A run that is shown no longer returns the version of its model
    /// that the session has, which the next one replaces.
    ModelPtr hide();
    void show(const ModelPtr &instead);
    bool shown() const { return shown_; }

Q_SIGNALS:
    void changed();

private:
    void take();
    void begin(const ModelPtr &model);
    void give(const ModelPtr &model);

    struct Mailbox;

    Session &session_;
    std::shared_ptr<Mailbox> mailbox_;
    TrainerUpdate latest_;
    QList<QPointF> losses_;
    int stepsAPoint_ = 1;
    Snapshots snapshots_{3};
    ModelPtr given_;     ///< the version that the session has
    int shownStep_ = -1; ///< -1: follow
    QString sentence_;
    bool replacedSentence_ = false;
    bool active_ = false;
    bool first_ = false; ///< there is no model of this training yet
    bool shown_ = true;
    std::unique_ptr<Trainer> trainer_;
};

} // namespace encoderscope
