// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/stopped.h"

#include <QString>

#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace encoderscope
{

/// The answer of work that has none to give but that it is done.
struct Done {
};

/// What work came to: its answer, or why there is none. Exceptions become values here.
template <typename Answer>
class Result
{
public:
    Result(Answer answer)
        : answer_(std::move(answer))
    {
    }
    static Result failed(QString problem) { return Result(std::move(problem), false); }
    static Result stopped() { return Result(QString(), true); }

    explicit operator bool() const { return answer_.has_value(); }
    const Answer &operator*() const { return *answer_; }
    const Answer *operator->() const { return &*answer_; }

    /// It was cancelled before it was done.
    bool wasStopped() const { return stopped_; }
    /// Why there is no answer, for the user; empty when there is one, and when it was stopped.
    const QString &problem() const { return problem_; }

private:
    Result(QString problem, bool stopped)
        : problem_(std::move(problem))
        , stopped_(stopped)
    {
    }

    std::optional<Answer> answer_;
    QString problem_;
    bool stopped_ = false;
};

/// The exception that is being handled, said for the user.
QString messageOfCurrentException();

/// Calls `work` and catches whatever it throws. Work that returns nothing gives Done.
template <typename Work>
auto attempt(Work &&work)
{
    using Returned = std::invoke_result_t<Work>;
    using Answer = std::conditional_t<std::is_void_v<Returned>, Done, Returned>;
    try {
        if constexpr (std::is_void_v<Returned>) {
            std::invoke(work);
            return Result<Answer>(Done());
        } else {
            return Result<Answer>(std::invoke(work));
        }
    } catch (const Stopped &) {
        return Result<Answer>::stopped();
    } catch (...) {
        return Result<Answer>::failed(messageOfCurrentException());
    }
}

} // namespace encoderscope
