// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/aligned_text.h"
#include "engine/text/work_budget.h"

#include <QRegularExpression>

namespace encoderscope
{

/// A regular expression in the syntax of tokenizer files (Oniguruma's) as one of ours that finds the same:
/// classes such as \w and \s mean what Unicode's properties say there, ^ and $ stand at each line. Throws
/// Error without file and field when it is not understood.
QRegularExpression compiled_pattern(const QString &oniguruma);
/// Finds just this text.
QRegularExpression literal_pattern(const QString &text);

/// A stretch [begin, end) of a text.
struct Match {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Where `pattern` is found in `text`, in order and without overlaps: it may be the place between two
/// characters, but not right after another find. Throws Error when the search is too hard.
std::vector<Match> find_all(AlignedView text, const QRegularExpression &pattern, WorkBudget &budget);

} // namespace encoderscope
