// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sentence_bar.h"

#include "engine/model/left_out.h"
#include "ui/clear_button.h"
#include "ui/plain_text.h"
#include "ui/state/session.h"
#include "ui/window/examples.h"
#include "ui/window/sentence_edit.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <utility>

namespace encoderscope
{

namespace
{

const QString menuArrow = QStringLiteral(" ▾");

/// Something of the model that the user must know.
QLabel *badge(const QString &name)
{
    QLabel *label = plainLabel();
    label->setObjectName(name);
    label->setAlignment(Qt::AlignCenter);
    label->setStyleSheet(QStringLiteral(
        "QLabel { color: #5c3a00; background: #ffd479; border-radius: 9px; padding: 2px 9px; }"));
    return label;
}

} // namespace

SentenceBar::SentenceBar(Session &session, QWidget *parent)
    : QWidget(parent)
    , session_(session)
    , sentenceA_(new SentenceEdit)
    , sentenceB_(new SentenceEdit)
    , pair_(new QToolButton)
    , examples_(new QToolButton)
    , untrained_(badge(QStringLiteral("untrained")))
    , leftOut_(badge(QStringLiteral("leftOut")))
    , model_(new QToolButton)
{
    addClearButton(sentenceA_);
    examples_->setPopupMode(QToolButton::InstantPopup);
    examples_->setMenu(new QMenu(examples_));
    examples_->menu()->setToolTipsVisible(true);
    model_->setPopupMode(QToolButton::InstantPopup);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 6);
    layout->setSpacing(8);
    layout->addWidget(sentenceA_, 3);
    layout->addWidget(sentenceB_, 2);
    for (QWidget *widget : std::initializer_list<QWidget *>{pair_, examples_, untrained_, leftOut_, model_})
        layout->addWidget(widget, 0, Qt::AlignVCenter);
    // The arrow is part of the text: the style's own lies over it.
    for (QToolButton *button : {examples_, model_})
        button->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; width: 0; }"));

    for (SentenceEdit *edit : {sentenceA_, sentenceB_}) {
        connect(edit, &SentenceEdit::undoAsked, &session_, &Session::undo);
        connect(edit, &SentenceEdit::redoAsked, &session_, &Session::redo);
        connect(edit, &SentenceEdit::leftOut, this, &SentenceBar::sayLeftOut);
    }
    connect(&session_, &Session::textLeftOut, this,
            [this](qsizetype taken, qsizetype all) { sayLeftOut(all - taken); });
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
    if (event->type() == QEvent::FontChange) {
        for (SentenceEdit *edit : findChildren<SentenceEdit *>())
            edit->enlarge();
        // What has a style sheet does not follow the application's font by itself.
        for (QWidget *styled : std::initializer_list<QWidget *>{examples_, model_, untrained_, leftOut_})
            styled->setFont(font());
    }
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void SentenceBar::sayLeftOut(qsizetype characters)
{
    const QString longest = locale().toString(session_.longestText());
    Q_EMIT noticed(
        characters > 0
            ? tr("The model cannot use more than %1 characters; the last %2 were left out.")
                  .arg(longest, locale().toString(characters))
            : tr("The model cannot use more than %1 characters; the rest was left out.").arg(longest));
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
        menu->addSection(group.title.isEmpty() ? tr("What heads do") : group.title);
        for (const ExampleSentence &example : group.sentences) {
            const QString shown = example.textB.isNull()
                                      ? example.text
                                      : example.text + QStringLiteral("  |  ") + example.textB;
            QAction *action = menu->addAction(shown, this, [this, example] {
                session_.setTexts(example.text, example.textB, tr("Example sentence"));
                if (example.head)
                    pinHeadFor(session_, *example.head);
                sentenceA_->setFocus();
            });
            action->setToolTip(example.see);
        }
    }
}

void SentenceBar::showTexts()
{
    const bool pair = !session_.textB().isNull();
    sentenceA_->showText(session_.text());
    sentenceB_->showText(session_.textB());
    for (SentenceEdit *edit : {sentenceA_, sentenceB_}) {
        edit->setLongest(session_.longestText());
        edit->setUndoable(session_.history().canUndo(), session_.history().canRedo());
    }
    sentenceB_->setVisible(pair);
    pair_->setText(pair ? tr("− Sentence B") : tr("+ Sentence B"));
    pair_->setToolTip(pair ? tr("Take sentence B away") : tr("Give the model a second sentence"));
}

void SentenceBar::showModel()
{
    const ModelPtr &model = session_.model();
    untrained_->setVisible(model && !model->trained);
    const QStringList leftOut = model ? left_out_of(model->output) : QStringList();
    const QString reasons = leftOut.join(QLatin1Char('\n'));
    leftOut_->setVisible(!leftOut.isEmpty());
    leftOut_->setText(tr("%n output(s) left out", nullptr, static_cast<int>(leftOut.size())));
    leftOut_->setToolTip(Qt::convertFromPlainText(reasons, Qt::WhiteSpaceNormal)); // wrapped
    leftOut_->setAccessibleDescription(reasons);
    if (std::exchange(saidLeftOut_, reasons) != reasons && !reasons.isEmpty())
        Q_EMIT noticed(leftOut.join(QLatin1Char(' ')));
}

} // namespace encoderscope
