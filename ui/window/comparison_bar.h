// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QLabel;
class QToolButton;

namespace encoderscope
{

class LayerSlider;
class Session;

/// A button that pins the run, with the list of what it can be compared with. Whenever there is something to
/// compare with: what the views show (the run, the reference, the difference, both side by side), whether the
/// alignment of their tokens is shown, and, when something is switched, a button that switches everything on
/// again.
class ComparisonBar : public QWidget
{
    Q_OBJECT

public:
    explicit ComparisonBar(Session &session, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showState();
    void showProblem();

    Session &session_;
    QToolButton *pin_;
    QLabel *label_;
    QButtonGroup *choices_;
    QToolButton *alignment_; ///< where the reference has other tokens
    LayerSlider *layer_;     ///< of the reference, where it has another number of layers
    QToolButton *reset_;
};

} // namespace encoderscope
