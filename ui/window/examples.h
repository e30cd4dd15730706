// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace encoderscope
{

struct ExampleSentence {
    QString text;
    QString textB; ///< null = a single sentence
};

struct ExampleGroup {
    QString title; ///< the language's own name
    std::vector<ExampleSentence> sentences = {};
};

/// The ready-made sentences that the program carries.
std::vector<ExampleGroup> exampleSentences();

} // namespace encoderscope
