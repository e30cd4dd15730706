// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

namespace encoderscope
{

/// Runs in its own thread what other threads send, in the order in which it came, as long as it lives.
class Inbox
{
    struct State;

public:
    using Message = std::function<void()>;

    /// For any thread; may outlive the inbox, and then does nothing.
    class Sender
    {
    public:
        void send(Message message) const;

    private:
        friend Inbox;
        explicit Sender(std::shared_ptr<State> state);
        std::shared_ptr<State> state_;
    };

    Inbox();
    /// What was sent and has not run yet never does.
    ~Inbox();
    Inbox(const Inbox &) = delete;
    Inbox &operator=(const Inbox &) = delete;

    Sender sender() const { return Sender(state_); }

private:
    std::shared_ptr<State> state_;
};

} // namespace encoderscope
