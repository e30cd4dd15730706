// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/state/session.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <utility>
#include <vector>

namespace encoderscope
{

class ModelLoader;

/// Sessions on disk, and the models that they name: opens and saves them, brings the last one back at the
/// next start, and gives the session what the loader has read.
class SessionFiles : public QObject
{
    Q_OBJECT

public:
    SessionFiles(Session &session, ModelLoader &loader, QObject *parent = nullptr);

    /// The session that was opened or saved last; empty = none yet.
    const QString &path() const { return path_; }
    /// Those opened or saved lately, the last one first, as absolute paths.
    static QStringList recent();

    /// Opens a session; its model follows when it is read. Throws Error, and then nothing has changed.
    void open(const QString &path);
    /// Throws Error.
    void save(const QString &path);

    /// As the last window was closed, or `first` when there was none. Throws Error when what was remembered
    /// cannot be read; the file is then kept under another name.
    static SessionState last(const SessionState &first);
    /// For the next start. Throws Error.
    void remember();
    /// What the program starts with: nothing to undo. Reads its model, but not one whose last opening ended
    /// the program, unless it was `asked` for. `path`: where the state is from.
    void begin(SessionState state, const QString &path = {}, bool asked = false);

    /// Why the session has no model, for the user; empty when it has one or it is being read.
    const QString &missing() const { return missing_; }
    /// Reads the model that the session names, though its last opening ended the program.
    void openModel();

Q_SIGNALS:
    void pathChanged();
    void missingChanged();
    /// Something that the user should know of, without a question.
    void noticed(const QString &message);

private:
    SessionState withModel(SessionState state) const;
    void readModel(bool asked);
    void accept(const ModelPtr &model);
    void acceptTrace(const TracePtr &trace);
    void setMissing(const QString &missing);
    void setPath(const QString &path);
    void ended();
    struct Turn;
    static SessionState identified(SessionState state);
    void keep();

    Session &session_;
    ModelLoader &loader_;
    QString path_;
    QString missing_;
    bool beginning_ = false;
    bool reading_ = false;       ///< the loader is at the session's own model
    QString opening_;            ///< what is noted as being opened; null = nothing
    ModelPtr unproven_;          ///< read, but not painted yet
    QTimer keep_;                ///< runs out some seconds after a change
    std::shared_ptr<Turn> turn_; ///< at the file of the last session
    Job<Done> keeping_;
    Job<QString> comparing_; ///< names the model whose weights are not those of the session
};

} // namespace encoderscope
