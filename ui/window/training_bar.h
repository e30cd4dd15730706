// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QSlider;

namespace encoderscope
{

class TrainingRuns;

/// Under every page while there is a training: a slider back through the steps that it went through.
class TrainingBar : public QWidget
{
    Q_OBJECT

public:
    explicit TrainingBar(TrainingRuns &runs, QWidget *parent = nullptr);

    /// The page has a slider of its own.
    void setUnwanted(bool unwanted);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showRun();

    TrainingRuns &runs_;
    QLabel *label_;
    QSlider *slider_;
    bool unwanted_ = false;
};

} // namespace encoderscope
