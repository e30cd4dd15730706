// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/answer.h"

#include "ui/lessons/live_expression.h"
#include "ui/lessons/live_numbers.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace encoderscope
{

namespace
{

constexpr std::size_t offered_tokens = 4;
/// What differs by less than this part of the larger number is equal: rounding.
constexpr double equal_within = 1e-4;

void askGreatest(const LessonQuestion &question, const Frame &frame, const QString &language,
                 const std::stop_token &stop, AskedQuestion &asked)
{
    double greatest = 0.0;
    for (const LessonOption &option : question.options) {
        const double value = liveNumber(option.value, frame, stop);
        if (asked.right < 0 || value > greatest) {
            asked.right = static_cast<int>(asked.options.size());
            greatest = value;
        }
        asked.options.append(filledWithNumbers(option.label.in(language), frame, stop));
        asked.numbers.push_back(writtenNumber(value, parsedExpression(option.value).format));
    }
}

void askCompared(const LessonQuestion &question, const Frame &frame, const QString &language,
                 const std::stop_token &stop, AskedQuestion &asked)
{
    const double first = liveNumber(question.options[0].value, frame, stop);
    const double second = liveNumber(question.options[1].value, frame, stop);
    const double size = std::max(std::abs(first), std::abs(second));
    const bool equal = std::abs(first - second) <= equal_within * size;
    asked.options = {QCoreApplication::translate("Lesson", "Larger"),
                     QCoreApplication::translate("Lesson", "The same"),
                     QCoreApplication::translate("Lesson", "Smaller")};
    asked.right = equal ? 1 : second > first ? 0 : 2;
    for (const auto &[option, value] :
         {std::pair(&question.options[0], first), std::pair(&question.options[1], second)})
        asked.numbers.push_back(
            QStringLiteral("%1: %2").arg(filledWithNumbers(option->label.in(language), frame, stop),
                                         writtenNumber(value, parsedExpression(option->value).format)));
}

void askForToken(const LessonQuestion &question, const Frame &frame, const std::stop_token &stop,
                 AskedQuestion &asked)
{
    const LiveValue value = liveValue(question.value, frame, stop);
    const auto *numbers = std::get_if<std::vector<double>>(&value);
    if (numbers == nullptr || numbers->empty())
        throw Error(QCoreApplication::translate("Lesson", "\"%1\" does not give a number for each token.")
                        .arg(question.value));
    std::vector<std::size_t> order(numbers->size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return (*numbers)[a] > (*numbers)[b]; });
    const std::size_t best = order.front();
    order.resize(std::min(order.size(), offered_tokens));
    std::sort(order.begin(), order.end());
    for (const std::size_t token : order) {
        if (token == best)
            asked.right = static_cast<int>(asked.options.size());
        asked.options.append(
            QStringLiteral("%1 (%2)").arg(frame.trace().token(static_cast<int>(token)).text).arg(token));
        asked.numbers.push_back(writtenNumber((*numbers)[token], parsedExpression(question.value).format));
    }
}

} // namespace

AskedQuestion askedQuestion(const LessonQuestion &question, const Frame &frame, const QString &language,
                            const std::stop_token &stop)
{
    AskedQuestion asked{.ask = filledWithNumbers(question.ask.in(language), frame, stop)};
    try {
        switch (question.kind) {
        case LessonQuestion::Kind::greatest:
            askGreatest(question, frame, language, stop, asked);
            break;
        case LessonQuestion::Kind::compare:
            askCompared(question, frame, language, stop, asked);
            break;
        case LessonQuestion::Kind::token:
            askForToken(question, frame, stop, asked);
            break;
        }
    } catch (const Error &) {
        asked.options.clear();
        asked.numbers.clear();
        asked.right = -1;
    }
    return asked;
}

} // namespace encoderscope
