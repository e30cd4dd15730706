// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/model_loader.h"
#include "ui/state/session_files.h"
#include "ui/window/main_window.h"

namespace encoderscope
{

/// The program's window with what it is made of; not shown yet.
///
///     auto &[session, loader, files, window] = opened;
///
/// Where a lambda captures them, references instead: Clang captures the names of a structured binding from
/// its version 16 on.
struct OpenedWindow {
    Session session{};
    ModelLoader loader{};
    SessionFiles files{session, loader};
    MainWindow window{session, loader, files};
};

} // namespace encoderscope
