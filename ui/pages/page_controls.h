// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QSlider;

namespace encoderscope
{

/// Gives a combo box its texts, in the current language, without changing what is chosen.
void setTexts(QComboBox &box, const QStringList &texts);

/// Chooses a hidden state: the embedding's output or that after a layer.
class LayerSlider : public QWidget
{
    Q_OBJECT

public:
    explicit LayerSlider(QWidget *parent = nullptr);

    /// -1: the embedding's output.
    int layer() const;
    void setLayer(int layer);
    /// Of the model shown. What was on the last layer stays there. `first` is -1 or 0.
    void setLayers(int layers, int first = -1);
    void retranslate();

Q_SIGNALS:
    void layerChanged(int layer);

private:
    QSlider *slider_;
    QLabel *label_;
};

} // namespace encoderscope
