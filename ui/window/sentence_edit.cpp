// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sentence_edit.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>
#include <limits>

namespace encoderscope
{

SentenceEdit::SentenceEdit(QWidget *parent)
    : QLineEdit(parent)
{
    chooseFont(QString());
    setMinimumWidth(160);
    setTextMargins(6, 4, 6, 4);
    connect(this, &QLineEdit::textChanged, this, &SentenceEdit::chooseFont);
    connect(this, &QLineEdit::inputRejected, this, [this] {
        if (!pasting_ && text().size() >= maxLength())
            Q_EMIT leftOut(0);
    });
}

void SentenceEdit::enlarge()
{
    chooseFont(text());
}

namespace
{

/// The font's rules put parts of it together: marks on letters, or letters of a syllable.
bool isComposed(const QString &text)
{
    const auto part = [](QChar c) {
        return c.isMark() || (c >= QChar(0x1100) && c <= QChar(0x11FF)) ||
               (c >= QChar(0xA960) && c <= QChar(0xA97F)) || (c >= QChar(0xD7B0) && c <= QChar(0xD7FF));
    };
    return std::any_of(text.begin(), text.end(), part);
}

} // namespace

void SentenceEdit::chooseFont(const QString &shown)
{
    constexpr qsizetype longLine = 1024; // laid out anew at every key
    QFont chosen = QApplication::font();
    chosen.setPointSizeF(chosen.pointSizeF() * 1.25);
    if (shown.size() > longLine && !isComposed(shown))
        chosen.setStyleStrategy(QFont::PreferNoShaping); // a third of the time
    if (chosen != font())
        setFont(chosen);
}

void SentenceEdit::showText(const QString &shown)
{
    const QString before = text();
    if (before == shown)
        return;
    qsizetype same = 0;
    const qsizetype shorter = std::min(before.size(), shown.size());
    while (same < shorter && before[before.size() - 1 - same] == shown[shown.size() - 1 - same])
        ++same;
    if (shown.size() > maxLength())
        setMaxLength(static_cast<int>(shown.size()));
    chooseFont(shown);
    setText(shown);
    setCursorPosition(static_cast<int>(shown.size() - same));
}

void SentenceEdit::setLongest(qsizetype longest)
{
    const auto most =
        static_cast<int>(std::clamp<qsizetype>(longest, text().size(), std::numeric_limits<int>::max()));
    if (most == maxLength())
        return;
    const int cursor = cursorPosition();
    setMaxLength(most); // sets the text anew
    setCursorPosition(cursor);
}

void SentenceEdit::setUndoable(bool undo, bool redo)
{
    canUndo_ = undo;
    canRedo_ = redo;
}

bool SentenceEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // These mean the window's commands. Ctrl+E is "to the end of the line" where there is no End key.
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool export_ = key->key() == Qt::Key_E && key->modifiers().testFlag(Qt::ControlModifier);
        if (export_ || key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    return QLineEdit::event(event);
}

void SentenceEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Paste))
        pasteWhatFits();
    else if (event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo))
        event->accept(); // there is nothing to undo
    else
        QLineEdit::keyPressEvent(event);
}

void SentenceEdit::pasteWhatFits()
{
    const QString pasted = QApplication::clipboard()->text();
    const qsizetype room = maxLength() - (text().size() - selectedText().size());
    const QString taken = pasted.left(room);
    pasting_ = true;
    chooseFont(text() + taken);
    insert(taken);
    pasting_ = false;
    Q_EMIT textEdited(text());
    if (pasted.size() > room)
        Q_EMIT leftOut(pasted.size() - room);
}

void SentenceEdit::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu](const QString &name, QKeySequence::StandardKey key, bool enabled,
                                  auto act) {
        QAction *action = menu->addAction(name, this, act);
        action->setShortcut(key);
        action->setEnabled(enabled);
    };
    add(tr("&Undo"), QKeySequence::Undo, canUndo_, &SentenceEdit::undoAsked);
    add(tr("&Redo"), QKeySequence::Redo, canRedo_, &SentenceEdit::redoAsked);
    menu->addSeparator();
    add(tr("Cu&t"), QKeySequence::Cut, hasSelectedText(), &QLineEdit::cut);
    add(tr("&Copy"), QKeySequence::Copy, hasSelectedText(), &QLineEdit::copy);
    add(tr("&Paste"), QKeySequence::Paste, !QApplication::clipboard()->text().isEmpty(),
        &SentenceEdit::pasteWhatFits);
    menu->addSeparator();
    add(tr("Select &all"), QKeySequence::SelectAll, !text().isEmpty(), &QLineEdit::selectAll);
    menu->popup(event->globalPos());
}

} // namespace encoderscope
