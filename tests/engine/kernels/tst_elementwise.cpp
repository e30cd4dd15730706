// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/elementwise.h"
#include "kernel_test.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace encoderscope::kernels;

/// Activations, layer norm and softmax on each instruction set, against their formulas in double.
class TestElementwise : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void activations_agree_with_their_formulas_data() { add_instruction_sets(); }
    void activations_agree_with_their_formulas();
    void slopes_are_those_of_the_activations_data() { add_instruction_sets(); }
    void slopes_are_those_of_the_activations();
    void activations_of_what_is_no_number_data() { add_instruction_sets(); }
    void activations_of_what_is_no_number();
    void layer_norm_agrees_with_its_formula_data() { add_instruction_sets(); }
    void layer_norm_agrees_with_its_formula();
    void softmax_agrees_with_its_formula_data() { add_instruction_sets(); }
    void softmax_agrees_with_its_formula();
    void softmax_of_unusual_rows_data() { add_instruction_sets(); }
    void softmax_of_unusual_rows();
    void entropies_agree_with_the_formula_data() { add_instruction_sets(); }
    void entropies_agree_with_the_formula();
};

namespace
{

double exact(Curve curve, double x)
{
    switch (curve) {
    case Curve::relu:
        return std::max(x, 0.0);
    case Curve::gelu:
        return 0.5 * x * (1.0 + std::erf(x / std::sqrt(2.0)));
    case Curve::gelu_tanh:
        return 0.5 * x * (1.0 + std::tanh(std::sqrt(2.0 / M_PI) * (x + 0.044715 * x * x * x)));
    case Curve::silu:
        return x / (1.0 + std::exp(-x));
    case Curve::quick_gelu:
        return x / (1.0 + std::exp(-1.702 * x));
    case Curve::mish:
        return x * std::tanh(x > 50.0 ? x : std::log1p(std::exp(x)));
    case Curve::relu_squared:
        return x > 0.0 ? x * x : 0.0;
    case Curve::identity:
        return x;
    }
    return 0.0;
}

constexpr Curve curves[] = {Curve::relu,       Curve::gelu, Curve::gelu_tanh,    Curve::silu,
                            Curve::quick_gelu, Curve::mish, Curve::relu_squared, Curve::identity};

} // namespace

void TestElementwise::activations_agree_with_their_formulas()
{
    use_fetched_instruction_set();
    constexpr std::size_t count = 20011;
    Spread x(1, count), y(1, count);
    for (std::size_t i = 0; i < count; ++i)
        x.at(0, i) = (static_cast<float>(i) - 10005.0F) / 1000.0F;
    x.at(0, 0) = -1e30F;
    x.at(0, 1) = 1e30F;
    x.at(0, 2) = -100.0F;
    x.at(0, 3) = 100.0F;
    for (const Curve curve : curves) {
        activate(x.rows(), y.rows(), curve);
        QVERIFY(y.nothing_written_outside());
        for (std::size_t i = 0; i < count; ++i) {
            if (curve == Curve::relu_squared && i == 1)
                continue; // its square is none of float's numbers
            const double expected = exact(curve, x.at(0, i));
            // of numbers beyond 1 the last bit is worth more
            if (!(std::abs(y.at(0, i) - expected) <= 1e-6 * std::max(1.0, std::abs(expected))))
                QFAIL(qPrintable(QStringLiteral("curve %1 at %2: %3 instead of %4")
                                     .arg(int(curve))
                                     .arg(x.at(0, i))
                                     .arg(y.at(0, i))
                                     .arg(expected)));
        }
    }
}

void TestElementwise::slopes_are_those_of_the_activations()
{
    use_fetched_instruction_set();
    constexpr std::size_t count = 4099; // the last vector is not full
    Spread x(1, count), gradient(1, count, std::vector<float>(count, 2.0F));
    for (std::size_t i = 0; i < count; ++i)
        x.at(0, i) = (float(i) - 2000.0F) / 100.0F;
    x.at(0, 0) = -1e30F;
    x.at(0, 1) = 1e30F;
    x.at(0, 2) = -100.0F;
    x.at(0, 3) = 100.0F;
    x.at(0, 4) = std::numeric_limits<float>::quiet_NaN();
    for (const Curve curve : curves) {
        Spread y = gradient;
        activate_backward(x.rows(), y.rows(), curve);
        QVERIFY(y.nothing_written_outside());
        QVERIFY(std::isnan(y.at(0, 4)));
        QCOMPARE(y.at(0, 0), curve == Curve::identity ? 2.0F : 0.0F);
        QCOMPARE(y.at(0, 1), curve == Curve::relu_squared ? 4e30F : 2.0F);
        for (std::size_t i = 5; i < count; ++i) {
            const double at = double(x.at(0, i));
            const double step = 1e-5;
            const double expected = at == 0.0 && (curve == Curve::relu || curve == Curve::relu_squared)
                                        ? 0.0
                                        : (exact(curve, at + step) - exact(curve, at - step)) / step;
            if (!(std::abs(y.at(0, i) - expected) <= 5e-6))
                QFAIL(qPrintable(QStringLiteral("curve %1 at %2: %3 instead of %4")
                                     .arg(int(curve))
                                     .arg(at)
                                     .arg(y.at(0, i))
                                     .arg(expected)));
        }
    }
}

void TestElementwise::activations_of_what_is_no_number()
{
    use_fetched_instruction_set();
    constexpr float infinite = std::numeric_limits<float>::infinity();
    for (const Curve curve : curves) {
        Spread x(1, 19, std::vector<float>(19, 0.5F)), y(1, 19);
        x.at(0, 2) = x.at(0, 18) = std::numeric_limits<float>::quiet_NaN();
        x.at(0, 3) = x.at(0, 17) = infinite;
        activate(x.rows(), y.rows(), curve);
        QVERIFY(std::isnan(y.at(0, 2)) && std::isnan(y.at(0, 18)));
        QCOMPARE(y.at(0, 3), infinite);
        QCOMPARE(y.at(0, 17), infinite);
        QVERIFY(std::isfinite(y.at(0, 1)) && std::isfinite(y.at(0, 16)));
    }
}

void TestElementwise::layer_norm_agrees_with_its_formula()
{
    use_fetched_instruction_set();
    constexpr double epsilon = 1e-5;
    for (const std::size_t width : {1, 3, 15, 16, 33, 128, 771}) {
        constexpr std::size_t rows = 40;
        Spread x(rows, width, random_floats(rows * width, 1)), y(rows, width);
        for (std::size_t j = 0; j < width; ++j)
            x.at(1, j) += 100.0F; // a mean far from zero
        const std::vector<float> gain = random_floats(width, 2), bias = random_floats(width, 3);
        normalize(x.rows(), gain.data(), bias.data(), float(epsilon), y.rows());
        QVERIFY(y.nothing_written_outside());
        for (std::size_t i = 0; i < rows; ++i) {
            double mean = 0.0, variance = 0.0;
            for (std::size_t j = 0; j < width; ++j)
                mean += x.at(i, j) / double(width);
            for (std::size_t j = 0; j < width; ++j)
                variance += (x.at(i, j) - mean) * (x.at(i, j) - mean) / double(width);
            for (std::size_t j = 0; j < width; ++j) {
                const double expected =
                    (x.at(i, j) - mean) / std::sqrt(variance + epsilon) * gain[j] + bias[j];
                QVERIFY(std::abs(y.at(i, j) - expected) < (i == 1 ? 2e-4 : 2e-5));
            }
        }
    }
}

void TestElementwise::softmax_agrees_with_its_formula()
{
    use_fetched_instruction_set();
    for (const std::size_t width : {1, 2, 7, 8, 9, 16, 31, 200}) {
        for (const std::vector<std::size_t> &masked :
             {std::vector<std::size_t>{}, std::vector<std::size_t>{0}, std::vector<std::size_t>{width - 1}}) {
            if (masked.size() == width)
                continue;
            constexpr std::size_t rows = 5;
            constexpr double factor = 3.7;
            Spread x(rows, width, random_floats(rows * width, 4));
            Spread y = x;
            softmax(y.rows(), float(factor), masked);
            QVERIFY(y.nothing_written_outside());
            for (std::size_t i = 0; i < rows; ++i) {
                double sum = 0.0;
                const auto absent = [&](std::size_t j) { return !masked.empty() && masked[0] == j; };
                for (std::size_t j = 0; j < width; ++j)
                    sum += absent(j) ? 0.0 : std::exp(factor * x.at(i, j));
                for (std::size_t j = 0; j < width; ++j) {
                    const double expected = absent(j) ? 0.0 : std::exp(factor * x.at(i, j)) / sum;
                    QVERIFY(std::abs(y.at(i, j) - expected) < 1e-6);
                    QVERIFY(!absent(j) || y.at(i, j) == 0.0F);
                }
            }
        }
    }
}

void TestElementwise::entropies_agree_with_the_formula()
{
    use_fetched_instruction_set();
    for (const std::size_t width : {1, 2, 7, 16, 31, 33, 500}) {
        Spread weights(4, width, random_floats(4 * width, 4));
        softmax(weights.rows(), 20.0F, {});
        for (std::size_t j = 0; j < width; ++j) {
            weights.at(1, j) = j == width / 2 ? 1.0F : 0.0F; // one key alone
            weights.at(2, j) = 1.0F / float(width);          // every key alike
            weights.at(3, j) = j == 0 ? 0.999999F : 1e-38F;  // near to one key
        }
        std::vector<float> bits(4);
        entropies(weights.rows(), bits.data());
        for (std::size_t i = 0; i < 4; ++i) {
            double expected = 0.0;
            for (std::size_t j = 0; j < width; ++j) {
                const double weight = weights.at(i, j);
                expected -= weight > 0.0 ? weight * std::log2(weight) : 0.0;
            }
            QVERIFY(std::abs(double(bits[i]) - expected) < 1e-5 * std::max(expected, 1.0));
        }
        QCOMPARE(bits[1], 0.0F);
        Spread spoilt(1, width, std::vector<float>(width, std::numeric_limits<float>::quiet_NaN()));
        entropies(spoilt.rows(), bits.data());
        QVERIFY(std::isnan(bits[0]));
    }
}

void TestElementwise::softmax_of_unusual_rows()
{
    use_fetched_instruction_set();
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    for (const std::size_t width : {3, 8, 11, 16, 21}) {
        std::vector<std::size_t> all;
        for (std::size_t j = 0; j < width; ++j)
            all.push_back(j);
        Spread masked(2, width, random_floats(2 * width, 5));
        softmax(masked.rows(), 1.0F, all);
        // scores far apart and too large for e^x
        Spread far(1, width, std::vector<float>(width, -1e9F));
        far.at(0, 1) = 1e9F;
        softmax(far.rows(), 1.0F, {});
        Spread spoilt(2, width, std::vector<float>(2 * width, 1.0F));
        spoilt.at(0, width - 2) = nan;
        spoilt.at(0, 0) = nan;
        const std::size_t first = 0;
        softmax(spoilt.rows(), 1.0F, {&first, 1});
        for (std::size_t j = 0; j < width; ++j) {
            QCOMPARE(masked.at(0, j), 0.0F);
            QCOMPARE(masked.at(1, j), 0.0F);
            QCOMPARE(far.at(0, j), j == 1 ? 1.0F : 0.0F);
            QCOMPARE(std::isnan(spoilt.at(0, j)), j != 0);
            QVERIFY(!std::isnan(spoilt.at(1, j)));
        }
        QCOMPARE(spoilt.at(0, 0), 0.0F);
    }
}

QTEST_GUILESS_MAIN(TestElementwise)
#include "tst_elementwise.moc"
