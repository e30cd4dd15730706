// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/option_parser.h"
#include "ui/state/session_state.h"

namespace encoderscope
{

/// --factor, --steer, --steer-to and --steer-from: what is multiplied by a factor, and the difference of two
/// runs that is added after a layer. Layers and heads count from 1, neurons from 0.
class SteeringOptions
{
public:
    SteeringOptions();

    void add_to(OptionParser &parser) const;
    QList<QCommandLineOption> all() const { return {scale_, steer_, to_, from_}; }
    /// Puts what was said into the run's switches; its text and model are there. Runs the encoder on the
    /// texts of a difference. Throws ArgumentError, and Error for texts that cannot be run.
    void apply(const QCommandLineParser &parser, RunInput &input) const;

private:
    void add_difference(const QCommandLineParser &parser, RunInput &input) const;

    QCommandLineOption scale_, steer_, to_, from_;
};

} // namespace encoderscope
