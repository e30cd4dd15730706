// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/multiply.h"
#include "engine/kernels/workers.h"
#include "kernel_test.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace encoderscope::kernels;

/// Products of rows and packed weights, on each instruction set, against sums in double.
class TestMultiply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { set_worker_threads(2); }
    void panels_hold_the_weight_and_zeros();
    void products_agree_with_sums_in_double_data() { add_instruction_sets(); }
    void products_agree_with_sums_in_double();
    void sum_and_activation_follow_data() { add_instruction_sets(); }
    void sum_and_activation_follow();
    void several_products_of_one_input_data() { add_instruction_sets(); }
    void several_products_of_one_input();
    void threads_do_not_change_a_bit();
    void nan_and_denormal_weights_data() { add_instruction_sets(); }
    void nan_and_denormal_weights();

private:
    struct Size {
        std::size_t rows, in, out;
    };
    static std::vector<Size> sizes();
};

std::vector<TestMultiply::Size> TestMultiply::sizes()
{
    std::vector<Size> sizes;
    // one, few and many rows; odd widths; widths of one panel and less; deep enough to be cut in depth
    for (const std::size_t rows : {1, 2, 3, 4, 5, 6, 7, 8, 13, 14, 15, 29, 32, 127, 131}) {
        for (const auto &[in, out] : {std::pair<std::size_t, std::size_t>{1, 1},
                                      {3, 5},
                                      {20, 16},
                                      {33, 17},
                                      {64, 31},
                                      {65, 48},
                                      {100, 77}})
            sizes.push_back({rows, in, out});
    }
    sizes.push_back({8, 1027, 40});
    sizes.push_back({32, 1027, 40});
    sizes.push_back({300, 800, 65});
    // rows 1024 and 2048 floats apart, which are copied
    sizes.push_back({131, 1021, 40});
    sizes.push_back({43, 2045, 33});
    return sizes;
}

void TestMultiply::panels_hold_the_weight_and_zeros()
{
    constexpr std::size_t out = 21;
    constexpr std::size_t in = 37;
    Spread weight(out, in, random_floats(out * in, 1));
    const Panels panels(weight.rows());
    QCOMPARE(panels.count(), std::size_t(2));
    for (std::size_t o = 0; o < 32; ++o) {
        for (std::size_t i = 0; i < in; ++i)
            QCOMPARE(panels.panel(o / 16)[i * 16 + o % 16], o < out ? weight.at(o, i) : 0.0F);
    }
    Spread columns(in, out, random_floats(out * in, 1));
    std::vector<float> packed(2 * 16 * in, 5.0F);
    pack_columns(columns.rows(), 0, 2, packed.data());
    for (std::size_t o = 0; o < 32; ++o) {
        for (std::size_t i = 0; i < in; ++i)
            QCOMPARE(packed[(o / 16 * in + i) * 16 + o % 16], o < out ? columns.at(i, o) : 0.0F);
    }
}

void TestMultiply::products_agree_with_sums_in_double()
{
    use_fetched_instruction_set();
    for (const auto &[rows, in, out] : sizes()) {
        Spread x(rows, in, random_floats(rows * in, 2));
        Spread weight(out, in, random_floats(out * in, 3));
        const std::vector<float> bias = random_floats(out, 4);
        const Panels panels(weight.rows());
        for (const bool with_bias : {true, false}) {
            Spread y(rows, out);
            const Product product{.from = x.rows(),
                                  .weights = &panels,
                                  .bias = with_bias ? bias.data() : nullptr,
                                  .to = y.rows()};
            multiply({&product, 1});
            QVERIFY(y.nothing_written_outside());
            for (std::size_t i = 0; i < rows; ++i) {
                for (std::size_t j = 0; j < out; ++j) {
                    double sum = with_bias ? bias[j] : 0.0;
                    for (std::size_t k = 0; k < in; ++k)
                        sum += double(x.at(i, k)) * weight.at(j, k);
                    if (std::abs(y.at(i, j) - sum) > 3e-6 * std::sqrt(double(in)))
                        QFAIL(qPrintable(QStringLiteral("%1 x %2 x %3 at [%4, %5]: %6 instead of %7")
                                             .arg(rows)
                                             .arg(in)
                                             .arg(out)
                                             .arg(i)
                                             .arg(j)
                                             .arg(y.at(i, j))
                                             .arg(sum)));
                }
            }
        }
    }
}

void TestMultiply::sum_and_activation_follow()
{
    use_fetched_instruction_set();
    for (const std::size_t rows : {1, 9, 130}) {
        constexpr std::size_t in = 50;
        constexpr std::size_t out = 75;
        Spread x(rows, in, random_floats(rows * in, 5));
        Spread weight(out, in, random_floats(out * in, 6));
        Spread residual(rows, out, random_floats(rows * out, 7));
        const Panels panels(weight.rows());
        Spread y(rows, out), sum(rows, out), activated(rows, out), alone(rows, out);
        const Product product{.from = x.rows(),
                              .weights = &panels,
                              .bias = nullptr,
                              .to = y.rows(),
                              .activated = activated.rows(),
                              .curve = Curve::gelu,
                              .residual = residual.rows(),
                              .sum = sum.rows()};
        multiply({&product, 1});
        activate(y.rows(), alone.rows(), Curve::gelu);
        QVERIFY(sum.nothing_written_outside() && activated.nothing_written_outside());
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < out; ++j) {
                QCOMPARE(sum.at(i, j), residual.at(i, j) + y.at(i, j));
                QVERIFY(std::abs(activated.at(i, j) - alone.at(i, j)) < 1e-6F);
            }
        }
    }
}

void TestMultiply::several_products_of_one_input()
{
    use_fetched_instruction_set();
    constexpr std::size_t rows = 17;
    constexpr std::size_t in = 64;
    Spread x(rows, in, random_floats(rows * in, 8));
    Spread narrow(5, in, random_floats(5 * in, 9));
    Spread wide(600, in, random_floats(600 * in, 10));
    const Panels narrow_panels(narrow.rows()), wide_panels(wide.rows());
    Spread first(rows, 5), second(rows, 600), first_alone(rows, 5), second_alone(rows, 600);
    const Product products[] = {
        {.from = x.rows(), .weights = &narrow_panels, .bias = nullptr, .to = first.rows()},
        {.from = x.rows(), .weights = &wide_panels, .bias = nullptr, .to = second.rows()}};
    multiply(products);
    const Product alone[] = {
        {.from = x.rows(), .weights = &narrow_panels, .bias = nullptr, .to = first_alone.rows()},
        {.from = x.rows(), .weights = &wide_panels, .bias = nullptr, .to = second_alone.rows()}};
    multiply({&alone[0], 1});
    multiply({&alone[1], 1});
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < 5; ++j)
            QVERIFY(std::abs(first.at(i, j) - first_alone.at(i, j)) < 1e-5F);
        for (std::size_t j = 0; j < 600; ++j)
            QVERIFY(std::abs(second.at(i, j) - second_alone.at(i, j)) < 1e-5F);
    }
}

void TestMultiply::threads_do_not_change_a_bit()
{
    for (const auto &[rows, in, out] : sizes()) {
        Spread x(rows, in, random_floats(rows * in, 11));
        Spread weight(out, in, random_floats(out * in, 12));
        const Panels panels(weight.rows());
        Spread one(rows, out), all(rows, out);
        for (Spread *result : {&one, &all}) {
            set_worker_threads(result == &one ? 1 : 64);
            const Product product{
                .from = x.rows(), .weights = &panels, .bias = nullptr, .to = result->rows()};
            multiply({&product, 1});
        }
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < out; ++j)
                QCOMPARE(one.at(i, j), all.at(i, j));
        }
    }
}

void TestMultiply::nan_and_denormal_weights()
{
    use_fetched_instruction_set();
    constexpr std::size_t rows = 7;
    constexpr std::size_t in = 40;
    constexpr std::size_t out = 33;
    Spread x(rows, in, std::vector<float>(rows * in, 0.0F));
    Spread weight(out, in, std::vector<float>(out * in, std::numeric_limits<float>::denorm_min()));
    weight.at(20, 3) = std::numeric_limits<float>::quiet_NaN();
    const Panels panels(weight.rows());
    Spread y(rows, out);
    const Product product{.from = x.rows(), .weights = &panels, .bias = nullptr, .to = y.rows()};
    multiply({&product, 1});
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < out; ++j) {
            if (j == 20)
                QVERIFY(std::isnan(y.at(i, j)));
            else
                QCOMPARE(y.at(i, j), 0.0F);
        }
    }
    // outside of a kernel denormal numbers are numbers as ever
    volatile float smallest = std::numeric_limits<float>::denorm_min();
    QVERIFY(smallest * 2.0F > 0.0F);
}

QTEST_GUILESS_MAIN(TestMultiply)
#include "tst_multiply.moc"
