// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/worked_writer.h"

#include "engine/particles.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/worked_product.h"

#include <QCoreApplication>
#include <QTextDocumentFragment>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int written_terms = 3; ///< of a dot product

struct WorkedWords {
    Q_DECLARE_TR_FUNCTIONS(WorkedExample)
};

/// Strips paint no HTML.
QString plain(QString html)
{
    return QTextDocumentFragment::fromHtml(html.replace(QStringLiteral("<sub>"), QStringLiteral("_")))
        .toPlainText();
}

} // namespace

WorkedWriter::WorkedWriter(const WorkedNumbers &numbers, const WorkedElement &opened)
    : n_(numbers)
    , opened_(opened)
    , labels_(tokenLabels(numbers.trace()))
{
}

QString WorkedWriter::bias(const QString &index) const
{
    bool has = config().biases;
    if (index == QStringLiteral("1"))
        has = config().has_expand_biases();
    else if (index == QStringLiteral("2"))
        has = config().has_shrink_biases();
    else if (index == QStringLiteral("K"))
        has = config().biases && config().key_biases;
    return has ? QStringLiteral(" + ") + b(index) : QString();
}

QStringList WorkedWriter::firstTerms(const RowVector &a, const RowVector &b)
{
    QStringList lines;
    for (Index term = 0; term < std::min<Index>(written_terms, a.size()); ++term)
        lines += QStringLiteral("%1 (%2)(%3)")
                     .arg(term == 0 ? QStringLiteral("=") : QStringLiteral("+"), operand(a[term]),
                          operand(b[term]));
    return lines;
}

bool WorkedWriter::hasMoreTerms(const RowVector &a)
{
    return a.size() > written_terms;
}

StepLine &WorkedWriter::add(StepLine::Kind kind, const QString &text, const StepPlace &place)
{
    lines_.push_back({.kind = kind, .step = step_, .name = name_, .text = text, .place = place});
    return lines_.back();
}

void WorkedWriter::title(const char *name, const QString &text, const StepPlace &place)
{
    ++step_;
    name_ = QLatin1String(name);
    add(StepLine::Kind::title, QStringLiteral("%1  %2").arg(step_).arg(text), place);
}

void WorkedWriter::text(const QString &html, const StepPlace &place)
{
    add(StepLine::Kind::text, withParticles(html), place);
}

StepLine &WorkedWriter::strip(WorkedVector which, const QString &symbol, FigureColour::Role colour,
                              const StepPlace &place)
{
    StepLine &line = add(StepLine::Kind::strip, symbol, place);
    line.vector = static_cast<int>(which);
    line.values = which == WorkedVector::otherValues ? RowVector() : n_.vector(which);
    line.limit = line.values.size() > 0 ? line.values.cwiseAbs().maxCoeff() : 0.0F;
    line.colour = {colour};
    return line;
}

void WorkedWriter::product(WorkedVector which, const QString &result, const QString &row,
                           const QString &column, const QString &biasName, const StepPlace &place)
{
    if (opened_.which != which)
        return;
    const std::optional<WorkedProduct> product = workedProduct(n_, which, opened_.element);
    if (!product)
        return;
    const QString i = QStringLiteral("i");
    const QString element = QString::number(opened_.element);
    QString formula =
        QStringLiteral("%1[%2] = Σ%3 %4[i] · %5[i, %2]").arg(result, element, sub(i), row, column);
    if (product->biased)
        formula += QStringLiteral(" + %1[%2]").arg(biasName, element);
    text(formula, place);
    const auto part = [&](WorkedVector kind, const QString &symbol, const RowVector &values) {
        StepLine &line = add(StepLine::Kind::strip, symbol, place);
        line.vector = static_cast<int>(kind);
        line.values = values;
        line.limit = values.cwiseAbs().maxCoeff();
        line.colour = {FigureColour::Role::text};
    };
    part(WorkedVector::productRow, plain(row), product->row);
    part(WorkedVector::productColumn, plain(column), product->column);
    part(WorkedVector::productTerms, QStringLiteral("×"), product->terms);
    QStringList lines = firstTerms(product->row, product->column);
    lines += WorkedWords::tr("⋯ all %n products: %1", nullptr, static_cast<int>(product->terms.size()))
                 .arg(workedNumber(product->sum, worked_operand_digits));
    if (product->biased)
        lines +=
            QStringLiteral("+ %1 = <b>%2</b>")
                .arg(workedNumber(product->bias, worked_operand_digits), workedNumber(product->result()));
    else
        lines += QStringLiteral("= <b>%1</b>").arg(workedNumber(product->result()));
    text(lines.join(QStringLiteral("<br>")), place);
}

} // namespace encoderscope
