// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/window_files.h"

#include "engine/analysis/trace_reader.h"
#include "engine/corpus/corpus_settings.h"
#include "engine/error.h"
#include "engine/text/minimal_pairs.h"
#include "ui/lessons/lesson_writer.h"
#include "ui/plain_text.h"
#include "ui/state/model_loader.h"
#include "ui/state/session_file.h"
#include "ui/state/session_files.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace encoderscope
{

namespace
{

/// A model's folder that was dropped, or the one that a dropped file lies in; empty when it is neither.
QString droppedFolder(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    if (urls.size() != 1 || !urls.first().isLocalFile())
        return {};
    const QFileInfo dropped(urls.first().toLocalFile());
    const QDir folder(dropped.isDir() ? dropped.filePath() : dropped.path());
    return folder.exists(QStringLiteral("config.json")) ? folder.path() : QString();
}

/// A file of a session, a lesson or pairs that was dropped; empty when it is none.
QString droppedSession(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    const QString path = urls.size() == 1 ? urls.first().toLocalFile() : QString();
    const bool named =
        path.endsWith(sessionSuffix) || path.endsWith(QStringLiteral(".json")) || is_pairs_file(path);
    return named && QFileInfo(path).isFile() &&
                   (path.endsWith(sessionSuffix) || is_pairs_file(path) || isLessonFile(path))
               ? path
               : QString();
}

/// A trace's file that was dropped; empty when it is none.
QString droppedTrace(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    const QString path = urls.size() == 1 ? urls.first().toLocalFile() : QString();
    return path.endsWith(trace_suffix) && is_trace_file(path) ? path : QString();
}

/// A corpus's file that was dropped; empty when it is none.
QString droppedCorpus(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    const QString path = urls.size() == 1 ? urls.first().toLocalFile() : QString();
    return path.endsWith(corpus_suffix) && QFileInfo(path).isFile() ? path : QString();
}

} // namespace

WindowFiles::WindowFiles(SessionFiles &files, ModelLoader &loader, QWidget *window)
    : QObject(window)
    , files_(files)
    , loader_(loader)
    , window_(window)
{
}

bool WindowFiles::takes(const QMimeData &data)
{
    return !droppedSession(data).isEmpty() || !droppedTrace(data).isEmpty() ||
           !droppedCorpus(data).isEmpty() || !droppedFolder(data).isEmpty();
}

void WindowFiles::drop(const QMimeData &data)
{
    const QString session = droppedSession(data);
    const QString trace = droppedTrace(data);
    const QString sentences = droppedCorpus(data);
    if (!trace.isEmpty())
        loader_.open(trace);
    else if (!sentences.isEmpty())
        Q_EMIT corpusOpened(sentences);
    else if (session.isEmpty())
        loader_.open(droppedFolder(data));
    else
        open(session);
}

void WindowFiles::open(const QString &path)
{
    if (isLessonFile(path)) {
        Q_EMIT lessonOpened(path);
        return;
    }
    if (is_pairs_file(path)) {
        Q_EMIT pairsOpened(path);
        return;
    }
    if (path.endsWith(trace_suffix)) {
        loader_.open(path);
        return;
    }
    if (path.endsWith(corpus_suffix)) {
        Q_EMIT corpusOpened(path);
        return;
    }
    try {
        files_.open(path);
    } catch (const Error &error) {
        showMessage(window_, QMessageBox::Warning, tr("The session cannot be opened"), error.message());
    }
}

void WindowFiles::save(const QString &path)
{
    try {
        files_.save(path);
        Q_EMIT sessionSaved(files_.path());
    } catch (const Error &error) {
        showMessage(window_, QMessageBox::Warning, tr("The session cannot be saved"), error.message());
    }
}

void WindowFiles::chooseSession()
{
    auto *dialog = new QFileDialog(window_, tr("Open session"), QFileInfo(files_.path()).path(),
                                   tr("Sessions, lessons and recorded runs") + QStringLiteral(" (*") +
                                       sessionSuffix + QStringLiteral(" *.json *") + trace_suffix + u')');
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &WindowFiles::open);
    dialog->open();
}

void WindowFiles::saveSession()
{
    if (files_.path().isEmpty())
        saveSessionAs();
    else
        save(files_.path());
}

void WindowFiles::saveSessionAs()
{
    auto *dialog = new QFileDialog(window_, tr("Save session"), files_.path(),
                                   tr("Sessions") + QStringLiteral(" (*") + sessionSuffix + u')');
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(sessionSuffix.mid(1));
    connect(dialog, &QFileDialog::fileSelected, this, &WindowFiles::save);
    dialog->open();
}

void WindowFiles::chooseLesson()
{
    auto *dialog =
        new QFileDialog(window_, tr("Open a lesson"), QString(), tr("Lessons") + QStringLiteral(" (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &WindowFiles::lessonOpened);
    dialog->open();
}

} // namespace encoderscope
