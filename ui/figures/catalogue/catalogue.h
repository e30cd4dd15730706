// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/state/frame.h"

#include <any>
#include <functional>
#include <span>
#include <stop_token>

namespace encoderscope
{

/// What work that takes long tells of itself, from its own thread.
struct FigureListener {
    std::function<void(double)> progress = {};          ///< how much is done, from 0 to 1
    std::function<void(const FigurePtr &)> partly = {}; ///< a figure of what is known already
};

/// What a figure is made from.
struct FigureRequest {
    const Frame &frame;    ///< with a run
    Parameters parameters; ///< all that the kind has, each within the run: see resolved()
    const std::any &kept;  ///< what the same kind gave the same view last; may be empty
    const FigureListener &listener = nobody();

    static const FigureListener &nobody();
};

struct MadeFigure {
    FigurePtr figure = {}; ///< null: see `reason`
    QString reason = {};   ///< why the model or the text has no such figure, for the user
    std::any kept = {};    ///< spares computing it again when it is handed in with the next request
};

/// A part of the run that a figure is made from; runs that were read from files may lack it.
struct FigureNeed {
    TracePart part;
    int layer = -1; ///< from 0; -1 = every layer's
};
using FigureNeeds = std::vector<FigureNeed>;

/// The pages of the window, in their order, and the worked example.
enum class FigurePage { tokens, positions, attention, feedForward, output, why, weights, corpus, worked };

/// What the difference of a kind's numbers from a run of other tokens or another model needs.
enum class AcrossRuns {
    never,      ///< there is none
    unaffected, ///< the same: it shows the run as it is, and says so
    tokens,     ///< aligned tokens; a layer of the same number where the kind has a layer
    head,       ///< also as many heads in a layer, where one of them is shown
    allHeads,   ///< as many heads and layers
};

/// A picture that the program can make: on a page, in an export, from the command line.
struct FigureKind {
    const char *name; ///< on the command line and in session files: "attention"
    FigurePage page;
    QString (*title)(); ///< what it shows, in a line, in the language chosen
    ParameterKinds (*parameters)();
    /// Throws Error; Stopped when told to stop.
    MadeFigure (*make)(const FigureRequest &request, const std::stop_token &stop);
    /// Makes it take longer than a window should wait.
    bool (*slow)(const FigureRequest &request) = [](const FigureRequest &) { return false; };
    bool ofText = true; ///< false: of the model alone
    /// Beside tokens and hidden states; a kind that does not say computes with the model.
    FigureNeeds (*needs)(const FigureRequest &request) = [](const FigureRequest &) {
        return FigureNeeds{{TracePart::model}};
    };
    AcrossRuns acrossRuns = AcrossRuns::never;
    bool ofBoth = false; ///< of the run and the reference together, however the others are shown
};

/// All of them, in the order of the pages.
std::span<const FigureKind> catalogue();
/// Null when there is none of that name.
const FigureKind *findFigureKind(const QString &name);
/// `parameters` with all that the kind has: what is not said is the frame's pinned layer, head, token or
/// neuron, or as the kind says. Layers, heads and tokens that the run does not have become the nearest.
Parameters resolved(const FigureKind &kind, const Frame &frame, const Parameters &parameters);

/// Makes a figure of that kind, whose caption says what makes it reproducible. `frame` has a run. Throws
/// Error, and Stopped when told to stop.
MadeFigure figureOf(const FigureKind &kind, const Frame &frame, const Parameters &parameters,
                    const std::any &kept = {}, const std::stop_token &stop = {},
                    const FigureListener &listener = FigureRequest::nobody());
/// Whether that takes longer than a window should wait.
bool takesLong(const FigureKind &kind, const Frame &frame, const Parameters &parameters,
               const std::any &kept = {});

/// Why the parameters do not fit the run, for the user ("There is no layer 9: the model has layers 1 to 6.");
/// empty when they do.
QString unfitParameter(const FigureKind &kind, const Frame &frame, const Parameters &parameters);

} // namespace encoderscope
