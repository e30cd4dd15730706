// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/corpus_file.h"

#include <functional>

namespace encoderscope
{

/// Calls `read(corpus, first, last)` so that each of `count` rows is in one of the ranges [first, last). Many
/// rows are read by several threads, each with a connection of its own: they lie apart in the file, and from
/// a cold disk nearly all of the time is waiting for one page after the other. Throws what one of the calls
/// has thrown, after all have ended.
void read_concurrently(
    const CorpusFile &file, std::size_t count,
    const std::function<void(const CorpusFile &corpus, std::size_t first, std::size_t last)> &read);

} // namespace encoderscope
