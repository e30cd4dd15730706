// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/catalogue.h"

namespace encoderscope
{

/// The figure of the run and that of the reference, with one colour scale. `parameters` are of the run: the
/// reference shows the token that stands for the one of the run. `make` makes one of them.
using MakeOne =
    std::function<MadeFigure(const Frame &frame, const Parameters &parameters, const std::any &kept)>;
MadeFigure sideBySideFigure(const FigureKind &kind, const Frame &frame, const Parameters &parameters,
                            const std::any &kept, const MakeOne &make);

/// Of what was kept for a figure side by side: what belongs to the run or to the reference.
const std::any &keptOfSide(const std::any &kept, bool reference);
/// The layer of the reference that is shown beside a layer of the run, both from 0 (-1: the embedding's
/// output): the same where both have as many, else the one that was chosen ("compared", "layer", from 1), or
/// the one as far up.
int referenceLayer(const Frame &frame, int layer);
/// What the reference's figure is made with.
Parameters referenceParameters(const FigureKind &kind, const Frame &frame, const Parameters &parameters);

} // namespace encoderscope
