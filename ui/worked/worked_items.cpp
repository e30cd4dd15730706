// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worked/worked_items.h"

#include "engine/particles.h"
#include "ui/figures/catalogue/feed_forward_figures.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/worked/worked_product.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

namespace encoderscope
{

namespace
{

constexpr int most_keys = 14;    ///< with more, only some are listed
constexpr int listed_keys = 12;  ///< then: always so many, lest the lines below jump
constexpr int summed_values = 5; ///< weighted values drawn one by one
constexpr int written_terms = 3; ///< of the dot product

/// Writes the lines one after the other.
class Writer
{
    Q_DECLARE_TR_FUNCTIONS(WorkedExample)

public:
    Writer(const WorkedNumbers &numbers, const FigureStyle &style, bool allKeys, const WorkedElement &opened)
        : n_(numbers)
        , style_(style)
        , allKeys_(allKeys)
        , opened_(opened)
        , labels_(tokenLabels(numbers.trace()))
    {
    }

    std::vector<WorkedItem> write(Comparison comparison)
    {
        heading(comparison);
        input();
        projections();
        score();
        scaling();
        softmax();
        weightedSum();
        outputProjection();
        attentionNorm();
        feedForward();
        feedForwardNorm();
        return std::move(items_);
    }

private:
    const EncoderConfig &config() const { return n_.trace().config(); }
    const LayerSwitches &switches() const { return n_.trace().switches().layer(n_.layer()); }
    bool preNorm() const { return config().norm_placement == NormPlacement::pre; }

    QString label(int token) const { return labels_.value(token).toHtmlEscaped(); }
    QString role(const QColor &colour, const QString &symbol) const
    {
        return QStringLiteral("<b style=\"color:%1\">%2</b>").arg(colour.name(), symbol);
    }
    QString q() const { return role(style_.query, QStringLiteral("q")); }
    QString k() const { return role(style_.key, QStringLiteral("k")); }
    QString v() const { return role(style_.value, QStringLiteral("v")); }
    QString z() const { return role(style_.output, QStringLiteral("Z")); }
    static QString sub(const QString &text) { return QStringLiteral("<sub>%1</sub>").arg(text); }
    static QString sup(const QString &text) { return QStringLiteral("<sup>%1</sup>").arg(text); }
    QString bias(const QString &index) const
    {
        return config().biases ? QStringLiteral(" + b") + sub(index) : QString();
    }

    Selected lights() const { return {.layer = n_.layer(), .query = n_.query()}; }
    Selected headLights() const { return {.layer = n_.layer(), .head = n_.head(), .query = n_.query()}; }
    Selected pairLights() const
    {
        Selected pair = headLights();
        pair.key = n_.key();
        return pair;
    }

    WorkedItem &add(WorkedItem::Kind kind, const QString &text, const Selected &selected)
    {
        items_.push_back({.kind = kind, .step = step_, .text = text, .lights = selected});
        return items_.back();
    }
    void title(const QString &text, const Selected &selected)
    {
        ++step_;
        add(WorkedItem::Kind::title, QStringLiteral("%1  %2").arg(step_).arg(text), selected);
    }
    void text(const QString &html, const Selected &selected)
    {
        add(WorkedItem::Kind::text, withParticles(html), selected);
    }
    WorkedItem &strip(WorkedVector which, const QString &symbol, const QColor &colour,
                      const Selected &selected)
    {
        WorkedItem &item = add(WorkedItem::Kind::strip, symbol, selected);
        item.which = which;
        item.values = which == WorkedVector::otherValues ? RowVector() : n_.vector(which);
        item.limit = item.values.size() > 0 ? item.values.cwiseAbs().maxCoeff() : 0.0F;
        item.colour = colour;
        return item;
    }
    /// How the opened element of that vector came about: `result` is its symbol; `row` and `column` are what
    /// is multiplied, `bias` the symbol of what is added.
    void product(WorkedVector which, const QString &result, const QString &row, const QString &column,
                 const QString &biasName, const Selected &selected)
    {
        if (opened_.which != which)
            return;
        const std::optional<WorkedProduct> product = workedProduct(n_, which, opened_.element);
        if (!product)
            return;
        const QString i = QStringLiteral("i");
        const QString place = QString::number(opened_.element);
        QString formula =
            QStringLiteral("%1[%2] = Σ%3 %4[i] · %5[i, %2]").arg(result, place, sub(i), row, column);
        if (product->biased)
            formula += QStringLiteral(" + %1[%2]").arg(biasName, place);
        text(formula, selected);
        const auto part = [&](WorkedVector kind, const QString &symbol, const RowVector &values) {
            WorkedItem &item = add(WorkedItem::Kind::strip, symbol, selected);
            item.which = kind;
            item.values = values;
            item.limit = values.cwiseAbs().maxCoeff();
            item.colour = style_.text;
        };
        const auto plain = [](QString html) { // strips paint no HTML
            return html.replace(QStringLiteral("<sub>"), QStringLiteral("_"))
                .remove(QStringLiteral("</sub>"));
        };
        part(WorkedVector::productRow, row, product->row);
        part(WorkedVector::productColumn, plain(column), product->column);
        part(WorkedVector::productTerms, QStringLiteral("×"), product->terms);
        QStringList lines;
        for (Index term = 0; term < std::min<Index>(written_terms, product->terms.size()); ++term)
            lines += QStringLiteral("%1 (%2)(%3)")
                         .arg(term == 0 ? QStringLiteral("=") : QStringLiteral("+"),
                              operand(product->row[term]), operand(product->column[term]));
        lines += tr("… all %n products: %1", nullptr, static_cast<int>(product->terms.size()))
                     .arg(workedNumber(product->sum, worked_operand_digits));
        if (product->biased)
            lines +=
                QStringLiteral("+ %1 = <b>%2</b>")
                    .arg(workedNumber(product->bias, worked_operand_digits), workedNumber(product->result()));
        else
            lines += QStringLiteral("= <b>%1</b>").arg(workedNumber(product->result()));
        text(lines.join(QStringLiteral("<br>")), selected);
    }
    QString w(const QString &index) const { return QStringLiteral("W") + sub(index); }
    QString b(const QString &index) const { return QStringLiteral("b") + sub(index); }

    /// One part of the weighted sum.
    void part(const std::vector<int> &tokens, const QString &name)
    {
        const bool one = tokens.size() == 1;
        Selected selected = headLights();
        selected.key = one ? tokens.front() : -1;
        WorkedItem &item = strip(WorkedVector::otherValues, name, style_.value, selected);
        item.which = one ? WorkedVector::weightedValue : WorkedVector::otherValues;
        item.token = one ? tokens.front() : -1;
        item.weight = workedNumber(n_.weightOf(tokens));
        item.values = n_.weightedSum(tokens);
        item.numbers = false;
    }

    void heading(Comparison comparison)
    {
        const QString layerAndHead =
            tr("layer %1, head %2").arg(n_.layer() + 1).arg(n_.head() + 1).toHtmlEscaped();
        add(WorkedItem::Kind::title,
            QStringLiteral("%1 → %2 &nbsp;·&nbsp; %3")
                .arg(role(style_.query, label(n_.query())), role(style_.key, label(n_.key())), layerAndHead),
            pairLights());
        if (comparison == Comparison::before)
            text(tr("The run before switching."), lights());
        else if (comparison == Comparison::difference)
            text(tr("The run as it is now; steps have no difference."), lights());
    }

    void input()
    {
        const Selected both{.layer = n_.layer(), .query = n_.query(), .key = n_.key()};
        title(tr("Input"), both);
        const QString state = n_.layer() == 0 ? tr("the embedding of “%1”").arg(label(n_.query()))
                                              : tr("the hidden state of “%1” after layer %2")
                                                    .arg(label(n_.query()), QString::number(n_.layer()));
        text(preNorm() ? tr("x = LayerNorm of %1").arg(state) : tr("x = %1").arg(state), lights());
        strip(WorkedVector::input, QStringLiteral("x"), style_.text, lights());
        // Also when it is the same token: while typing or training, nothing below is to jump.
        text(n_.keyChosen() ? tr("The key token is “%1”:").arg(label(n_.key()))
                            : tr("The key with the greatest weight is “%1”:").arg(label(n_.key())),
             both);
        strip(WorkedVector::keyInput, QStringLiteral("x′"), style_.text, both);
    }

    void projections()
    {
        title(tr("Query, key, value"), headLights());
        const QString other = QStringLiteral("x′");
        const auto formula = [this](const QString &symbol, const QString &x, const QString &name) {
            return QStringLiteral("%1 = %2 W%3%4").arg(symbol, x, sub(name), bias(name));
        };
        text(tr("%1 of “%2”, what it looks for")
                 .arg(formula(q(), QStringLiteral("x"), QStringLiteral("Q")), label(n_.query())),
             headLights());
        strip(WorkedVector::query, QStringLiteral("q"), style_.query, headLights());
        product(WorkedVector::query, q(), QStringLiteral("x"), w(QStringLiteral("Q")), b(QStringLiteral("Q")),
                headLights());
        text(tr("%1 of “%2”, what it offers").arg(formula(k(), other, QStringLiteral("K")), label(n_.key())),
             pairLights());
        strip(WorkedVector::key, QStringLiteral("k"), style_.key, pairLights());
        product(WorkedVector::key, k(), other, w(QStringLiteral("K")), b(QStringLiteral("K")), pairLights());
        text(tr("%1 of “%2”, what it passes on")
                 .arg(formula(v(), other, QStringLiteral("V")), label(n_.key())),
             pairLights());
        strip(WorkedVector::value, QStringLiteral("v"), style_.value, pairLights());
        product(WorkedVector::value, v(), other, w(QStringLiteral("V")), b(QStringLiteral("V")),
                pairLights());
    }

    void score()
    {
        title(tr("Score"), pairLights());
        text(QStringLiteral("%1·%2 = Σ%3 q%3 k%3").arg(q(), k(), sub(QStringLiteral("i"))), pairLights());
        const RowVector query = n_.vector(WorkedVector::query);
        const RowVector key = n_.vector(WorkedVector::key);
        QStringList lines; // each term on its own: their number stays the same whatever the digits
        for (Index i = 0; i < std::min<Index>(written_terms, query.size()); ++i)
            lines += QStringLiteral("%1 (%2)(%3)")
                         .arg(i == 0 ? QStringLiteral("=") : QStringLiteral("+"), operand(query[i]),
                              operand(key[i]));
        QString result = QStringLiteral("= <b>%1</b>").arg(number(n_.at(n_.key()).raw));
        if (query.size() > written_terms)
            result.prepend(QStringLiteral("+ … "));
        lines += result;
        text(lines.join(QStringLiteral("<br>")), pairLights());
        strip(WorkedVector::terms, QStringLiteral("qᵢkᵢ"), style_.text, pairLights());
    }

    void scaling()
    {
        title(tr("Scale"), pairLights());
        const WorkedKey &key = n_.at(n_.key());
        const double root = std::sqrt(static_cast<double>(config().d_k()));
        const double divided = static_cast<double>(key.raw) / root;
        const QString d_k = QStringLiteral("d") + sub(QStringLiteral("k"));
        text(QStringLiteral("s = %1·%2 / √%3<br>= %4 / √%5 = <b>%6</b>")
                 .arg(q(), k(), d_k, operand(key.raw))
                 .arg(config().d_k())
                 .arg(workedNumber(divided)),
             pairLights());
        if (!n_.trace().model().weights.relative_bias.empty() && n_.trace().switches().positions)
            text(tr("plus the bias for the distance, %1: s = <b>%2</b>")
                     .arg(workedNumber(static_cast<double>(key.scaled) - divided, worked_operand_digits),
                          number(key.scaled)),
                 pairLights());
    }

    void softmax()
    {
        title(tr("Softmax"), headLights());
        const float temperature = n_.trace().switches().temperature;
        const QString over = temperature == 1.0F ? QString() : QStringLiteral("/") + number(temperature);
        const WorkedKey &key = n_.at(n_.key());
        if (key.masked)
            text(tr("“%1” is masked out: its weight is 0.").arg(label(n_.key())), pairLights());
        else
            text(QStringLiteral("a = e%1 / Σ%2 e%3<br>= %4 / %5 = <b>%6</b>")
                     .arg(sup(operand(key.scaled) + over), sub(QStringLiteral("j")),
                          sup(QStringLiteral("s<sub>j</sub>") + over),
                          workedNumber(n_.exponential(n_.key()), worked_operand_digits),
                          workedNumber(n_.exponentialSum(), worked_operand_digits), number(key.weight)),
                 pairLights());
        add(WorkedItem::Kind::keyTitle, tr("key"), headLights());
        keyRows();
    }

    void keyRows()
    {
        std::set<int> listed{n_.key(), n_.query()};
        const std::vector<int> strongest = n_.strongestKeys();
        const int count = static_cast<int>(strongest.size());
        const int most = allKeys_ || count <= most_keys ? count : listed_keys;
        for (const int token : strongest) {
            if (static_cast<int>(listed.size()) < most)
                listed.insert(token);
        }
        std::vector<int> others;
        std::copy_if(strongest.begin(), strongest.end(), std::back_inserter(others),
                     [&listed](int token) { return !listed.contains(token); });
        for (const int token : listed) {
            Selected selected = headLights();
            selected.key = token;
            add(WorkedItem::Kind::key, labels_.value(token), selected).token = token;
        }
        if (!others.empty())
            add(WorkedItem::Kind::moreKeys,
                tr("%n more keys, together %1", nullptr, static_cast<int>(others.size()))
                    .arg(workedNumber(n_.weightOf(others))),
                headLights());
        else if (allKeys_ && count > most_keys)
            add(WorkedItem::Kind::moreKeys, tr("Show only the strongest keys"), headLights());
        const std::vector<int> hidden = n_.hiddenKeys();
        if (hidden.empty())
            return;
        text(tr("and %n hidden special token(s), together %1", nullptr, static_cast<int>(hidden.size()))
                 .arg(workedNumber(n_.weightOf(hidden))),
             headLights());
        if (!n_.trace().token(n_.key()).special && n_.ordinaryWeight() > 0.0)
            text(tr("The figures share out what the other tokens have: %1 / %2 = <b>%3</b>")
                     .arg(operand(n_.at(n_.key()).weight),
                          workedNumber(n_.ordinaryWeight(), worked_operand_digits),
                          workedNumber(n_.shareWithoutSpecials(n_.key()))),
                 pairLights());
    }

    void weightedSum()
    {
        title(tr("Weighted sum of the values"), headLights());
        const QString head = QStringLiteral("head") + sub(QString::number(n_.head() + 1));
        const QString j = sub(QStringLiteral("j"));
        text(QStringLiteral("%1 = Σ%2 a%2 %3%2").arg(head, j, v()), headLights());
        // What is drawn adds up to the sum: one by one, the others together, the hidden ones together.
        const std::size_t begin = items_.size();
        std::vector<int> others = n_.strongestKeys();
        for (int i = 0; i < summed_values && !others.empty(); ++i) {
            part({others.front()}, labels_.value(others.front()));
            others.erase(others.begin());
        }
        if (!others.empty())
            part(others, tr("%n more", nullptr, static_cast<int>(others.size())));
        if (const std::vector<int> hidden = n_.hiddenKeys(); !hidden.empty())
            part(hidden, tr("special tokens"));
        strip(WorkedVector::headOutput, QStringLiteral("Σ"), style_.value, headLights());
        float limit = 0.0F;
        for (std::size_t i = begin; i < items_.size(); ++i)
            limit = std::max(limit, items_[i].values.cwiseAbs().maxCoeff());
        for (std::size_t i = begin; i < items_.size(); ++i)
            items_[i].limit = limit;
        product(WorkedVector::headOutput, head, QStringLiteral("a"), v(), QString(), headLights());
        if (!n_.trace().switches().head_on(n_.layer(), n_.head()))
            text(tr("This head is switched off: it passes on zeros."), headLights());
    }

    void outputProjection()
    {
        title(tr("All heads together, times W<sub>O</sub>"), lights());
        text(QStringLiteral("%1 = [head%2 … head%3] W%4%5")
                 .arg(z(), sub(QStringLiteral("1")), sub(QString::number(config().heads)),
                      sub(QStringLiteral("O")), bias(QStringLiteral("O"))),
             lights());
        strip(WorkedVector::concatenation, tr("heads"), style_.value, lights());
        strip(WorkedVector::attentionOutput, QStringLiteral("Z"), style_.output, lights());
        product(WorkedVector::attentionOutput, z(), tr("heads"), w(QStringLiteral("O")),
                b(QStringLiteral("O")), lights());
    }

    void norm(WorkedVector sum)
    {
        const NormFigures figures = n_.normFigures(sum);
        text(tr("LayerNorm: minus μ, divided by σ, times γ, plus β") +
                 QStringLiteral("<br>μ = %1, σ = %2").arg(operand(figures.mean), operand(figures.deviation)),
             lights());
    }

    void attentionNorm()
    {
        title(preNorm() ? tr("Add") : tr("Add & norm").toHtmlEscaped(), lights());
        strip(WorkedVector::attentionSum, preNorm() ? QStringLiteral("h + Z") : QStringLiteral("x + Z"),
              style_.text, lights());
        if (!switches().attention) {
            text(tr("The attention sublayer is switched off: it passes x through."), lights());
        } else if (!preNorm()) {
            norm(WorkedVector::attentionSum);
        } else {
            return;
        }
        strip(WorkedVector::attentionResult, QStringLiteral("y"), style_.text, lights());
    }

    void feedForward()
    {
        title(tr("Feed-forward"), lights());
        if (preNorm()) {
            norm(WorkedVector::attentionResult);
            strip(WorkedVector::normedResult, QStringLiteral("y"), style_.text, lights());
        }
        const auto sizes = [](int from, int to) {
            return QStringLiteral(" &nbsp;[%1 → %2]").arg(from).arg(to);
        };
        const QString y = QStringLiteral("y");
        text(tr("up projection: h = %1")
                     .arg(QStringLiteral("%1 W%2%3")
                              .arg(y, sub(QStringLiteral("1")), bias(QStringLiteral("1")))) +
                 sizes(config().d_model, config().d_ff),
             lights());
        strip(WorkedVector::expanded, QStringLiteral("h"), style_.text, lights());
        product(WorkedVector::expanded, QStringLiteral("h"), y, w(QStringLiteral("1")),
                b(QStringLiteral("1")), lights());
        const Activation activation = n_.trace().switches().activation.value_or(config().activation);
        const RowVector activated = n_.vector(WorkedVector::activated);
        text(tr("activation: %1(h), %2 of %3 neurons above 0")
                 .arg(activationName(activation))
                 .arg((activated.array() > 0.0F).count())
                 .arg(activated.size()),
             lights());
        strip(WorkedVector::activated, QStringLiteral("a(h)"), style_.text, lights());
        text(tr("down projection: %1")
                     .arg(QStringLiteral("a(h) W%1%2")
                              .arg(sub(QStringLiteral("2")), bias(QStringLiteral("2")))) +
                 sizes(config().d_ff, config().d_model),
             lights());
        strip(WorkedVector::feedForwardOutput, QStringLiteral("FFN"), style_.output, lights());
        product(WorkedVector::feedForwardOutput, QStringLiteral("FFN"), QStringLiteral("a(h)"),
                w(QStringLiteral("2")), b(QStringLiteral("2")), lights());
    }

    void feedForwardNorm()
    {
        title(preNorm() ? tr("Add") : tr("Add & norm").toHtmlEscaped(), lights());
        strip(WorkedVector::feedForwardSum, QStringLiteral("y + FFN"), style_.text, lights());
        if (!switches().on)
            text(tr("The layer is switched off: it passes its input through."), lights());
        else if (!switches().feed_forward)
            text(tr("The FFN sublayer is switched off: it passes y through."), lights());
        else if (!preNorm())
            norm(WorkedVector::feedForwardSum);
        text(n_.layer() + 1 < n_.trace().layers()
                 ? tr("= the hidden state after layer %1, which layer %2 reads")
                       .arg(n_.layer() + 1)
                       .arg(n_.layer() + 2)
                 : tr("= the hidden state after layer %1, the last one").arg(n_.layer() + 1),
             lights());
        strip(WorkedVector::output, tr("output"), style_.output, lights());
    }

    static QString number(float value) { return workedNumber(static_cast<double>(value)); }
    static QString operand(float value)
    {
        return workedNumber(static_cast<double>(value), worked_operand_digits);
    }

    const WorkedNumbers &n_;
    const FigureStyle &style_;
    bool allKeys_;
    WorkedElement opened_;
    QStringList labels_;
    std::vector<WorkedItem> items_;
    int step_ = 0;
};

} // namespace

std::vector<WorkedItem> workedItems(const WorkedNumbers &numbers, const FigureStyle &style,
                                    Comparison comparison, bool allKeys, const WorkedElement &opened)
{
    return Writer(numbers, style, allKeys, opened).write(comparison);
}

QString labelOf(const WorkedItem &item)
{
    return item.weight.isEmpty() ? item.text : item.weight + worked_weight_separator + item.text;
}

QString widestWeight()
{
    return workedNumber(8.888e-8);
}

QString workedNumber(double value, int digits)
{
    if (!std::isfinite(value))
        return std::isnan(value) ? QStringLiteral("NaN")
               : value > 0.0     ? QStringLiteral("∞")
                                 : QStringLiteral("−∞");
    if (value == 0.0)
        return QStringLiteral("0");
    const QString scientific = QString::number(value, 'e', digits - 1);
    const int exponent = scientific.section(QLatin1Char('e'), 1).toInt();
    QString text;
    if (exponent < -3 || exponent > 5) {
        static const QString raised = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
        text = scientific.section(QLatin1Char('e'), 0, 0) + QStringLiteral("×10");
        if (exponent < 0)
            text += QStringLiteral("⁻");
        for (const QChar digit : QString::number(std::abs(exponent)))
            text += raised[digit.digitValue()];
    } else {
        text = QString::number(value, 'f', std::max(0, digits - 1 - exponent));
    }
    return text.replace(QLatin1Char('-'), QChar(0x2212));
}

} // namespace encoderscope
