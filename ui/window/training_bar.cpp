// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/training_bar.h"

#include "ui/state/training_runs.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>

namespace encoderscope
{

TrainingBar::TrainingBar(TrainingRuns &runs, QWidget *parent)
    : QWidget(parent)
    , runs_(runs)
    , label_(new QLabel(this))
    , slider_(new QSlider(Qt::Horizontal, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->addWidget(label_);
    layout->addWidget(slider_, 1);
    label_->setBuddy(slider_);
    slider_->setObjectName(QStringLiteral("trainingStep"));
    connect(slider_, &QSlider::valueChanged, &runs_,
            [this](int index) { runs_.shown().showSnapshot(index); });
    connect(&runs_, &TrainingRuns::changed, this, &TrainingBar::showRun);
    showRun();
}

void TrainingBar::setUnwanted(bool unwanted)
{
    unwanted_ = unwanted;
    showRun();
}

void TrainingBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        showRun();
    QWidget::changeEvent(event);
}

void TrainingBar::showRun()
{
    const auto &snapshots = runs_.shown().snapshots();
    const int shown = runs_.shown().shownSnapshot();
    setVisible(snapshots.size() > 1 && !unwanted_);
    const QSignalBlocker blocker(slider_);
    slider_->setMaximum(std::max(static_cast<int>(snapshots.size()) - 1, 0));
    slider_->setValue(shown);
    slider_->setAccessibleName(tr("Step of the training"));
    const int step = shown < 0 ? 0 : snapshots[static_cast<std::size_t>(shown)].step;
    label_->setText(tr("Training step %1").arg(QLocale().toString(step)));
}

} // namespace encoderscope
