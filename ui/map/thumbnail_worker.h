// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/compared_trace.h"
#include "ui/map/map_layout.h"
#include "ui/session/mailbox.h"

#include <QImage>
#include <QObject>

#include <thread>
#include <vector>

namespace encoderscope
{

/// Thumbnails that take too long for the UI thread.
struct ThumbnailRequest {
    quint64 generation = 0;
    ComparedTrace compared;
    std::vector<MapPart> parts;
    bool dark = false;
};

/// Makes them on a thread of its own; a newer request stops an older one.
class ThumbnailWorker : public QObject
{
    Q_OBJECT

public:
    explicit ThumbnailWorker(QObject *parent = nullptr);
    ~ThumbnailWorker() override;

    void request(ThumbnailRequest request);

Q_SIGNALS:
    /// From the worker's thread: connections to objects of other threads are queued.
    void made(quint64 generation, const encoderscope::MapPart &part, const QImage &image);

private:
    void work(const std::stop_token &quit);

    Mailbox<ThumbnailRequest> mailbox_;
    std::jthread thread_; ///< last, so that it ends before what it uses
};

} // namespace encoderscope
