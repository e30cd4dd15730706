// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/parameters.h"

namespace encoderscope
{

/// Of a layer: as far up as the model goes.
constexpr int last_layer = 9999;

/// What can be chosen on the pages, by the view's name. "attention-page" and the like are the pages
/// themselves: which of their tabs is open.
const ViewKinds &viewKinds();

/// One of them. Both exist.
const ParameterKind &viewKind(const QString &view, const QString &name);

/// The pages' names, in the order in which the window lists them.
const QStringList &pageNames();
/// The name of the page that explains.
QString whyPage();
/// The name of the page of many sentences.
QString corpusPage();

} // namespace encoderscope
