// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"
#include "ui/session/mailbox.h"

#include <QObject>

#include <thread>

namespace encoderscope
{

/// Opens models off the UI thread. Only the newest wish counts.
class ModelLoader : public QObject
{
    Q_OBJECT

public:
    explicit ModelLoader(QObject *parent = nullptr);
    ~ModelLoader() override;

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

    /// Internal: from the loader's thread.
    void loaded(quint64 generation, const encoderscope::ModelPtr &model, const QString &problem);

private:
    struct Request {
        quint64 generation = 0;
        QString folderOrName;
    };

    void work(const std::stop_token &quit);
    void accept(quint64 generation, const ModelPtr &model, const QString &problem);

    QString opening_;
    quint64 generation_ = 0;
    Mailbox<Request> mailbox_;
    std::jthread thread_; ///< last, so that it ends before what it uses
};

} // namespace encoderscope
