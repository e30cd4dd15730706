// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/inbox.h"

#include <QBasicTimer>
#include <QCoreApplication>
#include <QEvent>
#include <QThread>

#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace encoderscope
{

/// Lives in the inbox's thread, as long as anybody may call there. The thread that sends is called away as
/// the receiver wakes up: whoever then held the lock would keep the receiver waiting. Messages run when the
/// event loop has gone round: what the last one left to be laid out and painted is not held up by the next,
/// nor are keys and the mouse by both.
struct Inbox::State : public QObject, public std::enable_shared_from_this<State> {
    std::mutex mutex;
    std::deque<Message> messages;
    bool open = true;    ///< until the inbox is gone
    bool called = false; ///< an event is on its way here
    QBasicTimer round;

    std::optional<Message> next()
    {
        const std::lock_guard lock(mutex);
        if (messages.empty()) {
            called = false;
            return std::nullopt;
        }
        Message first = std::move(messages.front());
        messages.pop_front();
        return first;
    }

    void customEvent(QEvent *) override { round.start(0, this); }

    void timerEvent(QTimerEvent *) override
    {
        round.stop();
        // A message may destroy the inbox. Null: that has happened, and nobody sends any more.
        const std::shared_ptr<State> self = weak_from_this().lock();
        while (const std::optional<Message> message = self ? next() : std::nullopt)
            (*message)();
    }

    static void end(State *state)
    {
        if (QThread::currentThread() == state->thread())
            delete state;
        else
            state->deleteLater();
    }
};

Inbox::Sender::Sender(std::shared_ptr<State> state)
    : state_(std::move(state))
{
}

void Inbox::Sender::send(Message message) const
{
    bool calls = false;
    {
        const std::lock_guard lock(state_->mutex);
        if (!state_->open)
            return;
        state_->messages.push_back(std::move(message));
        calls = !std::exchange(state_->called, true);
    }
    if (calls)
        QCoreApplication::postEvent(state_.get(), new QEvent(QEvent::User));
}

Inbox::Inbox()
    : state_(new State, &State::end)
{
}

Inbox::~Inbox()
{
    std::deque<Message> unread; // dies without the lock: messages own anything
    const std::lock_guard lock(state_->mutex);
    state_->open = false;
    unread.swap(state_->messages);
}

} // namespace encoderscope
