// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/catalogue.h"

namespace encoderscope
{

/// The names of all kinds of figures.
QStringList kind_names();
/// To standard output: a line for each kind, or JSON with the parameters of each.
void print_figure_list(bool json);

/// What the help says of `figure`, and of one kind.
QString figure_description();
QString kind_description(const FigureKind &kind);

} // namespace encoderscope
