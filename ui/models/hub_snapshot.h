// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/hub_blob.h"

#include <vector>

namespace encoderscope
{

/// Makes the folder `snapshots/REVISION` of a model in the cache, with links to the blobs of its files, and
/// says in `refs/main` that it is the newest. What is there is replaced in one step, so that a program that
/// has it open, or makes the same, is not disturbed. Returns the folder. Throws Error.
QString makeSnapshot(const QString &modelFolder, const QString &revision, const std::vector<HubFile> &files);

} // namespace encoderscope
