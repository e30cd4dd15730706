// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_series.h"
#include "ui/window/series_sources.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace encoderscope
{

/// Writes figures that belong one after the other: as numbered files, or as one animation. They look as the
/// last exported figure did.
class SeriesDialog : public QDialog
{
    Q_OBJECT

public:
    /// At least one source; the first is chosen.
    explicit SeriesDialog(std::vector<SeriesSource> sources, QWidget *parent = nullptr);
    ~SeriesDialog() override;

    /// What Save does once a place was chosen: a file for an animation, else a folder.
    void save(const QString &path);

private:
    FigureFormat format() const;
    void chooseFile();
    void refresh();
    void showRunning(bool running);

    std::vector<SeriesSource> sources_;
    QComboBox *source_, *format_;
    QLabel *secondsLabel_;
    QDoubleSpinBox *seconds_;
    QLabel *message_;
    QProgressBar *progress_;
    QPushButton *cancel_, *save_;
    QString path_;     ///< where the pictures under way go
    Job<int> writing_; ///< gives the number of files
};

} // namespace encoderscope
