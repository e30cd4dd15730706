// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/add_sentences.h"
#include "ui/jobs/job.h"
#include "ui/state/session.h"

#include <QFrame>

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace encoderscope
{

/// Makes a corpus of a text with the session's model, beside the window: a bar that says how far it is, with
/// what stops it and goes on. What was added is kept whenever it ends.
class CorpusMaker : public QFrame
{
    Q_OBJECT

public:
    explicit CorpusMaker(Session &session, QWidget *parent = nullptr);

    /// Lets the user choose a text, then the corpus that is made of it or goes on; begins.
    void choose();
    void make(const QString &text, const QString &corpus);
    bool running() const { return job_.running(); }

Q_SIGNALS:
    /// It ended, with all of the text or because it was stopped.
    void made(const QString &corpus);
    void failed(const QString &message);

protected:
    void changeEvent(QEvent *event) override;

private:
    /// What the work came to.
    struct Made {
        AddProgress added;
        QString firstBad; ///< why the first bad line was left out; empty: there was none
    };
    static Made run(const ModelPtr &model, const QString &text, const QString &corpus,
                    const std::function<void(const AddProgress &)> &report, const std::stop_token &stop);

    void chooseCorpus(const QString &text);
    void accept(const Result<Made> &result);
    void retranslate();
    QString said() const;

    Session &session_;
    QLabel *text_;
    QProgressBar *bar_;
    QPushButton *stop_, *goOn_;
    QToolButton *close_;
    QString source_, corpus_;
    qint64 added_ = 0;
    std::optional<Progress> progress_; ///< while it runs
    std::optional<Made> made_;
    Job<Made> job_;
};

} // namespace encoderscope
