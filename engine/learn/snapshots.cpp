// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/snapshots.h"

#include "engine/learn/parameters.h"

#include <algorithm>

namespace encoderscope
{

Snapshots::Snapshots(int most)
    : most_(static_cast<std::size_t>(std::max(most, 3)))
{
}

void Snapshots::add(Snapshot snapshot)
{
    const std::size_t count = all_.size();
    if (count >= 2 && all_[count - 1].step - all_[count - 2].step < distance_)
        all_.back() = std::move(snapshot);
    else
        all_.push_back(std::move(snapshot));
    if (all_.size() <= most_)
        return;
    std::vector<Snapshot> kept;
    for (std::size_t index = 0; index < all_.size(); ++index) {
        if (index % 2 == 0 || index + 1 == all_.size())
            kept.push_back(std::move(all_[index]));
    }
    all_ = std::move(kept);
    distance_ = all_[1].step - all_[0].step;
}

int snapshots_that_fit(const EncoderConfig &config)
{
    constexpr qint64 memory = 256LL * 1024 * 1024;
    const qint64 size = ParameterLayout(config).size * qint64(sizeof(float));
    return static_cast<int>(std::clamp<qint64>(memory / std::max<qint64>(size, 1), 3, 200));
}

} // namespace encoderscope
