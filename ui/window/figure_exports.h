// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/viewpoint.h"
#include "ui/pages/figure_source.h"

#include <QObject>

class QMainWindow;

namespace encoderscope
{

class LessonGuide;
class PageStack;
class Session;
class WorkedExample;

/// Figures that leave the window, by its dialogs or the clipboard.
class FigureExports : public QObject
{
    Q_OBJECT

public:
    FigureExports(Session &session, PageStack &pages, WorkedExample &worked, LessonGuide &lessons,
                  QMainWindow &window);

    void exportOne(const FigurePtr &figure, const Viewpoint &viewpoint);
    /// The grid of all heads: at once, or when it is there.
    void exportHeads();
    /// Steps of the lesson, layers, states of the training: what there is of them.
    void exportSeries();
    void copy(const FigurePtr &figure, const Viewpoint &viewpoint);

private:
    Session &session_;
    PageStack &pages_;
    WorkedExample &worked_;
    LessonGuide &lessons_;
    QMainWindow &window_;
    FigureSource heads_;
};

} // namespace encoderscope
