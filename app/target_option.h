// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run_options.h"
#include "engine/attribution/integrated_gradients.h"
#include "ui/state/chosen_target.h"

#include <QJsonObject>

namespace encoderscope
{

/// --target, --measure and --contrast.
struct TargetOptions {
    TargetOptions();
    void add_to(OptionParser &parser) const;
    /// The words that the options take, of a parser that has them.
    static void set_choices(OptionParser &parser);
    /// Puts what was said into the state, whose text and model are there. Throws ArgumentError.
    void read(const QCommandLineParser &parser, SessionState &state) const;

    QCommandLineOption target, measure, contrast;
};

/// What a word is compared with or replaced by, as --baseline names it.
inline constexpr std::array<std::pair<const char *, Baseline>, 3> baselines{
    {{"mask", Baseline::mask}, {"zero", Baseline::zero}, {"average", Baseline::average}}};
constexpr int most_gradient_steps = 10000;

/// Model, text, tokens, and the target with its value, as every command writes them.
QJsonObject target_json(const ChosenTarget &chosen);

QStringList token_texts(const Trace &trace);

} // namespace encoderscope
