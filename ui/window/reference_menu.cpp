// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/reference_menu.h"

#include "engine/analysis/trace_reader.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/plain_text.h"
#include "ui/state/session.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QInputDialog>
#include <QMenu>

namespace encoderscope
{

namespace
{

using ReferenceKind = ReferenceChoice::Kind;

struct Menu {
    Q_DECLARE_TR_FUNCTIONS(ReferenceMenu)
};

constexpr qsizetype shownCharacters = 40;

QString describe(const PinnedRun &run)
{
    const QString text =
        run.input.textB ? run.input.text + QStringLiteral(" | ") + *run.input.textB : run.input.text;
    return QStringLiteral("%1: “%2”")
        .arg(run.name, shortened(printableText(text.simplified()), shownCharacters));
}

void rename(Session &session, const QString &name, QWidget *window)
{
    auto *question = new QInputDialog(window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(Menu::tr("Rename the pinned run"));
    question->setLabelText(Menu::tr("Name:"));
    question->setTextValue(name);
    QObject::connect(question, &QInputDialog::textValueSelected, &session,
                     [&session, name](const QString &to) { session.renamePinnedRun(name, to); });
    question->open();
}

void chooseTrace(Session &session, QWidget *window)
{
    auto *dialog = new QFileDialog(window, Menu::tr("Compare with a recorded run"), QString(),
                                   Menu::tr("Recorded runs") + QStringLiteral(" (*") + trace_suffix + u')');
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, &session, &Session::compareWithTrace);
    dialog->open();
}

void fill(QMenu &menu, Session &session, QWidget *window)
{
    menu.clear();
    const SessionState &state = session.state();
    auto *group = new QActionGroup(&menu);
    const auto offer = [&](const ReferenceChoice &choice, const QString &text, bool possible) {
        QAction *action = menu.addAction(withoutMnemonics(text), &session,
                                         [&session, choice] { session.compareWith(choice); });
        action->setCheckable(true);
        action->setChecked(state.reference == choice);
        action->setEnabled(possible || state.reference == choice);
        group->addAction(action);
    };
    menu.addSection(Menu::tr("Compare with"));
    const bool computed = state.input.recorded == nullptr;
    for (const ReferenceKind kind : {ReferenceKind::withoutSwitches, ReferenceKind::sentenceB,
                                     ReferenceKind::beforeMasking, ReferenceKind::stepBefore}) {
        const bool possible =
            kind == ReferenceKind::withoutSwitches ||
            (computed && (kind == ReferenceKind::sentenceB       ? state.input.textB.has_value()
                          : kind == ReferenceKind::beforeMasking ? !state.input.replaced.empty()
                                                                 : session.hasStepBefore()));
        offer({kind}, referenceTitle({kind}), possible);
    }
    if (!state.pinnedRuns.empty())
        menu.addSeparator();
    for (const PinnedRun &run : state.pinnedRuns)
        offer({ReferenceKind::pinned, run.name}, describe(run), true);
    menu.addAction(Menu::tr("A recorded run…"), &session,
                   [&session, window] { chooseTrace(session, window); });
    if (state.reference.kind != ReferenceKind::pinned)
        return;
    const QString name = state.reference.name;
    menu.addSeparator();
    menu.addAction(withoutMnemonics(Menu::tr("Rename “%1”…").arg(name)), &session,
                   [&session, name, window] { rename(session, name, window); });
    menu.addAction(withoutMnemonics(Menu::tr("Remove “%1”").arg(name)), &session,
                   [&session, name] { session.removePinnedRun(name); });
}

} // namespace

QString referenceTitle(const ReferenceChoice &choice)
{
    switch (choice.kind) {
    case ReferenceKind::withoutSwitches:
        return Menu::tr("The same without switches");
    case ReferenceKind::sentenceB:
        return Menu::tr("Sentence B as a run of its own");
    case ReferenceKind::beforeMasking:
        return Menu::tr("The text before masking words");
    case ReferenceKind::stepBefore:
        return Menu::tr("The training step shown before");
    case ReferenceKind::pinned:
        break;
    }
    return choice.name;
}

void offerReferences(QMenu &menu, Session &session, QWidget *window)
{
    QObject::connect(&menu, &QMenu::aboutToShow, &session,
                     [&menu, &session, window] { fill(menu, session, window); });
}

} // namespace encoderscope
