// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/lesson.h"

#include <QStringList>

namespace encoderscope
{

namespace
{

/// What stands behind _ or ^ at `place`: one character, or what is in parentheses. Moves `place` behind it.
QString raised(const QString &text, qsizetype &place)
{
    if (place < text.size() && text[place] == QLatin1Char('(')) {
        const qsizetype end = text.indexOf(QLatin1Char(')'), place);
        if (end > 0) {
            const QString inside = text.mid(place + 1, end - place - 1);
            place = end + 1;
            return inside;
        }
    }
    return place < text.size() ? QString(text[place++]) : QString();
}

/// What is below or above the line has no line of its own: rich text would put a d_model in an exponent below
/// the whole formula.
QString formula(const QString &text)
{
    QString html;
    for (qsizetype place = 0; place < text.size();) {
        const QChar character = text[place++];
        if (character == QLatin1Char('_') || character == QLatin1Char('^')) {
            const bool below = character == QLatin1Char('_');
            html += (below ? QStringLiteral("<sub>%1</sub>") : QStringLiteral("<sup>%1</sup>"))
                        .arg(raised(text, place).toHtmlEscaped());
        } else if (character == QLatin1Char(' ')) {
            html += QStringLiteral("&nbsp;");
        } else {
            html += QString(character).toHtmlEscaped();
        }
    }
    return QStringLiteral("<b>%1</b>").arg(html);
}

QString paragraph(const QString &text)
{
    QString html;
    bool emphasized = false;
    for (qsizetype place = 0; place < text.size(); ++place) {
        const QChar character = text[place];
        if (character == QLatin1Char('`')) {
            const qsizetype end = text.indexOf(QLatin1Char('`'), place + 1);
            if (end > 0) {
                html += formula(text.mid(place + 1, end - place - 1));
                place = end;
                continue;
            }
        }
        if (character == QLatin1Char('*')) {
            html += emphasized ? QStringLiteral("</i>") : QStringLiteral("<i>");
            emphasized = !emphasized;
            continue;
        }
        html += character == QLatin1Char('\n') ? QStringLiteral("<br>") : QString(character).toHtmlEscaped();
    }
    return QStringLiteral("<p>%1%2</p>").arg(html, emphasized ? QStringLiteral("</i>") : QString());
}

} // namespace

QString lessonHtml(const QString &text)
{
    QString html;
    const QStringList paragraphs = text.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts);
    for (const QString &one : paragraphs)
        html += paragraph(one);
    return html;
}

} // namespace encoderscope
