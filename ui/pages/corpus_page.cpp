// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/corpus_page.h"

#include "engine/particles.h"
#include "engine/text/text_file.h"
#include "ui/clear_button.h"
#include "ui/pages/corpus_list.h"
#include "ui/pages/corpus_maker.h"
#include "ui/pages/corpus_map.h"
#include "ui/pages/corpus_note.h"
#include "ui/pages/corpus_question.h"
#include "ui/pages/fitting_tabs.h"
#include "ui/pages/head_table_view.h"
#include "ui/pages/no_corpus.h"
#include "ui/pages/page_controls.h"
#include "ui/plain_text.h"
#include "ui/state/history.h"
#include "ui/state/settings.h"
#include "ui/text_height.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace encoderscope
{

using namespace std::chrono_literals;

namespace
{

const QString corpusFileName = QStringLiteral("corpus");
constexpr qsizetype mostRecentCorpora = 8;

/// A label that is as wide as there is room, and one line high.
QLabel *lineLabel()
{
    QLabel *label = plainLabel();
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    return label;
}

} // namespace

CorpusPage::CorpusPage(Session &session, QWidget *parent)
    : Page(session, parent)
    , stack_(new QStackedWidget(this))
    , maker_(new CorpusMaker(session))
    , none_(new NoCorpus)
    , file_(lineLabel())
    , another_(plainLabel())
    , openOther_(new QPushButton)
    , tabs_(new FittingTabs)
    , opening_([this](const Result<OpenedCorpusPtr> &result) { accept(result); })
    , preparing_([](const Result<Done> &) {})
    , answers_([this](const Result<CorpusAnswer> &answer) { showAnswer(answer); })
{
    file_->setObjectName(QStringLiteral("corpusFile"));
    another_->setObjectName(QStringLiteral("otherModel"));
    another_->setWordWrap(true);
    for (QWidget *tab : {headsPage(), examplesPage(), usesPage(), searchPage(), mapPage()})
        tabs_->addTab(tab, QString());
    auto *top = new QHBoxLayout;
    top->addWidget(file_, 1);
    top->addWidget(openOther_);
    auto *whole = new QVBoxLayout;
    whole->addLayout(top);
    whole->addWidget(another_);
    stack_->addWidget(none_);
    stack_->addWidget(column(whole, tabs_));
    auto *body = new QWidget;
    auto *rows = new QVBoxLayout(body);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(maker_);
    rows->addWidget(stack_, 1);
    setBody(body);
    retranslate();

    bindTabs(*tabs_, session, corpusView, QStringLiteral("tab"));
    bindChoice(*of_, session, corpusView, QStringLiteral("of"));
    bindChoice(*order_, session, corpusView, QStringLiteral("order"));
    connect(openOther_, &QPushButton::clicked, this, &CorpusPage::chooseFile);
    connect(none_, &NoCorpus::openRequested, this, &CorpusPage::chooseFile);
    connect(none_, &NoCorpus::makeRequested, this, &CorpusPage::makeOfText);
    connect(maker_, &CorpusMaker::failed, this, &CorpusPage::failed);
    connect(maker_, &CorpusMaker::made, this, [this](const QString &path) {
        const QString absolute = QFileInfo(path).absoluteFilePath();
        if (isVisible()) { // who is elsewhere by then is not called back
            open(absolute);
        } else {
            remember(absolute);
            if (tried_ == absolute)
                tried_.clear(); // read again when it is seen
        }
    });
    connect(maker_, &CorpusMaker::indexed, this, [this](const QString &path) {
        if (tried_ != QFileInfo(path).absoluteFilePath())
            return; // another one is looked at by now
        tried_.clear();
        follow();
    });
    connect(makeIndex_, &QPushButton::clicked, this, [this] { maker_->index(corpus_->path); });
    connect(&session, &Session::stateChanged, this, &CorpusPage::follow);
    // Without a run there is something to see as well.
    connect(&session, &Session::frameChanged, this, [this] {
        if (isVisible() && !shown())
            refresh();
    });
    slow_.setSingleShot(true);
    slow_.setInterval(300ms);
    connect(&slow_, &QTimer::timeout, this, [this] {
        if (!reading_.isEmpty()) {
            none_->setProblem(tr("Reading %1…").arg(reading_));
        } else if (answers_.running()) {
            shownList().note->setText(tr("Reading…"));
        }
    });
    showOpened();
}

CatalogueView *CorpusPage::addOfCorpus(const QString &kind)
{
    CatalogueView *view = addFigure(kind, Axis::none, Axis::none);
    view->setOwnChoices([this] { return Parameters{{corpusFileName, corpus_ ? corpus_->path : QString()}}; });
    return view;
}

QWidget *CorpusPage::mapPage()
{
    mapped_ = addOfCorpus(QStringLiteral("corpus-map"));
    map_ = new CorpusMap(mapped_);
    connect(map_, &CorpusMap::chosen, this, &CorpusPage::openSentence);
    connect(map_, &CorpusMap::failed, this, &CorpusPage::failed);
    return map_;
}

QWidget *CorpusPage::headsPage()
{
    head_ = addOfCorpus(QStringLiteral("corpus-head"));
    heads_ = new HeadTableView;
    heads_->setOverSentences();
    connect(heads_, &HeadTableView::headChosen, this,
            [this](int layer, int head) { selection().pinHead(layer, head); });
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(head_);
    splitter->addWidget(heads_);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({textHeight(*this, 14), 200}); // the figure's title and rows
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    return splitter;
}

CorpusPage::List CorpusPage::addList()
{
    const List list{new CorpusList, noteLabel()};
    connect(list.rows, &CorpusList::chosen, this, &CorpusPage::openSentence);
    return list;
}

namespace
{

/// Controls, the line that says what is in the list, the list.
QWidget *listPage(std::initializer_list<QWidget *> controls, QLabel *note, QWidget *rows, QWidget *wide = {})
{
    auto *row = new QHBoxLayout;
    for (QWidget *control : controls)
        row->addWidget(control, control == wide ? 1 : 0);
    if (!wide)
        row->addStretch(1);
    auto *above = new QVBoxLayout;
    above->addLayout(row);
    above->addWidget(note);
    return column(above, rows);
}

} // namespace

QWidget *CorpusPage::examplesPage()
{
    examples_ = addList();
    ofLabel_ = plainLabel();
    layerLabel_ = plainLabel();
    indexLabel_ = plainLabel();
    of_ = new QComboBox;
    of_->setObjectName(QStringLiteral("examplesOf"));
    layer_ = new QSpinBox;
    layer_->setObjectName(QStringLiteral("examplesLayer"));
    index_ = new QSpinBox;
    index_->setObjectName(QStringLiteral("examplesIndex"));
    for (QSpinBox *box : {layer_, index_}) {
        box->setKeyboardTracking(false);
        connect(box, &QSpinBox::valueChanged, this, &CorpusPage::pinExample);
    }
    ofLabel_->setBuddy(of_);
    layerLabel_->setBuddy(layer_);
    indexLabel_->setBuddy(index_);
    return listPage({ofLabel_, of_, layerLabel_, layer_, indexLabel_, index_}, examples_.note,
                    examples_.rows);
}

QWidget *CorpusPage::usesPage()
{
    uses_ = addList();
    orderLabel_ = plainLabel();
    order_ = new QComboBox;
    order_->setObjectName(QStringLiteral("usesOrder"));
    orderLabel_->setBuddy(order_);
    makeIndex_ = new QPushButton;
    makeIndex_->setObjectName(QStringLiteral("makeIndex"));
    return listPage({orderLabel_, order_, makeIndex_}, uses_.note, uses_.rows);
}

QWidget *CorpusPage::searchPage()
{
    found_ = addList();
    searchLabel_ = plainLabel();
    search_ = new QLineEdit;
    search_->setObjectName(QStringLiteral("corpusSearch"));
    search_->setMaxLength(static_cast<int>(viewKind(corpusView, QStringLiteral("search")).highest));
    addClearButton(search_);
    searchLabel_->setBuddy(search_);
    connect(search_, &QLineEdit::textEdited, this, [this](const QString &words) {
        session().setParameter(corpusView, QStringLiteral("search"), well_formed(words));
    });
    return listPage({searchLabel_, search_}, found_.note, found_.rows, search_);
}

void CorpusPage::fitFont()
{
    for (const List &list : {examples_, uses_, found_})
        fitNote(*list.note, *this);
    map_->fitFont();
}

QString CorpusPage::title()
{
    return tr("Corpus");
}

void CorpusPage::retranslate()
{
    openOther_->setText(tr("Open another…"));
    tabs_->setTabText(static_cast<int>(CorpusTab::heads), tr("Heads"));
    tabs_->setTabText(static_cast<int>(CorpusTab::examples), tr("Examples"));
    tabs_->setTabToolTip(static_cast<int>(CorpusTab::examples), tr("Where a head or a neuron is strongest"));
    tabs_->setTabText(static_cast<int>(CorpusTab::uses), tr("Uses"));
    tabs_->setTabToolTip(static_cast<int>(CorpusTab::uses), tr("Where else the pinned token is used"));
    tabs_->setTabText(static_cast<int>(CorpusTab::search), tr("Search"));
    tabs_->setTabText(static_cast<int>(CorpusTab::map), tr("Map"));
    tabs_->setTabToolTip(static_cast<int>(CorpusTab::map), tr("Which sentences are alike"));
    map_->retranslate();
    heads_->setAccessibleName(tr("Heads over the corpus"));
    heads_->retranslate();
    examples_.rows->setAccessibleName(tr("Strongest examples"));
    uses_.rows->setAccessibleName(tr("Uses of the pinned token"));
    found_.rows->setAccessibleName(tr("Sentences found"));
    for (const List &list : {examples_, uses_, found_})
        list.rows->retranslate();
    ofLabel_->setText(tr("Strongest for:"));
    setTexts(*of_, {tr("a head"), tr("a neuron")});
    layerLabel_->setText(tr("layer"));
    orderLabel_->setText(tr("Order:"));
    setTexts(*order_, {tr("as in the corpus"), tr("sentences most like this one first"),
                       tr("tokens most like this one first"), tr("tokens of any piece most like this one")});
    makeIndex_->setText(tr("Make an index"));
    makeIndex_->setToolTip(plainToolTip(
        tr("Finds similar tokens of any piece, and those of a frequent piece among all of its uses. It is a "
           "file beside the corpus; making it for a large corpus takes some minutes.")));
    searchLabel_->setText(tr("Words:"));
    search_->setPlaceholderText(tr("Beginnings of words, in any order"));
    showOpened();
    showControls();
    if (answer_ && question_ == answer_->question)
        shownList().note->setText(unasked().isEmpty() ? corpusNote(*answer_) : unasked());
}

QStringList CorpusPage::recent()
{
    return load(setting::recentCorpora);
}

const Parameters &CorpusPage::choices() const
{
    return wantedParameters(corpusView);
}

QString CorpusPage::chosenWord(const char *name) const
{
    return wanted<QString>(corpusView, QLatin1String(name));
}

void CorpusPage::chooseFile()
{
    const QString now = corpus_ ? corpus_->path : recent().value(0);
    auto *dialog = new QFileDialog(this, tr("Open a corpus"), QFileInfo(now).path(),
                                   tr("Corpora") + QStringLiteral(" (*.sqlite *.sqlite3 *.db);;") +
                                       tr("All files") + QStringLiteral(" (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CorpusPage::open);
    dialog->open();
}

void CorpusPage::makeOfText()
{
    session().setPage(corpusPage());
    maker_->choose();
}

void CorpusPage::open(const QString &path)
{
    read(QFileInfo(path).absoluteFilePath(), true);
}

void CorpusPage::read(const QString &path, bool asked)
{
    reading_ = path;
    asked_ = asked;
    if (path.size() > static_cast<qsizetype>(viewKind(corpusView, corpusFileName).highest)) {
        accept(Result<OpenedCorpusPtr>::failed(tr("The path of this file is too long.")));
        return;
    }
    slow_.start();
    opening_.ask([path](const JobControl &) { return openCorpus(path); });
}

void CorpusPage::accept(const Result<OpenedCorpusPtr> &result)
{
    if (result.wasStopped())
        return;
    slow_.stop();
    const QString path = std::exchange(reading_, QString());
    if (!result && asked_) {
        showOpened();
        Q_EMIT failed(withParticles(result.problem()));
        return;
    }
    tried_ = path;
    notOpened_ = result ? QString() : withParticles(result.problem());
    corpus_ = result ? *result : nullptr;
    if (corpus_ && !corpus_->indexed.empty())
        preparing_.ask([](const JobControl &) {
            prepareNearest();
            return Done();
        });
    question_.reset();
    answer_.reset();
    heads_->setStatistics(corpus_ ? corpus_->heads : std::vector<HeadStatistics>(),
                          corpus_ ? corpus_->settings.heads : 1);
    head_->again(); // the same file may have other numbers
    mapped_->again();
    map_->cancel();
    if (corpus_ && asked_) {
        remember(path);
        SessionState next = session().state();
        next.views[corpusView][corpusFileName] = path;
        next.page = corpusPage();
        session().edit(std::move(next), QString());
    }
    showOpened();
    refresh();
}

void CorpusPage::remember(const QString &path)
{
    QStringList all = recent();
    all.removeAll(path);
    all.prepend(path);
    store(setting::recentCorpora, QStringList(all.mid(0, mostRecentCorpora)));
}

void CorpusPage::follow()
{
    if (!isVisible())
        return;
    const QString path = chosenWord("corpus");
    if (path != tried_ && (path.isEmpty() || path != reading_)) {
        if (path.isEmpty()) {
            opening_.cancel();
            corpus_.reset();
            tried_.clear();
            reading_.clear();
            notOpened_.clear();
            showOpened();
        } else {
            read(path, false);
        }
    }
    refresh();
}

void CorpusPage::showOpened()
{
    stack_->setCurrentIndex(corpus_ ? 1 : 0);
    none_->setProblem(notOpened_);
    if (!corpus_) {
        none_->setModel(session().state().input.reference);
        return;
    }
    file_->setText(tr("%1 · sentences: %2 · tokens: %3")
                       .arg(QFileInfo(corpus_->path).fileName(), QLocale().toString(corpus_->sentences),
                            QLocale().toString(corpus_->tokens)));
    file_->setToolTip(plainToolTip(QStringLiteral("%1\n%2").arg(
        corpus_->path, tr("made with the model %1").arg(shortened(corpus_->settings.model_name)))));
    const bool other = session().model() && !madeWith(*corpus_, session().model());
    if (other)
        another_->setText(withParticles(
            tr("This corpus was made with another model, %1; the window shows %2. Examples are those of the "
               "corpus's model.")
                .arg(shortened(corpus_->settings.model_name), session().model()->name)));
    another_->setVisible(other);
    const bool tokens = !corpus_->settings.token_layers.empty();
    const bool indexed = !corpus_->indexed.empty();
    offerFrom(*order_, 1, {corpus_->vectors, tokens && !other, indexed && !other});
    QStringList lacking;
    if (!corpus_->vectors)
        lacking.append(tr("This corpus has no vectors of sentences: its model makes none."));
    if (!tokens)
        lacking.append(tr("It has no vectors of tokens: it was made without them."));
    else if (!indexed)
        lacking.append(tr("It has no index of its tokens, or one that lacks too many sentences."));
    makeIndex_->setVisible(tokens && corpus_->indexed != corpus_->settings.token_layers);
    order_->setToolTip(lacking.join(QLatin1Char('\n')));
}

void CorpusPage::showControls()
{
    if (!corpus_)
        return;
    const CorpusSettings &settings = corpus_->settings;
    const bool neuron = chosenWord("of") == QStringLiteral("neuron");
    const QSignalBlocker blockLayer(layer_);
    const QSignalBlocker blockIndex(index_);
    indexLabel_->setText(neuron ? tr("neuron") : tr("head"));
    layer_->setRange(1, std::max(1, settings.layers));
    index_->setRange(neuron ? -1 : 1, neuron ? std::max(0, settings.d_ff - 1) : settings.heads);
    index_->setSpecialValueText(neuron ? QStringLiteral("–") : QString());
    layer_->setValue(pinned().layer + 1);
    index_->setValue(neuron ? pinned().neuron : pinned().head + 1);
    if (search_->text() != chosenWord("search"))
        search_->setText(chosenWord("search"));
    heads_->showHead(pinned().layer, pinned().head);
}

void CorpusPage::pinExample()
{
    Selected changed = pinned();
    changed.layer = layer_->value() - 1;
    if (chosenWord("of") == QStringLiteral("neuron"))
        changed.neuron = index_->value();
    else
        changed.head = index_->value() - 1;
    selection().pin(changed);
}

void CorpusPage::refresh()
{
    if (!isVisible())
        return;
    showOpened();
    showControls();
    ask();
}

void CorpusPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    follow();
}

void CorpusPage::hideEvent(QHideEvent *event)
{
    if (answers_.running()) {
        answers_.cancel();
        question_.reset(); // asked again when it is seen
    }
    Page::hideEvent(event);
}

QString CorpusPage::unasked() const
{
    return question_ && question_->kind == CorpusQuestion::Kind::none ? whyNothingIsAsked(choices(), frame())
                                                                      : QString();
}

CorpusPage::List &CorpusPage::shownList()
{
    switch (corpusTab(choices())) {
    case CorpusTab::uses:
        return uses_;
    case CorpusTab::search:
        return found_;
    default:
        return examples_;
    }
}

void CorpusPage::ask()
{
    if (!corpus_ || !hasList(corpusTab(choices()))) {
        answers_.cancel();
        question_.reset();
        answer_.reset();
        return;
    }
    CorpusQuestion asked = corpusQuestion(corpus_, choices(), frame());
    if (question_ == asked)
        return;
    question_ = asked;
    if (asked.kind == CorpusQuestion::Kind::none) {
        answers_.cancel();
        showAnswer(CorpusAnswer{.question = asked, .rows = {}});
        return;
    }
    slow_.start();
    answers_.ask(
        [asked = std::move(asked)](const JobControl &control) { return answerOf(asked, control.stop()); });
}

void CorpusPage::showAnswer(const Result<CorpusAnswer> &answer)
{
    if (answer.wasStopped() || (answer && answer->question != question_))
        return; // something newer is asked
    slow_.stop();
    answer_ = answer ? *answer : CorpusAnswer{.question = {}, .rows = {}};
    shownList().rows->setAnswer(*answer_);
    const QString nothing = answer ? unasked() : withParticles(answer.problem());
    shownList().note->setText(nothing.isEmpty() ? corpusNote(*answer_) : nothing);
    shownList().note->setToolTip(plainToolTip(shownList().note->text()));
}

void CorpusPage::openSentence(const CorpusRow &row)
{
    QString text = row.text.left(session().longestText());
    if (!text.isEmpty() && text.back().isHighSurrogate())
        text.chop(1);
    SessionState next = withTexts(session().state(), text, std::nullopt);
    next.input.masked.clear(); // they were of the other sentence
    next.input.replaced.clear();
    next.pinned.query = row.query;
    next.pinned.key = row.keyToken;
    if (answer_ && answer_->question.index >= 0 &&
        answer_->question.kind != CorpusQuestion::Kind::nearestTokens &&
        answer_->question.kind != CorpusQuestion::Kind::nearestOfAny) {
        const bool neuron = answer_->question.kind == CorpusQuestion::Kind::neuronExamples;
        next.pinned.layer = answer_->question.layer;
        (neuron ? next.pinned.neuron : next.pinned.head) = answer_->question.index;
    }
    session().edit(std::move(next), tr("Sentence of the corpus"));
}

} // namespace encoderscope
