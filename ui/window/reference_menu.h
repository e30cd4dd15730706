// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/session_state.h"

class QMenu;
class QWidget;

namespace encoderscope
{

class Session;

/// Fills a menu, whenever it is about to be shown, with what the run can be compared with, and with what can
/// be done to the pinned runs. `window`: for the question what a run is to be called.
void offerReferences(QMenu &menu, Session &session, QWidget *window);
/// What a reference is called: "Run 1", "without switches".
QString referenceTitle(const ReferenceChoice &choice);

} // namespace encoderscope
