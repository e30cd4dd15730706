// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/trace_cache.h"

#include "engine/forward/encoder.h"

#include <algorithm>
#include <unordered_set>

namespace encoderscope
{

TracePtr TraceCache::find(const ModelPtr &model, const Encoding &encoding, const Switches &switches)
{
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(traces_.begin(), traces_.end(), [&](const TracePtr &trace) {
        return trace->model_pointer() == model && trace->switches() == switches &&
               trace->encoding() == encoding;
    });
    if (found == traces_.end())
        return nullptr;
    traces_.splice(traces_.begin(), traces_, found);
    return traces_.front();
}

TracePtr TraceCache::closest(const ModelPtr &model, const Encoding &encoding, const Switches &switches)
{
    const std::lock_guard lock(mutex_);
    TracePtr closest;
    int most = 0;
    for (const TracePtr &trace : traces_) {
        const int stages = shared_stages(*trace, model, encoding, switches);
        if (stages > most) {
            most = stages;
            closest = trace;
        }
    }
    return closest;
}

void TraceCache::insert(const TracePtr &trace)
{
    const std::lock_guard lock(mutex_);
    traces_.remove_if([&](const TracePtr &kept) {
        return kept == trace || kept->model_pointer() != trace->model_pointer();
    });
    traces_.push_front(trace);

    // Parts that several traces share count once.
    std::unordered_set<const void *> counted;
    std::size_t bytes = 0;
    const auto first_too_many = std::find_if(traces_.begin(), traces_.end(), [&](const TracePtr &kept) {
        if (counted.insert(&kept->embedding()).second)
            bytes += kept->embedding().bytes();
        for (const auto &layer : kept->layer_pointers()) {
            if (counted.insert(layer.get()).second)
                bytes += layer->bytes();
        }
        return bytes > budget_ && kept != trace;
    });
    traces_.erase(first_too_many, traces_.end());
}

TracePtr TraceCache::run(const ModelPtr &model, const Encoding &encoding, const Switches &switches,
                         const std::stop_token &stop)
{
    if (TracePtr kept = find(model, encoding, switches))
        return kept;
    TracePtr trace = run_encoder(model, encoding, switches, closest(model, encoding, switches), stop);
    if (trace)
        insert(trace);
    return trace;
}

void TraceCache::clear()
{
    const std::lock_guard lock(mutex_);
    traces_.clear();
}

} // namespace encoderscope
