// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/projection.h"

namespace encoderscope
{

HiddenProjection project_hidden(const Trace &trace, const HiddenProjection *previous,
                                const std::stop_token &stop)
{
    const Index n = trace.tokens();
    const Index states = trace.layers() + 1;
    Eigen::MatrixXd all(states * n, trace.config().d_model);
    for (Index state = 0; state < states; ++state)
        all.middleRows(state * n, n) = trace.hidden(static_cast<int>(state) - 1).cast<double>();

    HiddenProjection projection{principal_axes(all, previous, stop), {}};
    if (stop.stop_requested())
        return {};
    for (Index state = 0; state < states; ++state)
        projection.points.emplace_back(
            (all.middleRows(state * n, n) * projection.axes.cast<double>().transpose()).cast<float>());
    return projection;
}

} // namespace encoderscope
