// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"
#include "ui/jobs/job.h"

#include <QObject>

namespace encoderscope
{

/// Opens models off the UI thread. Only the newest wish counts.
class ModelLoader : public QObject
{
    Q_OBJECT

public:
    explicit ModelLoader(QObject *parent = nullptr);

    /// A folder, or the name of a model in the local cache; empty: the default model.
    void open(const QString &folderOrName);
    /// What is being opened is not wanted any more.
    void cancel();

    /// What is being opened; null when nothing is.
    const QString &opening() const { return opening_; }

Q_SIGNALS:
    void started(const QString &folderOrName);
    void opened(const encoderscope::ModelPtr &model);
    void failed(const QString &message);
    /// One of the above, or cancelled.
    void openingChanged();

private:
    void accept(const Result<ModelPtr> &model);

    QString opening_;
    Job<ModelPtr> job_;
};

} // namespace encoderscope
