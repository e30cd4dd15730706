// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/state/model_loader.h"
#include "ui/state/session.h"

#include <QObject>

namespace encoderscope
{

/// Opens the models of pinned runs, beside the window, when they are first compared with: session files only
/// name them. What is being opened is noted in the settings until it has been painted: a model that ended the
/// program, as the run's own or as a reference, is opened again only when its run is chosen.
class ReferenceLoader : public QObject
{
    Q_OBJECT

public:
    explicit ReferenceLoader(Session &session, QObject *parent = nullptr);
    ~ReferenceLoader() override;

Q_SIGNALS:
    /// Something that the user should know of, without a question.
    void noticed(const QString &message);

private:
    void look();
    void accept(const Result<ModelLoader::Opened> &result);
    void ended();

    Session &session_;
    QStringList suspected_; ///< what was being opened when the program ended unexpectedly
    bool noted_ = false;    ///< something is noted as being opened
    ModelPtr unproven_;     ///< read, but not painted yet
    ModelReference opening_;
    QString name_; ///< of the run that it is opened for
    bool running_ = false;
    ReferenceChoice choice_;            ///< as it was looked at last
    std::vector<ModelReference> tried_; ///< since it was chosen
    Job<ModelLoader::Opened> job_;
};

} // namespace encoderscope
