// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/status_line.h"

#include "ui/figures/catalogue/run_difference.h"
#include "ui/plain_text.h"
#include "ui/state/session.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>

namespace encoderscope
{

StatusLine::StatusLine(Session &session, QWidget *parent)
    : QStatusBar(parent)
    , session_(session)
    , problem_(plainLabel())
    , difference_(plainLabel())
    , summary_(plainLabel())
{
    setSizeGripEnabled(false);
    setContentsMargins(8, 0, 8, 0);
    problem_->setObjectName(QStringLiteral("problem"));
    problem_->setForegroundRole(QPalette::BrightText);
    summary_->setObjectName(QStringLiteral("summary"));
    addWidget(summary_);
    difference_->setObjectName(QStringLiteral("difference"));
    difference_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    addWidget(problem_);
    addWidget(difference_, 1);
    connect(&session_, &Session::frameChanged, this, &StatusLine::showState);
    connect(&session_, &Session::timesChanged, this, &StatusLine::showState);
    slow_.setSingleShot(true);
    slow_.setInterval(250);
    connect(&slow_, &QTimer::timeout, this, &StatusLine::showState);
    connect(&session_, &Session::busyChanged, this, [this] {
        slow_.stop();
        if (session_.busy())
            slow_.start();
        else
            showState();
    });
    showState();
}

void StatusLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        described_ = {};
        showState();
    }
    QStatusBar::changeEvent(event);
}

void StatusLine::showState()
{
    const bool slow = session_.busy() && !slow_.isActive();
    const Frame &frame = *session_.frame();
    const QString problem = frame.problem.isEmpty() ? frame.referenceProblem : frame.problem;
    problem_->setText(slow ? tr("computing…") : problem);
    problem_->setVisible(!problem_->text().isEmpty());
    if (frame.compared.now != described_.now || frame.compared.before != described_.before ||
        frame.compared.alignment != described_.alignment) {
        described_ = frame.compared;
        const QString differs = runDifference(described_);
        difference_->setText(differs.isEmpty() ? QString()
                                               : QStringLiteral("· ") + tr("differs in: %1").arg(differs));
        difference_->setToolTip(plainToolTip(difference_->text()));
    }
    summary_->setText(session_.shown() ? summary() : QString());
}

QString StatusLine::summary() const
{
    const auto milliseconds = [](double value) { return QLocale().toString(value, 'f', value < 10 ? 1 : 0); };
    const Trace &trace = session_.shown().trace();
    QStringList parts{tr("%n token(s)", nullptr, trace.tokens()),
                      tr("%n layer(s)", nullptr, trace.layers()) + QStringLiteral(" × ") +
                          tr("%n head(s)", nullptr, trace.heads()),
                      tr("d_model %1").arg(trace.config().d_model),
                      trace.recording() ? tr("a recorded run")
                      : session_.times().cached
                          ? tr("forward: kept from before")
                          : tr("forward %1 ms").arg(milliseconds(session_.times().forward))};
    if (session_.times().sinceKey)
        parts += tr("shown %1 ms after the key").arg(milliseconds(session_.times().shown));
    const Encoding &encoding = trace.encoding();
    if (encoding.cut_a >= 0)
        parts += (encoding.cut_left ? tr("cut before character %1 of sentence A")
                                    : tr("cut after character %1 of sentence A"))
                     .arg(encoding.cut_a + (encoding.cut_left ? 1 : 0));
    if (encoding.cut_b >= 0)
        parts += (encoding.cut_left ? tr("cut before character %1 of sentence B")
                                    : tr("cut after character %1 of sentence B"))
                     .arg(encoding.cut_b + (encoding.cut_left ? 1 : 0));
    return parts.join(QStringLiteral(" · "));
}

} // namespace encoderscope
