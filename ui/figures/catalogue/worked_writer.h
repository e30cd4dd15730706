// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/worked_lines.h"

#include <QStringList>

namespace encoderscope
{

/// Writes the lines of the worked example one after the other: what all of its steps are made of.
class WorkedWriter
{
public:
    WorkedWriter(const WorkedNumbers &numbers, const WorkedElement &opened);

protected:
    const EncoderConfig &config() const { return n_.trace().config(); }
    const LayerSwitches &switches() const { return n_.trace().switches().layer(n_.layer()); }
    bool preNorm() const { return config().norm_placement == NormPlacement::pre; }

    // HTML.
    QString label(int token) const { return labels_.value(token).toHtmlEscaped(); }
    static QString role(const char *name, const QString &symbol)
    {
        return QStringLiteral("<b class=\"%1\">%2</b>").arg(QLatin1String(name), symbol);
    }
    static QString q() { return role("query", QStringLiteral("q")); }
    static QString k() { return role("key", QStringLiteral("k")); }
    static QString v() { return role("value", QStringLiteral("v")); }
    static QString z() { return role("output", QStringLiteral("Z")); }
    static QString sub(const QString &text) { return QStringLiteral("<sub>%1</sub>").arg(text); }
    static QString sup(const QString &text) { return QStringLiteral("<sup>%1</sup>").arg(text); }
    static QString w(const QString &index) { return QStringLiteral("W") + sub(index); }
    static QString b(const QString &index) { return QStringLiteral("b") + sub(index); }
    /// Positions turn queries and keys in this run.
    bool turned() const { return config().positions == Positions::rotary && n_.trace().switches().positions; }
    QString normName() const
    {
        return config().norm_kind == NormKind::layer ? QStringLiteral("LayerNorm")
                                                     : QStringLiteral("RMSNorm");
    }
    /// The matrix and the bias of a gated FFN's value: x V + c ("GLU Variants Improve Transformer").
    static QString valueMatrix() { return QStringLiteral("V"); }
    static QString valueBias() { return QStringLiteral("c"); }
    /// " + b" where the model has biases.
    QString bias(const QString &index) const;
    static QString number(float value) { return workedNumber(static_cast<double>(value)); }
    static QString operand(float value)
    {
        return workedNumber(static_cast<double>(value), worked_operand_digits);
    }
    /// "= (1.5)(2)", "+ (3)(−4)": the first products, one a line, so that their number stays the same
    /// whatever the digits.
    static QStringList firstTerms(const RowVector &a, const RowVector &b);
    static bool hasMoreTerms(const RowVector &a);

    StepPlace ofQuery() const { return {.query = n_.query()}; }
    StepPlace ofHead() const { return {.head = n_.head(), .query = n_.query()}; }
    StepPlace ofPair() const { return {.head = n_.head(), .query = n_.query(), .key = n_.key()}; }

    StepLine &add(StepLine::Kind kind, const QString &text, const StepPlace &place);
    /// Begins the step of that name.
    void title(const char *name, const QString &text, const StepPlace &place);
    void text(const QString &html, const StepPlace &place);
    StepLine &strip(WorkedVector which, const QString &symbol, FigureColour::Role colour,
                    const StepPlace &place);
    /// How the opened element of that vector came about: `result` is its symbol; `row` and `column` are what
    /// is multiplied, `biasName` the symbol of what is added.
    void product(WorkedVector which, const QString &result, const QString &row, const QString &column,
                 const QString &biasName, const StepPlace &place);

    const WorkedNumbers &n_;
    WorkedElement opened_;
    QStringList labels_; ///< of the tokens
    std::vector<StepLine> lines_;
    int step_ = 0;
    QString name_ = QStringLiteral("heading"); ///< of the step
};

} // namespace encoderscope
