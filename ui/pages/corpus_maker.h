// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/add_sentences.h"
#include "engine/corpus/token_index.h"
#include "ui/jobs/job.h"
#include "ui/pages/kept_tokens_dialog.h"
#include "ui/state/session.h"

#include <QFrame>

#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace encoderscope
{

/// Makes a corpus of a text with the session's model, and the index of a corpus, beside the window: a bar
/// that says how far it is, with what stops it and goes on. What was added is kept whenever it ends.
class CorpusMaker : public QFrame
{
    Q_OBJECT

public:
    explicit CorpusMaker(Session &session, QWidget *parent = nullptr);

    /// Lets the user choose a text, then the corpus that is made of it or goes on; begins.
    void choose();
    /// A corpus that is there keeps what it keeps, whatever `kept` says.
    void make(const QString &text, const QString &corpus, const KeptTokens &kept);
    /// Makes an index of the vectors after each layer of which the corpus has none that can be used.
    void index(const QString &corpus);
    bool running() const { return adding_.running() || indexing_.running(); }

Q_SIGNALS:
    /// It ended, with all of the text or because it was stopped.
    void made(const QString &corpus);
    /// The same of its index.
    void indexed(const QString &corpus);
    void failed(const QString &message);

protected:
    void changeEvent(QEvent *event) override;

private:
    /// What the work came to.
    struct Made {
        AddProgress added;
        QString firstBad; ///< why the first bad line was left out; empty: there was none
    };
    static Made add(const ModelPtr &model, const QString &text, const QString &corpus,
                    const std::vector<int> &tokenLayers,
                    const std::function<void(const AddProgress &)> &report, const std::stop_token &stop);
    static BuiltIndex indexLayers(const QString &corpus, const JobControl &control);

    void chooseCorpus(const QString &text);
    void chooseKept(const QString &text, const QString &corpus);
    void beginIndex(const QString &corpus);
    void begin();
    void acceptMade(const Result<Made> &result);
    void acceptIndex(const Result<BuiltIndex> &result);
    void retranslate();
    QString progressSaid() const;
    QString said() const;
    bool stopped() const;

    Session &session_;
    QLabel *text_;
    QProgressBar *bar_;
    QPushButton *stop_, *goOn_;
    QToolButton *close_;
    QString source_; ///< empty: an index is all that is made
    QString corpus_;
    KeptTokens kept_;
    qint64 added_ = 0;
    std::optional<Progress> progress_; ///< while it runs
    std::optional<Made> made_;
    std::optional<BuiltIndex> built_;
    Job<Made> adding_;
    Job<BuiltIndex> indexing_;
};

} // namespace encoderscope
