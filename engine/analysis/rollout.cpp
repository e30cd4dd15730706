// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/rollout.h"

namespace encoderscope
{

Matrix mean_attention(const Trace &trace, int layer)
{
    std::vector<int> heads;
    for (int head = 0; head < trace.heads(); ++head) {
        if (trace.switches().head_on(layer, head))
            heads.push_back(head);
    }
    if (heads.empty()) {
        for (int head = 0; head < trace.heads(); ++head)
            heads.push_back(head);
    }
    Matrix sum = Matrix::Zero(trace.tokens(), trace.tokens());
    for (const int head : heads)
        sum += trace.attention_weights(layer, head);
    return sum / static_cast<float>(heads.size());
}

Matrix attention_rollout(const Trace &trace, int last_layer, const std::stop_token &stop)
{
    Matrix rollout = Matrix::Identity(trace.tokens(), trace.tokens());
    for (int layer = 0; layer <= last_layer; ++layer) {
        if (stop.stop_requested())
            return {};
        bool attends = false;
        for (int head = 0; head < trace.heads(); ++head)
            attends = attends || trace.switches().head_on(layer, head);
        if (attends)
            rollout = (0.5F * (mean_attention(trace, layer) * rollout) + 0.5F * rollout).eval();
    }
    return rollout;
}

} // namespace encoderscope
