// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/work_budget.h"

#include "engine/error.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

constexpr std::size_t least_longest = 1'000'000;
constexpr std::size_t growth = 20; // U+FDFA has 18 characters in its compatibility decomposition
constexpr std::size_t least_work = 10'000'000;
constexpr std::size_t work_for_each = 500;

} // namespace

WorkBudget::WorkBudget(std::size_t characters)
    : longest_(least_longest + growth * characters)
    , left_(least_work + work_for_each * characters)
{
}

void WorkBudget::spend(std::size_t characters)
{
    if (characters > longest_ || characters > left_)
        give_up();
    left_ -= characters;
}

void WorkBudget::give_up()
{
    throw Error(QCoreApplication::translate(
        "Tokenizer", "The model's tokenizer needs too long for this text, or makes it too long: its "
                     "tokenizer.json has steps (fields \"normalizer\", \"pre_tokenizer\") that no real "
                     "tokenizer has."));
}

} // namespace encoderscope
