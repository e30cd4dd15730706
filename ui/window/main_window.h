// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

class QSplitter;
class QTabBar;
class QToolButton;

namespace encoderscope
{

class ContextHelp;
class CorpusPage;
class FigureExports;
class LessonGuide;
class LessonPanel;
class Menus;
struct MapPart;
class ModelLoader;
class ModelMenu;
class Page;
class PageStack;
class Presentation;
class TrainingBar;
class TrainingRuns;
class SentenceBar;
class Session;
class PairsBar;
class SessionFiles;
class WindowFiles;
class WorkedExample;

/// Lists the parts of the window and lays them out. What is chosen and shown is the session's.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    MainWindow(Session &session, ModelLoader &loader, SessionFiles &files);

    QStringList pageTitles() const;
    int page() const;
    void showPage(int page);
    /// A chapter of the course, by its name in files, at a step from 0.
    void openLesson(const QString &name, int step);
    /// One that somebody wrote: opened after the course's. Says what is wrong with it.
    void openLessonFile(const QString &path);
    /// Minimal pairs of a file, the first of them at once.
    void openPairs(const QString &path);

    /// Size and panes as they were when the window was last closed.
    void restoreLayout();

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void connectPage(Page *page);
    CorpusPage *corpus();
    /// While the page Weights is shown, a click in the map chooses the matrix instead of another page.
    void showWeightsOf(const MapPart &part);
    void showPageOfState();
    void retranslate();
    void saveLessonStep();
    void scaleText(double factor);
    void fitPanes();
    void showLesson();

    Session &session_;
    SentenceBar *sentences_;
    QTabBar *tabs_;
    PageStack *pages_;
    WorkedExample *worked_;
    QToolButton *specials_;
    QSplitter *panes_;
    ModelLoader &loader_;
    ModelMenu *models_;
    Menus *menus_;
    LessonGuide *lessons_;
    LessonPanel *lessonPanel_;
    SessionFiles &files_;
    WindowFiles *opened_;
    FigureExports *exports_;
    PairsBar *pairs_;
    TrainingRuns *trainings_ = nullptr;
    TrainingBar *trainingBar_ = nullptr;
    Presentation *presentation_ = nullptr;
    ContextHelp *help_;
    QByteArray panesBefore_; ///< the presentation
    bool painted_ = false;   ///< a result has been
    bool leaving_ = false;   ///< closes although the session could not be remembered
};

} // namespace encoderscope
