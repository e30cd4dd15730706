// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/missing_model.h"

#include "ui/state/session_files.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace encoderscope
{

MissingModel::MissingModel(Session &session, SessionFiles &files, QWidget *parent)
    : QFrame(parent)
    , session_(session)
    , files_(files)
    , message_(new QLabel)
    , open_(new QPushButton)
    , find_(new QPushButton)
    , download_(new QPushButton)
    , standard_(new QPushButton)
{
    setObjectName(QStringLiteral("missingModel"));
    setFrameShape(QFrame::StyledPanel);
    message_->setObjectName(QStringLiteral("missingModelMessage"));
    message_->setTextFormat(Qt::PlainText);
    message_->setWordWrap(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 6);
    layout->addWidget(message_, 1);
    for (QPushButton *button : {open_, find_, download_, standard_})
        layout->addWidget(button);
    connect(open_, &QPushButton::clicked, &files_, &SessionFiles::openModel);
    connect(find_, &QPushButton::clicked, this, &MissingModel::findRequested);
    connect(download_, &QPushButton::clicked, this, &MissingModel::downloadRequested);
    connect(standard_, &QPushButton::clicked, this, &MissingModel::defaultRequested);
    connect(&files_, &SessionFiles::missingChanged, this, &MissingModel::showState);
    retranslate();
}

void MissingModel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

void MissingModel::retranslate()
{
    open_->setText(tr("Open it again"));
    find_->setText(tr("Find its folder…"));
    download_->setText(tr("Download it…"));
    standard_->setText(tr("Default model"));
    showState();
}

void MissingModel::showState()
{
    using Kind = ModelReference::Kind;
    const Kind kind = session_.state().input.reference.kind;
    message_->setText(files_.missing());
    open_->setVisible(kind != Kind::unsaved);
    download_->setVisible(kind == Kind::hub);
    setVisible(!files_.missing().isEmpty());
}

} // namespace encoderscope
