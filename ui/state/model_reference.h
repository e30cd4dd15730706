// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

namespace encoderscope
{

/// Which model, as a file can say it.
struct ModelReference {
    enum class Kind {
        standard, ///< the default model, which is part of the program
        folder,   ///< `source` is an absolute path
        hub,      ///< `source` is a name on the Hub
        builtIn,  ///< `source` is one of built_in_models()
        trace,    ///< only its recorded run is known; `source` is an absolute path of that file
        unsaved,  ///< trained in the window and never saved; `source` is what it was called
    };

    Kind kind = Kind::standard;
    QString source = {};
    QString hash = {}; ///< of its content, see model_hash(); empty = not known

    bool operator==(const ModelReference &) const = default;
};

/// What names that model. The hash is left empty.
ModelReference referenceOf(const Model &model);

} // namespace encoderscope
