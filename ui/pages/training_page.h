// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/pages/page.h"
#include "ui/state/training_run.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSlider;
class QSpinBox;

namespace encoderscope
{

/// Watch an encoder learn: text and sizes, the loss as it falls, and a slider back through the states that it
/// went through. All other pages show the sentence under the model being trained.
class TrainingPage : public Page
{
    Q_OBJECT

public:
    TrainingPage(Session &session, QWidget *parent = nullptr);

    QString title() const override;
    TrainingRun &run() { return *run_; }

protected:
    void retranslate() override;

private:
    QWidget *makeForm();
    QWidget *makeCurve();
    FigurePtr lossFigure() const;
    void choosePreset();
    TrainingPlan plan() const;
    void start();
    void pauseOrGoOn();
    void openText();
    void saveModel();
    void showRun();
    QString statusText() const;

    TrainingRun *run_;
    QComboBox *preset_, *size_;
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
