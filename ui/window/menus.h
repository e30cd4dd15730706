// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QObject>

#include <functional>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace encoderscope
{

class Session;

/// The menu bar: every action of the window with its shortcut. What the session can do goes straight to it;
/// what is the window's comes out as a signal.
class Menus : public QObject
{
    Q_OBJECT

public:
    Menus(Session &session, QMainWindow &window);

    /// Makes the menus again, as after a change of language or of the pages.
    void build(const QStringList &pages);

Q_SIGNALS:
    void openSessionRequested();
    void sessionChosen(const QString &path);
    void saveSessionRequested();
    void saveSessionAsRequested();
    void openCorpusRequested();
    void makeCorpusRequested();
    void corpusChosen(const QString &path);
    void defaultModelRequested();
    void modelFolderRequested();
    void modelDownloadRequested();
    void pageChosen(int page);
    void languageChosen(const QString &code);
    void themeChosen(const QString &name);
    void exportRequested();
    void copyRequested();
    void allHeadsRequested();
    void seriesRequested();
    void courseRequested();
    void lessonRequested();
    void lessonStepRequested();
    void presentationRequested();
    void spotlightRequested();
    void scaleRequested(double factor); ///< 0: as the desktop has it
    void escapeRequested();
    void pairsRequested(int step); ///< so many minimal pairs further
    void helpRequested();
    void aboutRequested();
    void shortcutsRequested();

private:
    void buildFile();
    void buildEdit();
    void buildSelect();
    void buildCompare();
    void buildView(const QStringList &pages);
    void buildHelp();
    QAction *add(QMenu *menu, const QString &text, const QKeySequence &shortcut, std::function<void()> act);
    void addChoice(QMenu *menu, QActionGroup *group, const QString &text, const QKeySequence &shortcut,
                   std::function<bool()> chosen, std::function<void()> choose);

    /// Fills a menu with files whenever the one that it is in is shown.
    void offerRecent(QMenu *menu, QMenu *recent, QStringList (*paths)(),
                     void (Menus::*chosen)(const QString &));

    Session &session_;
    QMainWindow &window_;
};

} // namespace encoderscope
