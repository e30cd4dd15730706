// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/context_help.h"

#include "resources/translations/language.h"
#include "ui/help/help_texts.h"
#include "ui/help/help_window.h"
#include "ui/help/terms_in_text.h"
#include "ui/painted_words.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QTabBar>
#include <QTextDocumentFragment>
#include <QToolTip>
#include <QWhatsThis>

namespace encoderscope
{

namespace
{

constexpr std::size_t most_terms = 3; ///< explained at once
constexpr qsizetype shortText = 60;   ///< a tool tip explains a name, not a paragraph

QWidget *scrolled(QWidget &viewport)
{
    auto *area = qobject_cast<QAbstractScrollArea *>(viewport.parentWidget());
    return area && area->viewport() == &viewport ? area : nullptr;
}

QHeaderView *headerOf(QWidget &viewport)
{
    return qobject_cast<QHeaderView *>(scrolled(viewport));
}

/// Something whose words are a name, and which paints no figure.
bool isControl(QWidget &widget)
{
    return qobject_cast<QAbstractButton *>(&widget) || qobject_cast<QComboBox *>(&widget) ||
           qobject_cast<QAbstractSpinBox *>(&widget) || qobject_cast<QAbstractSlider *>(&widget) ||
           qobject_cast<QTabBar *>(&widget) || qobject_cast<QLabel *>(&widget) ||
           qobject_cast<QGroupBox *>(&widget) || headerOf(widget);
}

/// What a screen reader says there, and the tool tip. The contents of tables and text fields are left out:
/// they are not the program's words.
QString wordsAt(QWidget &widget, const QPoint &global)
{
    if (const QHeaderView *header = headerOf(widget)) {
        const int section = header->logicalIndexAt(header->viewport()->mapFromGlobal(global));
        return header->model()->headerData(section, header->orientation()).toString();
    }
    if (const auto *tabs = qobject_cast<QTabBar *>(&widget)) {
        const int tab = tabs->tabAt(widget.mapFromGlobal(global));
        return tabs->tabText(tab) + QLatin1Char('\n') + tabs->tabToolTip(tab);
    }
    QWidget *area = scrolled(widget);
    QWidget &named = area ? *area : widget;
    if (const auto *painted = dynamic_cast<const PaintedWords *>(&named))
        return painted->wordsAt(widget.mapFromGlobal(global));
    QStringList words{named.accessibleName()};
    QAccessibleInterface *part = QAccessible::queryAccessibleInterface(&named);
    const bool items = qobject_cast<QAbstractItemView *>(&named) || qobject_cast<QComboBox *>(&named);
    while (part) {
        words.prepend(part->text(QAccessible::Name));
        words.append(part->text(QAccessible::Description));
        part = items ? nullptr : part->childAt(global.x(), global.y());
        if (part && part->object() && part->object() != &named)
            break; // a widget of its own
    }
    if (const auto *choice = qobject_cast<QComboBox *>(&named))
        words.append(choice->currentText());
    if (!named.toolTip().isEmpty())
        words.append(QTextDocumentFragment::fromHtml(named.toolTip()).toPlainText());
    words.removeAll(QString());
    return words.join(QLatin1Char('\n'));
}

QString explained(const std::vector<const HelpTerm *> &terms, bool links)
{
    const QString language = currentLanguage();
    QString html;
    for (std::size_t index = 0; index < std::min(terms.size(), most_terms); ++index) {
        const QString title = terms[index]->title.in(language).toHtmlEscaped();
        const QString shown =
            links ? QStringLiteral("<a href=\"%1\">%2</a>").arg(terms[index]->name.toHtmlEscaped(), title)
                  : title;
        html += QStringLiteral("<p><b>%1</b></p>").arg(shown) + lessonHtml(terms[index]->text.in(language));
    }
    return html;
}

} // namespace

ContextHelp::ContextHelp(QWidget *window)
    : QObject(window)
    , window_(window)
{
    qApp->installEventFilter(this);
}

QStringList ContextHelp::termsAt(QWidget &widget, const QPoint &global)
{
    QStringList names;
    for (const HelpTerm *term : termsIn(wordsAt(widget, global), currentLanguage()))
        names.append(term->name);
    return names;
}

HelpWindow &ContextHelp::open()
{
    if (!help_)
        help_ = new HelpWindow(window_);
    help_->show();
    help_->raise();
    help_->activateWindow();
    return *help_;
}

void ContextHelp::showView(const QString &kind)
{
    open().showView(kind);
}

void ContextHelp::showTerm(const QString &name)
{
    open().showTerm(name);
}

bool ContextHelp::showTermOf(QWidget *control)
{
    if (!control || !isControl(*control))
        return false;
    const auto *tabs = qobject_cast<QTabBar *>(control);
    const QPoint place = (tabs ? tabs->tabRect(tabs->currentIndex()) : control->rect()).center();
    const QStringList terms = termsAt(*control, control->mapToGlobal(place));
    if (!terms.isEmpty())
        showTerm(terms.first());
    return !terms.isEmpty();
}

bool ContextHelp::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type != QEvent::ToolTip && type != QEvent::WhatsThis && type != QEvent::QueryWhatsThis &&
        type != QEvent::WhatsThisClicked)
        return false;
    auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || (widget != window_ && !window_->isAncestorOf(widget)))
        return false;
    if (type == QEvent::WhatsThisClicked) {
        showTerm(static_cast<QWhatsThisClickedEvent *>(event)->href());
        return true;
    }
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString words = wordsAt(*widget, help->globalPos());
    if (type == QEvent::ToolTip) {
        const auto *tabs = qobject_cast<QTabBar *>(widget);
        const QString own = tabs ? tabs->tabToolTip(tabs->tabAt(help->pos())) : widget->toolTip();
        if (!isControl(*widget) || !own.isEmpty() || words.size() > shortText)
            return false;
    }
    const auto terms = termsIn(words, currentLanguage());
    if (terms.empty())
        return false;
    event->accept();
    if (type == QEvent::ToolTip)
        QToolTip::showText(help->globalPos(), explained(terms, false), widget);
    else if (type == QEvent::WhatsThis)
        QWhatsThis::showText(help->globalPos(), explained(terms, true), widget);
    return true;
}

} // namespace encoderscope
