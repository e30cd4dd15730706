// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <cstddef>
#include <list>
#include <mutex>
#include <stop_token>

namespace encoderscope
{

/// The runs made last, so that going back to a state already seen costs nothing, and a new state costs only
/// the layers that differ from the closest one. Keeps traces of one model at a time. Safe to use from several
/// threads.
class TraceCache
{
public:
    /// `budget`: bytes that the kept traces may take together; the newest is kept whatever it takes.
    explicit TraceCache(std::size_t budget = std::size_t{256} << 20U)
        : budget_(budget)
    {
    }

    /// The kept run of exactly this model, encoding and switches; null when there is none.
    TracePtr find(const ModelPtr &model, const Encoding &encoding, const Switches &switches);

    /// The kept run that shares most with such a run, to give to run_encoder as `previous`; null when none
    /// shares anything.
    TracePtr closest(const ModelPtr &model, const Encoding &encoding, const Switches &switches);

    void insert(const TracePtr &trace);

    /// The kept run, or a new one that starts from the closest and is then kept. Null when stopped; throws as
    /// run_encoder does.
    TracePtr run(const ModelPtr &model, const Encoding &encoding, const Switches &switches,
                 const std::stop_token &stop = {});

    void clear();

private:
    std::size_t budget_;
    std::mutex mutex_;
    std::list<TracePtr> traces_; ///< the one used last first
};

} // namespace encoderscope
