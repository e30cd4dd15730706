// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/no_corpus.h"

#include "ui/plain_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace encoderscope
{

NoCorpus::NoCorpus(QWidget *parent)
    : QWidget(parent)
    , problem_(plainLabel())
    , intro_(plainLabel())
    , command_(new QLineEdit)
    , open_(new QPushButton)
    , make_(new QPushButton)
{
    problem_->setObjectName(QStringLiteral("corpusProblem"));
    command_->setObjectName(QStringLiteral("corpusCommand"));
    command_->setReadOnly(true);
    open_->setObjectName(QStringLiteral("openCorpus"));
    make_->setObjectName(QStringLiteral("makeCorpus"));
    for (QLabel *label : {problem_, intro_})
        label->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(12);
    layout->addStretch(1);
    layout->addWidget(problem_);
    layout->addWidget(intro_);
    layout->addWidget(command_);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(open_);
    buttons->addWidget(make_);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    layout->addStretch(2);
    connect(open_, &QPushButton::clicked, this, &NoCorpus::openRequested);
    connect(make_, &QPushButton::clicked, this, &NoCorpus::makeRequested);
    retranslate();
}

void NoCorpus::setProblem(const QString &problem)
{
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
}

void NoCorpus::setModel(const ModelReference &model)
{
    const bool own = model.kind == ModelReference::Kind::standard;
    command_->setText(QStringLiteral("encoderscope corpus add %1--text sentences.txt --output "
                                     "study.sqlite")
                          .arg(own ? QString() : QStringLiteral("--model \"%1\" ").arg(model.source)));
    command_->setCursorPosition(0);
}

void NoCorpus::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void NoCorpus::retranslate()
{
    intro_->setText(tr(
        "A corpus tells what this model does over thousands of sentences: what each head looks at on "
        "average, in which sentences a head or a neuron is strongest, and where else a word is used.\n\nIt "
        "is one file, which the window makes of a text with a sentence a line, or this command; stopped at "
        "any time, both go on where they were:"));
    command_->setAccessibleName(tr("The command that makes a corpus"));
    open_->setText(tr("Open a corpus…"));
    make_->setText(tr("Make one of a text…"));
}

} // namespace encoderscope
