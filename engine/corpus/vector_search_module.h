// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/vector_search.h"

namespace encoderscope
{

/// The module with FAISS, loaded when it is first asked for. It is looked for in the folder that the
/// environment's ENCODERSCOPE_MODULES names, else beside the program and where it is installed. Throws Error
/// when it is not there or cannot be loaded.
const VectorSearch &vector_search();

} // namespace encoderscope
