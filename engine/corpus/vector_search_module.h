// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/vector_search.h"

#include <QString>

namespace encoderscope
{

/// The module with FAISS, loaded when it is first asked for. It is looked for in the folder that the
/// environment's ENCODERSCOPE_MODULES names, else beside the program and where it is installed. Throws Error
/// when it is not there or cannot be loaded.
const VectorSearch &vector_search();
/// Looks for it as the program in `folder` would: for a process that is not the program (Python). Called
/// before any other thread asks.
void look_for_modules_as(const QString &folder);

} // namespace encoderscope
