// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/training_run.h"

#include "ui/state/session.h"

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>

namespace encoderscope
{

/// Where the training thread leaves its news until the window has time: nothing piles up.
struct TrainingRun::Mailbox {
    std::mutex mutex;
    TrainerUpdate news;
    bool waiting = false;
};

TrainingRun::TrainingRun(Session &session, QObject *parent)
    : QObject(parent)
    , session_(session)
{
}

TrainingRun::~TrainingRun() = default;

void TrainingRun::start(const TrainingPlan &plan, const QString &name, const QString &sentence, int threads)
{
    sentence_ = sentence;
    replacedSentence_ = false;
    trainer_.reset();
    mailbox_ = std::make_shared<Mailbox>();
    latest_ = {};
    latest_.steps = plan.settings.steps;
    losses_.clear();
    stepsAPoint_ = 1;
    snapshots_ = Snapshots(3);
    shownStep_ = -1;
    active_ = true;
    first_ = true;
    given_.reset();
    if (threads == 0)
        threads = static_cast<int>(std::max(std::thread::hardware_concurrency(), 1U));
    // The trainer dies before this object does, and its thread with it.
    trainer_ = std::make_unique<Trainer>(
        plan, name, threads, [this, mailbox = mailbox_](const TrainerUpdate &update) {
            bool calls = false;
            {
                const std::lock_guard lock(mailbox->mutex);
                std::vector<std::pair<int, double>> losses;
                if (mailbox->waiting)
                    losses = std::move(mailbox->news.losses);
                losses.insert(losses.end(), update.losses.begin(), update.losses.end());
                mailbox->news = update;
                mailbox->news.losses = std::move(losses);
                calls = !std::exchange(mailbox->waiting, true);
            }
            if (calls) // without the lock, for which the window would wait
                QMetaObject::invokeMethod(this, &TrainingRun::take, Qt::QueuedConnection);
        });
    Q_EMIT changed();
}

void TrainingRun::pause()
{
    if (active_)
        trainer_->pause();
}

void TrainingRun::goOn()
{
    if (active_)
        trainer_->go_on();
}

void TrainingRun::stop()
{
    if (active_)
        trainer_->stop();
}

void TrainingRun::take()
{
    TrainerUpdate news;
    {
        const std::lock_guard lock(mailbox_->mutex);
        if (!mailbox_->waiting)
            return; // a message of the training before this one
        mailbox_->waiting = false;
        news = std::move(mailbox_->news);
    }
    for (const auto &[step, loss] : news.losses) {
        if (step % stepsAPoint_ == 0)
            losses_.append(QPointF(step, loss));
    }
    constexpr int mostPoints = 2000;
    if (losses_.size() > mostPoints) {
        stepsAPoint_ *= 2;
        losses_.removeIf(
            [this](const QPointF &point) { return static_cast<int>(point.x()) % stepsAPoint_ != 0; });
    }
    news.losses.clear();
    latest_ = std::move(news);
    active_ = latest_.state == State::preparing || latest_.state == State::running ||
              latest_.state == State::paused;
    if (latest_.model) {
        if (first_) {
            snapshots_ = Snapshots(snapshots_that_fit(latest_.model->config));
            first_ = false;
        }
        if (snapshots_.all().empty() || snapshots_.all().back().step != latest_.step)
            snapshots_.add({latest_.step, latest_.model});
        if (shownStep_ < 0)
            give(snapshots_.all().back().model);
    }
    Q_EMIT changed();
}

/// The session's sentence gives way when the vocabulary has no pieces for it.
void TrainingRun::begin(const ModelPtr &model)
{
    const Encoding encoding =
        model->tokenizer->encode(session_.text(), QString(), model->config.max_positions);
    replacedSentence_ = !sentence_.isNull() && std::any_of(encoding.tokens.begin(), encoding.tokens.end(),
                                                           [](const Token &token) { return token.unknown; });
    session_.setModel(model, replacedSentence_ ? sentence_ : QString());
}

/// In place of the version that the session has of this model, wherever its history has it too.
void TrainingRun::give(const ModelPtr &model)
{
    if (!shown_)
        return;
    if (const ModelPtr before = std::exchange(given_, model))
        session_.replaceModel(before, model);
    else
        begin(model);
}

ModelPtr TrainingRun::hide()
{
    shown_ = false;
    return std::exchange(given_, {});
}

void TrainingRun::show(const ModelPtr &instead)
{
    shown_ = true;
    given_ = instead;
    const int index = shownSnapshot();
    if (index >= 0)
        give(snapshots_.all()[static_cast<std::size_t>(index)].model);
}

int TrainingRun::shownSnapshot() const
{
    const auto &all = snapshots_.all();
    const int last = static_cast<int>(all.size()) - 1;
    if (shownStep_ < 0)
        return last;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [this](const Snapshot &snapshot) { return snapshot.step >= shownStep_; });
    return found == all.end() ? last : static_cast<int>(found - all.begin());
}

void TrainingRun::showSnapshot(int index)
{
    const auto &all = snapshots_.all();
    if (index < 0 || index >= static_cast<int>(all.size()))
        return;
    const bool last = index + 1 == static_cast<int>(all.size());
    const Snapshot &snapshot = all[static_cast<std::size_t>(index)];
    shownStep_ = last ? -1 : snapshot.step;
    give(snapshot.model);
    Q_EMIT changed();
}

} // namespace encoderscope
