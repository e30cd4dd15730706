// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/lesson_panel.h"

#include "resources/translations/language.h"
#include "ui/lessons/lesson_guide.h"
#include "ui/lessons/rich_label.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace encoderscope
{

namespace
{

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

LessonPanel::LessonPanel(LessonGuide &guide, QWidget *parent)
    : QWidget(parent)
    , guide_(guide)
    , contents_(new QComboBox(this))
    , close_(new QPushButton(this))
    , title_(plainLabel(this))
    , text_(new RichLabel(this))
    , question_(new QWidget(this))
    , ask_(plainLabel(this))
    , options_(new QVBoxLayout)
    , choices_(new QButtonGroup(this))
    , verdict_(new RichLabel(this))
    , aim_(new RichLabel(this))
    , scroll_(new QScrollArea(this))
    , place_(new QLabel(this))
    , back_(new QPushButton(this))
    , again_(new QPushButton(this))
    , next_(new QPushButton(this))
{
    contents_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    close_->setFlat(true);
    fitFont();

    auto *questionLayout = new QVBoxLayout(question_);
    questionLayout->setContentsMargins(0, 6, 0, 6);
    questionLayout->addWidget(ask_);
    questionLayout->addLayout(options_);
    questionLayout->addWidget(verdict_);

    auto *body = new QWidget;
    auto *bodyLayout = new QVBoxLayout(body);
    bodyLayout->setContentsMargins(0, 0, 0, 0);
    for (QWidget *widget : std::initializer_list<QWidget *>{title_, text_, question_, aim_})
        bodyLayout->addWidget(widget);
    bodyLayout->addStretch(1);
    scroll_->setWidget(body);
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *top = new QHBoxLayout;
    top->addWidget(contents_, 1);
    top->addWidget(close_);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(back_);
    bottom->addWidget(place_, 1, Qt::AlignCenter);
    bottom->addWidget(again_);
    bottom->addWidget(next_);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 8, 8);
    layout->addLayout(top);
    layout->addWidget(scroll_, 1);
    layout->addLayout(bottom);

    connect(contents_, &QComboBox::activated, this, [this](int lesson) { guide_.open(lesson, 0); });
    connect(close_, &QPushButton::clicked, this, &LessonPanel::closed);
    connect(back_, &QPushButton::clicked, &guide_, &LessonGuide::back);
    connect(next_, &QPushButton::clicked, &guide_, &LessonGuide::next);
    connect(again_, &QPushButton::clicked, &guide_, &LessonGuide::again);
    connect(choices_, &QButtonGroup::idClicked, &guide_, &LessonGuide::choose);
    connect(&guide_, &LessonGuide::stepChanged, this, &LessonPanel::showStep);
    connect(&guide_, &LessonGuide::shownChanged, this, &LessonPanel::showTexts);
    retranslate();
}

void LessonPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        guide_.refill();
    }
    if (event->type() == QEvent::FontChange)
        fitFont();
    QWidget::changeEvent(event);
}

void LessonPanel::fitFont()
{
    QFont bold = font();
    bold.setBold(true);
    ask_->setFont(bold);
    bold.setPointSizeF(bold.pointSizeF() * 1.2);
    title_->setFont(bold);
}

void LessonPanel::retranslate()
{
    close_->setText(tr("Leave"));
    close_->setToolTip(tr("Leave the course; it goes on here next time."));
    back_->setText(tr("Back"));
    next_->setText(tr("Next"));
    again_->setText(tr("Reset"));
    again_->setToolTip(tr("Everything as this step set it up, after you tried something else."));
    contents_->setAccessibleName(tr("Chapters"));
    contents_->clear();
    const QString language = currentLanguage();
    for (const Lesson &lesson : guide_.lessons())
        contents_->addItem(lesson.title.in(language));
    showStep();
    showTexts();
}

void LessonPanel::showStep()
{
    if (!guide_.active())
        return;
    // A lesson from a file may have been added.
    const QString language = currentLanguage();
    for (int index = contents_->count(); index < static_cast<int>(guide_.lessons().size()); ++index)
        contents_->addItem(guide_.lessons()[static_cast<std::size_t>(index)].title.in(language));
    contents_->setCurrentIndex(guide_.lesson());
    const auto steps = guide_.lessons()[static_cast<std::size_t>(guide_.lesson())].steps.size();
    place_->setText(tr("%1 of %2").arg(guide_.step() + 1).arg(steps));
    back_->setEnabled(!guide_.atStart());
    next_->setEnabled(!guide_.atEnd());
    scroll_->verticalScrollBar()->setValue(0);
}

void LessonPanel::showTexts()
{
    const ShownStep &step = guide_.shown();
    title_->setText(step.title);
    text_->setHtml(step.html);
    aim_->setVisible(!step.aim.isEmpty());
    aim_->setHtml(QStringLiteral("<p><b>%1</b></p>%2").arg(tr("Try it yourself").toHtmlEscaped(), step.aim));
    showQuestion();
}

void LessonPanel::showQuestion()
{
    const ShownStep &step = guide_.shown();
    const bool asks = step.question && step.question->right >= 0;
    question_->setVisible(asks);
    if (!asks)
        return;
    const AskedQuestion &question = *step.question;
    ask_->setText(question.ask);
    const bool answered = guide_.answer() >= 0;
    // The buttons stay, so that the keyboard's focus does too.
    while (choices_->buttons().size() > question.options.size()) {
        QAbstractButton *last = choices_->button(static_cast<int>(choices_->buttons().size()) - 1);
        choices_->removeButton(last);
        last->deleteLater();
    }
    while (choices_->buttons().size() < question.options.size()) {
        auto *button = new QRadioButton(question_);
        choices_->addButton(button, static_cast<int>(choices_->buttons().size()));
        options_->addWidget(button);
    }
    choices_->setExclusive(false);
    const bool numbered = question.numbers.size() == static_cast<std::size_t>(question.options.size());
    for (int index = 0; index < question.options.size(); ++index) {
        QAbstractButton *button = choices_->button(index);
        QString label = question.options[index];
        if (answered && numbered)
            label += QStringLiteral("   %1").arg(question.numbers[static_cast<std::size_t>(index)]);
        button->setText(label.replace(QLatin1Char('&'), QStringLiteral("&&")));
        button->setChecked(index == guide_.answer());
        button->setEnabled(!answered);
    }
    choices_->setExclusive(true);
    verdict_->setVisible(answered);
    if (!answered)
        return;
    const bool right = guide_.answer() == question.right;
    QString html = QStringLiteral("<p><b>%1</b></p>")
                       .arg((right ? tr("Right.") : tr("It is: %1").arg(question.options[question.right]))
                                .toHtmlEscaped());
    if (!numbered) {
        for (const QString &number : question.numbers)
            html += QStringLiteral("<div>%1</div>").arg(number.toHtmlEscaped());
    }
    verdict_->setHtml(html + step.after);
}

} // namespace encoderscope
