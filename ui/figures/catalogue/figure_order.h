// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/catalogue.h"
#include "ui/figures/viewpoint.h"

#include <optional>
#include <vector>

namespace encoderscope
{

/// A figure to be exported: there already, or to be made.
struct FigureOrder {
    const FigureKind *kind = nullptr; ///< null: it is there
    Parameters parameters = {};
    FigurePtr figure = {};
    Viewpoint viewpoint = {};
};

/// The figure, which may have to be computed; null where the model or the text has no such figure. Its
/// caption says which part of it is shown. Throws Error and Stopped.
FigurePtr figureOf(const FigureOrder &order, const Frame &frame, const std::stop_token &stop = {});

/// The attention of every head of every layer, with these choices.
std::vector<FigureOrder> allHeads(const Frame &frame, const Parameters &choices = {});

/// Whole numbers from `first` to `last`, by `step`.
struct ValueRange {
    int first = 0;
    int last = 0;
    int step = 1;
};
/// The layers, heads or tokens of the run that the parameter can mean; nothing for one that means none.
std::optional<ValueRange> valuesIn(const ParameterKind &parameter, const Frame &frame);
/// The kind once for each value of one of its parameters, with these other choices.
std::vector<FigureOrder> ordersOver(const FigureKind &kind, const ParameterKind &parameter,
                                    const ValueRange &values, const Parameters &choices = {});

/// `figure`, whose caption says which weights the model of that name has: their hash takes some milliseconds.
FigurePtr withModelHash(const FigurePtr &figure, const Model &model);

/// `figure`, whose caption says which part of it is shown.
FigurePtr withShownPart(const FigurePtr &figure, const Viewpoint &viewpoint);

} // namespace encoderscope
