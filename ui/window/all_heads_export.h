// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/all_heads.h"

#include <QElapsedTimer>
#include <QFutureWatcher>

namespace encoderscope
{

/// Writes the heads' files off the UI thread; stops after the file at hand when it is cancelled or deleted.
class AllHeadsExport : public QObject
{
    Q_OBJECT

public:
    AllHeadsExport(AllHeads heads, QObject *parent);
    ~AllHeadsExport() override;

    void cancel();
    int count() const { return count_; }

Q_SIGNALS:
    void progressed(int done, double secondsLeft);
    /// `problem` is empty when all went well.
    void finished(int done, const QString &problem);

private:
    int count_;
    QElapsedTimer clock_;
    QFutureWatcher<QString> watcher_; ///< a result is what went wrong
};

} // namespace encoderscope
