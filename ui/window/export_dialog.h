// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/compared_trace.h"
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

class FileExport;
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
    /// Shows how far `work` is. `state` and `result` make the messages.
    void run(FileExport *work, const std::function<QString(int done, double secondsLeft)> &state,
             const std::function<QString(int done, bool stopped)> &result);
    void showRunning(bool running);
    void say(const QString &message);

    FigurePtr figure_;
    ComparedTrace trace_;
    QString folder_;
    FileExport *running_ = nullptr;
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
