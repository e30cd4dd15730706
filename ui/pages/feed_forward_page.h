// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QSlider;
class QSpinBox;
class QTabWidget;

namespace encoderscope
{

class FigureDeck;

/// What the FFN makes of each token: all neurons, the strongest ones, the activation function at work, one
/// neuron over all tokens; and what there would be without an activation.
class FeedForwardPage : public Page
{
    Q_OBJECT

public:
    explicit FeedForwardPage(Session &session, QWidget *parent = nullptr);

    static QString title();

protected:
    void refresh() override;
    void retranslate() override;

private:
    QWidget *separationTab();
    void makeRoom();
    void showNeuron();
    void showActivation();
    void chooseActivation(int chosen);

    QLabel *stageLabel_, *activationLabel_, *share_;
    QComboBox *stage_, *activation_;
    QTabWidget *tabs_;
    FigureDeck *deck_;
    QLabel *stepsLabel_ = nullptr;
    QSlider *steps_ = nullptr;
    QLabel *numberLabel_;
    QSpinBox *number_;
    CatalogueView *heatmap_, *strongest_, *curve_, *neuron_;
};

} // namespace encoderscope
