// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"
#include "engine/model/initial_model.h"
#include "engine/model/load_model.h"
#include "engine/model/safetensors.h"
#include "ui/figures/catalogue/attention_figures.h"
#include "ui/figures/catalogue/catalogue.h"
#include "ui/figures/catalogue/cost_figure.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/flow_figures.h"
#include "ui/figures/catalogue/weight_figures.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/vector_strip.h"
#include "ui/worked/worked_example.h"
#include "ui/worked/worked_sources.h"

#include <QMouseEvent>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

using namespace encoderscope;

namespace
{

const QString sentence = QStringLiteral("the it was too because the");

struct Shown {
    Session session;
    WorkedExample example{session};
    bool pinnedOnce = false;

    Shown()
    {
        session.setText(sentence);
        example.resize(350, 700);
        example.show();
    }
    bool ready()
    {
        if (!QTest::qWaitFor([this] { return bool(session.shown()) && !session.busy(); }) ||
            !QTest::qWaitForWindowExposed(&example))
            return false;
        if (!std::exchange(pinnedOnce, true))
            session.selection().pin({.layer = 1, .head = 2, .query = 2, .key = 4});
        return QTest::qWaitFor([this] { return !example.late(); });
    }
    const Trace &trace() { return *session.shown().now; }
    WorkedNumbers numbers()
    {
        const Selected &pinned = session.selection().pinned();
        return {session.shown().now, pinned.layer, pinned.head, pinned.query, pinned.key};
    }
    /// The first line of that kind and vector.
    int find(StepLine::Kind kind, WorkedVector which = WorkedVector::input)
    {
        for (std::size_t i = 0; i < example.lines().size(); ++i) {
            const StepLine &item = example.lines()[i];
            if (item.kind == kind &&
                (kind != StepLine::Kind::strip || item.vector == static_cast<int>(which)))
                return static_cast<int>(i);
        }
        return -1;
    }
    void scrollTo(int item)
    {
        QScrollBar *bar = example.verticalScrollBar();
        bar->setValue(bar->value() + example.lineRect(item).top() - 100);
    }
};

/// As workedNumber() writes it.
double numberIn(QString text)
{
    text.replace(QChar(0x2212), QLatin1Char('-'));
    const QStringList parts = text.split(QStringLiteral("×10"));
    if (parts.size() < 2)
        return text.toDouble();
    QString exponent;
    for (const QChar digit : parts[1])
        exponent += digit == QChar(0x207B) ? QStringLiteral("-")
                                           : QString::number(QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹").indexOf(digit));
    return parts[0].toDouble() * std::pow(10.0, exponent.toDouble());
}

bool near(const RowVector &a, const RowVector &b)
{
    return a.size() == b.size() && (a - b).cwiseAbs().maxCoeff() < 1e-4F * (1.0F + b.cwiseAbs().maxCoeff());
}

/// x Wᵀ + b, element by element.
RowVector product(const RowVector &x, const Linear &linear)
{
    RowVector y = x * linear.weight.view().transpose();
    if (!linear.bias.empty())
        y += linear.bias.view().row(0);
    return y;
}

RowVector normed(const RowVector &x, const NormFigures &figures, const LayerNorm &norm)
{
    const RowVector centred = (x.array() - figures.mean) / figures.deviation;
    return centred.cwiseProduct(norm.gain.view().row(0)) + norm.bias.view().row(0);
}

/// A run of a small random checkpoint (tests/data/checkpoints).
TracePtr run_of_checkpoint(const QString &name)
{
    const QString folder = QStringLiteral(ENCODERSCOPE_TEST_DATA "/checkpoints/") + name;
    Encoding encoding;
    for (const qint64 id : SafetensorsFile(folder + QStringLiteral("/expected.safetensors"))
                               .integers(QStringLiteral("input.ids"))) {
        Token token;
        token.id = static_cast<int>(id);
        token.text = token.piece = QString::number(id);
        encoding.tokens.push_back(token);
    }
    return run_encoder(load_encoder(folder), encoding);
}

} // namespace

class TestWorkedExample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    /// A click on an element shows the row, the column and the terms it came from; another one hides them.
    void everyProductIsShownTermByTerm()
    {
        Shown shown;
        QVERIFY(shown.ready());
        shown.example.resize(520, 900); // every element is some pixels wide
        const std::pair<WorkedVector, int> cases[] = {{WorkedVector::query, 3},
                                                      {WorkedVector::key, 31},
                                                      {WorkedVector::value, 0},
                                                      {WorkedVector::headOutput, 5},
                                                      {WorkedVector::attentionOutput, 127},
                                                      {WorkedVector::expanded, 300},
                                                      {WorkedVector::feedForwardOutput, 64}};
        for (const auto &[which, element] : cases) {
            int index = shown.find(StepLine::Kind::strip, which);
            const float value = shown.example.lines()[std::size_t(index)].values[element];
            const std::size_t lines = shown.example.lines().size();
            shown.scrollTo(index);
            const QPoint place = shown.example.elementRect(index, element).center().toPoint();
            QTest::mouseClick(shown.example.viewport(), Qt::LeftButton, {}, place);
            QCOMPARE(shown.example.lines().size(), lines + 5);
            const auto values = [&shown](WorkedVector part) {
                return shown.example.lines()[std::size_t(shown.find(StepLine::Kind::strip, part))].values;
            };
            const RowVector terms = values(WorkedVector::productTerms);
            QVERIFY(
                (values(WorkedVector::productRow).cwiseProduct(values(WorkedVector::productColumn)) - terms)
                    .cwiseAbs()
                    .maxCoeff() == 0.0F);
            // What a calculator comes to from the numbers written.
            static const QRegularExpression written(QStringLiteral(
                "= \\(([^)]+)\\)\\(([^)]+)\\)(?:<br>|.)*?: ([^<]+)<br>(?:\\+ ([^ ]+) )?= <b>([^<]+)</b>"));
            QRegularExpressionMatch match;
            const int at = shown.find(StepLine::Kind::strip, WorkedVector::productTerms);
            match = written.match(shown.example.lines()[std::size_t(at) + 1].text);
            QVERIFY2(match.hasMatch(), qPrintable(shown.example.lines()[std::size_t(at) + 1].text));
            const double first = numberIn(match.captured(1)) * numberIn(match.captured(2));
            QVERIFY(std::abs(first - double(terms[0])) < 1e-4 * (1e-3 + std::abs(first)));
            const double sum = numberIn(match.captured(3));
            QVERIFY(std::abs(sum - terms.cast<double>().sum()) < 1e-5 * (1.0 + std::abs(sum)));
            const double bias = match.captured(4).isEmpty() ? 0.0 : numberIn(match.captured(4));
            const double result = numberIn(match.captured(5));
            QVERIFY(std::abs(sum + bias - result) < 6e-4 * std::abs(result) + 1e-5);
            QVERIFY(std::abs(result - double(value)) < 6e-4 * std::abs(result) + 1e-5);
            index = shown.find(StepLine::Kind::strip, which);
            shown.scrollTo(index);
            QTest::mouseClick(shown.example.viewport(), Qt::LeftButton, {},
                              shown.example.elementRect(index, element).center().toPoint());
            QCOMPARE(shown.example.lines().size(), lines);
        }
    }

    /// Every step, computed again from the one before it and the weights, is the step shown.
    void everyStepFollowsFromTheOneBefore()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const WorkedNumbers n = shown.numbers();
        const EncoderConfig &config = n.trace().config();
        const LayerWeights &weights = n.trace().model().weights.layers[1];
        const auto head = [&](const RowVector &all) {
            return RowVector(all.segment(2 * config.d_k(), config.d_k()));
        };
        using enum WorkedVector;

        QVERIFY(near(n.vector(query), head(product(n.vector(input), weights.query))));
        QVERIFY(near(n.vector(key), head(product(n.vector(keyInput), weights.key))));
        QVERIFY(near(n.vector(value), head(product(n.vector(keyInput), weights.value))));
        QVERIFY(std::abs(n.vector(terms).sum() - n.at(4).raw) < 1e-4F);
        QVERIFY(std::abs(n.at(4).raw / std::sqrt(float(config.d_k())) - n.at(4).scaled) < 1e-5F);
        QVERIFY(std::abs(n.exponential(4) / n.exponentialSum() - double(n.at(4).weight)) < 1e-5);
        RowVector sum = RowVector::Zero(config.d_k());
        for (int token = 0; token < n.trace().tokens(); ++token)
            sum += n.vector(weightedValue, token);
        QVERIFY(near(n.vector(headOutput), sum));
        QVERIFY(near(head(n.vector(concatenation)), sum));
        QVERIFY(near(n.vector(attentionOutput), product(n.vector(concatenation), weights.output)));
        if (config.norm_placement == NormPlacement::post) {
            QVERIFY(near(n.vector(attentionSum), n.vector(input) + n.vector(attentionOutput)));
            QVERIFY(
                near(n.vector(attentionResult),
                     normed(n.vector(attentionSum), n.normFigures(attentionSum), weights.attention_norm)));
            QVERIFY(near(n.vector(expanded), product(n.vector(attentionResult), weights.expand)));
            QVERIFY(near(n.vector(feedForwardOutput), product(n.vector(activated), weights.shrink)));
            QVERIFY(near(n.vector(feedForwardSum), n.vector(attentionResult) + n.vector(feedForwardOutput)));
            QVERIFY(near(n.vector(output), normed(n.vector(feedForwardSum), n.normFigures(feedForwardSum),
                                                  weights.feed_forward_norm)));
        }
    }

    void recentArchitecturesHaveTheirSteps_data()
    {
        QTest::addColumn<bool>("turned");
        QTest::addColumn<bool>("gated");
        QTest::addColumn<bool>("disentangled");
        QTest::addColumn<bool>("biased");
        QTest::newRow("modernbert-mlm-safetensors") << true << true << false << false;
        QTest::newRow("eurobert-mlm-safetensors") << true << true << false << false;
        QTest::newRow("neobert-mlm-safetensors") << true << true << false << false;
        QTest::newRow("deberta-v2-mlm-safetensors") << false << false << true << false;
        QTest::newRow("megatron-bert-mlm-safetensors") << false << false << false << false;
        QTest::newRow("t5-whole-bin-strided") << false << true << false << true;
        QTest::newRow("umt5-encoder-safetensors") << false << true << false << true;
    }

    /// Rotation, gate, window and the products of distances, each computed again from the step before.
    void recentArchitecturesHaveTheirSteps()
    {
        QFETCH(const bool, turned);
        QFETCH(const bool, gated);
        QFETCH(const bool, disentangled);
        QFETCH(const bool, biased);
        const TracePtr trace = run_of_checkpoint(QLatin1String(QTest::currentDataTag()));
        const EncoderConfig &config = trace->config();
        const int layer = trace->layers() - 1;
        using enum WorkedVector;
        for (const int keyToken : {7, 20}) {
            const WorkedNumbers n(trace, layer, 1, 9, keyToken);
            const LayerWeights &weights = trace->model().weights.layers[std::size_t(layer)];
            const Index d_k = config.d_k();
            const auto head = [&](const RowVector &all) { return RowVector(all.segment(d_k, d_k)); };
            QVERIFY(near(n.vector(query), head(product(n.vector(input), weights.query))));
            QVERIFY(near(n.vector(key), head(product(n.vector(keyInput), weights.key))));
            for (const auto &[before, after, token] :
                 {std::tuple{query, turnedQuery, 9}, {key, turnedKey, keyToken}}) {
                RowVector expected = n.vector(before);
                for (Index pair = 0; turned && pair < d_k / 2; ++pair) {
                    const double angle =
                        token * std::pow(config.turn_rate(layer)->base, -2.0 * double(pair) / double(d_k));
                    const auto x = double(n.vector(before)[pair]);
                    const auto y = double(n.vector(before)[pair + d_k / 2]);
                    expected[pair] = float(x * std::cos(angle) - y * std::sin(angle));
                    expected[pair + d_k / 2] = float(y * std::cos(angle) + x * std::sin(angle));
                }
                QVERIFY(near(n.vector(after), expected));
            }
            const WorkedKey &one = n.at(keyToken);
            QVERIFY(std::abs(n.vector(terms).sum() - one.raw) < 1e-4F);
            QCOMPARE(one.contentToPosition != 0.0F && one.positionToContent != 0.0F, disentangled);
            const float sum = one.raw + one.contentToPosition + one.positionToContent;
            QVERIFY(std::abs(sum / config.score_divisor() + one.positionBias - one.scaled) < 1e-4F);
            QCOMPARE(one.positionBias != 0.0F, biased);
            QCOMPARE(one.outside,
                     config.window_of(layer) && std::abs(keyToken - 9) > *config.window_of(layer));
            QVERIFY(std::abs(n.exponential(keyToken) / n.exponentialSum() - double(one.weight)) < 1e-5);
            QVERIFY(!one.outside || one.weight == 0.0F);
            QVERIFY(near(n.vector(attentionOutput), product(n.vector(concatenation), weights.output)));
            QVERIFY(near(n.vector(feedForwardOutput), product(n.vector(activated), weights.shrink)));
            if (gated) {
                QVERIFY(near(n.vector(feedForwardValue),
                             product(n.vector(normedResult), weights.feed_forward_value)));
                QVERIFY(near(n.vector(activated), n.vector(gate).cwiseProduct(n.vector(feedForwardValue))));
            }

            QStringList all;
            for (const StepLine &item : workedLines(n, {}, true))
                all.append(item.text);
            const QString text = all.join(QLatin1Char('\n'));
            QCOMPARE(text.contains(QStringLiteral("Rotation")), turned);
            QCOMPARE(text.contains(QStringLiteral("⊙")), gated);
            // The page Weights and the costs call the matrix the same.
            const QString value = weightSymbol(WeightMatrix::gate_value);
            QCOMPARE(text.contains(QStringLiteral("u = y %1").arg(value)), gated);
            QStringList opened;
            for (const StepLine &item : workedLines(n, {}, true, {feedForwardValue, 2}))
                opened.append(item.text);
            QCOMPARE(opened.join(QLatin1Char(' '))
                         .contains(QStringLiteral("u[2] = Σ<sub>i</sub> y[i] · %1[i, 2]").arg(value)),
                     gated);
            const Table costs = costsFigure(config, config, trace->tokens(), false)->table();
            QCOMPARE(std::any_of(costs.rows.begin(), costs.rows.end(),
                                 [&](const QVariantList &cells) {
                                     return cells.front().toString() == QStringLiteral("W_1, ") + value;
                                 }),
                     gated);
            QCOMPARE(text.contains(QStringLiteral("content to position")), disentangled);
            QCOMPARE(text.contains(QStringLiteral("does not divide its scores by √")), biased);
            QCOMPARE(text.contains(keyToken == 7 ? QStringLiteral("is −2 positions from the query")
                                                 : QStringLiteral("is +11 positions from the query")),
                     biased);
            QCOMPARE(text.contains(QStringLiteral("RMSNorm")), config.norm_kind != NormKind::layer);
            QCOMPARE(text.contains(QStringLiteral("plus β")),
                     config.norm_kind == NormKind::layer && config.norm_biases);
            QCOMPARE(text.contains(QStringLiteral("is outside the window")), one.outside);
        }
    }

    void strongestKeyIsTakenWhenNoneIsPinned()
    {
        Shown shown;
        QVERIFY(shown.ready());
        shown.session.selection().pinKey(-1);
        const WorkedNumbers n = shown.numbers();
        QVERIFY(!n.keyChosen());
        for (const WorkedKey &key : n.keys())
            QVERIFY(key.weight <= n.at(n.key()).weight);
    }

    void hiddenSpecialsAreSummedUpInOneLine()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const auto rows = [&shown] {
            return std::count_if(shown.example.lines().begin(), shown.example.lines().end(),
                                 [](const StepLine &item) { return item.kind == StepLine::Kind::key; });
        };
        QCOMPARE(int(rows()), shown.trace().tokens());
        shown.session.setHidesSpecial(true);
        QCOMPARE(int(rows()), shown.trace().tokens() - 2);
        const WorkedNumbers n = shown.numbers();
        const double hidden = double(n.at(0).weight) + double(n.at(shown.trace().tokens() - 1).weight);
        QVERIFY(shown.example.plainText().contains(QStringLiteral("together %1").arg(workedNumber(hidden))));
    }

    void aCalculatorComesToTheSame()
    {
        Shown shown;
        QVERIFY(shown.ready());
        static const QRegularExpression roots(QStringLiteral("= (\\S+) / √(\\S+) = (\\S+)"));
        static const QRegularExpression quotients(QStringLiteral("[=:] (\\S+) / (\\S+) = (\\S+)"));
        shown.session.setHidesSpecial(true);
        int seen = 0;
        int expected = 0;
        for (int layer = 0; layer < shown.trace().layers(); ++layer) {
            for (int head = 0; head < shown.trace().heads(); ++head) {
                shown.session.selection().pin({.layer = layer, .head = head, .query = 1 + head, .key = 3});
                // Where all weight is on [CLS] and [SEP], there is nothing to share out.
                expected += shown.numbers().ordinaryWeight() > 0.0 ? 3 : 2;
                const QString text = shown.example.plainText();
                const auto check = [&](const QRegularExpressionMatch &match, double divisor) {
                    const double result = numberIn(match.captured(1)) / divisor;
                    const double printed = numberIn(match.captured(3));
                    ++seen;
                    // Half of the last of four digits, and what rounding the operands adds at the most.
                    return std::abs(result - printed) <=
                           0.51 * std::pow(10.0, std::floor(std::log10(std::abs(printed))) - 3.0);
                };
                const auto root = roots.match(text);
                QVERIFY(root.hasMatch());
                QVERIFY2(check(root, std::sqrt(numberIn(root.captured(2)))), qPrintable(root.captured()));
                auto quotient = quotients.globalMatch(text);
                while (quotient.hasNext()) {
                    const auto match = quotient.next();
                    if (match.captured(2).startsWith(QChar(0x221A)))
                        continue;
                    QVERIFY2(check(match, numberIn(match.captured(2))), qPrintable(match.captured()));
                }
            }
        }
        QCOMPARE(seen, expected);
        QVERIFY(seen > 2 * shown.trace().layers() * shown.trace().heads());
    }

    void numbersHaveOneForm()
    {
        QCOMPARE(workedNumber(0.0), QStringLiteral("0"));
        QCOMPARE(workedNumber(-0.73612345), QStringLiteral("−0.7361"));
        QCOMPARE(workedNumber(19.3604, worked_operand_digits), QStringLiteral("19.3604"));
        QCOMPARE(workedNumber(0.99996), QStringLiteral("1.000"));
        QCOMPARE(workedNumber(0.001), QStringLiteral("0.001000"));
        QCOMPARE(workedNumber(3.6812e-05), QStringLiteral("3.681×10⁻⁵"));
        QCOMPARE(workedNumber(-12345678.0), QStringLiteral("−1.235×10⁷"));
        QCOMPARE(workedNumber(std::numeric_limits<double>::infinity()), QStringLiteral("∞"));
        QCOMPARE(workedNumber(std::nan("")), QStringLiteral("NaN"));
    }

    void weightsThatAreNoNumbersHaveTheirOwnBar()
    {
        Shown shown;
        QVERIFY(shown.ready());
        auto broken = std::make_shared<Model>(*shown.session.model());
        SharedMatrix &query = broken->weights.layers[1].query.weight;
        query =
            Matrix(Matrix::Constant(query.rows(), query.columns(), std::numeric_limits<float>::quiet_NaN()));
        shown.session.replaceModel(shown.session.model(), broken);
        QVERIFY(shown.ready());
        shown.example.resize(420, 4'000); // all of it
        const QImage image = shown.example.grab().toImage();
        int own = 0;
        for (int x = image.width() - 60; x < image.width(); ++x) {
            for (int y = 0; y < image.height(); ++y)
                own += image.pixel(x, y) == notANumberColour ? 1 : 0;
        }
        QVERIFY(own > 46 * 5); // a bar for each of the keys
    }

    void thePartsDrawnAddUpToTheSum()
    {
        Shown shown;
        shown.session.setText(QString(QStringLiteral("a lot of words ")).repeated(5));
        QVERIFY(shown.ready());
        for (const bool hides : {false, true}) {
            shown.session.setHidesSpecial(hides);
            RowVector sum = RowVector::Zero(shown.trace().config().d_k());
            float limit = 0.0F;
            int parts = 0;
            for (const StepLine &item : shown.example.lines()) {
                if (item.weight.isEmpty())
                    continue;
                sum += item.values;
                limit = item.limit;
                ++parts;
            }
            const StepLine &whole =
                shown.example
                    .lines()[std::size_t(shown.find(StepLine::Kind::strip, WorkedVector::headOutput))];
            QCOMPARE(parts, hides ? 7 : 6);
            QVERIFY(near(sum, whole.values));
            QCOMPARE(whole.limit, limit);
        }
    }

    void hiddenSpecialsAreSharedOutAsInTheFigures()
    {
        Shown shown;
        QVERIFY(shown.ready());
        shown.session.setHidesSpecial(true);
        const FigurePtr figure =
            attentionFigure(shown.session.shown(), {.layer = 1, .head = 2, .hideSpecial = true});
        const double drawn = figure->table().rows[1][4].toDouble(); // query 2, key 4, without [CLS]
        QVERIFY2(shown.example.plainText().contains(QStringLiteral(" = %1").arg(workedNumber(drawn))),
                 qPrintable(workedNumber(drawn)));

        // The lines of the same head say the same, and leave out the same tokens.
        const FigurePtr lines = linesFigure(shown.session.shown(), 1, 2, false, true);
        const Table table = lines->table();
        QCOMPARE(int(table.columns.size()), 2 + shown.trace().tokens() - 2);
        QCOMPARE(table.rows.size(), std::size_t(shown.trace().tokens() - 2));
        QVERIFY(std::abs(table.rows[1][5].toDouble() - drawn) < 1e-6);
        QVERIFY(table.columns[5].startsWith(QStringLiteral("4 ")));
        QVERIFY(lines->title.contains(QStringLiteral("left out")));
    }

    void nothingJumpsWhileTraining()
    {
        Shown shown;
        shown.session.setText(QString(QStringLiteral("a lot of words ")).repeated(5));
        QVERIFY(shown.ready());
        shown.session.selection().pinKey(-1);
        QList<QRect> before;
        std::set<int> strongest;
        for (unsigned seed = 1; seed <= 12; ++seed) {
            auto model = std::make_shared<Model>(*shown.session.model());
            model->weights = initial_weights(model->config, seed);
            shown.session.replaceModel(shown.session.model(), model);
            QVERIFY(shown.ready());
            QList<QRect> rects;
            for (int item = 0; item < static_cast<int>(shown.example.lines().size()); ++item)
                rects.append(shown.example.lineRect(item));
            if (!before.isEmpty())
                QCOMPARE(rects, before);
            before = rects;
            strongest.insert(shown.numbers().key());
        }
        QVERIFY(strongest.size() > 3);
    }

    void labelsHaveRoom()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const FigureStyle style = figureStyle(Theme::light);
        for (int index = 0; index < static_cast<int>(shown.example.lines().size()); ++index) {
            const StepLine &item = shown.example.lines()[static_cast<std::size_t>(index)];
            if (item.kind != StepLine::Kind::strip)
                continue;
            QFont font = item.numbers ? style.font : scaledFont(style.font, 0.86);
            font.setBold(item.numbers);
            QVERIFY2(12.0 + QFontMetricsF(font).horizontalAdvance(labelOf(item)) <
                         shown.example.elementRect(index, 0).left(),
                     qPrintable(labelOf(item)));
        }
    }

    void numbersOnScreenAreThoseOfTheTrace()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const QString text = shown.example.plainText();
        const float raw = shown.trace().raw_scores(1, 2)(2, 4);
        const float weight = shown.trace().attention_weights(1, 2)(2, 4);
        QVERIFY2(text.contains(workedNumber(double(raw))), qPrintable(text));
        QVERIFY2(text.contains(workedNumber(double(weight))), qPrintable(text));
        int keys = 0;
        for (const StepLine &item : shown.example.lines())
            keys += item.kind == StepLine::Kind::key ? 1 : 0;
        QCOMPARE(keys, shown.trace().tokens());
    }

    void hoveredStepLightsTheFigures()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const int key = shown.find(StepLine::Kind::key);
        shown.scrollTo(key);
        QTest::mouseMove(shown.example.viewport(), shown.example.lineRect(key + 3).center());
        QCOMPARE(shown.session.selection().hovered(),
                 (Selected{.layer = 1, .head = 2, .query = 2, .key = 3}));

        const int expanded = shown.find(StepLine::Kind::strip, WorkedVector::expanded);
        shown.scrollTo(expanded);
        QTest::mouseMove(shown.example.viewport(),
                         shown.example.elementRect(expanded, 137).center().toPoint());
        QCOMPARE(shown.session.selection().hovered(), (Selected{.layer = 1, .query = 2, .neuron = 137}));
    }

    void clickedKeyIsPinned()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const int key = shown.find(StepLine::Kind::key);
        shown.scrollTo(key);
        QTest::mouseClick(shown.example.viewport(), Qt::LeftButton, {},
                          shown.example.lineRect(key + 1).center());
        QCOMPARE(shown.session.selection().pinned().key, 1);
        QTest::mouseClick(shown.example.viewport(), Qt::LeftButton, {},
                          shown.example.lineRect(key + 1).center());
        QCOMPARE(shown.session.selection().pinned().key, -1);
    }

    void keyboardWalksThroughTheSteps()
    {
        Shown shown;
        QVERIFY(shown.ready());
        shown.example.setFocus();
        QTest::keyClick(&shown.example, Qt::Key_End);
        QVERIFY(shown.example.verticalScrollBar()->value() > 0);
        QCOMPARE(shown.session.selection().hovered(), (Selected{.layer = 1, .query = 2}));
        QTest::keyClick(&shown.example, Qt::Key_Home);
        QVERIFY(shown.example.verticalScrollBar()->value() < 10);
    }

    void sourcesAreWhatANumberCameFrom()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const WorkedNumbers n = shown.numbers();
        const int d_k = n.trace().config().d_k();
        const auto term = workedSources(n, WorkedVector::terms, 3);
        QCOMPARE(term.size(), std::size_t(2));
        QCOMPARE(term[0].first, 3);
        QCOMPARE(term[0].count, 1);
        // Of the concatenation only this head's part comes from this head.
        const auto inside = workedSources(n, WorkedVector::concatenation, 2 * d_k + 5);
        QCOMPARE(inside.size(), std::size_t(1));
        QVERIFY(inside[0].which == WorkedVector::headOutput);
        QCOMPARE(inside[0].first, 5);
        QVERIFY(workedSources(n, WorkedVector::concatenation, 0).empty());
    }

    void theStepsShownAreTheCataloguesFigure()
    {
        Shown shown;
        QVERIFY(shown.ready());
        const FigureKind &kind = *findFigureKind(QStringLiteral("worked-example"));
        const Frame &frame = *shown.session.frame();
        const auto rowsOf = [&](const Parameters &parameters) {
            return figureOf(kind, frame, parameters).figure->table().rows;
        };
        QSignalSpy exported(&shown.example, &WorkedExample::exportRequested);
        const auto offered = [&exported] { return exported.takeFirst().at(0).value<FigurePtr>(); };
        shown.example.exportCurrent();
        QVERIFY(offered()->table().rows == rowsOf({}));
        QCOMPARE(std::get<WorkedSteps>(shown.example.figure()->content).lines.size(),
                 shown.example.lines().size());

        // With the keyboard on a line its step alone.
        shown.example.setFocus();
        const int key = shown.find(StepLine::Kind::key);
        for (int line = 0; line <= key; ++line)
            QTest::keyClick(&shown.example, Qt::Key_Down);
        shown.example.exportCurrent();
        const FigurePtr softmax = offered();
        QVERIFY(softmax->table().rows == rowsOf({{QStringLiteral("step"), QStringLiteral("softmax")}}));
        QCOMPARE(softmax->table().rows.size(), std::size_t(3 * shown.trace().tokens()));
        QVERIFY2(softmax->name.endsWith(QStringLiteral("softmax")), qPrintable(softmax->name));
        const double weight = double(shown.trace().attention_weights(1, 2)(2, 4));
        const std::size_t row = 3 * 4 + 2; // of key 4: q·k, s, a
        QVERIFY(std::abs(softmax->table().rows[row].at(3).toDouble() / weight - 1.0) < 1e-4);
    }

    void manyKeysAreCondensed()
    {
        Shown shown;
        shown.session.setText(QString(QStringLiteral("a lot of words ")).repeated(15));
        QVERIFY(shown.ready());
        const auto count = [&](StepLine::Kind kind) {
            return std::count_if(shown.example.lines().begin(), shown.example.lines().end(),
                                 [kind](const StepLine &item) { return item.kind == kind; });
        };
        QVERIFY(shown.trace().tokens() > 40);
        QCOMPARE(int(count(StepLine::Kind::key)), 12);
        QCOMPARE(count(StepLine::Kind::moreKeys), 1);
        const int more = shown.find(StepLine::Kind::moreKeys);
        shown.scrollTo(more);
        QTest::mouseClick(shown.example.viewport(), Qt::LeftButton, {},
                          shown.example.lineRect(more).center());
        QCOMPARE(int(count(StepLine::Kind::key)), shown.trace().tokens());
    }

    void aLongTextIsComputedBesideTheWindow()
    {
        Shown shown;
        QVERIFY(shown.ready());
        QVERIFY(!shown.example.late()); // a short one at once
        const FigurePtr before = shown.example.figure();
        int late = 0;
        QObject context;
        connect(&shown.session, &Session::frameChanged, &context, [&] {
            if (late > 0 || !shown.example.late() || shown.example.figure() != before)
                return;
            // What is seen is of the text before: nothing of it is taken for the new one's.
            shown.scrollTo(shown.find(StepLine::Kind::key));
            const QPointF key = shown.example.lineRect(shown.find(StepLine::Kind::key)).center();
            const Selected pinned = shown.session.selection().pinned();
            for (const QEvent::Type type :
                 {QEvent::MouseMove, QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
                QMouseEvent event(type, key, shown.example.viewport()->mapToGlobal(key), Qt::LeftButton,
                                  Qt::NoButton, Qt::NoModifier);
                QCoreApplication::sendEvent(shown.example.viewport(), &event);
            }
            late += shown.session.selection().pinned() == pinned &&
                    shown.session.selection().hovered() == Selected();
        });
        shown.session.setText(QStringLiteral("the ").repeated(1700));
        QTRY_COMPARE(late, 1);
        QTRY_VERIFY(!shown.example.late());
        QVERIFY(shown.example.figure() != before);
        QCOMPARE(shown.find(StepLine::Kind::moreKeys) >= 0, true);
        // A short one that follows a long one does not wait for it.
        shown.session.selection().pin({.layer = 0, .head = 0, .query = 1000, .key = -1});
        shown.session.setText(sentence);
        QTRY_COMPARE(shown.session.shown().now->tokens(), 8);
        QVERIFY(!shown.example.late());
        QTest::qWait(100);
        QCOMPARE(shown.find(StepLine::Kind::moreKeys), -1);
    }

    void everyElementOfAStripCanBeReached_data()
    {
        QTest::addColumn<int>("elements");
        for (const int elements : {1, 32, 128, 129, 512, 3072})
            QTest::addRow("%d", elements) << elements;
    }

    void everyElementOfAStripCanBeReached()
    {
        QFETCH(int, elements);
        const QRectF strip(10, 20, 256, stripHeight(elements));
        for (int element = 0; element < elements; ++element)
            QCOMPARE(stripElementAt(strip, elements, stripCell(strip, elements, element).center()), element);
        QCOMPARE(stripElementAt(strip, elements, QPointF(5, 25)), -1);
    }
};

QTEST_MAIN(TestWorkedExample)
#include "tst_worked_example.moc"
