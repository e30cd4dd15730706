// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/concurrent_reads.h"

#include <algorithm>
#include <exception>
#include <thread>
#include <vector>

namespace encoderscope
{

void read_concurrently(
    const CorpusFile &file, std::size_t count,
    const std::function<void(const CorpusFile &corpus, std::size_t first, std::size_t last)> &read)
{
    constexpr std::size_t most_readers = 8, least_rows = 16; // opening a connection costs a millisecond
    const std::size_t readers = std::clamp<std::size_t>(count / least_rows, 1, most_readers);
    std::vector<std::exception_ptr> thrown(readers);
    const auto read_part = [&](const CorpusFile &corpus, std::size_t part) {
        read(corpus, count * part / readers, count * (part + 1) / readers);
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t part = 1; part < readers; ++part)
            threads.emplace_back([&, part] {
                try {
                    read_part(CorpusFile(file.path(), CorpusFile::Access::read), part);
                } catch (...) {
                    thrown[part] = std::current_exception();
                }
            });
        try {
            read_part(file, 0);
        } catch (...) {
            thrown[0] = std::current_exception();
        }
    }
    for (const std::exception_ptr &one : thrown) {
        if (one)
            std::rethrow_exception(one);
    }
}

} // namespace encoderscope
