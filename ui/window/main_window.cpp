// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "resources/translations/language.h"
#include "ui/help/context_help.h"
#include "ui/interface_scale.h"
#include "ui/lessons/course_offer.h"
#include "ui/lessons/lesson_guide.h"
#include "ui/lessons/lesson_panel.h"
#include "ui/map/encoder_map.h"
#include "ui/pages/corpus_page.h"
#include "ui/pages/figure_deck.h"
#include "ui/pages/training_page.h"
#include "ui/plain_text.h"
#include "ui/state/frame_follower.h"
#include "ui/state/reference_loader.h"
#include "ui/state/session.h"
#include "ui/state/session_files.h"
#include "ui/state/settings.h"
#include "ui/state/view_kinds.h"
#include "ui/theme.h"
#include "ui/window/about_boxes.h"
#include "ui/window/alignment_bar.h"
#include "ui/window/comparison_bar.h"
#include "ui/window/figure_exports.h"
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
#include "ui/window/status_line.h"
#include "ui/window/token_strip.h"
#include "ui/window/training_bar.h"
#include "ui/window/window_files.h"
#include "ui/worked/worked_example.h"

#include <QApplication>
#include <QDropEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMessageBox>
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
    , opened_(new WindowFiles(files, loader, this))
    , exports_(new FigureExports(session, *pages_, *worked_, *lessons_, *this))
    , pairs_(new PairsBar(session))
    , help_(new ContextHelp(this))
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
    connect(menus_, &Menus::openSessionRequested, opened_, &WindowFiles::chooseSession);
    connect(menus_, &Menus::sessionChosen, opened_, &WindowFiles::open);
    connect(menus_, &Menus::saveSessionAsRequested, opened_, &WindowFiles::saveSessionAs);
    connect(menus_, &Menus::saveSessionRequested, opened_, &WindowFiles::saveSession);
    connect(opened_, &WindowFiles::lessonOpened, this, &MainWindow::openLessonFile);
    connect(opened_, &WindowFiles::pairsOpened, this, &MainWindow::openPairs);
    connect(opened_, &WindowFiles::corpusOpened, this, [this](const QString &path) { corpus()->open(path); });
    connect(opened_, &WindowFiles::sessionSaved, this,
            [this](const QString &path) { statusBar()->showMessage(tr("Saved as %1.").arg(path), 3000); });
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
    connect(worked_, &WorkedExample::exportRequested, exports_, &FigureExports::exportOne);
    connect(worked_, &WorkedExample::copyRequested, exports_, &FigureExports::copy);
    connect(menus_, &Menus::exportRequested, this,
            [this] { worked_->hasFocus() ? worked_->exportCurrent() : pages_->current()->exportCurrent(); });
    connect(menus_, &Menus::copyRequested, this,
            [this] { worked_->hasFocus() ? worked_->copyCurrent() : pages_->current()->copyCurrent(); });
    connect(menus_, &Menus::allHeadsRequested, exports_, &FigureExports::exportHeads);
    connect(menus_, &Menus::seriesRequested, exports_, &FigureExports::exportSeries);
    connect(offer, &CourseOffer::accepted, lessons_, &LessonGuide::resume);
    connect(menus_, &Menus::courseRequested, lessons_, &LessonGuide::resume);
    connect(menus_, &Menus::lessonRequested, opened_, &WindowFiles::chooseLesson);
    connect(menus_, &Menus::lessonStepRequested, this, &MainWindow::saveLessonStep);
    connect(menus_, &Menus::scaleRequested, this, &MainWindow::scaleText);
    connect(presentation_, &Presentation::changed, this, &MainWindow::fitPanes);
    connect(menus_, &Menus::presentationRequested, presentation_,
            [this] { presentation_->setOn(!presentation_->on()); });
    connect(menus_, &Menus::spotlightRequested, presentation_,
            [this] { presentation_->setSpotlight(!presentation_->spotlight()); });
    connect(menus_, &Menus::pairsRequested, pairs_, &PairsBar::step);
    connect(pairs_, &PairsBar::failed, this, [this](const QString &message) {
        showMessage(this, QMessageBox::Warning, tr("The pairs cannot be read"), message);
    });
    connect(menus_, &Menus::escapeRequested, this, [this] {
        if (presentation_->on())
            presentation_->setOn(false);
        else
            session_.selection().pinKey(-1);
    });
    connect(lessonPanel_, &LessonPanel::closed, lessons_, &LessonGuide::leave);
    connect(lessons_, &LessonGuide::failed, this, [this](const QString &message) {
        showMessage(this, QMessageBox::Warning, tr("The lesson cannot be followed"), message);
    });
    connect(lessons_, &LessonGuide::stepChanged, this, &MainWindow::showLesson);
    auto *pointer = new LessonPointer(*lessons_, centre);
    connect(presentation_, &Presentation::changed, pointer, &LessonPointer::reveal);
    connect(lessons_, &LessonGuide::stepChanged, offer, &CourseOffer::answer);
    connect(menus_, &Menus::aboutRequested, this, [this] { showAbout(this); });
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
    connect(menus_, &Menus::shortcutsRequested, this, [this] { showShortcuts(this); });
    retranslate();
    showPageOfState();
    sentences_->sentenceA()->setFocus();
}

void MainWindow::connectPage(Page *page)
{
    connect(page, &Page::exportRequested, exports_, &FigureExports::exportOne);
    connect(page, &Page::copyRequested, exports_, &FigureExports::copy);
    connect(page, &Page::helpRequested, help_, &ContextHelp::showView);
    for (FigureDeck *deck : page->findChildren<FigureDeck *>())
        deck->setFolded(presentation_ && presentation_->on());
    if (const auto *corpus = qobject_cast<CorpusPage *>(page))
        connect(corpus, &CorpusPage::failed, this, [this](const QString &message) {
            showMessage(this, QMessageBox::Warning, tr("Corpus"), message);
        });
}

CorpusPage *MainWindow::corpus()
{
    return static_cast<CorpusPage *>(pages_->page(PageIndex::corpus));
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
            connect(showMessage(this, QMessageBox::Warning, tr("The next start cannot be as this one ends"),
                                error.message()),
                    &QDialog::finished, this, [this] {
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
    if (WindowFiles::takes(*event->mimeData()))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    opened_->drop(*event->mimeData());
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

void MainWindow::openLessonFile(const QString &path)
{
    try {
        lessons_->openFile(path);
    } catch (const Error &error) {
        showMessage(this, QMessageBox::Warning, tr("The lesson cannot be opened"), error.message());
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

} // namespace encoderscope
