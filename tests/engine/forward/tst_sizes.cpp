// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"
#include "engine/model/initial_model.h"

#include <QTest>

#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <stop_token>
#include <thread>
#include <vector>

using namespace encoderscope;

namespace
{

using Exact = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Exact exact(const MatrixRef &m)
{
    return m.cast<double>().array();
}

Exact linear(const MatrixRef &x, const Linear &weights)
{
    Exact y = (x.cast<double>() * weights.weight.view().cast<double>().transpose()).array();
    if (!weights.bias.empty())
        y.rowwise() += exact(weights.bias.view()).row(0);
    return y;
}

Exact layer_norm(const MatrixRef &x, const LayerNorm &weights, float epsilon)
{
    Exact y = exact(x);
    for (Index i = 0; i < y.rows(); ++i) {
        y.row(i) -= y.row(i).mean();
        y.row(i) /= std::sqrt(y.row(i).square().mean() + static_cast<double>(epsilon));
    }
    y.rowwise() *= exact(weights.gain.view()).row(0);
    y.rowwise() += exact(weights.bias.view()).row(0);
    return y;
}

Exact weights_of_head(const Trace &trace, int layer, int head)
{
    Exact scores =
        (trace.query(layer, head).cast<double>() * trace.key(layer, head).cast<double>().transpose())
            .array() /
        std::sqrt(trace.config().d_k());
    for (Index i = 0; i < scores.rows(); ++i) {
        scores.row(i) = (scores.row(i) - scores.row(i).maxCoeff()).exp().eval();
        scores.row(i) /= scores.row(i).sum();
    }
    return scores;
}

/// Error relative to each number, or to the root mean square of all where that is greater.
double error(const MatrixRef &actual, const Exact &expected)
{
    if (actual.rows() != expected.rows() || actual.cols() != expected.cols() || !actual.allFinite())
        return HUGE_VAL;
    const double usual = std::max(std::sqrt(expected.square().mean()), 1e-30);
    return ((exact(actual) - expected).abs() / expected.abs().max(usual)).maxCoeff();
}

ModelPtr model_of(const EncoderConfig &config, float factor = 1.0F)
{
    auto model = std::make_shared<Model>();
    model->config = config;
    model->weights = initial_weights(config, 5);
    for (LayerWeights &layer : model->weights.layers) {
        for (Linear *linear :
             {&layer.query, &layer.key, &layer.value, &layer.output, &layer.expand, &layer.shrink})
            *linear = {SharedMatrix(Matrix(linear->weight.view() * factor)), linear->bias};
    }
    return model;
}

Encoding tokens(int count)
{
    Encoding encoding;
    for (int i = 0; i < count; ++i) {
        Token token;
        token.id = (i * 7) % 10;
        encoding.tokens.push_back(token);
    }
    return encoding;
}

EncoderConfig config_of(int d_model, int heads, int d_ff)
{
    return {.vocabulary_size = 10,
            .d_model = d_model,
            .layers = 1,
            .heads = heads,
            .d_ff = d_ff,
            .embedding_size = d_model,
            .max_positions = 0};
}

} // namespace

/// The fast paths at sizes that fit no vector, with numbers that are no fun, and with several callers.
class TestSizes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void every_stage_follows_from_the_one_before_data();
    void every_stage_follows_from_the_one_before();
    void activations_over_their_range_data();
    void activations_over_their_range();
    void weights_that_are_not_numbers_stay_visible();
    void infinite_and_tiny_weights_do_no_harm();
    void several_callers_get_the_same();
    void long_run_stops_soon();
};

void TestSizes::every_stage_follows_from_the_one_before_data()
{
    QTest::addColumn<int>("d_model");
    QTest::addColumn<int>("heads");
    QTest::addColumn<int>("d_ff");
    QTest::addColumn<int>("count");
    for (const auto &[d_model, heads, d_ff] : {std::array{1, 1, 1},
                                               {3, 3, 7},
                                               {9, 3, 33},
                                               {20, 1, 13},
                                               {40, 2, 100},
                                               {128, 2, 512},
                                               {160, 2, 31},
                                               {256, 2, 65},
                                               {60, 20, 48},
                                               {17, 1, 16}}) {
        for (const int count : {1, 2, 5, 17, 70, 130})
            QTest::addRow("d_model %d, %d heads, d_ff %d, %d tokens", d_model, heads, d_ff, count)
                << d_model << heads << d_ff << count;
    }
}

void TestSizes::every_stage_follows_from_the_one_before()
{
    QFETCH(const int, d_model);
    QFETCH(const int, heads);
    QFETCH(const int, d_ff);
    QFETCH(const int, count);
    const ModelPtr model = model_of(config_of(d_model, heads, d_ff));
    const TracePtr trace = run_encoder(model, tokens(count));
    const LayerWeights &weights = model->weights.layers[0];
    const LayerTrace &layer = trace->layer(0);
    const Matrix &x = trace->layer_input(0);
    const float epsilon = model->config.norm_epsilon;

    QVERIFY(error(layer.query, linear(x, weights.query)) < 1e-5);
    QVERIFY(error(layer.key, linear(x, weights.key)) < 1e-5);
    QVERIFY(error(layer.value, linear(x, weights.value)) < 1e-5);
    for (int head = 0; head < heads; ++head) {
        const Exact attention = weights_of_head(*trace, 0, head);
        QVERIFY(error(trace->attention_weights(0, head), attention) < 1e-5);
        const Exact z = (attention.matrix() * trace->value(0, head).cast<double>()).array();
        const Index d_k = trace->config().d_k();
        QVERIFY(error(layer.concatenation.middleCols(head * d_k, d_k), z) < 1e-5);
    }
    QVERIFY(error(layer.attention_output, linear(layer.concatenation, weights.output)) < 1e-5);
    QVERIFY(error(layer.attention_sum, exact(x) + exact(layer.attention_output)) < 1e-6);
    if (d_model > 1) { // the norm of one number is 0 whatever rounding leaves
        QVERIFY(error(layer.attention_result,
                      layer_norm(layer.attention_sum, weights.attention_norm, epsilon)) < 1e-5);
        QVERIFY(error(layer.output, layer_norm(layer.feed_forward_sum, weights.feed_forward_norm, epsilon)) <
                1e-5);
    }
    QVERIFY(error(layer.expanded, linear(layer.attention_result, weights.expand)) < 1e-5);
    QVERIFY(error(layer.feed_forward_output, linear(layer.activated, weights.shrink)) < 1e-5);
    QVERIFY(error(layer.feed_forward_sum, exact(layer.attention_result) + exact(layer.feed_forward_output)) <
            1e-6);
}

void TestSizes::activations_over_their_range_data()
{
    QTest::addColumn<Activation>("activation");
    QTest::newRow("ReLU") << Activation::relu;
    QTest::newRow("GELU") << Activation::gelu;
    QTest::newRow("GELU (tanh)") << Activation::gelu_tanh;
    QTest::newRow("SiLU") << Activation::silu;
    QTest::newRow("identity") << Activation::identity;
}

void TestSizes::activations_over_their_range()
{
    QFETCH(const Activation, activation);
    // Biases alone reach the activation: d_ff points from -20 to 20.
    constexpr int points = 1001;
    EncoderConfig config = config_of(4, 1, points);
    config.activation = activation;
    auto model = std::make_shared<Model>(*model_of(config));
    Matrix x(1, points);
    for (int i = 0; i < points; ++i)
        x(0, i) = static_cast<float>(-20.0 + 40.0 * i / (points - 1));
    model->weights.layers[0].expand = {SharedMatrix(Matrix(Matrix::Zero(points, 4))), SharedMatrix(x)};
    const TracePtr trace = run_encoder(model, tokens(1));
    for (int i = 0; i < points; ++i) {
        const double a = static_cast<double>(x(0, i));
        double expected = std::max(a, 0.0);
        if (activation == Activation::gelu)
            expected = 0.5 * a * std::erfc(-a / std::sqrt(2.0));
        if (activation == Activation::gelu_tanh)
            expected = 0.5 * a * (1.0 + std::tanh(std::sqrt(2.0 / M_PI) * (a + 0.044715 * a * a * a)));
        if (activation == Activation::silu)
            expected = a / (1.0 + std::exp(-a));
        if (activation == Activation::identity)
            expected = a;
        const double actual = static_cast<double>(trace->layer(0).activated(0, i));
        QVERIFY2(std::abs(actual - expected) < 1e-6 * std::max(1.0, std::abs(expected)),
                 qPrintable(QStringLiteral("%1: %2, not %3").arg(a).arg(actual).arg(expected)));
    }
}

void TestSizes::weights_that_are_not_numbers_stay_visible()
{
    auto model = std::make_shared<Model>(*model_of(config_of(16, 2, 24)));
    Matrix broken = model->weights.layers[0].query.weight.view();
    broken(3, 5) = std::numeric_limits<float>::quiet_NaN();
    model->weights.layers[0].query = {SharedMatrix(broken), model->weights.layers[0].query.bias};
    Switches switches;
    switches.masked_tokens = {1};
    const TracePtr trace = run_encoder(model, tokens(5), switches);
    QVERIFY(trace->layer(0).query.col(3).array().isNaN().all());
    QVERIFY(trace->layer(0).query.leftCols(3).allFinite());
    const Matrix weights = trace->attention_weights(0, 0); // head 0 owns column 3
    QVERIFY(weights.col(0).array().isNaN().all());
    QVERIFY((weights.col(1).array() == 0.0F).all());
    QVERIFY(trace->attention_weights(0, 1).allFinite());
    QVERIFY(trace->layer(0).concatenation.leftCols(8).array().isNaN().all());
    QVERIFY(trace->layer(0).concatenation.rightCols(8).allFinite());
    QVERIFY(trace->output().array().isNaN().all());
}

void TestSizes::infinite_and_tiny_weights_do_no_harm()
{
    for (const float factor : {1e-38F, 1e-42F, 0.0F}) {
        const TracePtr trace = run_encoder(model_of(config_of(16, 2, 24), factor), tokens(5));
        QVERIFY(trace->output().allFinite());
        QVERIFY((trace->attention_weights(0, 0).array() - 0.2F).abs().maxCoeff() < 1e-5F);
    }
    for (const float factor : {1e19F, 1e38F, std::numeric_limits<float>::infinity()}) {
        const TracePtr trace = run_encoder(model_of(config_of(16, 2, 24), factor), tokens(5));
        QCOMPARE(trace->output().rows(), Index{5});
    }
}

void TestSizes::several_callers_get_the_same()
{
    const ModelPtr model = model_of(config_of(64, 12, 128));
    const Encoding encoding = tokens(40);
    const TracePtr alone = run_encoder(model, encoding);
    std::array<TracePtr, 4> together;
    {
        std::vector<std::jthread> callers;
        for (TracePtr &trace : together)
            callers.emplace_back([&] {
                for (int i = 0; i < 5; ++i)
                    trace = run_encoder(model, encoding);
            });
    }
    for (const TracePtr &trace : together)
        QVERIFY((trace->output() - alone->output()).cwiseAbs().maxCoeff() < 1e-6F);
}

void TestSizes::long_run_stops_soon()
{
    EncoderConfig config = config_of(128, 4, 512);
    config.layers = 4;
    const ModelPtr model = model_of(config);
    std::stop_source stop;
    std::chrono::steady_clock::time_point stopped;
    std::jthread impatient([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(15));
        stopped = std::chrono::steady_clock::now();
        stop.request_stop();
    });
    const TracePtr trace = run_encoder(model, tokens(4096), {}, nullptr, stop.get_token());
    const auto returned = std::chrono::steady_clock::now();
    impatient.join();
    QVERIFY(!trace);
    // tests/bench/long measures it: within 10 ms. Here only that nothing waits for a layer (seconds,
    // unoptimized).
    QVERIFY(returned - stopped < std::chrono::milliseconds(500));
}

QTEST_GUILESS_MAIN(TestSizes)
#include "tst_sizes.moc"
