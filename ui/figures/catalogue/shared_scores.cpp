// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/shared_scores.h"

#include "ui/jobs/stopped.h"

#include <algorithm>
#include <optional>
#include <variant>
#include <vector>

namespace encoderscope
{

/// What is asked of a run.
struct SharedScores::Question {
    Target target;
    Baseline baseline;
    std::optional<TokenMethod> method = {}; ///< nothing: random curves
    int count = 0;                          ///< of integrated gradients' steps, or of random orders
    std::uint64_t seed = 0;

    bool operator==(const Question &) const = default;
};

struct SharedScores::Answer {
    Question question;
    bool underWay = false;
    std::optional<std::variant<MethodScores, Curves>> value = {};
};

/// A run, whichever trace holds it: that of a sentence alone is made anew for each figure.
struct SharedScores::Run {
    ModelPtr model;
    Encoding encoding;
    Switches switches;
    std::vector<std::shared_ptr<Answer>> answers = {};

    bool is(const Trace &trace) const
    {
        return model == trace.model_pointer() && encoding == trace.encoding() && switches == trace.switches();
    }
};

SharedScores::SharedScores() = default;
SharedScores::~SharedScores() = default;

std::shared_ptr<SharedScores::Answer> SharedScores::answerOf(const Trace &trace, const Question &question)
{
    constexpr std::size_t remembered = 2; // the run and the one that it is compared with
    const auto known =
        std::find_if(runs_.begin(), runs_.end(), [&](const Run &run) { return run.is(trace); });
    if (known == runs_.end())
        runs_.push_front({trace.model_pointer(), trace.encoding(), trace.switches()});
    else
        runs_.splice(runs_.begin(), runs_, known);
    if (runs_.size() > remembered)
        runs_.pop_back();
    std::vector<std::shared_ptr<Answer>> &answers = runs_.front().answers;
    const auto found = std::find_if(answers.begin(), answers.end(),
                                    [&](const auto &answer) { return answer->question == question; });
    if (found != answers.end())
        return *found;
    answers.push_back(std::make_shared<Answer>(Answer{question}));
    return answers.back();
}

template <typename Value, typename Compute>
Value SharedScores::valueOf(const Trace &trace, const Question &question, const std::stop_token &stop,
                            const Compute &compute)
{
    std::unique_lock lock(mutex_);
    const std::shared_ptr<Answer> answer = answerOf(trace, question);
    changed_.wait(lock, stop, [&] { return !answer->underWay; });
    throwIfStopped(stop);
    if (answer->value)
        return std::get<Value>(*answer->value);
    answer->underWay = true;
    lock.unlock();
    const auto end = [&] { // under the lock
        answer->underWay = false;
        changed_.notify_all();
    };
    try {
        Value value = compute();
        throwIfStopped(stop);
        lock.lock();
        answer->value = value;
        end();
        return value;
    } catch (...) {
        if (!lock.owns_lock())
            lock.lock();
        end();
        throw;
    }
}

MethodScores SharedScores::scores(TokenMethod method, const ChosenTarget &chosen,
                                  const ScoreSettings &settings, const std::stop_token &stop,
                                  const OnProgress &progress)
{
    const bool compares = has_baseline(method);
    const Question question{.target = chosen.target,
                            .baseline = compares ? settings.baseline : Baseline::zero,
                            .method = method,
                            .count = method == TokenMethod::integrated_gradients ? settings.steps : 0};
    return valueOf<MethodScores>(*chosen.trace, question, stop, [&] {
        return token_scores(method, chosen.target, *chosen.trace, settings.baseline, settings.steps, stop,
                            progress);
    });
}

Curves SharedScores::random(const ChosenTarget &chosen, Baseline baseline, int orders, std::uint64_t seed,
                            const std::stop_token &stop, const OnProgress &progress)
{
    const Question question{.target = chosen.target, .baseline = baseline, .count = orders, .seed = seed};
    return valueOf<Curves>(*chosen.trace, question, stop, [&] {
        return random_curves(chosen.target, *chosen.trace, orders, seed, baseline, stop, progress);
    });
}

} // namespace encoderscope
