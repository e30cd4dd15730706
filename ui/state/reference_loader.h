// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/state/model_loader.h"
#include "ui/state/session.h"

#include <QObject>

namespace encoderscope
{

/// Opens the models of pinned runs, beside the window, when they are first compared with: session files only
/// name them.
class ReferenceLoader : public QObject
{
    Q_OBJECT

public:
    explicit ReferenceLoader(Session &session, QObject *parent = nullptr);

Q_SIGNALS:
    /// Something that the user should know of, without a question.
    void noticed(const QString &message);

private:
    void look();
    void accept(const Result<ModelLoader::Opened> &result);

    Session &session_;
    ModelReference opening_;
    QString name_; ///< of the run that it is opened for
    bool running_ = false;
    ReferenceChoice choice_;            ///< as it was looked at last
    std::vector<ModelReference> tried_; ///< since it was chosen
    Job<ModelLoader::Opened> job_;
};

} // namespace encoderscope
