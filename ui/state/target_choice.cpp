// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/target_choice.h"

namespace encoderscope
{

TargetChoice movedChoice(const TargetChoice &choice, const TextPair &from, const TextPair &to)
{
    TargetChoice moved = choice;
    if (!choice.token)
        return moved;
    const std::optional<TokenAnchor> there = movedAnchor(*choice.token, from, to);
    moved.lost = choice.lost || !there;
    moved.token = there ? *there : nearestAnchor(*choice.token, from, to);
    return moved;
}

const char *targetWord(TargetChoice::Kind kind)
{
    switch (kind) {
    case TargetChoice::Kind::word:
        return "word";
    case TargetChoice::Kind::label:
        return "class";
    case TargetChoice::Kind::similarity:
        return "similarity";
    case TargetChoice::Kind::neuron:
        return "neuron";
    case TargetChoice::Kind::hidden:
        break;
    }
    return "hidden";
}

const char *measureWord(Measure measure)
{
    switch (measure) {
    case Measure::logit:
        return "logit";
    case Measure::log_probability:
        return "log-probability";
    case Measure::probability:
        break;
    }
    return "probability";
}

} // namespace encoderscope
