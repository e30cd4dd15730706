// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/model_loader.h"

#include "engine/analysis/trace_reader.h"
#include "engine/error.h"
#include "engine/model/built_in_models.h"
#include "engine/model/default_model.h"

#include <QFileInfo>

#include <new>

namespace encoderscope
{

ModelLoader::ModelLoader(QObject *parent)
    : QObject(parent)
    , job_([this](const Result<Opened> &result) { accept(result); })
{
}

ModelLoader::Opened ModelLoader::read(const QString &source)
{
    if (source.isEmpty())
        return default_model();
    if (QFileInfo(source).isFile() && is_trace_file(source))
        return read_trace(source);
    return named_model(source);
}

const ModelPtr &ModelLoader::modelOf(const Opened &opened)
{
    const auto *trace = std::get_if<TracePtr>(&opened);
    return trace ? (*trace)->model_pointer() : std::get<ModelPtr>(opened);
}

void ModelLoader::open(const QString &folderOrName)
{
    opening_ = folderOrName.isNull() ? QStringLiteral("") : folderOrName;
    job_.ask([wanted = opening_](const JobControl &) {
        try {
            return read(wanted);
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

void ModelLoader::accept(const Result<Opened> &result)
{
    if (opening_.isNull())
        return; // cancelled
    opening_ = QString();
    if (!result)
        Q_EMIT failed(result.problem());
    else if (const auto *trace = std::get_if<TracePtr>(&*result))
        Q_EMIT traceOpened(*trace);
    else
        Q_EMIT opened(std::get<ModelPtr>(*result));
    Q_EMIT openingChanged();
}

} // namespace encoderscope
