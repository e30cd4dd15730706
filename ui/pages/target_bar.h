// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/predictions.h"
#include "ui/jobs/job.h"
#include "ui/state/chosen_target.h"
#include "ui/state/session.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;

namespace encoderscope
{

/// Chooses what is explained out of what the model offers, and says its value, or why there is none.
class TargetBar : public QWidget
{
    Q_OBJECT

public:
    explicit TargetBar(Session &session, QWidget *parent = nullptr);

    void retranslate();
    /// Shows the newest frame's target.
    void refresh();

private:
    /// What the frame says of the target, computed beside the window.
    struct Found {
        FramePtr frame;
        std::optional<ChosenTarget> chosen;
        double value = 0.0;
        QString problem;
        QStringList names; ///< the likeliest pieces, or all classes
    };

    void ask();
    void accept(const Found &found);
    void choose();
    void chooseKind();
    void showKinds();
    void showTokens();
    void showChoice();
    /// The frame's target, or what is usual; a word where there is no target.
    TargetChoice current() const;

    Session &session_;
    QLabel *explain_, *at_, *of_, *minus_, *value_;
    QComboBox *kind_, *name_, *token_, *measure_, *contrast_;
    QSpinBox *index_, *layer_;
    Found found_;
    FramePtr asked_;
    Job<Found> job_;
};

} // namespace encoderscope
