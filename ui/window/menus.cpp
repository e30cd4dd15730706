// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/menus.h"

#include "ui/pages/corpus_page.h"
#include "ui/state/session_files.h"
#include "ui/state/settings.h"
#include "ui/state/view_kinds.h"
#include "ui/window/reference_menu.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QWhatsThis>

namespace encoderscope
{

Menus::Menus(Session &session, QMainWindow &window)
    : QObject(&window)
    , session_(session)
    , window_(window)
{
}

QAction *Menus::add(QMenu *menu, const QString &text, const QKeySequence &shortcut, std::function<void()> act)
{
    auto *action = new QAction(text, menu);
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, [act = std::move(act)] { act(); });
    menu->addAction(action);
    return action;
}

void Menus::addChoice(QMenu *menu, QActionGroup *group, const QString &text, const QKeySequence &shortcut,
                      std::function<bool()> chosen, std::function<void()> choose)
{
    QAction *action = add(menu, text, shortcut, std::move(choose));
    action->setCheckable(true);
    group->addAction(action);
    action->setChecked(chosen());
    connect(menu, &QMenu::aboutToShow, action,
            [action, chosen = std::move(chosen)] { action->setChecked(chosen()); });
}

void Menus::build(const QStringList &pages)
{
    window_.menuBar()->clear();
    buildFile();
    buildEdit();
    buildSelect();
    buildCompare();
    buildView(pages);
    buildHelp();
}

void Menus::offerRecent(QMenu *menu, QMenu *recent, QStringList (*paths)(),
                        void (Menus::*chosen)(const QString &))
{
    recent->setToolTipsVisible(true);
    connect(menu, &QMenu::aboutToShow, recent, [this, recent, paths, chosen] {
        recent->clear();
        for (const QString &path : paths()) {
            QString name = QFileInfo(path).fileName();
            QAction *action = recent->addAction(name.replace(QLatin1Char('&'), QStringLiteral("&&")), this,
                                                [this, path, chosen] { std::invoke(chosen, this, path); });
            action->setToolTip(path);
        }
        recent->setEnabled(!recent->isEmpty());
    });
}

void Menus::buildFile()
{
    QMenu *menu = window_.menuBar()->addMenu(tr("&File"));
    add(menu, tr("&Open session…"), QKeySequence(QKeySequence::Open),
        [this] { Q_EMIT openSessionRequested(); });
    QMenu *recent = menu->addMenu(tr("Sessions opened lately"));
    offerRecent(menu, recent, SessionFiles::recent, &Menus::sessionChosen);
    add(menu, tr("&Save session"), QKeySequence(QKeySequence::Save),
        [this] { Q_EMIT saveSessionRequested(); });
    add(menu, tr("Save session &as…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S),
        [this] { Q_EMIT saveSessionAsRequested(); });
    menu->addSeparator();
    add(menu, tr("Open a cor&pus…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_P),
        [this] { Q_EMIT openCorpusRequested(); });
    add(menu, tr("Ma&ke a corpus of a text…"), QKeySequence(), [this] { Q_EMIT makeCorpusRequested(); });
    QMenu *corpora = menu->addMenu(tr("Corpora opened lately"));
    offerRecent(menu, corpora, CorpusPage::recent, &Menus::corpusChosen);
    menu->addSeparator();
    add(menu, tr("Open a model's fo&lder…"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_O),
        [this] { Q_EMIT modelFolderRequested(); });
    add(menu, tr("&More models…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
        [this] { Q_EMIT modelDownloadRequested(); });
    add(menu, tr("De&fault model"), QKeySequence(), [this] { Q_EMIT defaultModelRequested(); });
    menu->addSeparator();
    add(menu, tr("&Export figure…"), QKeySequence(Qt::CTRL | Qt::Key_E),
        [this] { Q_EMIT exportRequested(); });
    add(menu, tr("&Copy figure"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
        [this] { Q_EMIT copyRequested(); });
    add(menu, tr("Export &all heads…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
        [this] { Q_EMIT allHeadsRequested(); });
    add(menu, tr("Export a se&ries of figures…"), QKeySequence(), [this] { Q_EMIT seriesRequested(); });
    menu->addSeparator();
    add(menu, tr("&Quit"), QKeySequence(QKeySequence::Quit), [this] { window_.close(); });
}

void Menus::buildEdit()
{
    QMenu *menu = window_.menuBar()->addMenu(tr("&Edit"));
    QAction *undo = add(menu, QString(), QKeySequence(QKeySequence::Undo), [this] { session_.undo(); });
    QAction *redo = add(menu, QString(), QKeySequence(), [this] { session_.redo(); });
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    const auto say = [this, undo, redo] {
        undo->setEnabled(session_.history().canUndo());
        undo->setText((tr("&Undo") + QLatin1Char(' ') + session_.history().undoText()).trimmed());
        redo->setEnabled(session_.history().canRedo());
        redo->setText((tr("&Redo") + QLatin1Char(' ') + session_.history().redoText()).trimmed());
    };
    connect(&session_, &Session::stateChanged, undo, say);
    say();
    menu->addSeparator();

    const auto pinned = [this] { return session_.selection().pinned(); };
    add(menu, tr("Switch the pinned &head"), QKeySequence(Qt::CTRL | Qt::Key_H),
        [this, pinned] { session_.toggleHead(pinned().layer, pinned().head); });
    add(menu, tr("&Solo the pinned head"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H),
        [this, pinned] { session_.soloHead(pinned().layer, pinned().head); });
    add(menu, tr("Switch this head in all layers"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_H),
        [this, pinned] { session_.toggleHeadColumn(pinned().head); });
    menu->addSeparator();
    add(menu, tr("Switch the pinned &layer"), QKeySequence(Qt::CTRL | Qt::Key_L),
        [this, pinned] { session_.toggleLayer(pinned().layer); });
    add(menu, tr("Solo the pinned layer"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L),
        [this, pinned] { session_.soloLayer(pinned().layer); });
    add(menu, tr("Switch the layer's &attention"), QKeySequence(Qt::CTRL | Qt::Key_T),
        [this, pinned] { session_.toggleAttention(pinned().layer); });
    add(menu, tr("Switch the layer's &FFN"), QKeySequence(Qt::CTRL | Qt::Key_F),
        [this, pinned] { session_.toggleFeedForward(pinned().layer); });
    add(menu, tr("Switch the &positional encoding"), QKeySequence(Qt::CTRL | Qt::Key_P),
        [this] { session_.togglePositions(); });
    menu->addSeparator();
    add(menu, tr("Take the query &token out of attention"), QKeySequence(Qt::CTRL | Qt::Key_M),
        [this, pinned] { session_.toggleMaskedToken(pinned().query); });
    add(menu, tr("&Replace the query token by the mask token"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M),
        [this, pinned] { session_.toggleReplacedByMask(pinned().query); });
    menu->addSeparator();
    add(menu, tr("&Everything on"), QKeySequence(Qt::CTRL | Qt::Key_0), [this] { session_.resetSwitches(); });
}

void Menus::buildSelect()
{
    QMenu *menu = window_.menuBar()->addMenu(tr("&Select"));
    add(menu, tr("Next token"), QKeySequence(Qt::ALT | Qt::Key_Right), [this] { session_.stepToken(1); });
    add(menu, tr("Previous token"), QKeySequence(Qt::ALT | Qt::Key_Left), [this] { session_.stepToken(-1); });
    add(menu, tr("Next key token"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Right),
        [this] { session_.stepToken(1, true); });
    add(menu, tr("Previous key token"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Left),
        [this] { session_.stepToken(-1, true); });
    add(menu, tr("No key token"), QKeySequence(Qt::Key_Escape), [this] { Q_EMIT escapeRequested(); });
    menu->addSeparator();
    add(menu, tr("Layer above"), QKeySequence(Qt::ALT | Qt::Key_Up), [this] { session_.stepLayer(1); });
    add(menu, tr("Layer below"), QKeySequence(Qt::ALT | Qt::Key_Down), [this] { session_.stepLayer(-1); });
    add(menu, tr("Next head"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Up),
        [this] { session_.stepHead(1); });
    add(menu, tr("Previous head"), QKeySequence(Qt::ALT | Qt::SHIFT | Qt::Key_Down),
        [this] { session_.stepHead(-1); });
}

void Menus::buildCompare()
{
    QMenu *menu = window_.menuBar()->addMenu(tr("&Compare"));
    add(menu, tr("&Pin this run"), QKeySequence(Qt::Key_F9), [this] { session_.pinRun(); });
    offerReferences(*menu->addMenu(tr("Compare &with")), session_, &window_);
    menu->addSeparator();
    auto *comparisons = new QActionGroup(menu);
    const auto compare = [&](Comparison comparison, const QString &text, Qt::Key key) {
        addChoice(
            menu, comparisons, text, QKeySequence(key),
            [this, comparison] { return session_.comparison() == comparison; },
            [this, comparison] { session_.setComparison(comparison); });
    };
    compare(Comparison::now, tr("&Now: the run"), Qt::Key_F5);
    compare(Comparison::before, tr("&Reference: what it is compared with"), Qt::Key_F6);
    compare(Comparison::difference, tr("&Difference: now − reference"), Qt::Key_F7);
    compare(Comparison::sideBySide, tr("&Side by side"), Qt::Key_F8);
    menu->addSeparator();
    const QString view = QStringLiteral("compared");
    const QString name = QStringLiteral("alignment");
    const auto shown = [this, view, name] {
        return chosen<bool>(session_.frame()->parameters(view), viewKind(view, name));
    };
    QAction *alignment = add(menu, tr("&Align the tokens"), QKeySequence(Qt::Key_F4),
                             [this, view, name, shown] { session_.setParameter(view, name, !shown()); });
    alignment->setCheckable(true);
    connect(menu, &QMenu::aboutToShow, alignment, [alignment, shown] { alignment->setChecked(shown()); });
    menu->addSeparator();
    add(menu, tr("&Minimal pairs: the next one"), QKeySequence(Qt::Key_F3),
        [this] { Q_EMIT pairsRequested(1); });
    add(menu, tr("Minimal pairs: the one &before"), QKeySequence(Qt::SHIFT | Qt::Key_F3),
        [this] { Q_EMIT pairsRequested(-1); });
}

void Menus::buildView(const QStringList &pages)
{
    QMenu *menu = window_.menuBar()->addMenu(tr("&View"));
    for (int page = 0; page < pages.size(); ++page)
        add(menu, pages[page], QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page)),
            [this, page] { Q_EMIT pageChosen(page); });
    menu->addSeparator();

    QAction *hide = add(menu, tr("&Hide special tokens"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
                        [this] { session_.setHidesSpecial(!session_.hidesSpecial()); });
    hide->setCheckable(true);
    hide->setChecked(session_.hidesSpecial());
    connect(&session_, &Session::stateChanged, hide,
            [this, hide] { hide->setChecked(session_.hidesSpecial()); });
    menu->addSeparator();

    QAction *full = add(menu, tr("&Full screen"), QKeySequence(Qt::Key_F11),
                        [this] { window_.setWindowState(window_.windowState() ^ Qt::WindowFullScreen); });
    full->setCheckable(true);
    connect(menu, &QMenu::aboutToShow, full, [this, full] { full->setChecked(window_.isFullScreen()); });

    add(menu, tr("&Presentation"), QKeySequence(Qt::SHIFT | Qt::Key_F11),
        [this] { Q_EMIT presentationRequested(); });
    add(menu, tr("Ring around the p&ointer"), QKeySequence(Qt::CTRL | Qt::Key_F11),
        [this] { Q_EMIT spotlightRequested(); });
    constexpr double scaleStep = 1.1;
    add(menu, tr("&Larger text"), QKeySequence(), [this] {
        Q_EMIT scaleRequested(scaleStep);
    })->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    add(menu, tr("&Smaller text"), QKeySequence(Qt::CTRL | Qt::Key_Minus),
        [this] { Q_EMIT scaleRequested(1.0 / scaleStep); });
    add(menu, tr("Text of the &usual size"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_0),
        [this] { Q_EMIT scaleRequested(0.0); });
    menu->addSeparator();

    QMenu *themes = menu->addMenu(tr("&Theme"));
    auto *themeGroup = new QActionGroup(themes);
    const auto theme = [&](const QString &name, const QString &text) {
        addChoice(
            themes, themeGroup, text, QKeySequence(), [name] { return load(setting::theme) == name; },
            [this, name] { Q_EMIT themeChosen(name); });
    };
    theme(QString(), tr("As the desktop"));
    theme(QStringLiteral("light"), tr("Light"));
    theme(QStringLiteral("dark"), tr("Dark"));
    theme(QStringLiteral("contrast"), tr("High contrast"));

    QMenu *languageMenu = menu->addMenu(tr("&Language"));
    auto *languageGroup = new QActionGroup(languageMenu);
    const auto language = [&](const QString &code, const QString &text) {
        addChoice(
            languageMenu, languageGroup, text, QKeySequence(),
            [code] { return load(setting::language) == code; },
            [this, code] { Q_EMIT languageChosen(code); });
    };
    language(QString(), tr("As the system"));
    language(QStringLiteral("en"), QStringLiteral("English"));
    language(QStringLiteral("ko"), QStringLiteral("한국어"));
}

void Menus::buildHelp()
{
    QMenu *menu = window_.menuBar()->addMenu(tr("&Help"));
    add(menu, tr("&Course"), QKeySequence(Qt::Key_F2), [this] { Q_EMIT courseRequested(); });
    add(menu, tr("Open a &lesson…"), QKeySequence(), [this] { Q_EMIT lessonRequested(); });
    add(menu, tr("&Save as lesson step…"), QKeySequence(), [this] { Q_EMIT lessonStepRequested(); });
    menu->addSeparator();
    add(menu, tr("&What is this?"), QKeySequence(Qt::Key_F1), [this] { Q_EMIT helpRequested(); });
    add(menu, tr("&Explain a term on screen"), QKeySequence(Qt::SHIFT | Qt::Key_F1),
        [] { QWhatsThis::enterWhatsThisMode(); });
    add(menu, tr("&Keyboard and mouse"), QKeySequence(Qt::CTRL | Qt::Key_F1),
        [this] { Q_EMIT shortcutsRequested(); });
    add(menu, tr("&About Encoderscope"), QKeySequence(), [this] { Q_EMIT aboutRequested(); });
}

} // namespace encoderscope
