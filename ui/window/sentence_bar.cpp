// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sentence_bar.h"

#include "ui/state/session.h"
#include "ui/window/examples.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace encoderscope
{

namespace
{

const QString menuArrow = QStringLiteral(" ▾");

QLineEdit *sentenceEdit()
{
    auto *edit = new QLineEdit;
    edit->setMaxLength(std::numeric_limits<int>::max());
    QFont font = edit->font();
    font.setPointSizeF(font.pointSizeF() * 1.25);
    edit->setFont(font);
    edit->setMinimumWidth(160);
    edit->setTextMargins(6, 4, 6, 4);
    return edit;
}

/// With the cursor behind what changed, as where one would go on typing.
void showText(QLineEdit &edit, const QString &text)
{
    const QString before = edit.text();
    if (before == text)
        return;
    qsizetype same = 0;
    const qsizetype shorter = std::min(before.size(), text.size());
    while (same < shorter && before[before.size() - 1 - same] == text[text.size() - 1 - same])
        ++same;
    edit.setText(text);
    edit.setCursorPosition(static_cast<int>(text.size() - same));
}

} // namespace

SentenceBar::SentenceBar(Session &session, QWidget *parent)
    : QWidget(parent)
    , session_(session)
    , sentenceA_(sentenceEdit())
    , sentenceB_(sentenceEdit())
    , pair_(new QToolButton)
    , examples_(new QToolButton)
    , untrained_(new QLabel)
    , model_(new QToolButton)
{
    sentenceA_->setClearButtonEnabled(true);
    examples_->setPopupMode(QToolButton::InstantPopup);
    examples_->setMenu(new QMenu(examples_));
    model_->setPopupMode(QToolButton::InstantPopup);
    untrained_->setObjectName(QStringLiteral("untrained"));
    untrained_->setAlignment(Qt::AlignCenter);
    untrained_->setStyleSheet(QStringLiteral(
        "QLabel { color: #5c3a00; background: #ffd479; border-radius: 9px; padding: 2px 9px; }"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 6);
    layout->setSpacing(8);
    layout->addWidget(sentenceA_, 3);
    layout->addWidget(sentenceB_, 2);
    for (QWidget *widget : std::initializer_list<QWidget *>{pair_, examples_, untrained_, model_})
        layout->addWidget(widget, 0, Qt::AlignVCenter);
    // The arrow is part of the text: the style's own lies over it.
    for (QToolButton *button : {examples_, model_})
        button->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; width: 0; }"));

    for (QLineEdit *edit : {sentenceA_, sentenceB_})
        edit->installEventFilter(this);
    connect(sentenceA_, &QLineEdit::textEdited, &session_, &Session::setText);
    connect(sentenceB_, &QLineEdit::textEdited, &session_, &Session::setTextB);
    connect(pair_, &QToolButton::clicked, this, [this] {
        const bool pair = session_.textB().isNull();
        session_.setTextB(pair ? QStringLiteral("") : QString());
        (pair ? sentenceB_ : sentenceA_)->setFocus();
    });
    connect(&session_, &Session::stateChanged, this, &SentenceBar::showTexts);
    connect(&session_, &Session::stateChanged, this, &SentenceBar::showModel);
    retranslate();
    showTexts();
}

void SentenceBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

bool SentenceBar::keepsKey(const QKeyEvent &event) const
{
    // Typing is undone with everything else, by the session.
    if (event.matches(QKeySequence::Undo) || event.matches(QKeySequence::Redo))
        return false;
    // "To the end of the line" where there is no End key; here it exports.
    return event.key() != Qt::Key_E || !event.modifiers().testFlag(Qt::ControlModifier);
}

bool SentenceBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && !keepsKey(*static_cast<QKeyEvent *>(event))) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void SentenceBar::retranslate()
{
    sentenceA_->setPlaceholderText(tr("Type a sentence"));
    sentenceA_->setAccessibleName(tr("Sentence A"));
    sentenceB_->setPlaceholderText(tr("Type a second sentence"));
    sentenceB_->setAccessibleName(tr("Sentence B"));
    examples_->setText(tr("Examples") + menuArrow);
    examples_->setToolTip(tr("Ready-made sentences, each with something to see in it"));
    untrained_->setText(tr("untrained weights"));
    untrained_->setToolTip(tr("The weights of this model are random initial values: it has not learned "
                              "anything yet, so its attention means nothing."));
    model_->setToolTip(tr("The model that runs; open another one here"));
    fillExamples();
    showTexts();
    showModel();
}

void SentenceBar::fillExamples()
{
    QMenu *menu = examples_->menu();
    menu->clear();
    for (const ExampleGroup &group : exampleSentences()) {
        menu->addSection(group.title);
        for (const ExampleSentence &example : group.sentences) {
            const QString shown = example.textB.isNull()
                                      ? example.text
                                      : example.text + QStringLiteral("  |  ") + example.textB;
            menu->addAction(shown, this, [this, example] {
                session_.setTexts(example.text, example.textB, tr("Example sentence"));
                sentenceA_->setFocus();
            });
        }
    }
}

void SentenceBar::showTexts()
{
    const bool pair = !session_.textB().isNull();
    showText(*sentenceA_, session_.text());
    showText(*sentenceB_, session_.textB());
    sentenceB_->setVisible(pair);
    pair_->setText(pair ? tr("− Sentence B") : tr("+ Sentence B"));
    pair_->setToolTip(pair ? tr("Take sentence B away") : tr("Give the model a second sentence"));
}

void SentenceBar::showModel()
{
    untrained_->setVisible(session_.model() && !session_.model()->trained);
}

} // namespace encoderscope
