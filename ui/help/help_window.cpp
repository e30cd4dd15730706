// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/help_window.h"

#include "resources/translations/language.h"
#include "ui/clear_button.h"
#include "ui/figures/catalogue/catalogue.h"
#include "ui/help/help_texts.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace encoderscope
{

namespace
{

/// "See also": links to terms.
QString linksHtml(const QString &title, const QStringList &names)
{
    QStringList links;
    for (const QString &name : names) {
        if (const HelpTerm *term = helpTexts().term(name))
            links.append(QStringLiteral("<a href=\"%1\">%2</a>")
                             .arg(name.toHtmlEscaped(), term->title.in(currentLanguage()).toHtmlEscaped()));
    }
    return links.isEmpty() ? QString()
                           : QStringLiteral("<p>%1 %2</p>").arg(title, links.join(QStringLiteral(" · ")));
}

QString part(const QString &title, const LessonText &text)
{
    return QStringLiteral("<p><b>%1</b></p>").arg(title.toHtmlEscaped()) +
           lessonHtml(text.in(currentLanguage()));
}

} // namespace

HelpWindow::HelpWindow(QWidget *parent)
    : QDialog(parent)
    , search_(new QLineEdit)
    , terms_(new QListWidget)
    , text_(new QTextBrowser)
{
    resize(560, 420);
    text_->setOpenLinks(false);
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(search_);
    column->addWidget(terms_, 1);
    auto *splitter = new QSplitter;
    splitter->addWidget(list);
    splitter->addWidget(text_);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({190, 370});
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(splitter);
    addClearButton(search_);
    connect(search_, &QLineEdit::textChanged, this, &HelpWindow::listTerms);
    connect(terms_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (item)
            showTerm(item->data(Qt::UserRole).toString());
    });
    connect(text_, &QTextBrowser::anchorClicked, this,
            [this](const QUrl &link) { showTerm(link.toString()); });
    retranslate();
}

void HelpWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void HelpWindow::retranslate()
{
    setWindowTitle(tr("What is this?"));
    search_->setPlaceholderText(tr("Search a term"));
    terms_->setAccessibleName(tr("Terms"));
    text_->setAccessibleName(tr("Explanation"));
    listTerms();
    showAgain();
}

void HelpWindow::listTerms()
{
    const QSignalBlocker blocker(terms_);
    terms_->clear();
    for (const HelpTerm &term : helpTexts().terms) {
        const QString title = term.title.in(currentLanguage());
        const QString wanted = search_->text().trimmed();
        if (!wanted.isEmpty() && !term.title.english.contains(wanted, Qt::CaseInsensitive) &&
            !term.title.korean.contains(wanted, Qt::CaseInsensitive))
            continue;
        auto *item = new QListWidgetItem(title, terms_);
        item->setData(Qt::UserRole, term.name);
    }
    terms_->sortItems();
}

void HelpWindow::showView(const QString &kind)
{
    view_ = kind;
    term_.clear();
    showAgain();
}

void HelpWindow::showTerm(const QString &name)
{
    if (!helpTexts().term(name))
        return;
    term_ = name;
    view_.clear();
    showAgain();
}

void HelpWindow::showAgain()
{
    const QSignalBlocker blocker(terms_);
    terms_->setCurrentItem(nullptr);
    if (const HelpTerm *term = helpTexts().term(term_)) {
        for (int row = 0; row < terms_->count(); ++row) {
            if (terms_->item(row)->data(Qt::UserRole).toString() == term_)
                terms_->setCurrentRow(row);
        }
        text_->setHtml(QStringLiteral("<h3>%1</h3>").arg(term->title.in(currentLanguage()).toHtmlEscaped()) +
                       lessonHtml(term->text.in(currentLanguage())) + linksHtml(tr("See also:"), term->see));
    } else if (const HelpView *view = helpTexts().view(view_)) {
        const FigureKind *kind = findFigureKind(view_);
        const QString title = kind ? kind->title() : QString();
        text_->setHtml(
            (title.isEmpty() ? QString() : QStringLiteral("<h3>%1</h3>").arg(title.toHtmlEscaped())) +
            part(tr("What is this?"), view->what) + part(tr("How to read it"), view->read) +
            part(tr("What to try"), view->attempt) + linksHtml(tr("Terms:"), view->see));
    } else {
        text_->setHtml(QStringLiteral("<p>%1</p>").arg(tr("Choose a term.").toHtmlEscaped()));
    }
}

QString HelpWindow::plainText() const
{
    return text_->toPlainText();
}

} // namespace encoderscope
