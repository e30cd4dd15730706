// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/switch_edits.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QSpinBox;
class QToolButton;

namespace encoderscope
{

class Session;

/// Scales heads and neurons, adds the difference of two runs after a layer, and lists what is scaled and
/// steered: each with its factor, which can be changed, and a button that takes it back.
class SteeringPanel : public QWidget
{
    Q_OBJECT

public:
    explicit SteeringPanel(Session &session, QWidget *parent = nullptr);

    /// A new frame, or something else is pinned.
    void refresh();
    void retranslate();

private:
    /// One line of the list.
    struct Line {
        QLabel *name;
        QDoubleSpinBox *factor;
        QToolButton *remove;
    };

    void showState();
    void showLines(const std::vector<ScaledPart> &parts);
    void scale();
    void steer();
    QString nameOf(const ScaledPart &part) const;

    Session &session_;
    QLabel *scaleLabel_, *scaleLayerLabel_, *timesLabel_, *steerLabel_, *steerLayerLabel_, *steerTimesLabel_;
    QLabel *problem_, *empty_, *hint_;
    QComboBox *what_, *tokens_;
    QSpinBox *layer_, *index_, *steerLayer_;
    QDoubleSpinBox *factor_, *steerFactor_;
    QToolButton *scale_, *steer_;
    QGridLayout *list_;
    std::vector<ScaledPart> listed_;
    std::vector<Line> lines_;
};

} // namespace encoderscope
