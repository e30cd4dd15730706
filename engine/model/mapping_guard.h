// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>

namespace encoderscope
{

/// While one lives, reading `bytes` of a mapped file is safe even when another program shortens the file:
/// what is gone reads as zeros instead of ending the program (SIGBUS). Whoever reads then asks the file
/// whether it changed.
class MappingGuard
{
public:
    explicit MappingGuard(std::span<const unsigned char> bytes);
    ~MappingGuard();
    MappingGuard(const MappingGuard &) = delete;
    MappingGuard &operator=(const MappingGuard &) = delete;

private:
    std::size_t slot_;
};

} // namespace encoderscope
