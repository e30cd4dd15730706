// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/sentence_shares.h"

#include "engine/error.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

void check_sentence_shares(const Model &model)
{
    const std::optional<SentenceEncoder> &sentence = model.output.sentence;
    if (!sentence)
        throw Error(QCoreApplication::translate(
                        "Attribution", "The model %1 does not say how to make one vector of a sentence.")
                        .arg(model.name));
    const bool summed = sentence->pooling.size() == 1 && sentence->pooling.front() != Pooling::max &&
                        (sentence->pools_prompt || sentence->prompt.isEmpty());
    const bool as_it_is =
        std::all_of(sentence->steps.begin(), sentence->steps.end(), [](const SentenceStep &step) {
            return std::holds_alternative<SentenceUnitLength>(step);
        });
    if (!summed || !as_it_is)
        throw Error(QCoreApplication::translate(
                        "Attribution",
                        "The vector that the model %1 makes of a sentence is no weighted sum of "
                        "its tokens: its similarity cannot be explained.")
                        .arg(model.name));
}

Eigen::VectorXd sentence_shares(const Model &model, Index tokens, const std::set<int> &masked)
{
    check_sentence_shares(model);
    Eigen::VectorXd shares = Eigen::VectorXd::Zero(tokens);
    std::vector<Index> counted;
    for (Index token = 0; token < tokens; ++token) {
        if (!masked.contains(static_cast<int>(token)))
            counted.push_back(token);
    }
    if (counted.empty())
        return shares;
    switch (model.output.sentence->pooling.front()) {
    case Pooling::first_token:
        shares(counted.front()) = 1.0;
        return shares;
    case Pooling::last_token:
        shares(counted.back()) = 1.0;
        return shares;
    case Pooling::weighted_mean:
        for (const Index token : counted)
            shares(token) = static_cast<double>(token + 1);
        break;
    default:
        for (const Index token : counted)
            shares(token) = 1.0;
    }
    return shares / shares.sum();
}

} // namespace encoderscope
