// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"
#include "ui/jobs/job.h"

#include <QObject>

#include <variant>

namespace encoderscope
{

/// Opens models, and runs that were written to files, off the UI thread. Only the newest wish counts.
class ModelLoader : public QObject
{
    Q_OBJECT

public:
    explicit ModelLoader(QObject *parent = nullptr);

    /// What named_model() knows, or the file of a trace; empty: the default model.
    void open(const QString &folderOrName);
    /// What is being opened is not wanted any more.
    void cancel();

    /// What is being opened; null when nothing is.
    const QString &opening() const { return opening_; }

    using Opened = std::variant<ModelPtr, TracePtr>;
    /// What open() opens, for who has a job of their own. Throws Error.
    static Opened read(const QString &source);
    static const ModelPtr &modelOf(const Opened &opened);

Q_SIGNALS:
    void started(const QString &folderOrName);
    void opened(const encoderscope::ModelPtr &model);
    void traceOpened(const encoderscope::TracePtr &trace);
    void failed(const QString &message);
    /// One of the above, or cancelled.
    void openingChanged();

private:
    void accept(const Result<Opened> &result);

    QString opening_;
    Job<Opened> job_;
};

} // namespace encoderscope
