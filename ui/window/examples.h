// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"

#include <QString>

#include <optional>

#include <vector>

namespace encoderscope
{

/// A head of the default model, from 0, and what it does in the sentence.
struct ExampleHead {
    int layer = 0;
    int head = 0;
    HeadPattern pattern = HeadPattern::mixed;
};

struct ExampleSentence {
    QString text;
    QString textB;                   ///< null = a single sentence
    std::optional<ExampleHead> look; ///< what to look at; nothing = whatever one likes
};

struct ExampleGroup {
    QString title; ///< the language's own name; empty = sentences for certain heads
    std::vector<ExampleSentence> sentences = {};
};

/// The ready-made sentences that the program carries.
std::vector<ExampleGroup> exampleSentences();

/// What to look for, in a sentence: "Layer 1, head 3 of the default model: ...".
QString whatToLookFor(const ExampleHead &look);

} // namespace encoderscope
