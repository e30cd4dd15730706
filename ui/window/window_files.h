// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMimeData;

namespace encoderscope
{

class ModelLoader;
class SessionFiles;

/// The files that are chosen for the window or dropped on it: each opened as what it is. What is wrong with
/// one is said.
class WindowFiles : public QObject
{
    Q_OBJECT

public:
    WindowFiles(SessionFiles &files, ModelLoader &loader, QWidget *window);

    /// A session, lesson, recorded run, corpus, or minimal pairs.
    void open(const QString &path);
    /// There is one of those, or a model's folder.
    static bool takes(const QMimeData &data);
    /// Opens it.
    void drop(const QMimeData &data);

    // Those that let the user choose a file.
    void chooseSession();
    void chooseLesson();
    void saveSessionAs();
    /// Where it was saved before, else the same.
    void saveSession();

Q_SIGNALS:
    void lessonOpened(const QString &path);
    void pairsOpened(const QString &path);
    void corpusOpened(const QString &path);
    void sessionSaved(const QString &path);

private:
    void save(const QString &path);

    SessionFiles &files_;
    ModelLoader &loader_;
    QWidget *window_;
};

} // namespace encoderscope
