// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace encoderscope
{

/// The field of one sentence. Undo and redo are the session's; what is pasted beyond what the model can use
/// is left out, and said.
class SentenceEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit SentenceEdit(QWidget *parent = nullptr);

    /// Shows it without telling anybody, with the cursor behind what changed: where one would go on typing.
    void showText(const QString &text);
    /// The most characters that typing and pasting can make of it.
    void setLongest(qsizetype longest);

    /// Its text is larger than the application's: to be called whenever that changes.
    void enlarge();

    /// Called when the menu is shown: whether there is something to undo and to redo.
    void setUndoable(bool undo, bool redo);

Q_SIGNALS:
    void undoAsked();
    void redoAsked();
    void leftOut(qsizetype characters);

protected:
    bool event(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void chooseFont(const QString &shown);
    void pasteWhatFits();

    bool canUndo_ = false, canRedo_ = false;
    bool pasting_ = false;
};

} // namespace encoderscope
