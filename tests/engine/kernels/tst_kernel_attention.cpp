// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/attention.h"
#include "engine/kernels/workers.h"
#include "kernel_test.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace encoderscope::kernels;

/// Multi-head attention on each instruction set, against the formula in double.
class TestKernelAttention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agrees_with_the_formula_data() { add_instruction_sets(); }
    void agrees_with_the_formula();
    void masked_keys_count_for_nothing();
    void weights_agree_with_the_formula_data() { add_instruction_sets(); }
    void weights_agree_with_the_formula();
    void keys_outside_the_window_count_for_nothing_data() { add_instruction_sets(); }
    void keys_outside_the_window_count_for_nothing();
    void threads_do_not_change_a_bit();
};

namespace
{

/// Query, key and value of `heads` heads, a few columns wider than they need.
struct Case {
    std::size_t n, d_k, heads, width;
    Spread query, key, value, output;

    Case(std::size_t tokens, std::size_t head_width, std::size_t head_count)
        : n(tokens)
        , d_k(head_width)
        , heads(head_count)
        , width(d_k * heads + 1)
        , query(n, width, random_floats(n * width, 1))
        , key(n, width, random_floats(n * width, 2))
        , value(n, width, random_floats(n * width, 3))
        , output(n, width)
    {
    }

    Attention attention(const std::vector<std::size_t> &which)
    {
        return {.query = query.rows(),
                .key = key.rows(),
                .value = value.rows(),
                .d_k = d_k,
                .heads = which,
                .scale = 1.0F / std::sqrt(float(d_k)),
                .temperature = 0.6F,
                .masked = {},
                .distance_bias = nullptr,
                .heads_output = output.rows()};
    }

    std::vector<double> expected_weights(std::size_t head, std::size_t i,
                                         const std::vector<std::size_t> &masked, const float *bias,
                                         std::size_t window)
    {
        std::vector<double> weights(n, 0.0);
        double sum = 0.0;
        for (std::size_t j = 0; j < n; ++j) {
            if ((i > j ? i - j : j - i) > window ||
                std::find(masked.begin(), masked.end(), j) != masked.end())
                continue;
            double score = 0.0;
            for (std::size_t k = 0; k < d_k; ++k)
                score += double(query.at(i, head * d_k + k)) * key.at(j, head * d_k + k);
            score /= std::sqrt(double(d_k));
            if (bias)
                score += bias[i + n - 1 - j];
            weights[j] = std::exp(score / double(0.6F));
            sum += weights[j];
        }
        for (double &weight : weights)
            weight = sum > 0.0 ? weight / sum : 0.0;
        return weights;
    }

    double expected(std::size_t head, std::size_t i, std::size_t column,
                    const std::vector<std::size_t> &masked, const float *bias,
                    std::size_t window = Attention::everything)
    {
        const std::vector<double> weights = expected_weights(head, i, masked, bias, window);
        double sum = 0.0;
        for (std::size_t j = 0; j < n; ++j)
            sum += weights[j] * value.at(j, head * d_k + column);
        return sum;
    }
};

} // namespace

void TestKernelAttention::agrees_with_the_formula()
{
    use_fetched_instruction_set();
    for (const auto &[n, d_k, heads] : {std::tuple<std::size_t, std::size_t, std::size_t>{1, 1, 1},
                                        {1, 64, 2},
                                        {2, 3, 3},
                                        {7, 20, 2},
                                        {16, 1, 5},
                                        {17, 64, 3},
                                        {33, 80, 2},
                                        {40, 128, 1},
                                        {130, 24, 2},
                                        {600, 5, 1}}) {
        Case c(n, d_k, heads);
        std::vector<std::size_t> which;
        for (std::size_t head = 0; head < heads; ++head) {
            if (head != 1)
                which.push_back(head);
        }
        const std::vector<std::size_t> masked =
            n > 5 ? std::vector<std::size_t>{0, n - 1} : std::vector<std::size_t>();
        const std::vector<float> bias = random_floats(which.size() * (2 * n - 1), 4);
        for (const bool biased : {false, true}) {
            Attention attention = c.attention(which);
            attention.masked = masked;
            attention.distance_bias = biased ? bias.data() : nullptr;
            attend(attention);
            QVERIFY(c.output.nothing_written_outside());
            const std::size_t step = n > 200 ? 37 : n > 30 ? 5 : 1;
            for (std::size_t i = 0; i < n; i += step) {
                for (std::size_t h = 0; h < which.size(); ++h) {
                    for (std::size_t column = 0; column<d_k; column += d_k> 16 ? 3 : 1) {
                        const double expected = c.expected(which[h], i, column, masked,
                                                           biased ? bias.data() + h * (2 * n - 1) : nullptr);
                        QVERIFY(std::abs(c.output.at(i, which[h] * d_k + column) - expected) < 1e-5);
                    }
                }
                // a head that was not asked for, and the columns of no head
                if (heads > 1)
                    QCOMPARE(c.output.at(i, d_k), 7.5F);
                QCOMPARE(c.output.at(i, heads * d_k), 7.5F);
            }
        }
    }
}

void TestKernelAttention::keys_outside_the_window_count_for_nothing()
{
    use_fetched_instruction_set();
    for (const auto &[n, d_k, window] : {std::tuple<std::size_t, std::size_t, std::size_t>{1, 4, 0},
                                         {9, 16, 0},
                                         {33, 20, 1},
                                         {130, 8, 5},
                                         {600, 5, 64},
                                         {70, 24, 69},
                                         {70, 24, 70}}) {
        Case c(n, d_k, 2);
        const std::vector<std::size_t> both{0, 1};
        const std::vector<std::size_t> masked =
            n > 5 ? std::vector<std::size_t>{0, 3, n - 1} : std::vector<std::size_t>();
        const std::vector<float> bias = random_floats(2 * (2 * n - 1), 4);
        for (const bool biased : {false, true}) {
            Attention attention = c.attention(both);
            attention.masked = masked;
            attention.window = window;
            attention.distance_bias = biased ? bias.data() : nullptr;
            attend(attention);
            QVERIFY(c.output.nothing_written_outside());
            for (std::size_t i = 0; i < n; ++i) {
                for (const std::size_t h : both) {
                    const double expected = c.expected(
                        h, i, d_k - 1, masked, biased ? bias.data() + h * (2 * n - 1) : nullptr, window);
                    QVERIFY(std::abs(c.output.at(i, h * d_k + d_k - 1) - expected) < 1e-5);
                }
            }
        }
    }
}

/// Of all queries beside the heads' outputs, and of the last ones alone.
void TestKernelAttention::weights_agree_with_the_formula()
{
    use_fetched_instruction_set();
    for (const auto &[n, d_k, window] :
         {std::tuple<std::size_t, std::size_t, std::size_t>{1, 3, Attention::everything},
          {33, 20, Attention::everything},
          {33, 20, 2},
          {140, 8, Attention::everything},
          {140, 8, 30}}) {
        Case c(n, d_k, 2);
        const std::vector<std::size_t> both{1, 0};
        const std::vector<std::size_t> masked =
            n > 5 ? std::vector<std::size_t>{0, 3, n - 1} : std::vector<std::size_t>();
        const std::vector<float> bias = random_floats(2 * (2 * n - 1), 4);
        for (const bool biased : {false, true}) {
            std::vector<float> whole(2 * n * n, 7.5F);
            Attention attention = c.attention(both);
            attention.masked = masked;
            attention.window = window;
            attention.distance_bias = biased ? bias.data() : nullptr;
            attention.weights = whole.data();
            attend(attention);
            const std::size_t first = n / 3;
            std::vector<float> part(2 * (n - first) * n, 7.5F);
            attention.query.data += first * attention.query.stride;
            attention.query.rows = n - first;
            attention.value = {};
            attention.heads_output = {};
            attention.first_query = first;
            attention.weights = part.data();
            attend(attention);
            for (std::size_t h = 0; h < 2; ++h) {
                for (std::size_t i = 0; i < n; ++i) {
                    const std::vector<double> expected = c.expected_weights(
                        both[h], i, masked, biased ? bias.data() + h * (2 * n - 1) : nullptr, window);
                    for (std::size_t j = 0; j < n; ++j) {
                        const float weight = whole[(h * n + i) * n + j];
                        QVERIFY(std::abs(double(weight) - expected[j]) < 1e-6);
                        QVERIFY(expected[j] > 0.0 || weight == 0.0F);
                        if (i >= first)
                            QCOMPARE(part[(h * (n - first) + i - first) * n + j], weight);
                    }
                }
            }
        }
    }
}

void TestKernelAttention::masked_keys_count_for_nothing()
{
    Case c(9, 16, 1);
    const std::vector<std::size_t> heads{0};
    std::vector<std::size_t> masked{4};
    Attention attention = c.attention(heads);
    attention.masked = masked;
    attend(attention);
    Spread before = c.output;
    for (std::size_t k = 0; k < 16; ++k)
        c.key.at(4, k) = c.value.at(4, k) = 50.0F;
    attend(attention);
    for (std::size_t i = 0; i < 9; ++i) {
        for (std::size_t k = 0; k < 16; ++k)
            QCOMPARE(c.output.at(i, k), before.at(i, k));
    }
    masked = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    attention.masked = masked;
    attend(attention);
    for (std::size_t i = 0; i < 9; ++i) {
        for (std::size_t k = 0; k < 16; ++k)
            QCOMPARE(c.output.at(i, k), 0.0F);
    }
}

void TestKernelAttention::threads_do_not_change_a_bit()
{
    Case c(700, 8, 3);
    const std::vector<std::size_t> heads{0, 1, 2};
    const std::size_t threads = worker_threads();
    set_worker_threads(1);
    attend(c.attention(heads));
    Spread alone = c.output;
    set_worker_threads(threads);
    attend(c.attention(heads));
    for (std::size_t i = 0; i < 700; ++i) {
        for (std::size_t k = 0; k < 24; ++k)
            QVERIFY(std::abs(c.output.at(i, k) - alone.at(i, k)) < 1e-6F);
    }
}

QTEST_GUILESS_MAIN(TestKernelAttention)
#include "tst_kernel_attention.moc"
