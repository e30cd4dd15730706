// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/mapping_guard.h"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <mutex>

#include <sys/mman.h>
#include <unistd.h>

namespace encoderscope
{

namespace
{

/// A signal handler can look at nothing but memory that is there for good: hence the one table. A slot is
/// free when `end` is 0; more files than slots are read without the guard.
struct Slot {
    std::atomic<std::uintptr_t> begin = 0;
    std::atomic<std::uintptr_t> end = 0;
};

constexpr std::size_t slot_count = 256;
std::array<Slot, slot_count> slots;
std::mutex slots_mutex;
struct sigaction action_before;
const auto page_size = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));

void on_bus_error(int signal, siginfo_t *info, void *context)
{
    const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    for (const Slot &slot : slots) {
        if (address < slot.begin || address >= slot.end)
            continue;
        void *page = reinterpret_cast<void *>(address / page_size * page_size);
        if (mmap(page, page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED)
            return;
    }
    if ((action_before.sa_flags & SA_SIGINFO) != 0 && action_before.sa_sigaction) {
        action_before.sa_sigaction(signal, info, context);
        return;
    }
    // Not ours: the instruction runs again and ends the program as it would have without us.
    std::signal(signal, SIG_DFL);
}

void install_handler()
{
    struct sigaction action = {};
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, &action_before);
}

} // namespace

MappingGuard::MappingGuard(std::span<const unsigned char> bytes)
    : slot_(slot_count)
{
    static std::once_flag once;
    std::call_once(once, install_handler);
    const std::lock_guard lock(slots_mutex);
    for (std::size_t index = 0; index < slots.size(); ++index) {
        if (slots[index].end != 0)
            continue;
        slot_ = index;
        const auto begin = reinterpret_cast<std::uintptr_t>(bytes.data());
        slots[index].begin = begin;
        slots[index].end = begin + bytes.size();
        return;
    }
}

MappingGuard::~MappingGuard()
{
    if (slot_ < slot_count)
        slots[slot_].end = 0;
}

} // namespace encoderscope
