// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/course_offer.h"

#include "ui/state/settings.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace encoderscope
{

CourseOffer::CourseOffer(QWidget *parent)
    : QWidget(parent)
    , text_(new QLabel(this))
    , yes_(new QPushButton(this))
    , no_(new QPushButton(this))
{
    text_->setTextFormat(Qt::PlainText);
    text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 2, 12, 2);
    layout->addWidget(text_, 1);
    layout->addWidget(yes_);
    layout->addWidget(no_);
    connect(yes_, &QPushButton::clicked, this, [this] {
        answer();
        Q_EMIT accepted();
    });
    connect(no_, &QPushButton::clicked, this, &CourseOffer::answer);
    setVisible(!load(setting::courseOffered));
    retranslate();
}

void CourseOffer::answer()
{
    if (isHidden())
        return;
    store(setting::courseOffered, true);
    hide();
}

void CourseOffer::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void CourseOffer::retranslate()
{
    text_->setText(tr("New here? A course leads through the encoder, step by step, on your own sentence."));
    yes_->setText(tr("Begin the course"));
    no_->setText(tr("No, thank you"));
    no_->setToolTip(tr("It stays in the Help menu."));
}

} // namespace encoderscope
