// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/default_model.h"

#include "engine/model/load_model.h"

namespace encoderscope
{

ModelPtr default_model()
{
    auto model = std::make_shared<Model>(*load_model(QStringLiteral(":/model")));
    model->name = QStringLiteral("Encoderscope default");
    model->folder.clear();
    return model;
}

} // namespace encoderscope
