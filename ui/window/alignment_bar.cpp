// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/alignment_bar.h"

#include "ui/plain_text.h"
#include "ui/state/session.h"
#include "ui/state/token_matches.h"
#include "ui/state/view_kinds.h"
#include "ui/window/alignment_strip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QToolButton>

namespace encoderscope
{

namespace
{

const QString view = QStringLiteral("compared");
const QString name = QStringLiteral("alignment");

} // namespace

AlignmentBar::AlignmentBar(Session &session, QWidget *parent)
    : QFrame(parent)
    , session_(session)
    , strip_(new AlignmentStrip(session))
    , now_(plainLabel())
    , reference_(plainLabel())
    , hint_(plainLabel())
    , automatic_(new QToolButton)
    , close_(new QToolButton)
{
    setObjectName(QStringLiteral("alignment"));
    setFrameShape(QFrame::StyledPanel);
    hint_->setObjectName(QStringLiteral("hint"));
    hint_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    automatic_->setObjectName(QStringLiteral("automatic"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 2, 12, 2);
    layout->setSpacing(2);
    auto *line = new QHBoxLayout;
    line->addWidget(hint_, 1);
    line->addWidget(automatic_);
    line->addWidget(close_);
    layout->addLayout(line);
    auto *rows = new QHBoxLayout;
    auto *names = new QVBoxLayout;
    names->setContentsMargins(0, 3, 0, strip_->horizontalScrollBar()->sizeHint().height());
    names->addWidget(now_);
    names->addStretch();
    names->addWidget(reference_);
    rows->addLayout(names);
    rows->addWidget(strip_, 1);
    layout->addLayout(rows);

    connect(automatic_, &QToolButton::clicked, &session_, &Session::alignAutomatically);
    connect(close_, &QToolButton::clicked, &session_,
            [&session] { session.setParameter(view, name, false); });
    connect(strip_, &AlignmentStrip::released, this, &AlignmentBar::say);
    connect(&session_, &Session::stateChanged, this, &AlignmentBar::showState);
    connect(&session_, &Session::frameChanged, this, &AlignmentBar::showState);
    retranslate();
    showState();
}

void AlignmentBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

void AlignmentBar::retranslate()
{
    now_->setText(tr("Now"));
    reference_->setText(tr("Reference"));
    automatic_->setText(tr("Align automatically"));
    automatic_->setToolTip(tr("Take back everything that was put together by hand"));
    close_->setText(tr("Close"));
    say(released_);
}

void AlignmentBar::say(const QString &released)
{
    released_ = released;
    hint_->setText(released.isEmpty()
                       ? tr("Drag a token onto its partner in the other row, or press Enter on both. Delete: "
                            "it has none.")
                       : released);
    hint_->setToolTip(plainToolTip(hint_->text()));
}

void AlignmentBar::showState()
{
    setVisible(AlignmentStrip::possible(session_) && comparable(session_.state()) &&
               chosen<bool>(session_.frame()->parameters(view), viewKind(view, name)));
    automatic_->setEnabled(hasMatches(session_.state().matches, session_.state().reference));
}

} // namespace encoderscope
