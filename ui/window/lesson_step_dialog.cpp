// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/lesson_step_dialog.h"

#include "engine/error.h"
#include "resources/translations/language.h"
#include "ui/lessons/lesson_writer.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace encoderscope
{

LessonStepDialog::LessonStepDialog(SessionState state, QWidget *parent)
    : QDialog(parent)
    , state_(std::move(state))
    , title_(new QLineEdit)
    , text_(new QPlainTextEdit)
    , sentence_(new QCheckBox(tr("With the sentence and what is pinned in it")))
    , problem_(new QLabel)
    , buttons_(new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel))
{
    setWindowTitle(tr("Save as lesson step"));
    auto *explanation =
        new QLabel(tr("The step shows the window as it is now, with your note. Save it to a new "
                      "file, or to a lesson that you have begun: there it becomes the last step."));
    explanation->setWordWrap(true);
    text_->setTabChangesFocus(true);
    text_->setPlaceholderText(
        tr("Empty lines divide paragraphs; {tokens} and other live numbers are filled in."));
    sentence_->setChecked(true);
    problem_->setWordWrap(true);
    problem_->setTextFormat(Qt::PlainText);
    problem_->hide();
    auto *form = new QFormLayout(this);
    form->addRow(explanation);
    form->addRow(tr("Title:"), title_);
    form->addRow(tr("Note:"), text_);
    form->addRow(sentence_);
    form->addRow(problem_);
    form->addRow(buttons_);
    resize(480, 360);
    connect(buttons_, &QDialogButtonBox::accepted, this, &LessonStepDialog::chooseFile);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(title_, &QLineEdit::textChanged, this, &LessonStepDialog::showReady);
    connect(text_, &QPlainTextEdit::textChanged, this, &LessonStepDialog::showReady);
    showReady();
}

void LessonStepDialog::showReady()
{
    buttons_->button(QDialogButtonBox::Save)
        ->setEnabled(!title_->text().trimmed().isEmpty() && !text_->toPlainText().trimmed().isEmpty());
}

void LessonStepDialog::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Save as lesson step"), QString(),
                                   tr("Lessons") + QStringLiteral(" (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // an existing lesson grows
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &LessonStepDialog::save);
    dialog->open();
}

bool LessonStepDialog::save(const QString &path)
{
    try {
        const QString language = currentLanguage();
        const QString title = title_->text().trimmed();
        appendStep(path,
                   stepOf(state_,
                          {.title = title,
                           .text = text_->toPlainText().trimmed(),
                           .withSentence = sentence_->isChecked()},
                          language),
                   title, language);
    } catch (const Error &error) {
        problem_->setText(error.message());
        problem_->show();
        return false;
    }
    Q_EMIT saved(path);
    accept();
    return true;
}

} // namespace encoderscope
