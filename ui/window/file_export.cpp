// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/file_export.h"

#include "engine/error.h"
#include "ui/pages/background.h"

#include <QPromise>
#include <QtConcurrentRun>

namespace encoderscope
{

namespace
{

struct Stopped {
};

} // namespace

FileExport::FileExport(int total, Write write, QObject *parent)
    : QObject(parent)
    , total_(total)
{
    connect(&watcher_, &QFutureWatcher<QString>::progressValueChanged, this, [this](int done) {
        const double seconds = static_cast<double>(clock_.elapsed()) / 1000.0;
        Q_EMIT progressed(done, done > 0 ? seconds / done * (total_ - done) : 0.0);
    });
    connect(&watcher_, &QFutureWatcher<QString>::finished, this, [this] {
        const bool failed = watcher_.future().resultCount() > 0;
        Q_EMIT finished(watcher_.progressValue(), failed ? watcher_.future().resultAt(0) : QString());
    });
    clock_.start();
    watcher_.setFuture(
        QtConcurrent::run(&backgroundThreads(),
                          [total, write = std::move(write), stopped = stopped_](QPromise<QString> &promise) {
                              promise.setProgressRange(0, total);
                              try {
                                  write([&promise](int done) {
                                      promise.setProgressValue(done);
                                      if (promise.isCanceled())
                                          throw Stopped();
                                  });
                              } catch (const Stopped &) {
                                  *stopped = true;
                              } catch (const Error &error) {
                                  promise.addResult(error.message());
                              }
                          }));
}

FileExport::~FileExport()
{
    watcher_.cancel();
}

void FileExport::cancel()
{
    watcher_.cancel();
}

} // namespace encoderscope
