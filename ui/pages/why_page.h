// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QProgressBar;
class QTabWidget;
class QToolButton;

namespace encoderscope
{

class FigureDeck;
class SteeringPanel;
class TargetBar;

/// Why a run gave a number: what each token did for it and the proof, what each part of the encoder does to
/// it. The number is chosen where it stands, or in the bar at the top.
class WhyPage : public Page
{
    Q_OBJECT

public:
    explicit WhyPage(Session &session, QWidget *parent = nullptr);

    static QString title();

protected:
    void refresh() override;
    void retranslate() override;

private:
    QWidget *tokensTab();
    QWidget *headsTab();
    QWidget *patchingTab();
    QWidget *similarityTab();
    QWidget *steeringTab();
    void offerSwitches();
    /// A double-click on the view's figure does what `part` says for it, and so does its context menu.
    struct Part {
        QString text; ///< "Switch layer 2 head 1"
        std::function<void()> toggle;
    };
    void addSwitch(CatalogueView &view, std::function<std::optional<Part>(const Hit &)> part);
    Part headSwitch(int layer, int head);
    void followComputing(CatalogueView *view);
    void showComputing();
    QList<CatalogueView *> visibleViews() const;

    TargetBar *target_;
    SteeringPanel *steering_;
    QTabWidget *tabs_, *parts_;
    FigureDeck *tokenFigures_, *patchFigures_;
    QLabel *methodLabel_, *baselineLabel_, *stepsLabel_, *headsHint_, *blockLabel_, *patchingHint_;
    QLabel *pairsBaselineLabel_, *pairsStepsLabel_, *readingLabel_;
    QComboBox *method_, *baseline_, *steps_, *block_, *pairsBaseline_, *pairsSteps_, *reading_;
    QProgressBar *progress_;
    QToolButton *stop_;
    CatalogueView *methods_, *scores_, *curves_;
    CatalogueView *heads_, *importance_, *sublayers_, *tokens_, *lens_, *patch_, *patchHeads_, *pairs_,
        *inputPairs_, *factors_;
    QList<CatalogueView *> views_;
    QTimer slow_; ///< runs out when something takes so long that its progress is worth showing
    bool ranOut_ = false;
};

} // namespace encoderscope
