// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace encoderscope
{

/// How much the steps of a tokenizer may do for one text. A file from others can chain steps that each make
/// the text longer; together they get what any real tokenizer needs many times over.
class WorkBudget
{
public:
    /// `characters` of the text that was typed.
    explicit WorkBudget(std::size_t characters);

    /// Takes note that a step read or wrote so many characters. Throws Error when it is too much: all steps
    /// together more than a fixed number for each typed character, or one text many times longer than typed.
    void spend(std::size_t characters);
    /// The longest that a text may become.
    std::size_t longest() const { return longest_; }
    /// The same for the time of regular expressions: throws Error when one gave up on this text.
    [[noreturn]] static void give_up();

private:
    std::size_t longest_;
    std::size_t left_;
};

} // namespace encoderscope
