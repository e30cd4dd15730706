// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/size_slider.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>

namespace encoderscope
{

namespace
{

/// Powers of two and what lies halfway between them, small numbers all.
QList<int> stepsBetween(int lowest, int highest)
{
    QList<int> steps;
    for (int step = lowest; step <= std::min(highest, 8); ++step)
        steps.append(step);
    for (int power = 8; power <= highest; power *= 2) {
        for (const int step : {power, power + power / 2}) {
            if (step >= lowest && step <= highest && !steps.contains(step))
                steps.append(step);
        }
    }
    return steps;
}

} // namespace

SizeSlider::SizeSlider(int lowest, int highest, QWidget *parent)
    : QWidget(parent)
    , steps_(stepsBetween(lowest, highest))
    , sizes_(steps_)
    , name_(new QLabel(this))
    , slider_(new QSlider(Qt::Horizontal, this))
    , value_(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(name_);
    layout->addWidget(slider_, 1);
    layout->addWidget(value_);
    name_->setBuddy(slider_);
    name_->setMinimumWidth(name_->fontMetrics().horizontalAdvance(QStringLiteral("d_model ")) + 4);
    value_->setMinimumWidth(value_->fontMetrics().horizontalAdvance(QStringLiteral("88 888 ")));
    connect(slider_, &QSlider::valueChanged, this, [this](int place) {
        const int size = sizes_.value(place);
        Q_EMIT sizeChosen(size == own_ ? 0 : size);
    });
}

void SizeSlider::setName(const QString &name)
{
    name_->setText(name);
    slider_->setAccessibleName(name);
}

void SizeSlider::showSize(int size, int own)
{
    own_ = own;
    const int shown = size > 0 ? size : own;
    sizes_ = steps_;
    for (const int more : {own, shown}) {
        const auto place = std::lower_bound(sizes_.begin(), sizes_.end(), more);
        if (place == sizes_.end() || *place != more)
            sizes_.insert(place, more);
    }
    const QSignalBlocker blocker(slider_);
    slider_->setRange(0, static_cast<int>(sizes_.size()) - 1);
    slider_->setValue(static_cast<int>(sizes_.indexOf(shown)));
    value_->setText(QString::number(shown));
    QFont font = value_->font();
    font.setBold(shown != own);
    value_->setFont(font);
}

} // namespace encoderscope
