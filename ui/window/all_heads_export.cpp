// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/all_heads_export.h"

#include "engine/error.h"

#include <QPromise>
#include <QtConcurrentRun>

namespace encoderscope
{

AllHeadsExport::AllHeadsExport(AllHeads heads, QObject *parent)
    : QObject(parent)
    , count_(heads.count())
{
    connect(&watcher_, &QFutureWatcher<QString>::progressValueChanged, this, [this](int done) {
        const double seconds = static_cast<double>(clock_.elapsed()) / 1000.0;
        Q_EMIT progressed(done, done > 0 ? seconds / done * (count_ - done) : 0.0);
    });
    connect(&watcher_, &QFutureWatcher<QString>::finished, this, [this] {
        const bool failed = watcher_.future().resultCount() > 0;
        Q_EMIT finished(watcher_.progressValue(), failed ? watcher_.future().resultAt(0) : QString());
    });
    clock_.start();
    watcher_.setFuture(QtConcurrent::run([all = std::move(heads)](QPromise<QString> &promise) {
        promise.setProgressRange(0, all.count());
        try {
            for (int index = 0; index < all.count() && !promise.isCanceled(); ++index) {
                all.write(index);
                promise.setProgressValue(index + 1);
            }
        } catch (const Error &error) {
            promise.addResult(error.message());
        }
    }));
}

AllHeadsExport::~AllHeadsExport()
{
    watcher_.cancel();
}

void AllHeadsExport::cancel()
{
    watcher_.cancel();
}

} // namespace encoderscope
