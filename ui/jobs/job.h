// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job_queue.h"
#include "ui/jobs/result.h"

#include <optional>

namespace encoderscope
{

/// Work beside the window, for the thread that owns this object. Only the newest counts: it takes the place
/// of work that still waits, and what runs is told to stop. One piece of work runs at a time, on a thread of
/// the job's own: Qt's global threads are for Qt, whose painting waits for them.
template <typename Answer>
class Job
{
public:
    /// Owns all that it needs. What it throws becomes the outcome's problem. It looks at the control's stop
    /// token often, and throws Stopped then.
    using Work = std::function<Answer(const JobControl &)>;
    /// Called in the owner's thread, once for each work whose place was not taken by newer work; may destroy
    /// the job. Never called once the job is gone.
    using Deliver = std::function<void(const Result<Answer> &)>;

    explicit Job(Deliver deliver, std::function<void(const Progress &)> progress = {})
        : deliver_(std::make_shared<Deliver>(std::move(deliver)))
        , queue_(std::move(progress))
    {
    }

    void ask(Work work, Older older = Older::stop)
    {
        const Result<Done> begun = attempt([&] {
            queue_.ask(
                [work = std::move(work), deliver = deliver_](const JobControl &control) -> Inbox::Message {
                    auto outcome = std::make_shared<const Result<Answer>>(attempt([&] {
                        throwIfStopped(control.stop()); // while it waited
                        return work(control);
                    }));
                    return [deliver, outcome = std::move(outcome)] { (*deliver)(*outcome); };
                },
                older);
        });
        if (!begun)
            (*deliver_)(Result<Answer>::failed(begun.problem()));
    }

    /// Tells what is under way or waits to stop. Its outcome arrives all the same: stopped, or the answer
    /// when it was already done.
    void cancel() { queue_.cancel(); }
    /// An outcome is still to come.
    bool running() const { return queue_.running(); }

private:
    std::shared_ptr<const Deliver> deliver_;
    JobQueue queue_;
};

} // namespace encoderscope
