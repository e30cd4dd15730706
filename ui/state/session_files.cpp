// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/session_files.h"

#include "engine/analysis/trace_reader.h"
#include "engine/error.h"
#include "engine/model/model_hash.h"
#include "engine/particles.h"
#include "ui/state/model_loader.h"
#include "ui/state/session_file.h"
#include "ui/state/settings.h"
#include "ui/state/view_kinds.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <mutex>
#include <utility>

namespace encoderscope
{

namespace
{

using ModelKind = ModelReference::Kind;

constexpr qsizetype most_recent = 8;

QString lastSession()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/last") +
           sessionSuffix;
}

} // namespace

/// What is remembered as the window closes is not written over by what was kept before it.
struct SessionFiles::Turn {
    std::mutex mutex;
    int remembered = 0; ///< so many times
};

SessionFiles::SessionFiles(Session &session, ModelLoader &loader, QObject *parent)
    : QObject(parent)
    , session_(session)
    , loader_(loader)
    , turn_(std::make_shared<Turn>())
    , keeping_([this](const Result<Done> &kept) {
        if (!kept && !kept.wasStopped())
            Q_EMIT noticed(kept.problem());
    })
    , comparing_([this](const Result<QString> &other) {
        if (other && !other->isEmpty())
            Q_EMIT noticed(
                tr("%1 has other weights than when this session was saved: its numbers differ.").arg(*other));
    })
{
    connect(&loader_, &ModelLoader::started, this, [this](const QString &source) {
        // Until it has been painted: what ends the program on the way is not opened again unasked.
        opening_ = source;
        setMark(Mark::opening, source);
        setMissing(QString());
    });
    connect(&loader_, &ModelLoader::opened, this, &SessionFiles::accept);
    connect(&loader_, &ModelLoader::traceOpened, this, &SessionFiles::acceptTrace);
    connect(&session_, &Session::unchangeable, this, [this] {
        Q_EMIT noticed(tr("This run was recorded and cannot be changed; open a model to run sentences."));
    });
    connect(&loader_, &ModelLoader::failed, this, [this](const QString &message) {
        reading_ = false;
        ended();
        if (!session_.model())
            setMissing(message);
    });
    connect(&loader_, &ModelLoader::openingChanged, this, [this] {
        if (loader_.opening().isNull() && !unproven_) {
            ended();
            if (!session_.model() && missing_.isEmpty())
                setMissing(tr("The model %1 was not opened.").arg(session_.state().input.reference.source));
        }
    });
    connect(&session_, &Session::timesChanged, this, [this] {
        if (unproven_ && session_.shown() && session_.shown().now->model_pointer() == unproven_)
            ended();
    });
    connect(&session_, &Session::stateChanged, this, [this] {
        if (session_.model()) {
            setMissing(QString());
            if (std::exchange(reading_, false)) // undone before it was there
                loader_.cancel();
        } else if (!beginning_ && missing_.isEmpty() && (loader_.opening().isNull() || reading_)) {
            readModel(true); // redone, or another one while the one before was still being read
        }
        if (!keep_.isActive())
            keep_.start();
    });
    keep_.setSingleShot(true);
    keep_.setInterval(5000);
    connect(&keep_, &QTimer::timeout, this, &SessionFiles::keep);
}

QStringList SessionFiles::recent()
{
    return load(setting::recentSessions);
}

/// With its model when the session has it already.
SessionState SessionFiles::withModel(SessionState state) const
{
    const RunInput &now = session_.state().input;
    ModelReference wanted = state.input.reference;
    wanted.hash = now.reference.hash;
    const bool same = wanted == now.reference && wanted.kind != ModelKind::unsaved;
    const QString &hash = state.input.reference.hash;
    if (now.recorded && same)
        state.input = now; // a recorded run is all of it
    else if (now.model && !now.recorded && wanted.kind != ModelKind::trace &&
             (same || (!hash.isEmpty() && hash == model_hash(now.model))))
        state.input.model = now.model;
    for (PinnedRun &run : state.pinnedRuns) {
        ModelReference named = run.input.reference;
        named.hash = now.reference.hash;
        if (now.model && !now.recorded && named == now.reference && named.kind != ModelKind::unsaved)
            run.input.model = now.model;
    }
    // What was read belongs to the file; the session names what it has.
    if (state.input.model)
        state.input.reference = referenceOf(*state.input.model);
    return state;
}

void SessionFiles::open(const QString &path)
{
    const SessionState state = readSessionFile(path, viewKinds());
    session_.replace(withModel(state), tr("Open %1").arg(QFileInfo(path).fileName()));
    setPath(path);
    readModel(true);
}

void SessionFiles::save(const QString &path)
{
    writeSessionFile(identified(session_.state()), path);
    setPath(path);
    if (session_.state().input.reference.kind == ModelKind::unsaved)
        Q_EMIT noticed(tr("The model in this session was trained here and is not saved with it: save it as a "
                          "folder on the training page."));
}

void SessionFiles::begin(SessionState state, const QString &path, bool asked)
{
    beginning_ = true;
    session_.begin(withModel(std::move(state)));
    beginning_ = false;
    if (!path.isEmpty())
        setPath(path);
    readModel(asked || !path.isEmpty());
}

SessionState SessionFiles::last(const SessionState &first)
{
    const QString file = lastSession();
    if (!QFileInfo::exists(file))
        return first;
    try {
        return readSessionFile(file, viewKinds());
    } catch (const Error &) {
        const QString kept = file + QStringLiteral(".unreadable");
        QFile::remove(kept);
        QFile::rename(file, kept);
        throw;
    }
}

void SessionFiles::remember()
{
    const QString file = lastSession();
    QDir().mkpath(QFileInfo(file).path());
    {
        const std::lock_guard lock(turn_->mutex);
        writeSessionFile(identified(session_.state()), file);
        ++turn_->remembered;
    }
    keep_.stop();
    ended();
}

/// In case the program ends without being closed. The disk may be slow, and hashing a model takes a while.
void SessionFiles::keep()
{
    keeping_.ask([state = session_.state(), file = lastSession(), turn = turn_,
                  remembered = turn_->remembered](const JobControl &control) mutable {
        state = identified(std::move(state));
        throwIfStopped(control.stop());
        QDir().mkpath(QFileInfo(file).path());
        const std::lock_guard lock(turn->mutex);
        if (turn->remembered == remembered)
            writeSessionFile(state, file, FileWriter::Care::flushed);
        return Done();
    });
}

/// The state with what tells its models from others.
SessionState SessionFiles::identified(SessionState state)
{
    const auto identify = [](RunInput &input) {
        if (input.model)
            input.reference.hash = model_hash(input.model);
    };
    identify(state.input);
    for (PinnedRun &run : state.pinnedRuns)
        identify(run.input);
    return state;
}

void SessionFiles::openModel()
{
    readModel(true);
}

void SessionFiles::readModel(bool asked)
{
    const RunInput &input = session_.state().input;
    if (input.model || (reading_ && loader_.opening() == input.reference.source))
        return;
    reading_ = false;
    const QString &source = input.reference.source;
    if (input.reference.kind == ModelKind::unsaved) {
        setMissing(tr("The model “%1” was trained in the window and never saved.").arg(source));
    } else if (!asked && input.reference.kind != ModelKind::standard && marked(Mark::opening) == source) {
        setMissing(tr("The program ended unexpectedly when it last opened the model %1.").arg(source));
    } else {
        reading_ = true;
        loader_.open(source);
    }
}

void SessionFiles::accept(const ModelPtr &model)
{
    reading_ = false;
    unproven_ = model;
    // As sessions name it, whatever it was opened by.
    opening_ = referenceOf(*model).source;
    setMark(Mark::opening, opening_);
    if (session_.model()) {
        session_.setModel(model);
        return;
    }
    const QString hash = session_.state().input.reference.hash;
    session_.attachModel(model);
    if (!hash.isEmpty())
        comparing_.ask([model, hash](const JobControl &) {
            return model_hash(model) == hash ? QString() : model->name;
        });
}

void SessionFiles::acceptTrace(const TracePtr &trace)
{
    reading_ = false;
    unproven_ = trace->model_pointer();
    opening_ = referenceOf(trace->model()).source;
    setMark(Mark::opening, opening_);
    if (session_.model())
        session_.setRecorded(trace);
    else
        session_.attachRecorded(trace);
    const QStringList lacking = lacking_parts(*trace);
    Q_EMIT noticed(tr("A recorded run of %1: nothing of it can be switched. The file does not hold: %2.")
                       .arg(trace->model().name, lacking.join(QStringLiteral(", "))));
}

void SessionFiles::setMissing(const QString &missing)
{
    const QString said = withParticles(missing);
    if (said == missing_)
        return;
    missing_ = said;
    Q_EMIT missingChanged();
}

void SessionFiles::setPath(const QString &path)
{
    path_ = QFileInfo(path).absoluteFilePath();
    QStringList recent = load(setting::recentSessions);
    recent.removeAll(path_);
    recent.prepend(path_);
    store(setting::recentSessions, QStringList(recent.mid(0, most_recent)));
    Q_EMIT pathChanged();
}

/// The opening of a model has come to an end that is no crash.
void SessionFiles::ended()
{
    unproven_.reset();
    if (opening_.isNull())
        return;
    opening_ = QString();
    setMark(Mark::opening, QString());
}

} // namespace encoderscope
