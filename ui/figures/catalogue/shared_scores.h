// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/token_score_figures.h"

#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>

namespace encoderscope
{

/// What several figures show of one run: computed by whoever asks first, while others that ask wait for it.
/// Remembers the two runs that were asked for last. For any thread.
class SharedScores
{
public:
    SharedScores();
    ~SharedScores();

    /// token_scores(). Throws Stopped.
    MethodScores scores(TokenMethod method, const ChosenTarget &chosen, const ScoreSettings &settings,
                        const std::stop_token &stop, const OnProgress &progress);
    /// random_curves(). Throws Stopped.
    Curves random(const ChosenTarget &chosen, Baseline baseline, int orders, std::uint64_t seed,
                  const std::stop_token &stop, const OnProgress &progress);

private:
    struct Question;
    struct Answer;
    struct Run;

    std::shared_ptr<Answer> answerOf(const Trace &trace, const Question &question);
    /// The answer's value, which `compute` gives when it is not there yet.
    template <typename Value, typename Compute>
    Value valueOf(const Trace &trace, const Question &question, const std::stop_token &stop,
                  const Compute &compute);

    std::mutex mutex_; ///< of all below and of the answers
    std::condition_variable_any changed_;
    std::list<Run> runs_; ///< the one asked for last first
};

} // namespace encoderscope
