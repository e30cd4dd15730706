// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/corpus_maker.h"

#include "engine/particles.h"
#include "ui/plain_text.h"

#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include <cmath>

namespace encoderscope
{

CorpusMaker::CorpusMaker(Session &session, QWidget *parent)
    : QFrame(parent)
    , session_(session)
    , text_(plainLabel())
    , bar_(new QProgressBar)
    , stop_(new QPushButton)
    , goOn_(new QPushButton)
    , close_(new QToolButton)
    , job_([this](const Result<Made> &result) { accept(result); },
           [this](const Progress &progress) {
               progress_ = progress;
               retranslate();
           })
{
    setObjectName(QStringLiteral("corpusMaker"));
    setFrameShape(QFrame::StyledPanel);
    text_->setObjectName(QStringLiteral("corpusMakerText"));
    text_->setWordWrap(true);
    text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    bar_->setTextVisible(false);
    bar_->setFixedWidth(100);
    stop_->setObjectName(QStringLiteral("stopCorpus"));
    goOn_->setObjectName(QStringLiteral("goOnWithCorpus"));
    close_->setAutoRaise(true);
    close_->setText(QStringLiteral("×"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(text_, 1);
    layout->addWidget(bar_);
    layout->addWidget(stop_);
    layout->addWidget(goOn_);
    layout->addWidget(close_);
    connect(stop_, &QPushButton::clicked, this, [this] { job_.cancel(); });
    connect(goOn_, &QPushButton::clicked, this, [this] { make(source_, corpus_); });
    connect(close_, &QToolButton::clicked, this, &QWidget::hide);
    hide();
    retranslate();
}

void CorpusMaker::choose()
{
    if (!session_.model() || session_.state().input.recorded) {
        Q_EMIT failed(tr("A corpus is made by running a model, and none is open."));
        return;
    }
    if (running()) {
        Q_EMIT failed(tr("One is being made already."));
        return;
    }
    auto *dialog = new QFileDialog(window(), tr("The text to make a corpus of"), QString(),
                                   tr("Text, a sentence a line; CSV, TSV, JSON lines") +
                                       QStringLiteral(" (*.txt *.csv *.tsv *.jsonl *.ndjson);;") +
                                       tr("All files") + QStringLiteral(" (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CorpusMaker::chooseCorpus);
    dialog->open();
}

void CorpusMaker::chooseCorpus(const QString &text)
{
    const QFileInfo info(text);
    auto *dialog = new QFileDialog(window(), tr("The corpus: a new file, or one that goes on"), info.path(),
                                   tr("Corpora") + QStringLiteral(" (*") + corpus_suffix + u')');
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // what is there is added to
    dialog->setDefaultSuffix(corpus_suffix.mid(1));
    dialog->selectFile(info.completeBaseName() + corpus_suffix);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, text](const QString &corpus) { make(text, corpus); });
    dialog->open();
}

CorpusMaker::Made CorpusMaker::run(const ModelPtr &model, const QString &text, const QString &corpus,
                                   const std::function<void(const AddProgress &)> &report,
                                   const std::stop_token &stop)
{
    CorpusSettings settings = usual_settings(*model);
    if (QFileInfo::exists(corpus)) { // made with other ones, by the command
        const CorpusSettings before = CorpusFile(corpus, CorpusFile::Access::read).settings();
        settings.max_tokens = before.max_tokens;
        settings.examples = before.examples;
    }
    SentenceReader reader({.path = text, .format = format_of_file(text), .field = {}});
    CorpusFile file(corpus, settings);
    CorpusWriter writer(file);
    Made outcome;
    AddOptions options;
    options.bad_line = [&outcome](const BadLine &line) {
        if (outcome.firstBad.isEmpty())
            outcome.firstBad = line.message();
    };
    outcome.added = add_sentences(writer, settings, model, reader, options, report, stop);
    return outcome;
}

void CorpusMaker::make(const QString &text, const QString &corpus)
{
    const ModelPtr model = session_.model();
    if (!model || running())
        return;
    source_ = text;
    corpus_ = corpus;
    added_ = 0;
    made_.reset();
    progress_ = Progress();
    job_.ask([this, model, text, corpus](const JobControl &control) {
        const auto report = [this, &control](const AddProgress &progress) {
            control.post([this, added = progress.added] { added_ = added; });
            if (progress.size > 0)
                control.report(progress.new_bytes, progress.new_bytes + progress.size - progress.bytes);
        };
        return run(model, text, corpus, report, control.stop());
    });
    show();
    retranslate();
}

void CorpusMaker::accept(const Result<Made> &result)
{
    progress_.reset();
    if (result)
        made_ = *result;
    retranslate();
    if (!result && !result.wasStopped()) {
        hide();
        Q_EMIT failed(withParticles(result.problem()));
    } else if (QFileInfo::exists(corpus_)) {
        Q_EMIT made(corpus_);
    }
}

QString CorpusMaker::said() const
{
    const QLocale locale;
    const QString name = QFileInfo(corpus_).fileName();
    if (progress_) {
        const QString added = tr("%1 is being made · sentences: %2").arg(name, locale.toString(added_));
        if (progress_->total <= 0)
            return added;
        const double share = static_cast<double>(progress_->done) / static_cast<double>(progress_->total);
        const auto minutes = static_cast<int>(std::ceil(progress_->secondsLeft / 60.0));
        return added + QStringLiteral(" · ") +
               tr("%1 %, about %2 min left").arg(std::floor(100.0 * share)).arg(minutes);
    }
    if (!made_)
        return tr("Stopped before anything was added to %1.").arg(name);
    QStringList parts{tr("added: %1").arg(locale.toString(made_->added.added))};
    if (made_->added.present > 0)
        parts.append(tr("there already: %1").arg(locale.toString(made_->added.present)));
    if (made_->added.bad > 0)
        parts.append(
            tr("bad lines left out: %1 (%2)").arg(locale.toString(made_->added.bad), made_->firstBad));
    const QString all = parts.join(QStringLiteral(", "));
    return made_->added.stopped ? tr("%1 was stopped: what was added is kept. %2").arg(name, all)
                                : tr("%1 is made: %2").arg(name, all);
}

void CorpusMaker::retranslate()
{
    text_->setText(withParticles(said()));
    bar_->setAccessibleName(tr("Progress of the corpus"));
    bar_->setVisible(progress_.has_value());
    const bool known = progress_ && progress_->total > 0;
    bar_->setRange(0, known ? 1000 : 0);
    bar_->setValue(known ? static_cast<int>(1000 * progress_->done / progress_->total) : 0);
    stop_->setText(tr("Stop"));
    stop_->setVisible(progress_.has_value());
    goOn_->setText(tr("Go on"));
    goOn_->setVisible(!progress_ && (!made_ || made_->added.stopped));
    close_->setVisible(!progress_);
    close_->setToolTip(tr("Close"));
    close_->setAccessibleName(tr("Close"));
}

void CorpusMaker::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

} // namespace encoderscope
