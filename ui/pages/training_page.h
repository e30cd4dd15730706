// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/pages/page.h"
#include "ui/state/training_runs.h"

class QAction;
class QComboBox;
class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSlider;
class QSpinBox;
class QToolButton;

namespace encoderscope
{

/// Watch an encoder learn: text and sizes, the loss as it falls, and a slider back through the states that it
/// went through. All other pages show the sentence under the model being trained.
class TrainingPage : public Page
{
    Q_OBJECT

public:
    TrainingPage(Session &session, QWidget *parent = nullptr);

    static QString title();
    TrainingRuns &runs() { return *runs_; }
    /// The one that is shown.
    TrainingRun &run() { return runs_->shown(); }

protected:
    void retranslate() override;

private:
    QWidget *makeForm();
    QWidget *makeCurve();
    FigurePtr lossFigure() const;
    /// Which run a curve of the chart is of.
    int runOfSeries(int series) const;
    void choosePreset();
    TrainingPlan plan() const;
    /// The runs that are to be compared: as the form says, and with what was chosen beside it changed.
    std::vector<TrainingRuns::Start> starts() const;
    void makeComparisons();
    void showComparisons();
    void start();
    void pauseOrGoOn();
    void openText();
    void saveModel();
    void showRun();
    QString statusText() const;

    TrainingRuns *runs_;
    QToolButton *compare_;
    QList<QAction *> comparisons_; ///< in the order of Variation in training_page.cpp
    QComboBox *shownRun_;
    QComboBox *preset_, *size_;
    int shownPreset_ = -1; ///< that text, size and steps are of
    QPlainTextEdit *text_;
    QSpinBox *steps_, *seed_;
    QFormLayout *form_;
    QPushButton *open_, *start_, *pause_, *stop_, *save_;
    QLabel *status_, *snapshotLabel_;
    QSlider *snapshot_;
    FigureView *curve_;
    Job<QString> opening_; ///< the text
    Job<QString> saving_;  ///< gives the folder
};

} // namespace encoderscope
