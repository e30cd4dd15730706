// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/worked_lines.h"

#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/worked_writer.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
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

using Role = FigureColour::Role;

/// With a real minus sign.
QString wholeDistance(int distance)
{
    return distance < 0 ? QChar(0x2212) + QString::number(-distance) : QString::number(distance);
}

/// "+3", "−2", "0".
QString signedDistance(int distance)
{
    return (distance > 0 ? QStringLiteral("+") : QString()) + wholeDistance(distance);
}

/// The steps, in the order of workedStepNames().
class StepsWriter : private WorkedWriter
{
    Q_DECLARE_TR_FUNCTIONS(WorkedExample)

public:
    StepsWriter(const WorkedNumbers &numbers, bool allKeys, const WorkedElement &opened)
        : WorkedWriter(numbers, opened)
        , allKeys_(allKeys)
    {
    }

    std::vector<StepLine> write(const ComparedTrace &compared)
    {
        heading(compared);
        input();
        projections();
        rotation();
        score();
        scaling();
        softmax();
        weightedSum();
        outputProjection();
        attentionNorm();
        feedForward();
        feedForwardNorm();
        return std::move(lines_);
    }

private:
    /// One part of the weighted sum.
    void part(const std::vector<int> &tokens, const QString &name)
    {
        const bool one = tokens.size() == 1;
        StepPlace place = ofHead();
        place.key = one ? tokens.front() : -1;
        StepLine &line = strip(WorkedVector::otherValues, name, Role::value, place);
        line.vector = static_cast<int>(one ? WorkedVector::weightedValue : WorkedVector::otherValues);
        line.token = one ? tokens.front() : -1;
        line.weight = workedNumber(n_.weightOf(tokens));
        line.values = n_.weightedSum(tokens);
        line.numbers = false;
    }

    void heading(const ComparedTrace &compared)
    {
        const QString layerAndHead =
            tr("layer %1, head %2").arg(n_.layer() + 1).arg(n_.head() + 1).toHtmlEscaped();
        add(StepLine::Kind::title,
            QStringLiteral("%1 → %2 &nbsp;·&nbsp; %3")
                .arg(role("query", label(n_.query())), role("key", label(n_.key())), layerAndHead),
            ofPair());
        if (compared.comparison == Comparison::before)
            text(otherReference(compared) ? tr("The reference run.") : tr("The run before switching."),
                 ofQuery());
        else if (compared.comparison == Comparison::difference)
            text(tr("The run as it is now; steps have no difference."), ofQuery());
    }

    void input()
    {
        const StepPlace both{.query = n_.query(), .key = n_.key()};
        title("input", tr("Input"), both);
        const QString state = n_.layer() == 0 ? tr("the embedding of “%1”").arg(label(n_.query()))
                                              : tr("the hidden state of “%1” after layer %2")
                                                    .arg(label(n_.query()), QString::number(n_.layer()));
        const LayerWeights &weights = n_.trace().model().weights.layers[static_cast<std::size_t>(n_.layer())];
        const bool normed = preNorm() && !weights.attention_norm.gain.empty();
        //: %1: LayerNorm or RMSNorm, %2: "the embedding of ..."
        text(normed ? tr("x = %1 of %2").arg(normName(), state) : tr("x = %1").arg(state), ofQuery());
        strip(WorkedVector::input, QStringLiteral("x"), Role::text, ofQuery());
        // Also when it is the same token: while typing or training, nothing below is to jump.
        text(n_.keyChosen() ? tr("The key token is “%1”:").arg(label(n_.key()))
                            : tr("The key with the greatest weight is “%1”:").arg(label(n_.key())),
             both);
        strip(WorkedVector::keyInput, QStringLiteral("x′"), Role::text, both);
    }

    void projections()
    {
        title("projections", tr("Query, key, value"), ofHead());
        const QString other = QStringLiteral("x′");
        const auto formula = [this](const QString &symbol, const QString &x, const QString &name) {
            return QStringLiteral("%1 = %2 W%3%4").arg(symbol, x, sub(name), bias(name));
        };
        text(tr("%1 of “%2”, what it looks for")
                 .arg(formula(q(), QStringLiteral("x"), QStringLiteral("Q")), label(n_.query())),
             ofHead());
        strip(WorkedVector::query, QStringLiteral("q"), Role::query, ofHead());
        product(WorkedVector::query, q(), QStringLiteral("x"), w(QStringLiteral("Q")), b(QStringLiteral("Q")),
                ofHead());
        text(tr("%1 of “%2”, what it offers").arg(formula(k(), other, QStringLiteral("K")), label(n_.key())),
             ofPair());
        strip(WorkedVector::key, QStringLiteral("k"), Role::key, ofPair());
        product(WorkedVector::key, k(), other, w(QStringLiteral("K")), b(QStringLiteral("K")), ofPair());
        text(tr("%1 of “%2”, what it passes on")
                 .arg(formula(v(), other, QStringLiteral("V")), label(n_.key())),
             ofPair());
        strip(WorkedVector::value, QStringLiteral("v"), Role::value, ofPair());
        product(WorkedVector::value, v(), other, w(QStringLiteral("V")), b(QStringLiteral("V")), ofPair());
    }

    /// One vector turned, and its first element in numbers.
    void turn(const QString &name, int token, WorkedVector from, WorkedVector to, Role colour,
              const StepPlace &place)
    {
        const int half = config().d_k() / 2;
        const RowVector before = n_.vector(from);
        const RowVector after = n_.vector(to);
        const double angle = token / config().turn_rate(n_.layer())->slowing;
        //: %1: a token, %2: its position, %3: an angle
        text(tr("“%1” is at position %2; the first pair turns by θ = %3:")
                     .arg(label(token))
                     .arg(token)
                     .arg(workedNumber(angle)) +
                 QStringLiteral("<br>%1[0] cos θ − %1[%2] sin θ<br>= (%3)(%4) − (%5)(%6) = <b>%7</b>")
                     .arg(name, QString::number(half), operand(before[0]),
                          workedNumber(std::cos(angle), worked_operand_digits), operand(before[half]),
                          workedNumber(std::sin(angle), worked_operand_digits), number(after[0])),
             place);
        strip(to, QStringLiteral("R%1").arg(name), colour, place);
    }

    /// Rotary positions.
    void rotation()
    {
        if (config().positions != Positions::rotary)
            return;
        title("rotation", tr("Rotation"), ofPair());
        if (!turned()) {
            text(tr("Positions are switched off: queries and keys are not turned."), ofPair());
            return;
        }
        const TurnRate rate = *config().turn_rate(n_.layer());
        text(tr("Dimensions i and i + %1 are the coordinates of a point, which turns by "
                "θ = position · %2<sup>−2i/%3</sup>.")
                     .arg(config().d_k() / 2)
                     .arg(rate.base)
                     .arg(config().d_k()) +
                 (rate.slowing == 1.0 ? QString()
                                      : u' ' + tr("All angles are divided by %1.").arg(rate.slowing)),
             ofPair());
        turn(QStringLiteral("q"), n_.query(), WorkedVector::query, WorkedVector::turnedQuery, Role::query,
             ofHead());
        turn(QStringLiteral("k"), n_.key(), WorkedVector::key, WorkedVector::turnedKey, Role::key, ofPair());
    }

    void score()
    {
        title("score", tr("Score"), ofPair());
        const QString i = sub(QStringLiteral("i"));
        if (turned())
            text(QStringLiteral("R%1·R%2 = Σ%3 (Rq)%3 (Rk)%3").arg(q(), k(), i), ofPair());
        else
            text(QStringLiteral("%1·%2 = Σ%3 q%3 k%3").arg(q(), k(), i), ofPair());
        const RowVector query = n_.vector(WorkedVector::turnedQuery);
        const RowVector key = n_.vector(WorkedVector::turnedKey);
        QStringList lines = firstTerms(query, key);
        QString result = QStringLiteral("= <b>%1</b>").arg(number(n_.at(n_.key()).raw));
        if (hasMoreTerms(query))
            result.prepend(QStringLiteral("+ ⋯ "));
        lines += result;
        text(lines.join(QStringLiteral("<br>")), ofPair());
        strip(WorkedVector::terms, QStringLiteral("qᵢkᵢ"), Role::text, ofPair());
        relativeProducts();
    }

    /// What DeBERTa and others add for the distance.
    void relativeProducts()
    {
        const RelativeProducts &products = config().relative_products;
        if (products.rows == 0)
            return;
        if (!n_.trace().switches().positions) {
            text(tr("Positions are switched off: nothing is added for the distance."), ofPair());
            return;
        }
        const WorkedKey &key = n_.at(n_.key());
        const QString delta = sub(QStringLiteral("δ"));
        text(tr("The key is at the distance δ = %1 − %2 = %3, which has a key and a query of its own:")
                 .arg(n_.query())
                 .arg(n_.key())
                 .arg(wholeDistance(n_.query() - n_.key())),
             ofPair());
        if (products.content_to_position)
            text(tr("content to position: %1 = <b>%2</b>")
                     .arg(QStringLiteral("%1·k%2").arg(q(), delta), number(key.contentToPosition)),
                 ofPair());
        if (products.position_to_content)
            text(tr("position to content: %1 = <b>%2</b>")
                     .arg(QStringLiteral("q%1·%2").arg(delta, k()), number(key.positionToContent)),
                 ofPair());
    }

    void scaling()
    {
        title("scale", tr("Scale"), ofPair());
        const WorkedKey &key = n_.at(n_.key());
        const QString d_k = QStringLiteral("d") + sub(QStringLiteral("k"));
        const auto sum = static_cast<double>(key.raw + key.contentToPosition + key.positionToContent);
        const QString left = config().relative_products.rows > 0 ? tr("sum of the products")
                             : turned()                          ? QStringLiteral("R%1·R%2").arg(q(), k())
                                                                 : QStringLiteral("%1·%2").arg(q(), k());
        if (!config().divides_scores) {
            text(tr("This model does not divide its scores by %1.").arg(QStringLiteral("√") + d_k) +
                     QStringLiteral("<br>s = %1 = <b>%2</b>").arg(left, workedNumber(sum)),
                 ofPair());
        } else {
            const int products = config().relative_products.in_scale;
            const int under = config().d_k() * products;
            const QString root =
                products > 1 ? QStringLiteral("√(%1 %2)").arg(products).arg(d_k) : QStringLiteral("√") + d_k;
            text(QStringLiteral("s = %1 / %2<br>= %3 / √%4 = <b>%5</b>")
                     .arg(left, root, workedNumber(sum, worked_operand_digits))
                     .arg(under)
                     .arg(workedNumber(sum / std::sqrt(static_cast<double>(under)))),
                 ofPair());
        }
        if (config().relative_buckets > 0 && n_.trace().switches().positions)
            text(tr("The key is %1 positions from the query; plus the head's bias for that distance, %2: s = "
                    "<b>%3</b>")
                     .arg(signedDistance(n_.key() - n_.query()),
                          workedNumber(static_cast<double>(key.positionBias), worked_operand_digits),
                          number(key.scaled)),
                 ofPair());
        else if (config().relative_buckets > 0)
            text(tr("Positions are switched off: nothing is added for the distance."), ofPair());
        if (config().distance_slopes && n_.trace().switches().positions)
            text(tr("less the head's slope times the distance, %1 · %2: s = <b>%3</b>")
                     .arg(workedNumber(static_cast<double>(config().head_slope(n_.head()))))
                     .arg(std::abs(n_.query() - n_.key()))
                     .arg(number(key.scaled)),
                 ofPair());
    }

    void softmax()
    {
        title("softmax", tr("Softmax"), ofHead());
        if (const std::optional<int> window = config().window_of(n_.layer()))
            text(tr("This layer is local: only keys at most %1 tokens away take part.").arg(*window),
                 ofHead());
        const float temperature = n_.trace().switches().temperature;
        const QString over = temperature == 1.0F ? QString() : QStringLiteral("/") + number(temperature);
        const WorkedKey &key = n_.at(n_.key());
        if (key.masked)
            text(tr("“%1” is masked out: its weight is 0.").arg(label(n_.key())), ofPair());
        else if (key.outside)
            text(tr("“%1” is outside the window: its weight is 0.").arg(label(n_.key())), ofPair());
        else
            text(QStringLiteral("a = e%1 / Σ%2 e%3<br>= %4 / %5 = <b>%6</b>")
                     .arg(sup(operand(key.scaled) + over), sub(QStringLiteral("j")),
                          sup(QStringLiteral("s<sub>j</sub>") + over),
                          workedNumber(n_.exponential(n_.key()), worked_operand_digits),
                          workedNumber(n_.exponentialSum(), worked_operand_digits), number(key.weight)),
                 ofPair());
        add(StepLine::Kind::keyTitle, tr("key"), ofHead());
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
            StepPlace place = ofHead();
            place.key = token;
            StepLine &line = add(StepLine::Kind::key, labels_.value(token), place);
            const WorkedKey &key = n_.at(token);
            line.token = token;
            line.raw = key.raw;
            line.scaled = key.scaled;
            line.share = key.weight;
            line.masked = key.masked;
            line.outside = key.outside;
            line.chosen = token == n_.key();
        }
        if (!others.empty())
            add(StepLine::Kind::moreKeys,
                tr("%n more keys, together %1", nullptr, static_cast<int>(others.size()))
                    .arg(workedNumber(n_.weightOf(others))),
                ofHead());
        else if (allKeys_ && count > most_keys)
            add(StepLine::Kind::moreKeys, tr("Show only the strongest keys"), ofHead());
        const std::vector<int> hidden = n_.hiddenKeys();
        if (hidden.empty())
            return;
        text(tr("and %n hidden special token(s), together %1", nullptr, static_cast<int>(hidden.size()))
                 .arg(workedNumber(n_.weightOf(hidden))),
             ofHead());
        if (!n_.trace().token(n_.key()).special && n_.ordinaryWeight() > 0.0)
            text(tr("The figures share out what the other tokens have: %1 / %2 = <b>%3</b>")
                     .arg(operand(n_.at(n_.key()).weight),
                          workedNumber(n_.ordinaryWeight(), worked_operand_digits),
                          workedNumber(n_.shareWithoutSpecials(n_.key()))),
                 ofPair());
    }

    void weightedSum()
    {
        title("sum", tr("Weighted sum of the values"), ofHead());
        const QString head = QStringLiteral("head") + sub(QString::number(n_.head() + 1));
        const QString j = sub(QStringLiteral("j"));
        text(QStringLiteral("%1 = Σ%2 a%2 %3%2").arg(head, j, v()), ofHead());
        // What is drawn adds up to the sum: one by one, the others together, the hidden ones together.
        const std::size_t begin = lines_.size();
        std::vector<int> others = n_.strongestKeys();
        for (int i = 0; i < summed_values && !others.empty(); ++i) {
            part({others.front()}, labels_.value(others.front()));
            others.erase(others.begin());
        }
        if (!others.empty())
            part(others, tr("%n more", nullptr, static_cast<int>(others.size())));
        if (const std::vector<int> hidden = n_.hiddenKeys(); !hidden.empty())
            part(hidden, tr("special tokens"));
        strip(WorkedVector::headOutput, QStringLiteral("Σ"), Role::value, ofHead());
        float limit = 0.0F;
        for (std::size_t i = begin; i < lines_.size(); ++i)
            limit = std::max(limit, lines_[i].values.cwiseAbs().maxCoeff());
        for (std::size_t i = begin; i < lines_.size(); ++i)
            lines_[i].limit = limit;
        product(WorkedVector::headOutput, head, QStringLiteral("a"), v(), QString(), ofHead());
        if (!n_.trace().switches().head_on(n_.layer(), n_.head()))
            text(tr("This head is switched off: it passes on zeros."), ofHead());
        else if (const float factor = switches().head_factor(n_.head()); factor != 1.0F)
            text(tr("This head is scaled: it passes on %1 times this.").arg(static_cast<double>(factor)),
                 ofHead());
    }

    void outputProjection()
    {
        title("output", tr("All heads together, times W<sub>O</sub>"), ofQuery());
        text(QStringLiteral("%1 = [head%2 ⋯ head%3] W%4%5")
                 .arg(z(), sub(QStringLiteral("1")), sub(QString::number(config().heads)),
                      sub(QStringLiteral("O")), bias(QStringLiteral("O"))),
             ofQuery());
        StepLine &heads = strip(WorkedVector::concatenation, tr("heads"), Role::value, ofQuery());
        heads.part = config().d_k();
        heads.chosenPart = n_.head();
        strip(WorkedVector::attentionOutput, QStringLiteral("Z"), Role::output, ofQuery());
        product(WorkedVector::attentionOutput, z(), tr("heads"), w(QStringLiteral("O")),
                b(QStringLiteral("O")), ofQuery());
    }

    void norm(WorkedVector sum)
    {
        const NormFigures figures = n_.normFigures(sum);
        if (config().norm_kind == NormKind::root_mean_square) {
            text(tr("RMSNorm: divided by the root mean square, times γ") +
                     QStringLiteral("<br>σ = %1").arg(operand(figures.deviation)),
                 ofQuery());
            return;
        }
        text((config().norm_biases ? tr("LayerNorm: minus μ, divided by σ, times γ, plus β")
                                   : tr("LayerNorm: minus μ, divided by σ, times γ")) +
                 QStringLiteral("<br>μ = %1, σ = %2").arg(operand(figures.mean), operand(figures.deviation)),
             ofQuery());
    }

    void attentionNorm()
    {
        title("norm", preNorm() ? tr("Add") : tr("Add & norm").toHtmlEscaped(), ofQuery());
        strip(WorkedVector::attentionSum, preNorm() ? QStringLiteral("h + Z") : QStringLiteral("x + Z"),
              Role::text, ofQuery());
        if (!switches().attention) {
            text(tr("The attention sublayer is switched off: it passes x through."), ofQuery());
        } else if (!preNorm()) {
            norm(WorkedVector::attentionSum);
        } else {
            return;
        }
        strip(WorkedVector::attentionResult, QStringLiteral("y"), Role::text, ofQuery());
    }

    void feedForward()
    {
        title("feed-forward", tr("Feed-forward"), ofQuery());
        if (preNorm()) {
            norm(WorkedVector::attentionResult);
            strip(WorkedVector::normedResult, QStringLiteral("y"), Role::text, ofQuery());
        }
        const auto sizes = [](int from, int to) {
            return QStringLiteral(" &nbsp;[%1 → %2]").arg(from).arg(to);
        };
        const QString y = QStringLiteral("y");
        text(tr("up projection: h = %1")
                     .arg(QStringLiteral("%1 W%2%3")
                              .arg(y, sub(QStringLiteral("1")), bias(QStringLiteral("1")))) +
                 sizes(config().d_model, config().d_ff),
             ofQuery());
        strip(WorkedVector::expanded, QStringLiteral("h"), Role::text, ofQuery());
        product(WorkedVector::expanded, QStringLiteral("h"), y, w(QStringLiteral("1")),
                b(QStringLiteral("1")), ofQuery());
        const Activation activation = n_.trace().switches().activation.value_or(config().activation);
        const bool gated = config().gated;
        const WorkedVector after = gated ? WorkedVector::gate : WorkedVector::activated;
        const RowVector activated = n_.vector(after);
        text((gated ? tr("gate: %1(h), %2 of %3 neurons above 0")
                    : tr("activation: %1(h), %2 of %3 neurons above 0"))
                 .arg(activationName(activation))
                 .arg((activated.array() > 0.0F).count())
                 .arg(activated.size()),
             ofQuery());
        strip(after, QStringLiteral("a(h)"), Role::text, ofQuery());
        for (const auto &[neuron, factor] : switches().neuron_factors)
            text(tr("neuron %1 is scaled: its activation is multiplied by %2")
                     .arg(neuron)
                     .arg(static_cast<double>(factor)),
                 ofQuery());
        const QString read = gated ? QStringLiteral("g") : QStringLiteral("a(h)");
        if (gated) {
            const QString u = QStringLiteral("u");
            text(tr("value: u = %1")
                         .arg(QStringLiteral("%1 %2").arg(y, valueMatrix()) +
                              (config().has_expand_biases() ? QStringLiteral(" + ") + valueBias()
                                                            : QString())) +
                     sizes(config().d_model, config().d_ff),
                 ofQuery());
            strip(WorkedVector::feedForwardValue, u, Role::text, ofQuery());
            product(WorkedVector::feedForwardValue, u, y, valueMatrix(), valueBias(), ofQuery());
            text(tr("gate times value, element by element: g = a(h) ⊙ u"), ofQuery());
            strip(WorkedVector::activated, read, Role::text, ofQuery());
        }
        text(tr("down projection: %1")
                     .arg(read +
                          QStringLiteral(" W%1%2").arg(sub(QStringLiteral("2")), bias(QStringLiteral("2")))) +
                 sizes(config().d_ff, config().d_model),
             ofQuery());
        strip(WorkedVector::feedForwardOutput, QStringLiteral("FFN"), Role::output, ofQuery());
        product(WorkedVector::feedForwardOutput, QStringLiteral("FFN"), read, w(QStringLiteral("2")),
                b(QStringLiteral("2")), ofQuery());
    }

    void feedForwardNorm()
    {
        title("feed-forward-norm", preNorm() ? tr("Add") : tr("Add & norm").toHtmlEscaped(), ofQuery());
        strip(WorkedVector::feedForwardSum, QStringLiteral("y + FFN"), Role::text, ofQuery());
        if (!switches().on)
            text(tr("The layer is switched off: it passes its input through."), ofQuery());
        else if (!switches().feed_forward)
            text(tr("The FFN sublayer is switched off: it passes y through."), ofQuery());
        else if (!preNorm())
            norm(WorkedVector::feedForwardSum);
        if (switches().on && !switches().steering.empty())
            text(tr("It is steered: a vector times %1 is added to every token.")
                     .arg(static_cast<double>(switches().steering_factor)),
                 ofQuery());
        text(n_.layer() + 1 < n_.trace().layers()
                 ? tr("= the hidden state after layer %1, which layer %2 reads")
                       .arg(n_.layer() + 1)
                       .arg(n_.layer() + 2)
                 : tr("= the hidden state after layer %1, the last one").arg(n_.layer() + 1),
             ofQuery());
        strip(WorkedVector::output, tr("output"), Role::output, ofQuery());
    }

    bool allKeys_;
};

} // namespace

std::span<const WorkedVector> workedProducts()
{
    static constexpr std::array products{WorkedVector::input,
                                         WorkedVector::query,
                                         WorkedVector::key,
                                         WorkedVector::value,
                                         WorkedVector::headOutput,
                                         WorkedVector::attentionOutput,
                                         WorkedVector::expanded,
                                         WorkedVector::feedForwardOutput,
                                         WorkedVector::feedForwardValue};
    return products;
}

const QStringList &workedStepNames()
{
    static const QStringList names{
        QStringLiteral("heading"),  QStringLiteral("input"),        QStringLiteral("projections"),
        QStringLiteral("rotation"), QStringLiteral("score"),        QStringLiteral("scale"),
        QStringLiteral("softmax"),  QStringLiteral("sum"),          QStringLiteral("output"),
        QStringLiteral("norm"),     QStringLiteral("feed-forward"), QStringLiteral("feed-forward-norm")};
    return names;
}

std::vector<StepLine> workedLines(const WorkedNumbers &numbers, const ComparedTrace &compared, bool allKeys,
                                  const WorkedElement &opened)
{
    return StepsWriter(numbers, allKeys, opened).write(compared);
}

} // namespace encoderscope
