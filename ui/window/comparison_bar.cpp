// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/comparison_bar.h"

#include "ui/plain_text.h"
#include "ui/state/session.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace encoderscope
{

namespace
{

/// The run is another one, but nothing in it is off: another activation, another temperature.
bool onlyChanged(const RunInput &input)
{
    Switches rest = input.switches;
    rest.activation.reset();
    rest.temperature = 1.0F;
    rest.embedding_scale.reset();
    return input.masked.empty() && !rest.any();
}

} // namespace

ComparisonBar::ComparisonBar(Session &session, QWidget *parent)
    : QWidget(parent)
    , session_(session)
    , label_(plainLabel())
    , choices_(new QButtonGroup(this))
    , reset_(new QToolButton)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(label_);
    layout->addSpacing(8);
    for (const Comparison comparison : {Comparison::now, Comparison::before, Comparison::difference}) {
        auto *button = new QToolButton;
        button->setCheckable(true);
        choices_->addButton(button, static_cast<int>(comparison));
        layout->addWidget(button);
    }
    layout->addSpacing(8);
    layout->addWidget(reset_);

    connect(choices_, &QButtonGroup::idClicked, &session_,
            [&session](int id) { session.setComparison(static_cast<Comparison>(id)); });
    connect(reset_, &QToolButton::clicked, &session_, &Session::resetSwitches);
    connect(&session_, &Session::stateChanged, this, &ComparisonBar::showState);
    retranslate();
    showState();
}

void ComparisonBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        showState();
    }
    QWidget::changeEvent(event);
}

void ComparisonBar::retranslate()
{
    const auto set = [this](Comparison comparison, const QString &text, const QString &tip) {
        QAbstractButton *button = choices_->button(static_cast<int>(comparison));
        button->setText(text);
        button->setToolTip(tip);
    };
    set(Comparison::now, tr("Now"), tr("Every view shows the run as switched"));
    set(Comparison::before, tr("Before"), tr("Every view shows the run with everything on"));
    set(Comparison::difference, tr("Difference"),
        tr("Every view shows what the switches changed: now − before"));
    reset_->setText(tr("Everything on"));
    reset_->setToolTip(tr("Switch everything on again"));
}

void ComparisonBar::showState()
{
    setVisible(session_.state().input.switched());
    label_->setText(onlyChanged(session_.state().input) ? tr("Changed:") : tr("Switched off:"));
    choices_->button(static_cast<int>(session_.comparison()))->setChecked(true);
}

} // namespace encoderscope
