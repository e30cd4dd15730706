// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page_controls.h"

#include "ui/pages/page_figures.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>

namespace encoderscope
{

void setTexts(QComboBox &box, const QStringList &texts)
{
    const QSignalBlocker blocker(box);
    const int chosen = std::max(0, box.currentIndex());
    box.clear();
    box.addItems(texts);
    box.setCurrentIndex(chosen);
}

LayerSlider::LayerSlider(QWidget *parent)
    : QWidget(parent)
    , slider_(new QSlider(Qt::Horizontal, this))
    , label_(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(slider_);
    layout->addWidget(label_);
    slider_->setPageStep(1);
    slider_->setTickPosition(QSlider::TicksBelow);
    slider_->setTickInterval(1);
    slider_->setRange(-1, -1);
    slider_->setFixedWidth(130);
    connect(slider_, &QSlider::valueChanged, this, [this](int layer) {
        retranslate();
        Q_EMIT layerChanged(layer);
    });
    retranslate();
}

int LayerSlider::layer() const
{
    return slider_->value();
}

void LayerSlider::setLayer(int layer)
{
    slider_->setValue(layer);
}

void LayerSlider::setLayers(int layers, int first)
{
    if (slider_->maximum() == layers - 1 && slider_->minimum() == first)
        return;
    const bool last = slider_->value() == slider_->maximum();
    slider_->setRange(first, layers - 1);
    if (last)
        slider_->setValue(layers - 1);
}

void LayerSlider::retranslate()
{
    const QFontMetrics metrics = label_->fontMetrics();
    label_->setMinimumWidth(
        std::max(metrics.horizontalAdvance(stateName(-1)), metrics.horizontalAdvance(stateName(98))) + 6);
    label_->setText(stateName(slider_->value()));
    slider_->setAccessibleName(tr("Layer"));
    slider_->setToolTip(tr("The hidden state after this layer"));
}

} // namespace encoderscope
