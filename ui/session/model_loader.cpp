// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/model_loader.h"

#include "engine/error.h"
#include "engine/model/default_model.h"
#include "engine/model/load_model.h"
#include "engine/model/model_sources.h"

#include <new>

namespace encoderscope
{

ModelLoader::ModelLoader(QObject *parent)
    : QObject(parent)
    , thread_([this](const std::stop_token &quit) { work(quit); })
{
    connect(this, &ModelLoader::loaded, this, &ModelLoader::accept, Qt::QueuedConnection);
}

ModelLoader::~ModelLoader()
{
    thread_.request_stop();
}

void ModelLoader::open(const QString &folderOrName)
{
    opening_ = folderOrName.isNull() ? QStringLiteral("") : folderOrName;
    mailbox_.put({++generation_, opening_}, true);
    Q_EMIT started(opening_);
    Q_EMIT openingChanged();
}

void ModelLoader::cancel()
{
    if (opening_.isNull())
        return;
    ++generation_;
    opening_ = QString();
    Q_EMIT openingChanged();
}

void ModelLoader::work(const std::stop_token &quit)
{
    while (const auto delivery = mailbox_.take(quit)) {
        const Request &request = delivery->request;
        try {
            const ModelPtr model = request.folderOrName.isEmpty()
                                       ? default_model()
                                       : load_model(resolve_model(request.folderOrName));
            Q_EMIT loaded(request.generation, model, QString());
        } catch (const Error &error) {
            Q_EMIT loaded(request.generation, nullptr, error.message());
        } catch (const std::bad_alloc &) {
            Q_EMIT loaded(request.generation, nullptr,
                          tr("There is not enough memory to open %1.").arg(request.folderOrName));
        }
    }
}

void ModelLoader::accept(quint64 generation, const ModelPtr &model, const QString &problem)
{
    if (generation != generation_)
        return;
    opening_ = QString();
    if (model)
        Q_EMIT opened(model);
    else
        Q_EMIT failed(problem);
    Q_EMIT openingChanged();
}

} // namespace encoderscope
