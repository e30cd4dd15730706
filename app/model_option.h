// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

#include <QCommandLineParser>

namespace encoderscope
{

/// `--model FOLDER_OR_NAME`, the same for every command.
QCommandLineOption model_option();

/// The model that the option names, or the default model when it is not set. Throws Error.
ModelPtr model_from(const QCommandLineParser &parser);

} // namespace encoderscope
