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
    , adding_([this](const Result<Made> &result) { acceptMade(result); },
              [this](const Progress &progress) {
                  progress_ = progress;
                  retranslate();
              })
    , indexing_([this](const Result<BuiltIndex> &result) { acceptIndex(result); },
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
    connect(stop_, &QPushButton::clicked, this, [this] {
        adding_.cancel();
        indexing_.cancel();
    });
    connect(goOn_, &QPushButton::clicked, this, [this] {
        if (source_.isEmpty())
            index(corpus_);
        else
            make(source_, corpus_, kept_);
    });
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
            [this, text](const QString &corpus) { chooseKept(text, corpus); });
    dialog->open();
}

void CorpusMaker::chooseKept(const QString &text, const QString &corpus)
{
    const ModelPtr model = session_.model();
    if (!model || QFileInfo::exists(corpus)) {
        make(text, corpus, {});
        return;
    }
    auto *dialog =
        new KeptTokensDialog(model, {.path = text, .format = format_of_file(text), .field = {}}, window());
    connect(dialog, &QDialog::accepted, this,
            [this, text, corpus, dialog] { make(text, corpus, dialog->chosen()); });
    dialog->open();
}

CorpusMaker::Made CorpusMaker::add(const ModelPtr &model, const QString &text, const QString &corpus,
                                   const std::vector<int> &tokenLayers,
                                   const std::function<void(const AddProgress &)> &report,
                                   const std::stop_token &stop)
{
    CorpusSettings settings = usual_settings(*model);
    settings.token_layers = tokenLayers;
    if (QFileInfo::exists(corpus)) { // made with other ones, by the command
        const CorpusSettings before = CorpusFile(corpus, CorpusFile::Access::read).settings();
        settings.max_tokens = before.max_tokens;
        settings.examples = before.examples;
        settings.token_layers = before.token_layers;
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

BuiltIndex CorpusMaker::indexLayers(const QString &corpus, const JobControl &control)
{
    const CorpusFile file(corpus, CorpusFile::Access::write);
    std::vector<int> layers = file.settings().token_layers;
    for (const int layer : indexed_layers(file))
        std::erase(layers, layer);
    BuiltIndex all;
    constexpr double steps = 1000.0; // of a layer's share
    for (std::size_t done = 0; done < layers.size() && !all.stopped; ++done) {
        const auto report = [&](double share) {
            control.report(static_cast<qint64>(steps * (static_cast<double>(done) + share)),
                           static_cast<qint64>(steps * static_cast<double>(layers.size())));
        };
        const BuiltIndex one = build_token_index(file, layers[done], report, control.stop());
        all.tokens += one.tokens;
        all.bytes += one.bytes;
        all.stopped = one.stopped;
    }
    return all;
}

void CorpusMaker::begin()
{
    progress_ = Progress();
    show();
    retranslate();
}

void CorpusMaker::make(const QString &text, const QString &corpus, const KeptTokens &kept)
{
    const ModelPtr model = session_.model();
    if (!model || running())
        return;
    source_ = text;
    corpus_ = corpus;
    kept_ = kept;
    added_ = 0;
    made_.reset();
    built_.reset();
    adding_.ask([this, model, text, corpus, layers = kept.layers](const JobControl &control) {
        const auto report = [this, &control](const AddProgress &progress) {
            control.post([this, added = progress.added] { added_ = added; });
            if (progress.size > 0)
                control.report(progress.new_bytes, progress.new_bytes + progress.size - progress.bytes);
        };
        return add(model, text, corpus, layers, report, control.stop());
    });
    begin();
}

void CorpusMaker::index(const QString &corpus)
{
    if (running()) {
        Q_EMIT failed(tr("One is being made already."));
        return;
    }
    made_.reset();
    beginIndex(corpus);
}

void CorpusMaker::beginIndex(const QString &corpus)
{
    source_.clear();
    corpus_ = corpus;
    built_.reset();
    indexing_.ask([corpus](const JobControl &control) { return indexLayers(corpus, control); });
    begin();
}

void CorpusMaker::acceptMade(const Result<Made> &result)
{
    progress_.reset();
    if (result)
        made_ = *result;
    retranslate();
    if (!result && !result.wasStopped()) {
        hide();
        Q_EMIT failed(withParticles(result.problem()));
        return;
    }
    if (!QFileInfo::exists(corpus_))
        return;
    const QString corpus = corpus_;
    const bool indexNext = kept_.index && made_ && !made_->added.stopped;
    Q_EMIT made(corpus);
    if (indexNext)
        beginIndex(corpus);
}

void CorpusMaker::acceptIndex(const Result<BuiltIndex> &result)
{
    progress_.reset();
    if (result)
        built_ = *result;
    retranslate();
    if (!result && !result.wasStopped()) {
        hide();
        Q_EMIT failed(withParticles(result.problem()));
    } else {
        Q_EMIT indexed(corpus_);
    }
}

bool CorpusMaker::stopped() const
{
    if (source_.isEmpty())
        return !built_ || built_->stopped;
    return !made_ || made_->added.stopped;
}

QString CorpusMaker::progressSaid() const
{
    const QLocale locale;
    const QString name = QFileInfo(corpus_).fileName();
    const QString what = source_.isEmpty()
                             ? tr("The index of %1 is being made").arg(name)
                             : tr("%1 is being made · sentences: %2").arg(name, locale.toString(added_));
    if (progress_->total <= 0)
        return what;
    const double share = static_cast<double>(progress_->done) / static_cast<double>(progress_->total);
    const auto minutes = static_cast<int>(std::ceil(progress_->secondsLeft / 60.0));
    return what + QStringLiteral(" · ") +
           tr("%1 %, about %2 min left").arg(std::floor(100.0 * share)).arg(minutes);
}

QString CorpusMaker::said() const
{
    const QLocale locale;
    const QString name = QFileInfo(corpus_).fileName();
    if (progress_)
        return progressSaid();
    QStringList all;
    if (made_) {
        QStringList parts{tr("added: %1").arg(locale.toString(made_->added.added))};
        if (made_->added.present > 0)
            parts.append(tr("there already: %1").arg(locale.toString(made_->added.present)));
        if (made_->added.bad > 0)
            parts.append(
                tr("bad lines left out: %1 (%2)").arg(locale.toString(made_->added.bad), made_->firstBad));
        const QString added = parts.join(QStringLiteral(", "));
        all.append(made_->added.stopped ? tr("%1 was stopped: what was added is kept. %2").arg(name, added)
                                        : tr("%1 is made: %2").arg(name, added));
    } else if (!source_.isEmpty()) {
        all.append(tr("Stopped before anything was added to %1.").arg(name));
    }
    if (source_.isEmpty() && stopped())
        all.append(tr("The index of %1 was stopped; one that was there before is as it was.").arg(name));
    else if (source_.isEmpty())
        all.append(tr("The index of %1 is made: %2 tokens, %3")
                       .arg(name, locale.toString(built_->tokens),
                            locale.formattedDataSize(built_->bytes, 1, QLocale::DataSizeSIFormat)));
    return all.join(QStringLiteral(" · "));
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
    goOn_->setVisible(!progress_ && stopped());
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
