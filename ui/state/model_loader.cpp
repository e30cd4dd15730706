// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/model_loader.h"

#include "engine/error.h"
#include "engine/model/default_model.h"
#include "engine/model/load_model.h"
#include "engine/model/model_sources.h"

#include <new>

namespace encoderscope
{

ModelLoader::ModelLoader(QObject *parent)
    : QObject(parent)
    , job_([this](const Result<ModelPtr> &model) { accept(model); })
{
}

void ModelLoader::open(const QString &folderOrName)
{
    opening_ = folderOrName.isNull() ? QStringLiteral("") : folderOrName;
    job_.ask([wanted = opening_](const JobControl &) {
        try {
            return wanted.isEmpty() ? default_model() : load_model(resolve_model(wanted));
        } catch (const std::bad_alloc &) {
            throw Error(tr("There is not enough memory to open %1.").arg(wanted));
        }
    });
    Q_EMIT started(opening_);
    Q_EMIT openingChanged();
}

void ModelLoader::cancel()
{
    if (opening_.isNull())
        return;
    job_.cancel();
    opening_ = QString();
    Q_EMIT openingChanged();
}

void ModelLoader::accept(const Result<ModelPtr> &model)
{
    if (opening_.isNull())
        return; // cancelled
    opening_ = QString();
    if (model)
        Q_EMIT opened(*model);
    else
        Q_EMIT failed(model.problem());
    Q_EMIT openingChanged();
}

} // namespace encoderscope
