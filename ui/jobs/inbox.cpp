// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/inbox.h"

#include <QCoreApplication>
#include <QEvent>

#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace encoderscope
{

struct Inbox::State {
    std::mutex mutex;
    Inbox *inbox = nullptr; ///< null once it is gone
    std::deque<Message> messages;
    bool called = false; ///< an event is on its way to the inbox

    std::optional<Message> next()
    {
        const std::lock_guard lock(mutex);
        if (!inbox || messages.empty()) {
            called = false;
            return std::nullopt;
        }
        Message first = std::move(messages.front());
        messages.pop_front();
        return first;
    }
};

Inbox::Sender::Sender(std::shared_ptr<State> state)
    : state_(std::move(state))
{
}

void Inbox::Sender::send(Message message) const
{
    const std::lock_guard lock(state_->mutex);
    if (!state_->inbox)
        return;
    state_->messages.push_back(std::move(message));
    if (!std::exchange(state_->called, true))
        QCoreApplication::postEvent(state_->inbox, new QEvent(QEvent::User));
}

Inbox::Inbox()
    : state_(std::make_shared<State>())
{
    state_->inbox = this;
}

Inbox::~Inbox()
{
    std::deque<Message> unread; // dies without the lock: messages own anything
    const std::lock_guard lock(state_->mutex);
    state_->inbox = nullptr;
    unread.swap(state_->messages);
}

void Inbox::customEvent(QEvent *)
{
    const std::shared_ptr<State> state = state_; // a message may destroy this inbox
    while (const std::optional<Message> message = state->next())
        (*message)();
}

} // namespace encoderscope
