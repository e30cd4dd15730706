// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/comparison_bar.h"

#include "ui/session/session.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace encoderscope
{

ComparisonBar::ComparisonBar(Session &session, QWidget *parent)
    : QWidget(parent)
    , session_(session)
    , label_(new QLabel)
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
    connect(&session_, &Session::switchesChanged, this, &ComparisonBar::showState);
    connect(&session_, &Session::shownChanged, this, &ComparisonBar::showState);
    retranslate();
    showState();
}

void ComparisonBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ComparisonBar::retranslate()
{
    label_->setText(tr("Switched off:"));
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
    setVisible(session_.switches().any());
    choices_->button(static_cast<int>(session_.comparison()))->setChecked(true);
}

} // namespace encoderscope
