// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/model_reference.h"

#include "engine/model/model_sources.h"

#include <QDir>
#include <QFileInfo>

namespace encoderscope
{

ModelReference referenceOf(const Model &model)
{
    using Kind = ModelReference::Kind;
    if (!model.has_weights() && !model.files.empty())
        return {Kind::trace, QFileInfo(model.files.front()->path()).absoluteFilePath()};
    if (!model.built_in.isEmpty())
        return {Kind::builtIn, model.built_in};
    if (model.folder.isEmpty())
        return model.files.empty() ? ModelReference{Kind::unsaved, model.name} : ModelReference{};
    const QString name = model_name(model.folder);
    if (is_hub_name(name) && cached_snapshot(name) == model.folder)
        return {Kind::hub, name};
    return {Kind::folder, QDir::cleanPath(QFileInfo(model.folder).absoluteFilePath())};
}

} // namespace encoderscope
