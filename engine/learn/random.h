// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>

namespace encoderscope
{

/// A random sequence that is a function of its keys alone (SplitMix64): step 700 of a training draws the same
/// numbers whether or not the run was interrupted at step 500, so nothing of it has to be saved.
class KeyedRandom
{
public:
    explicit KeyedRandom(std::initializer_list<std::uint64_t> keys)
    {
        for (const std::uint64_t key : keys)
            state_ = mix(state_ + key + 0x9E3779B97F4A7C15U);
    }

    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15U;
        return mix(state_);
    }
    /// In [0, 1).
    double uniform() { return static_cast<double>(next() >> 11U) * 0x1p-53; }
    /// In [0, bound).
    int below(int bound) { return static_cast<int>(uniform() * bound); }

private:
    static std::uint64_t mix(std::uint64_t value)
    {
        value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
        value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
        return value ^ (value >> 31U);
    }

    std::uint64_t state_ = 0;
};

} // namespace encoderscope
