// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

#include <vector>

namespace encoderscope
{

/// A model as it was after a step.
struct Snapshot {
    int step = 0;
    ModelPtr model;
};

/// The states of a training to go back to, from the first to the newest, in a memory that does not grow: when
/// there are too many, every other one is forgotten.
class Snapshots
{
public:
    /// Keeps at most `most` (at least 3).
    explicit Snapshots(int most);

    void add(Snapshot snapshot);
    const std::vector<Snapshot> &all() const { return all_; }

private:
    std::size_t most_;
    int distance_ = 0;          ///< steps between two that are kept
    std::vector<Snapshot> all_; ///< the last one may be nearer to the one before than the distance
};

/// How many snapshots of a model fit into 256 MiB, between 3 and 200.
int snapshots_that_fit(const EncoderConfig &config);

} // namespace encoderscope
