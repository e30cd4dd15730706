// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/token_mark_row.h"

#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/token_head_figures.h"
#include "ui/figures/figure_text.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace encoderscope
{

namespace
{

struct TokenStripTexts {
    Q_DECLARE_TR_FUNCTIONS(TokenStrip)
};

/// A span's place among the names of the model's labels, "B-PER" and "I-PER" being one.
int groupOf(const QString &name, const QStringList &labels)
{
    QStringList names;
    for (const QString &label : labels) {
        const QString plain = span_label(label);
        if (!names.contains(plain) && plain != outside_label)
            names.append(plain);
        if (plain == name)
            break;
    }
    return static_cast<int>(std::max<qsizetype>(0, names.indexOf(name)));
}

bool isReplaced(const TokenMarks &marks, Index token)
{
    return token < marks.replaced.size() && marks.replaced[token] > 0.5F;
}

} // namespace

std::vector<TokenMark> tokenMarksShown(const Frame &frame)
{
    std::vector<TokenMark> shown;
    const TokenMarks *marks = frame ? frame.marks() : nullptr;
    if (!marks)
        return shown;
    for (const LabelledSpan &span : marks->labels) {
        const QStringList &labels = frame.shown()->model().output.token_classification->labels;
        shown.push_back({span.first, span.last, printableText(span.label),
                         FigureColour::series(groupOf(span.label, labels))});
    }
    if (!marks->answers.empty()) {
        const AnswerSpan &best = marks->answers.front();
        shown.push_back({best.first, best.last, TokenStripTexts::tr("answer"), {FigureColour::Role::output}});
    }
    for (Index token = 0; token < marks->replaced.size(); ++token) {
        const int at = static_cast<int>(token);
        if (isReplaced(*marks, token))
            shown.push_back({at, at, TokenStripTexts::tr("replaced"), {FigureColour::Role::key}});
    }
    std::stable_sort(shown.begin(), shown.end(),
                     [](const TokenMark &a, const TokenMark &b) { return a.first < b.first; });
    return shown;
}

QStringList markDescriptions(const Frame &frame, int token)
{
    QStringList lines;
    const TokenMarks *marks = frame ? frame.marks() : nullptr;
    if (!marks)
        return lines;
    for (const LabelledSpan &span : marks->labels) {
        if (span.first <= token && token <= span.last)
            lines += TokenStripTexts::tr("labelled %1 (%2)")
                         .arg(printableText(span.label), percentText(span.probability));
    }
    if (!marks->answers.empty() && marks->answers.front().first <= token &&
        token <= marks->answers.front().last)
        lines += TokenStripTexts::tr("in the likeliest answer (%1)")
                     .arg(percentText(marks->answers.front().probability));
    if (token < marks->replaced.size()) {
        const QString probability = percentText(marks->replaced[token]);
        lines += isReplaced(*marks, token)
                     ? TokenStripTexts::tr("taken for a replaced token (%1)").arg(probability)
                     : TokenStripTexts::tr("not taken for a replaced token (%1)").arg(probability);
    }
    return lines;
}

void paintTokenMarks(QPainter &painter, const std::vector<TokenMark> &marks,
                     const std::function<QRectF(int token)> &chip, const QRectF &row,
                     const FigureStyle &style)
{
    constexpr double line = 2.5;
    for (std::size_t index = 0; index < marks.size(); ++index) {
        const TokenMark &mark = marks[index];
        const QRectF first = chip(mark.first);
        const QRectF last = chip(mark.last);
        if (first.isNull() || last.isNull() || last.right() < row.left() || first.left() > row.right())
            continue;
        const QRectF next = index + 1 < marks.size() ? chip(marks[index + 1].first) : QRectF();
        const double begin = first.left() + 1.0;
        const double end = next.isNull() ? std::max(row.right(), last.right()) : next.left() - 4.0;
        painter.fillRect(QRectF(begin, row.bottom() - line - 1.0, last.right() - 1.0 - begin, line),
                         mark.colour.in(style));
        painter.setPen(style.text);
        paintLine(painter, QRectF(begin, row.top(), end - begin, row.height() - line - 1.0),
                  Qt::AlignLeft | Qt::AlignVCenter, mark.text);
    }
}

} // namespace encoderscope
