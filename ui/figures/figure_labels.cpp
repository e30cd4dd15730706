// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_labels.h"

#include "ui/figures/trace_figures.h"

#include <QCoreApplication>
#include <QTextBoundaryFinder>

namespace encoderscope
{

namespace
{

constexpr qsizetype mostLabelCharacters = 64;
constexpr qsizetype mostCaptionCharacters = 160;

/// The text as it can stand in a label, a file name's neighbour or XML: control characters and halves of
/// surrogate pairs are shown as such.
QString printable(const QString &text)
{
    QString shown;
    for (qsizetype index = 0; index < text.size(); ++index) {
        const QChar c = text.at(index);
        if (c.isHighSurrogate() && index + 1 < text.size() && text.at(index + 1).isLowSurrogate()) {
            shown += c;
            shown += text.at(++index);
        } else if (c.isSurrogate() || c.isNonCharacter()) {
            shown += QChar(QChar::ReplacementCharacter);
        } else if (c.unicode() < 0x20) {
            shown += QChar(0x2400 + c.unicode()); // its picture from the block "Control Pictures"
        } else if (c.unicode() == 0x7F) {
            shown += QChar(0x2421);
        } else if (c.category() == QChar::Other_Control) {
            shown += QChar(QChar::ReplacementCharacter);
        } else {
            shown += c;
        }
    }
    return shown;
}

/// The first `most` UTF-16 units at most, and never half of what a person sees as one character.
QString shortened(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text.left(most + 64));
    finder.setPosition(most);
    const qsizetype end = finder.isAtBoundary() ? most : finder.toPreviousBoundary();
    return text.left(end > 0 ? end : most) + QChar(0x2026);
}

/// A few words that a line does not end within.
QString unbroken(QString words)
{
    return words.replace(QLatin1Char(' '), QChar(QChar::Nbsp));
}

QString quoted(const QString &text)
{
    QString line = text;
    line.replace(QLatin1Char('\r'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' '));
    return QChar(0x201C) + printable(shortened(line.trimmed(), mostCaptionCharacters)) + QChar(0x201D);
}

} // namespace

QString comparisonSuffix(const ComparedTrace &compared)
{
    switch (compared.comparison) {
    case Comparison::before:
        return QCoreApplication::translate("Figures", " (before switching)");
    case Comparison::difference:
        return QCoreApplication::translate("Figures", " (now − before)");
    case Comparison::now:
        break;
    }
    return {};
}

QString comparisonName(const ComparedTrace &compared)
{
    switch (compared.comparison) {
    case Comparison::before:
        return QStringLiteral("-before");
    case Comparison::difference:
        return QStringLiteral("-difference");
    case Comparison::now:
        break;
    }
    return {};
}

QString comparedValueTitle(const ComparedTrace &compared, const QString &value)
{
    return compared.difference() ? QCoreApplication::translate("Figures", "%1, now − before").arg(value)
                                 : value;
}

QStringList tokenLabels(const Trace &trace)
{
    QStringList labels;
    labels.reserve(trace.tokens());
    for (const Token &token : trace.encoding().tokens) {
        const QString &shown = token.special || token.text.isEmpty() ? token.piece : token.text;
        labels.append(shortened(printable(shown), mostLabelCharacters));
    }
    return labels;
}

QString figureCaption(const Trace &trace, int layer, int head)
{
    QStringList parts;
    const QString model = printable(trace.model().name);
    parts.append(trace.model().trained
                     ? model
                     : QCoreApplication::translate("Figures", "%1 (untrained weights)").arg(model));
    parts.append(quoted(trace.encoding().text));
    if (!trace.encoding().text_b.isNull())
        parts.append(quoted(trace.encoding().text_b));
    parts.append(unbroken(QCoreApplication::translate("Figures", "%n token(s)", nullptr, trace.tokens())));
    if (layer >= 0)
        parts.append(unbroken(QCoreApplication::translate("Figures", "layer %1").arg(layer + 1)));
    if (head >= 0)
        parts.append(unbroken(QCoreApplication::translate("Figures", "head %1").arg(head + 1)));
    if (trace.switches().any())
        parts.append(QCoreApplication::translate("Figures", "parts switched off or changed"));
    return parts.join(QStringLiteral(" · "));
}

} // namespace encoderscope
