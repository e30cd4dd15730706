// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/token_head_figures.h"

#include "engine/analysis/head_function.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/token_rows.h"

#include <QCoreApplication>
#include <QLocale>

namespace encoderscope
{

namespace
{

constexpr qsizetype lineUnits = 110;   ///< after which a line of the page, two lines high, lists no more
constexpr qsizetype quotedUnits = 300; ///< of a span's text
constexpr qsizetype captionUnits = 90; ///< after which a caption lists no more

const Trace &shownTrace(const ComparedTrace &compared)
{
    return compared.comparison == Comparison::before ? *compared.before : *compared.now;
}

/// The typed text that tokens [first, last] of one sentence stand for, in quotation marks.
QString quotedSpan(const Trace &trace, int first, int last)
{
    const Token &begin = trace.token(first);
    const QString &text = begin.segment == 0 ? trace.encoding().text : trace.encoding().text_b;
    return QStringLiteral("“%1”").arg(
        printableText(shortened(text.mid(begin.begin, trace.token(last).end - begin.begin), quotedUnits)));
}

/// As many of the items as there is room for, and how many more there are.
QString joined(const QStringList &items, LineRoom room)
{
    QString line = items.first();
    for (qsizetype index = 1; index < items.size(); ++index) {
        const qsizetype longest = room == LineRoom::caption ? captionUnits : lineUnits;
        if (line.size() + items[index].size() > longest)
            return QCoreApplication::translate("Pages", "%1, and %2 more")
                .arg(line)
                .arg(items.size() - index);
        line += QStringLiteral(", ") + items[index];
    }
    return line;
}

Matrix classProbabilities(const Trace &trace)
{
    Matrix probabilities = token_class_logits(trace);
    for (Index token = 0; token < probabilities.rows(); ++token)
        probabilities.row(token) = softmax_of(probabilities.row(token));
    return probabilities;
}

/// A heatmap of probabilities, or of how they differ.
HeatmapData probabilityRows(const ComparedTrace &compared, Matrix values, const QString &columnTitle)
{
    HeatmapData data = tokenRows(compared, std::move(values), columnTitle);
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "probability"));
    if (!compared.difference()) {
        data.scale = ColourScale::sequential(0.0, 1.0);
        data.clipped = false;
    }
    return data;
}

} // namespace

double tokenHeadWork(const Trace &trace, Index outputs)
{
    return static_cast<double>(trace.tokens()) * static_cast<double>(trace.config().d_model) *
           static_cast<double>(outputs);
}

QString percentText(float probability)
{
    return QLocale().toString(static_cast<double>(probability) * 100.0, 'f', 1) + QStringLiteral(" %");
}

QString labelsLine(const Trace &trace, const TokenMarks &marks, LineRoom room)
{
    QStringList spans;
    for (const LabelledSpan &span : marks.labels)
        spans.append(QStringLiteral("%1: %2 (%3)")
                         .arg(printableText(span.label), quotedSpan(trace, span.first, span.last),
                              percentText(span.probability)));
    return spans.isEmpty() ? QCoreApplication::translate("Pages", "No token has a label.")
                           : joined(spans, room);
}

QString answersLine(const Trace &trace, const TokenMarks &marks, LineRoom room)
{
    QStringList spans;
    for (const AnswerSpan &answer : marks.answers)
        spans.append(QStringLiteral("%1 (%2)").arg(quotedSpan(trace, answer.first, answer.last),
                                                   percentText(answer.probability)));
    return spans.isEmpty()
               ? QCoreApplication::translate("Pages", "There is no text to find an answer in.")
               : QCoreApplication::translate("Pages", "Likeliest answers: %1").arg(joined(spans, room));
}

QString replacedLine(const Trace &trace, const TokenMarks &marks, LineRoom room)
{
    QStringList tokens;
    for (Index token = 0; token < marks.replaced.size(); ++token) {
        if (marks.replaced[token] > 0.5F)
            tokens.append(QStringLiteral("%1 (%2)").arg(quotedToken(trace, static_cast<int>(token)),
                                                        percentText(marks.replaced[token])));
    }
    return tokens.isEmpty()
               ? QCoreApplication::translate("Pages", "No token is taken for a replaced one.")
               : QCoreApplication::translate("Pages", "Taken for replaced: %1").arg(joined(tokens, room));
}

FigurePtr tokenClassesFigure(const ComparedTrace &compared)
{
    HeatmapData data = probabilityRows(compared, compared.matrix(classProbabilities),
                                       QCoreApplication::translate("Pages", "label"));
    for (const QString &label : compared.trace().model().output.token_classification->labels)
        data.columnLabels.append(printableText(label));
    const Trace &trace = shownTrace(compared);
    return tokenRowsFigure(std::move(data),
                           QCoreApplication::translate("Pages", "Labels of the tokens") +
                               comparisonSuffix(compared),
                           QStringLiteral("token-classes") + comparisonName(compared),
                           labelsLine(trace, tokenMarks(trace), LineRoom::caption));
}

FigurePtr answerFigure(const ComparedTrace &compared)
{
    const Trace &trace = shownTrace(compared);
    const std::vector<int> text = answer_tokens(trace);
    if (text.empty())
        return nullptr;
    HeatmapData data = probabilityRows(
        compared,
        compared.matrix([](const Trace &one) { return Matrix(answer_probabilities(one).transpose()); }), {});
    data.columnLabels = {QCoreApplication::translate("Pages", "first"),
                         QCoreApplication::translate("Pages", "last")};
    const QStringList labels = data.rowLabels;
    data.rowLabels.clear();
    for (const int token : text) {
        data.rowLabels.append(labels.value(token));
        data.rowIndices.append(token);
    }
    return tokenRowsFigure(std::move(data),
                           QCoreApplication::translate("Pages", "Where the answer begins and ends") +
                               comparisonSuffix(compared),
                           QStringLiteral("answer") + comparisonName(compared),
                           answersLine(trace, tokenMarks(trace), LineRoom::caption));
}

FigurePtr replacedFigure(const ComparedTrace &compared)
{
    const Matrix values =
        compared.matrix([](const Trace &trace) { return Matrix(logistic(replaced_logits(trace))); });
    BarsData data;
    data.labels = tokenLabels(compared.trace());
    for (Index token = 0; token < values.cols(); ++token)
        data.values.append(static_cast<double>(values(0, token)));
    data.colours = {{FigureColour::Role::output}};
    data.labelTitle = QCoreApplication::translate("Pages", "token");
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "probability"));
    if (!compared.difference())
        data.high = 1.0;
    const Trace &trace = shownTrace(compared);
    return makeFigure(std::move(data),
                      QCoreApplication::translate("Pages", "Replaced tokens, as the model takes them") +
                          comparisonSuffix(compared),
                      QStringLiteral("replaced") + comparisonName(compared),
                      replacedLine(trace, tokenMarks(trace), LineRoom::caption));
}

} // namespace encoderscope
