// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/instruction_set.h"

#include "engine/error.h"
#include "engine/kernels/targets.h"

#include <hwy/targets.h>

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <mutex>

namespace encoderscope::kernels
{

namespace
{

struct Named {
    const char *name;
    std::int64_t target;
};

/// Best first: a better target is a smaller number.
constexpr std::array named
{
#if HWY_ARCH_X86
    Named{"avx512", HWY_AVX3}, Named{"avx2", HWY_AVX2}, Named{"sse4", HWY_SSE4},
#endif
        Named{"baseline", HWY_STATIC_TARGET},
};

/// Only what is not better than `target`.
void limit_to(std::int64_t target)
{
    hwy::DisableTargets(target - 1);
}

void choose_from_environment()
{
    const char *wanted = std::getenv("ENCODERSCOPE_ISA");
    if (!wanted || *wanted == '\0')
        return;
    const auto *found = std::find_if(named.begin(), named.end(),
                                     [&](const Named &each) { return each.name == std::string(wanted); });
    if (found != named.end()) {
        limit_to(found->target);
        return;
    }
    QStringList names;
    for (const Named &each : named)
        names.append(QString::fromLatin1(each.name));
    throw Error(QCoreApplication::translate(
                    "Kernels", "The environment variable ENCODERSCOPE_ISA is \"%1\"; it must be one of: %2.")
                    .arg(QString::fromLocal8Bit(wanted), names.join(QStringLiteral(", "))));
}

} // namespace

void ensure_instruction_set()
{
    static const bool chosen = [] {
        choose_from_environment();
        return true;
    }();
    static_cast<void>(chosen);
}

std::vector<std::string> instruction_sets()
{
    ensure_instruction_set();
    std::vector<std::string> names;
    const std::int64_t supported = hwy::SupportedTargets() & HWY_TARGETS;
    for (const Named &each : named) {
        if ((supported & each.target) != 0 || each.target == HWY_STATIC_TARGET)
            names.emplace_back(each.name);
    }
    return names;
}

std::string instruction_set()
{
    return instruction_sets().front();
}

void use_instruction_set(const std::string &name)
{
    ensure_instruction_set();
    for (const Named &each : named) {
        if (each.name == name)
            limit_to(each.target);
    }
}

} // namespace encoderscope::kernels
