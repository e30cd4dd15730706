// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QFutureWatcher>

#include <atomic>
#include <functional>
#include <memory>

namespace encoderscope
{

/// Writes files off the UI thread; stops at the next report when it is cancelled or deleted.
class FileExport : public QObject
{
    Q_OBJECT

public:
    /// How much is done of the total. Does not return when there is to be no more.
    using Report = std::function<void(int done)>;
    /// What is written; owns what it needs. Throws Error.
    using Write = std::function<void(const Report &report)>;

    FileExport(int total, Write write, QObject *parent);
    ~FileExport() override;

    void cancel();
    /// It was cancelled before it was done.
    bool stopped() const { return *stopped_; }
    int total() const { return total_; }

Q_SIGNALS:
    void progressed(int done, double secondsLeft);
    /// `problem` is empty when all went well.
    void finished(int done, const QString &problem);

private:
    int total_;
    std::shared_ptr<std::atomic<bool>> stopped_ = std::make_shared<std::atomic<bool>>(false);
    QElapsedTimer clock_;
    QFutureWatcher<QString> watcher_; ///< a result is what went wrong
};

} // namespace encoderscope
