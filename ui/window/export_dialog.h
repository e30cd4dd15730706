// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/figure_order.h"
#include "ui/jobs/job.h"
#include "ui/window/export_choice.h"

#include <QDialog>

#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace encoderscope
{

class ExportForm;
class FigurePreview;

/// What else can be exported beside one figure.
struct ExportOthers {
    FramePtr frame = {};               ///< null: nothing else
    std::vector<FigureOrder> all = {}; ///< every figure of every page
};

/// Shows the figure as the file will show it, and writes it: one file, the clipboard, a file for every head
/// of every layer, or every figure of every page, light and dark.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    ExportDialog(FigurePtr figure, const Viewpoint &viewpoint, ExportOthers others = {},
                 QWidget *parent = nullptr);
    ~ExportDialog() override;

    ExportChoice choice() const;

private:
    QWidget *makeButtons();
    void refresh();
    void copy();
    void chooseFile();
    void save(const QString &path);
    void chooseFolder(const QString &title, const std::function<void(const QString &folder)> &chosen);
    /// A file each; with `themes` one in each of them.
    void saveAll(const std::vector<FigureOrder> &orders, const std::vector<Theme> &themes,
                 const QString &folder);
    using ProgressText = std::function<QString(const Progress &)>;
    using ResultText = std::function<QString(const Result<int> &files)>;
    /// Writes beside the window and shows how far that is.
    void start(int total, Job<int>::Work write, ProgressText progress, ResultText result);
    void finish(const Result<int> &files);
    void showRunning(bool running);
    void say(const QString &message);

    FigurePtr figure_;
    Viewpoint viewpoint_;
    ExportOthers others_;
    QString folder_; ///< where the last file went
    ProgressText progressText_;
    ResultText resultText_; ///< unless there is a problem
    Job<int> writing_;      ///< gives the number of files
    FigurePreview *preview_;
    ExportForm *form_;
    QLabel *message_;
    QProgressBar *progress_;
    QPushButton *cancel_;
    QPushButton *save_;
    QPushButton *saveHeads_;
    QPushButton *saveFigures_;
};

/// Opens the dialog over `parent`; returns at once.
void exportFigure(QWidget *parent, const FigurePtr &figure, const Viewpoint &viewpoint,
                  ExportOthers others = {});
/// The figure to the clipboard as the last export was made: as pixels, SVG and numbers. Throws Error.
void copyFigure(const FigurePtr &figure, const Viewpoint &viewpoint);

} // namespace encoderscope
