// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/thumbnail_worker.h"

#include "ui/map/thumbnails.h"

namespace encoderscope
{

ThumbnailWorker::ThumbnailWorker(QObject *parent)
    : QObject(parent)
    , thread_([this](const std::stop_token &quit) { work(quit); })
{
}

ThumbnailWorker::~ThumbnailWorker()
{
    thread_.request_stop();
    mailbox_.stopRunning();
}

void ThumbnailWorker::request(ThumbnailRequest request)
{
    mailbox_.put(std::move(request), true);
}

void ThumbnailWorker::work(const std::stop_token &quit)
{
    while (const auto delivery = mailbox_.take(quit)) {
        const ThumbnailRequest &request = delivery->request;
        for (const MapPart &part : request.parts) {
            const QImage image = thumbnail(request.compared, part, request.dark, delivery->stop);
            if (delivery->stop.stop_requested())
                break;
            Q_EMIT made(request.generation, part, image);
        }
    }
}

} // namespace encoderscope
