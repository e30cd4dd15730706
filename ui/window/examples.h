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

/// A head to be found in a run of a sentence: one with the pattern or, with `query` and `key`, the one in
/// which the token with the text `query` gives the most weight to the one with the text `key`.
struct ExampleHead {
    HeadPattern pattern = HeadPattern::mixed;
    QString query = {};
    QString key = {};
};

struct ExampleSentence {
    QString text;
    QString textB;                   ///< null = a single sentence
    std::optional<ExampleHead> head; ///< to pin; nothing = whichever is pinned
    QString see;                     ///< what there is to see in it, in the interface's language
};

struct ExampleGroup {
    QString title; ///< the language's own name; empty = sentences for certain heads
    std::vector<ExampleSentence> sentences = {};
};

/// The ready-made sentences that the program carries.
std::vector<ExampleGroup> exampleSentences();

/// A head of a run, from 0, and the query that shows what it does; -1 = any.
struct FoundHead {
    int layer = 0;
    int head = 0;
    int query = -1;
};

/// Of the heads that pattern_of() calls so, the one whose weights are most concentrated; or the one in which
/// `query` looks at `key` most. Nothing when no head is called so, or a token is missing.
std::optional<FoundHead> headFor(const Trace &trace, const ExampleHead &wanted);
/// Pins that head, and its query, once the session shows a run of the text that it has now.
void pinHeadFor(Session &session, const ExampleHead &wanted);

} // namespace encoderscope
