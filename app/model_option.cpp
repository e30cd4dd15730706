// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model_option.h"

#include "engine/model/built_in_models.h"
#include "engine/model/default_model.h"

#include <QCoreApplication>

namespace encoderscope
{

QCommandLineOption model_option()
{
    return {QStringLiteral("model"),
            QCoreApplication::translate("Command", "The model: a folder, the name of a model in the local "
                                                   "Hugging Face cache, or untrained:modernbert or "
                                                   "untrained:deberta, which have learned nothing. Without "
                                                   "it, the default model."),
            QCoreApplication::translate("Command", "folder or name")};
}

ModelPtr model_from(const QCommandLineParser &parser)
{
    const QString option = QStringLiteral("model");
    return parser.isSet(option) ? named_model(parser.value(option)) : default_model();
}

} // namespace encoderscope
