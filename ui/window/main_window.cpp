// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "engine/analysis/trace_reader.h"
#include "engine/corpus/corpus_settings.h"
#include "engine/model/model_hash.h"
#include "resources/translations/language.h"
#include "ui/help/context_help.h"
#include "ui/interface_scale.h"
#include "ui/jobs/result.h"
#include "ui/lessons/course_offer.h"
#include "ui/lessons/lesson_guide.h"
#include "ui/lessons/lesson_panel.h"
#include "ui/lessons/lesson_writer.h"
#include "ui/map/encoder_map.h"
#include "ui/pages/corpus_page.h"
#include "ui/pages/figure_deck.h"
#include "ui/pages/figure_view.h"
#include "ui/pages/training_page.h"
#include "ui/plain_text.h"
#include "ui/state/frame_follower.h"
#include "ui/state/model_loader.h"
#include "ui/state/reference_loader.h"
#include "ui/state/session.h"
#include "ui/state/session_file.h"
#include "ui/state/session_files.h"
#include "ui/state/settings.h"
#include "ui/state/view_kinds.h"
#include "ui/theme.h"
#include "ui/window/alignment_bar.h"
#include "ui/window/comparison_bar.h"
#include "ui/window/export_dialog.h"
#include "ui/window/lesson_pointer.h"
#include "ui/window/lesson_step_dialog.h"
#include "ui/window/menus.h"
#include "ui/window/missing_model.h"
#include "ui/window/model_menu.h"
#include "ui/window/page_stack.h"
#include "ui/window/page_tabs.h"
#include "ui/window/pairs_bar.h"
#include "ui/window/presentation.h"
#include "ui/window/sentence_bar.h"
#include "ui/window/sentence_edit.h"
#include "ui/window/series_dialog.h"
#include "ui/window/status_line.h"
#include "ui/window/token_strip.h"
#include "ui/window/training_bar.h"
#include "ui/worked/worked_example.h"

#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QMimeData>
#include <QSplitter>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>

#include <utility>

namespace encoderscope
{

namespace
{

int pageOf(const MapPart &part)
{
    switch (part.kind) {
    case MapPart::Kind::embedding:
        return PageIndex::embedding;
    case MapPart::Kind::positions:
        return PageIndex::positions;
    case MapPart::Kind::feedForward:
        return PageIndex::feedForward;
    case MapPart::Kind::output:
    case MapPart::Kind::layer:
        return PageIndex::output;
    default:
        return PageIndex::attention;
    }
}

/// A model's folder that was dropped, or the one that a dropped file lies in; empty when it is neither.
QString droppedFolder(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    if (urls.size() != 1 || !urls.first().isLocalFile())
        return {};
    const QFileInfo dropped(urls.first().toLocalFile());
    const QDir folder(dropped.isDir() ? dropped.filePath() : dropped.path());
    return folder.exists(QStringLiteral("config.json")) ? folder.path() : QString();
}

/// A file of a session, a lesson or pairs that was dropped; empty when it is none.
QString droppedSession(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    const QString path = urls.size() == 1 ? urls.first().toLocalFile() : QString();
    const bool named =
        path.endsWith(sessionSuffix) || path.endsWith(QStringLiteral(".json")) || is_pairs_file(path);
    return named && QFileInfo(path).isFile() &&
                   (path.endsWith(sessionSuffix) || is_pairs_file(path) || isLessonFile(path))
               ? path
               : QString();
}

/// A trace's file that was dropped; empty when it is none.
QString droppedTrace(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    const QString path = urls.size() == 1 ? urls.first().toLocalFile() : QString();
    return path.endsWith(trace_suffix) && is_trace_file(path) ? path : QString();
}

/// A corpus's file that was dropped; empty when it is none.
QString droppedCorpus(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    const QString path = urls.size() == 1 ? urls.first().toLocalFile() : QString();
    return path.endsWith(corpus_suffix) && QFileInfo(path).isFile() ? path : QString();
}

} // namespace

MainWindow::MainWindow(Session &session, ModelLoader &loader, SessionFiles &files)
    : session_(session)
    , sentences_(new SentenceBar(session))
    , tabs_(new PageTabs)
    , pages_(new PageStack(session))
    , worked_(new WorkedExample(session))
    , specials_(new QToolButton)
    , panes_(new QSplitter(Qt::Horizontal))
    , loader_(loader)
    , models_(new ModelMenu(session, loader, sentences_->modelButton(), this))
    , menus_(new Menus(session, *this))
    , lessons_(new LessonGuide(session, this))
    , lessonPanel_(new LessonPanel(*lessons_))
    , files_(files)
    , pairs_(new PairsBar(session))
    , help_(new ContextHelp(this))
    , heads_(*findFigureKind(QStringLiteral("heads")),
             [this] { exportOne(heads_.figure(session_.frame(), {}), {}); })
{
    tabs_->setObjectName(QStringLiteral("pages"));
    auto *stage = new QWidget;
    auto *stageLayout = new QVBoxLayout(stage);
    stageLayout->setContentsMargins(4, 2, 0, 0);
    stageLayout->setSpacing(0);
    stageLayout->addWidget(tabs_);
    stageLayout->addWidget(pages_, 1);

    auto *map = new EncoderMap(session);
    panes_->addWidget(map);
    panes_->addWidget(stage);
    auto *side = new QSplitter(Qt::Vertical);
    side->addWidget(lessonPanel_);
    side->addWidget(worked_);
    side->setChildrenCollapsible(false);
    side->setHandleWidth(1);
    side->setStretchFactor(0, 3);
    side->setStretchFactor(1, 2);
    lessonPanel_->hide();
    panes_->addWidget(side);
    panes_->setStretchFactor(panes_->indexOf(stage), 1);
    panes_->setChildrenCollapsible(false);
    panes_->setHandleWidth(1);

    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(sentences_);
    auto *missing = new MissingModel(session, files);
    layout->addWidget(missing);
    layout->addWidget(pairs_);
    auto *offer = new CourseOffer;
    layout->addWidget(offer);
    auto *tokens = new QWidget;
    auto *tokenRows = new QVBoxLayout(tokens);
    tokenRows->setContentsMargins(0, 0, 0, 0);
    tokenRows->setSpacing(0);
    auto *tokenRow = new QHBoxLayout;
    tokenRows->addLayout(tokenRow);
    tokenRows->addWidget(new AlignmentBar(session));
    tokenRow->setContentsMargins(0, 0, 12, 0);
    tokenRow->setSpacing(8);
    tokenRow->addWidget(new TokenStrip(session), 1);
    tokenRow->addWidget(new ComparisonBar(session), 0, Qt::AlignVCenter);
    tokenRow->addWidget(specials_, 0, Qt::AlignVCenter);
    layout->addWidget(tokens);
    layout->addWidget(panes_, 1);
    setCentralWidget(centre);
    setStatusBar(new StatusLine(session));

    // Before the pages hear of the frame: the one that goes is not filled any more.
    new FrameFollower(
        session, [this] { showPageOfState(); }, this);
    connect(pages_, &PageStack::made, this, &MainWindow::connectPage);
    for (const QString &title : pageTitles())
        tabs_->addTab(title);
    trainings_ = &static_cast<TrainingPage *>(pages_->page(PageIndex::training))->runs();
    trainingBar_ = new TrainingBar(*trainings_);
    stageLayout->addWidget(trainingBar_);
    presentation_ = new Presentation(*this, *lessons_, {map, tabs_, sentences_, tokens, statusBar()});

    specials_->setCheckable(true);
    specials_->setChecked(!session.hidesSpecial());
    connect(specials_, &QToolButton::toggled, &session,
            [&session](bool shown) { session.setHidesSpecial(!shown); });
    connect(&session, &Session::stateChanged, specials_,
            [this] { specials_->setChecked(!session_.hidesSpecial()); });
    connect(map, &EncoderMap::opened, this, [this](const MapPart &part) {
        if (session_.state().page == QStringLiteral("weights"))
            showWeightsOf(part);
        else
            showPage(pageOf(part));
    });
    connect(tabs_, &QTabBar::currentChanged, this, &MainWindow::showPage);
    connect(missing, &MissingModel::findRequested, models_, &ModelMenu::chooseFolder);
    connect(missing, &MissingModel::downloadRequested, models_, &ModelMenu::download);
    connect(missing, &MissingModel::defaultRequested, models_, &ModelMenu::openDefault);
    const auto notice = [this](const QString &message) { statusBar()->showMessage(message, 20'000); };
    connect(sentences_, &SentenceBar::noticed, this, notice);
    connect(&files_, &SessionFiles::noticed, this, notice);
    connect(new ReferenceLoader(session, this), &ReferenceLoader::noticed, this, notice);
    connect(&files_, &SessionFiles::pathChanged, this, &MainWindow::retranslate);
    connect(menus_, &Menus::openSessionRequested, this, &MainWindow::chooseSession);
    connect(menus_, &Menus::sessionChosen, this, &MainWindow::openSession);
    connect(menus_, &Menus::saveSessionAsRequested, this, &MainWindow::saveSessionAs);
    connect(menus_, &Menus::saveSessionRequested, this, [this] {
        if (files_.path().isEmpty())
            saveSessionAs();
        else
            saveSession(files_.path());
    });
    connect(menus_, &Menus::openCorpusRequested, this, [this] { corpus()->chooseFile(); });
    connect(menus_, &Menus::makeCorpusRequested, this, [this] { corpus()->makeOfText(); });
    connect(menus_, &Menus::corpusChosen, this, [this](const QString &path) { corpus()->open(path); });
    setAcceptDrops(true);
    connect(menus_, &Menus::defaultModelRequested, models_, &ModelMenu::openDefault);
    connect(menus_, &Menus::modelFolderRequested, models_, &ModelMenu::chooseFolder);
    connect(menus_, &Menus::modelDownloadRequested, models_, &ModelMenu::download);
    connect(menus_, &Menus::pageChosen, this, &MainWindow::showPage);
    connect(menus_, &Menus::languageChosen, this, [](const QString &code) {
        store(setting::language, code);
        installLanguage(code);
    });
    connect(menus_, &Menus::themeChosen, this, [](const QString &name) {
        store(setting::theme, name);
        applyTheme(name);
    });
    connect(worked_, &WorkedExample::exportRequested, this, &MainWindow::exportOne);
    connect(worked_, &WorkedExample::copyRequested, this, &MainWindow::copy);
    connect(menus_, &Menus::exportRequested, this,
            [this] { worked_->hasFocus() ? worked_->exportCurrent() : pages_->current()->exportCurrent(); });
    connect(menus_, &Menus::copyRequested, this,
            [this] { worked_->hasFocus() ? worked_->copyCurrent() : pages_->current()->copyCurrent(); });
    connect(menus_, &Menus::allHeadsRequested, this, &MainWindow::exportHeads);
    connect(menus_, &Menus::seriesRequested, this, &MainWindow::exportSeries);
    connect(offer, &CourseOffer::accepted, lessons_, &LessonGuide::resume);
    connect(menus_, &Menus::courseRequested, lessons_, &LessonGuide::resume);
    connect(menus_, &Menus::lessonRequested, this, &MainWindow::chooseLesson);
    connect(menus_, &Menus::lessonStepRequested, this, &MainWindow::saveLessonStep);
    connect(menus_, &Menus::scaleRequested, this, &MainWindow::scaleText);
    connect(presentation_, &Presentation::changed, this, &MainWindow::fitPanes);
    connect(menus_, &Menus::presentationRequested, presentation_,
            [this] { presentation_->setOn(!presentation_->on()); });
    connect(menus_, &Menus::spotlightRequested, presentation_,
            [this] { presentation_->setSpotlight(!presentation_->spotlight()); });
    connect(menus_, &Menus::pairsRequested, pairs_, &PairsBar::step);
    connect(pairs_, &PairsBar::failed, this,
            [this](const QString &message) { say(tr("The pairs cannot be read"), message); });
    connect(menus_, &Menus::escapeRequested, this, [this] {
        if (presentation_->on())
            presentation_->setOn(false);
        else
            session_.selection().pinKey(-1);
    });
    connect(lessonPanel_, &LessonPanel::closed, lessons_, &LessonGuide::leave);
    connect(lessons_, &LessonGuide::failed, this,
            [this](const QString &message) { say(tr("The lesson cannot be followed"), message); });
    connect(lessons_, &LessonGuide::stepChanged, this, &MainWindow::showLesson);
    auto *pointer = new LessonPointer(*lessons_, centre);
    connect(presentation_, &Presentation::changed, pointer, &LessonPointer::reveal);
    connect(lessons_, &LessonGuide::stepChanged, offer, &CourseOffer::answer);
    connect(menus_, &Menus::aboutRequested, this, &MainWindow::showAbout);
    connect(menus_, &Menus::helpRequested, this, [this] {
        if (help_->showTermOf(focusWidget()))
            return;
        QString kind =
            worked_->hasFocus() ? QLatin1String(worked_->kind().name) : pages_->current()->currentKind();
        if (kind.isEmpty()) { // a tab without a figure: what the page's first one shows
            const std::vector<FigureOrder> all = pages_->current()->figures();
            const auto named = std::find_if(all.begin(), all.end(), [](const auto &one) { return one.kind; });
            kind = named != all.end() ? QString::fromLatin1(named->kind->name) : QString();
        }
        help_->showView(kind);
    });
    connect(menus_, &Menus::shortcutsRequested, this, &MainWindow::showShortcuts);
    retranslate();
    showPageOfState();
    sentences_->sentenceA()->setFocus();
}

void MainWindow::connectPage(Page *page)
{
    connect(page, &Page::exportRequested, this, &MainWindow::exportOne);
    connect(page, &Page::copyRequested, this, &MainWindow::copy);
    connect(page, &Page::helpRequested, help_, &ContextHelp::showView);
    for (FigureDeck *deck : page->findChildren<FigureDeck *>())
        deck->setFolded(presentation_ && presentation_->on());
    if (const auto *corpus = qobject_cast<CorpusPage *>(page))
        connect(corpus, &CorpusPage::failed, this,
                [this](const QString &message) { say(tr("Corpus"), message); });
}

CorpusPage *MainWindow::corpus()
{
    return static_cast<CorpusPage *>(pages_->page(PageIndex::corpus));
}

void MainWindow::exportOne(const FigurePtr &figure, const Viewpoint &viewpoint)
{
    ExportOthers others;
    FigurePtr named = figure;
    if (figure && session_.shown()) {
        auto frame = std::make_shared<Frame>(*session_.frame());
        frame->state.input.reference.hash = model_hash(frame->trace().model_pointer());
        named = withModelHash(figure, frame->trace().model());
        others.frame = std::move(frame);
    }
    others.all = pages_->figures();
    others.all.push_back({.kind = &worked_->kind(), .parameters = worked_->parameters()});
    exportFigure(this, named, viewpoint, std::move(others));
}

void MainWindow::exportHeads()
{
    if (!session_.shown())
        return;
    if (const FigurePtr figure = heads_.figure(session_.frame(), {}); !heads_.waiting())
        exportOne(figure, {});
    else
        statusBar()->showMessage(tr("Computing…"), 3000);
}

void MainWindow::exportSeries()
{
    if (!session_.shown())
        return;
    std::vector<SeriesSource> sources;
    if (lessons_->active())
        sources.push_back(
            stepsOf(lessons_->lessons()[static_cast<std::size_t>(lessons_->lesson())], session_.state()));
    FigureOrder shown{.kind = findFigureKind(QStringLiteral("heads"))}; // where the page shows none
    for (const FigureOrder &order : pages_->current()->figures()) {
        if (order.kind && QLatin1String(order.kind->name) == pages_->current()->currentKind())
            shown = {.kind = order.kind, .parameters = order.parameters};
    }
    const ParameterKinds kinds = shown.kind->parameters();
    if (const ParameterKind *layer = layerOf(kinds))
        sources.push_back(layersOf(shown, *layer, session_.frame()));
    if (const std::vector<Snapshot> &snapshots = trainings_->shown().snapshots(); snapshots.size() > 1)
        sources.push_back(trainingOf(shown, snapshots, session_.state()));
    if (sources.empty()) {
        say(tr("Export a series of figures"),
            tr("There is nothing to show one after the other: open a chapter of the course, a figure of one "
               "layer, or a training."));
        return;
    }
    auto *dialog = new SeriesDialog(std::move(sources), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::copy(const FigurePtr &figure, const Viewpoint &viewpoint)
{
    if (figure == nullptr)
        return;
    const Result<Done> copied = attempt([&] {
        copyFigure(session_.shown() ? withModelHash(figure, session_.shown().trace().model()) : figure,
                   viewpoint);
    });
    if (copied)
        statusBar()->showMessage(tr("The figure was copied."), 3000);
    else
        showMessage(this, QMessageBox::Warning, tr("Copy figure"), copied.problem());
}

QStringList MainWindow::pageTitles() const
{
    return PageStack::titles().replaceInStrings(QStringLiteral("&"), QStringLiteral("&&"));
}

int MainWindow::page() const
{
    return tabs_->currentIndex();
}

void MainWindow::showPage(int page)
{
    session_.setPage(pageNames().value(page));
}

void MainWindow::showWeightsOf(const MapPart &part)
{
    const QString view = QStringLiteral("weights");
    const QString name = QStringLiteral("matrix");
    const QStringList ofHeads{QStringLiteral("query"),     QStringLiteral("key"),
                              QStringLiteral("value"),     QStringLiteral("output"),
                              QStringLiteral("query-key"), QStringLiteral("value-output")};
    const QString now = chosen<QString>(session_.frame()->parameters(view), viewKind(view, name));
    switch (part.kind) {
    case MapPart::Kind::embedding:
        session_.setParameter(view, name, QStringLiteral("tokens"));
        break;
    case MapPart::Kind::positions:
        session_.setParameter(view, name, QStringLiteral("positions"));
        break;
    case MapPart::Kind::feedForward:
        if (now != QStringLiteral("down"))
            session_.setParameter(view, name, QStringLiteral("up"));
        break;
    case MapPart::Kind::head:
        if (!ofHeads.contains(now))
            session_.setParameter(view, name, ofHeads.front());
        break;
    default:
        break; // the layer alone
    }
}

void MainWindow::showPageOfState()
{
    const qsizetype page = pageNames().indexOf(session_.state().page);
    tabs_->setCurrentIndex(static_cast<int>(std::max<qsizetype>(page, 0)));
    pages_->setCurrentWidget(pages_->page(tabs_->currentIndex()));
    trainingBar_->setUnwanted(session_.state().page == QStringLiteral("training"));
}

void MainWindow::openSession(const QString &path)
{
    if (isLessonFile(path)) {
        openLessonFile(path);
        return;
    }
    if (is_pairs_file(path)) {
        openPairs(path);
        return;
    }
    if (path.endsWith(trace_suffix)) {
        loader_.open(path);
        return;
    }
    if (path.endsWith(corpus_suffix)) {
        corpus()->open(path);
        return;
    }
    try {
        files_.open(path);
    } catch (const Error &error) {
        say(tr("The session cannot be opened"), error.message());
    }
}

void MainWindow::saveSession(const QString &path)
{
    try {
        files_.save(path);
        statusBar()->showMessage(tr("Saved as %1.").arg(files_.path()), 3000);
    } catch (const Error &error) {
        say(tr("The session cannot be saved"), error.message());
    }
}

void MainWindow::chooseSession()
{
    auto *dialog = new QFileDialog(this, tr("Open session"), QFileInfo(files_.path()).path(),
                                   tr("Sessions, lessons and recorded runs") + QStringLiteral(" (*") +
                                       sessionSuffix + QStringLiteral(" *.json *") + trace_suffix + u')');
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openSession);
    dialog->open();
}

void MainWindow::saveSessionAs()
{
    auto *dialog = new QFileDialog(this, tr("Save session"), files_.path(),
                                   tr("Sessions") + QStringLiteral(" (*") + sessionSuffix + u')');
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(sessionSuffix.mid(1));
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::saveSession);
    dialog->open();
}

QMessageBox *MainWindow::say(const QString &title, const QString &message)
{
    auto *box = new QMessageBox(QMessageBox::Warning, title, message, QMessageBox::Close, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    return box;
}

void MainWindow::restoreLayout()
{
    resize(1360, 860);
    restoreGeometry(load(setting::geometry));
    panes_->restoreState(load(setting::panes));
}

bool MainWindow::event(QEvent *event)
{
    const bool done = QMainWindow::event(event);
    // The paint events of everything that changed were delivered inside this one.
    if (event->type() == QEvent::UpdateRequest) {
        session_.notePainted(pages_->current()->late() || (worked_->isVisible() && worked_->late()));
        if (session_.shown() && !std::exchange(painted_, true))
            QTimer::singleShot(0, pages_, &PageStack::makeRest); // after what was painted is on the screen
    }
    return done;
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    store(setting::geometry, saveGeometry());
    store(setting::panes, panes_->saveState());
    if (!leaving_) {
        try {
            files_.remember();
        } catch (const Error &error) {
            event->ignore();
            connect(say(tr("The next start cannot be as this one ends"), error.message()), &QDialog::finished,
                    this, [this] {
                        leaving_ = true;
                        close();
                    });
            return;
        }
    }
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedSession(event->mimeData()).isEmpty() || !droppedTrace(event->mimeData()).isEmpty() ||
        !droppedCorpus(event->mimeData()).isEmpty() || !droppedFolder(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString session = droppedSession(event->mimeData());
    const QString trace = droppedTrace(event->mimeData());
    const QString sentences = droppedCorpus(event->mimeData());
    if (!trace.isEmpty())
        loader_.open(trace);
    else if (!sentences.isEmpty())
        corpus()->open(sentences);
    else if (session.isEmpty())
        loader_.open(droppedFolder(event->mimeData()));
    else
        openSession(session);
    event->acceptProposedAction();
}

void MainWindow::retranslate()
{
    const QString file = QFileInfo(files_.path()).completeBaseName();
    setWindowTitle(file.isEmpty() ? tr("Encoderscope") : file + QStringLiteral(" – ") + tr("Encoderscope"));
    tabs_->setAccessibleName(tr("Pages"));
    specials_->setText(tr("Special tokens"));
    specials_->setToolTip(
        tr("Show or hide [CLS], [SEP] and the like. While they are hidden, attention weights are "
           "divided by what is left of their row, so that rows sum to 1 again."));
    const QStringList titles = pageTitles();
    for (int index = 0; index < titles.size(); ++index)
        tabs_->setTabText(index, titles[index]);
    tabs_->updateGeometry(); // a hidden tab bar does not say itself that its size changed
    menus_->build(titles);
}

void MainWindow::openLesson(const QString &name, int step)
{
    lessons_->open(name, step);
}

void MainWindow::chooseLesson()
{
    auto *dialog =
        new QFileDialog(this, tr("Open a lesson"), QString(), tr("Lessons") + QStringLiteral(" (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openLessonFile);
    dialog->open();
}

void MainWindow::openLessonFile(const QString &path)
{
    try {
        lessons_->openFile(path);
    } catch (const Error &error) {
        say(tr("The lesson cannot be opened"), error.message());
    }
}

void MainWindow::openPairs(const QString &path)
{
    pairs_->open(path);
}

void MainWindow::saveLessonStep()
{
    auto *dialog = new LessonStepDialog(session_.state(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LessonStepDialog::saved, this, [this](const QString &path) {
        statusBar()->showMessage(tr("The step was added to %1.").arg(path), 5000);
    });
    dialog->open();
}

void MainWindow::fitPanes()
{
    for (FigureDeck *deck : findChildren<FigureDeck *>())
        deck->setFolded(presentation_->on());
    if (presentation_->on()) {
        panesBefore_ = panes_->saveState();
        const int width = panes_->width();
        panes_->setSizes({0, width * 5 / 9, width * 4 / 9}); // large text needs room beside the page
    } else {
        panes_->restoreState(panesBefore_);
    }
}

void MainWindow::scaleText(double factor)
{
    const double scale = std::clamp(factor > 0.0 ? interfaceScale() * factor : 1.0, smallestInterfaceScale,
                                    largestInterfaceScale);
    applyInterfaceScale(scale);
    if (!presentation_->on())
        store(setting::interfaceScale, scale);
}

void MainWindow::showLesson()
{
    lessonPanel_->setVisible(lessons_->active());
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(
        QMessageBox::NoIcon, tr("About Encoderscope"),
        tr("<h3>Encoderscope %1</h3><p>See a Transformer encoder at work on your own sentence: every number "
           "that it computes, while you type.</p><p>Free software under the GNU General Public License, "
           "version 3 or later.</p>")
            .arg(QApplication::applicationVersion()),
        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::showShortcuts()
{
    const QStringList lines{
        tr("Token: hover previews, click pins the query, Ctrl+click pins the key, double-click takes it out "
           "of "
           "attention."),
        tr("Encoder map: click opens the page, a click on a switch switches, a double-click lets only that "
           "head or "
           "layer run, another one restores."),
        tr("Alt+Left, Alt+Right: tokens. With Shift: key tokens."),
        tr("Alt+Up, Alt+Down: layers. With Shift: heads."),
        tr("Every other action and its shortcut stands in the menus."),
    };
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Keyboard and mouse"),
                                QStringLiteral("<p>") + lines.join(QStringLiteral("</p><p>")) +
                                    QStringLiteral("</p>"),
                                QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace encoderscope
