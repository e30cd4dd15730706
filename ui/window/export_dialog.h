// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/state/compared_trace.h"
#include "ui/window/export_choice.h"

#include <QDialog>

#include <functional>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace encoderscope
{

class FigurePreview;

/// Shows the figure as the file will show it, and writes it: one file, the clipboard, or a file for every
/// head of every layer.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    /// `trace` is what "all heads" is about; null: that is not offered.
    ExportDialog(FigurePtr figure, const ComparedTrace &trace, QWidget *parent = nullptr);
    ~ExportDialog() override;

    ExportChoice choice() const;

private:
    QWidget *makeControls();
    QWidget *makeButtons();
    void read(const ExportChoice &choice);
    void refresh();
    void copy();
    void chooseFile();
    void save(const QString &path);
    void chooseFolder();
    void saveAllHeads(const QString &folder);
    using ProgressText = std::function<QString(const Progress &)>;
    using ResultText = std::function<QString(const Result<int> &files)>;
    /// Writes beside the window and shows how far that is.
    void start(int total, Job<int>::Work write, ProgressText progress, ResultText result);
    void finish(const Result<int> &files);
    void showRunning(bool running);
    void say(const QString &message);

    FigurePtr figure_;
    ComparedTrace trace_;
    QString folder_;
    ProgressText progressText_;
    ResultText resultText_; ///< unless there is a problem
    Job<int> writing_;      ///< gives the number of files
    FigurePreview *preview_;
    QComboBox *format_;
    QComboBox *theme_;
    QDoubleSpinBox *text_;
    QDoubleSpinBox *width_;
    QComboBox *resolution_;
    QCheckBox *title_;
    QCheckBox *caption_;
    QLabel *size_;
    QLabel *message_;
    QProgressBar *progress_;
    QPushButton *cancel_;
    QPushButton *save_;
    QPushButton *saveAll_;
};

/// Opens the dialog over `parent`; returns at once.
void exportFigure(QWidget *parent, const FigurePtr &figure, const ComparedTrace &trace = {});
/// The figure to the clipboard as the last export was made: as pixels, SVG and numbers. Throws Error.
void copyFigure(const Figure &figure);

} // namespace encoderscope
