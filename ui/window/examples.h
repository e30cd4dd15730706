// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace encoderscope
{

class Session;

struct ExampleSentence {
    QString text;
    QString textB;                      ///< null = a single sentence
    std::optional<HeadPattern> pattern; ///< of a head that does this in the sentence
    QString see;                        ///< what there is to see in it, in the interface's language
};

struct ExampleGroup {
    QString title; ///< the language's own name; empty = sentences for certain heads
    std::vector<ExampleSentence> sentences = {};
};

/// The ready-made sentences that the program carries.
std::vector<ExampleGroup> exampleSentences();

/// Layer and head, from 0, in which the pattern is seen most clearly: of the heads that pattern_of() calls
/// so, the one whose weights are most concentrated. Nothing when no head is called so.
std::optional<std::pair<int, int>> headWith(const Trace &trace, HeadPattern pattern);
/// Pins that head once the session shows a run of the text that it has now.
void pinHeadWith(Session &session, HeadPattern pattern);

} // namespace encoderscope
