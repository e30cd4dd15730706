// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/costs.h"
#include "engine/analysis/weights.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/model/built_in_models.h"
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"

#include <Eigen/SVD>

#include <QTest>

#include <cmath>
#include <numeric>

using namespace encoderscope;

namespace
{

long long parameters(const Linear &linear)
{
    return linear.weight.rows() * linear.weight.columns() + linear.bias.columns();
}

long long parameters(const LayerNorm &norm)
{
    return norm.gain.columns() + norm.bias.columns();
}

/// Counted in the weights themselves.
long long parameters(const EncoderWeights &weights)
{
    const EmbeddingWeights &embedding = weights.embedding;
    long long count = embedding.token.rows() * embedding.token.columns() +
                      embedding.position.rows() * embedding.position.columns() +
                      embedding.token_type.rows() * embedding.token_type.columns() +
                      parameters(embedding.norm) + parameters(embedding.projection) +
                      parameters(weights.final_norm);
    for (const LayerWeights &layer : weights.layers) {
        for (const Linear *linear :
             {&layer.query, &layer.key, &layer.value, &layer.output, &layer.expand, &layer.shrink})
            count += parameters(*linear);
        count += parameters(layer.attention_norm) + parameters(layer.feed_forward_norm);
    }
    return count;
}

double difference(const Matrix &a, const Matrix &b)
{
    return a.rows() == b.rows() && a.cols() == b.cols() ? static_cast<double>((a - b).cwiseAbs().maxCoeff())
                                                        : std::numeric_limits<double>::infinity();
}

} // namespace

class TestWeights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void an_ffn_without_activation_is_one_layer();
    void initTestCase()
    {
        model_ = default_model();
        trace_ = run_encoder(model_, model_->tokenizer->encode(QStringLiteral("The cat sat.")));
    }

    void heads_are_parts_of_the_whole();
    void products_give_the_numbers_of_a_run();
    void a_gated_ffn_has_two_matrices_that_expand();
    void score_is_x_times_query_key_times_x();
    void tables_are_the_models();
    void some_rows_are_rows_of_the_whole();
    void summary_and_singular_values_of_a_known_matrix();
    void singular_values_are_those_of_a_decomposition();
    void histogram_counts_every_value();
    void nearest_word_of_a_row_that_stands_twice();
    void costs_count_every_parameter_data();
    void costs_count_every_parameter();
    void costs_of_a_known_size();

private:
    ModelPtr model_;
    TracePtr trace_;
};

void TestWeights::heads_are_parts_of_the_whole()
{
    const int d_k = model_->config.d_k();
    for (const WeightMatrix which : {WeightMatrix::query, WeightMatrix::key, WeightMatrix::value}) {
        const Matrix whole = weight_matrix(*model_, which, 1);
        QCOMPARE(difference(weight_matrix(*model_, which, 1, 2), whole.middleCols(2 * d_k, d_k)), 0.0);
    }
    const Matrix output = weight_matrix(*model_, WeightMatrix::output, 1);
    QCOMPARE(difference(weight_matrix(*model_, WeightMatrix::output, 1, 2), output.middleRows(2 * d_k, d_k)),
             0.0);
}

void TestWeights::products_give_the_numbers_of_a_run()
{
    const LayerWeights &layer = model_->weights.layers[1];
    const auto product = [this](const Matrix &x, WeightMatrix which, const SharedMatrix &bias) {
        Matrix y = x * weight_matrix(*model_, which, 1);
        y.rowwise() += bias.view().row(0);
        return y;
    };
    const LayerTrace &numbers = trace_->layer(1);
    const Matrix &x = trace_->layer_input(1);
    QVERIFY(difference(product(x, WeightMatrix::query, layer.query.bias), numbers.query) < 1e-4);
    QVERIFY(difference(product(x, WeightMatrix::value, layer.value.bias), numbers.value) < 1e-4);
    QVERIFY(difference(product(numbers.concatenation, WeightMatrix::output, layer.output.bias),
                       numbers.attention_output) < 1e-4);
    QVERIFY(difference(product(trace_->feed_forward_input(1), WeightMatrix::up, layer.expand.bias),
                       numbers.expanded) < 1e-4);
    QVERIFY(difference(product(numbers.activated, WeightMatrix::down, layer.shrink.bias),
                       numbers.feed_forward_output) < 1e-4);
}

void TestWeights::a_gated_ffn_has_two_matrices_that_expand()
{
    const ModelPtr gated = built_in_model(QStringLiteral("untrained:modernbert"));
    const TracePtr trace = run_encoder(gated, trace_->encoding());
    const Matrix &x = trace->feed_forward_input(1);
    const LayerTrace &layer = trace->layer(1);
    QVERIFY(difference(x * weight_matrix(*gated, WeightMatrix::up, 1), layer.expanded) < 1e-4);
    QVERIFY(difference(x * weight_matrix(*gated, WeightMatrix::gate_value, 1), layer.feed_forward_value) <
            1e-4);
    QVERIFY(difference(layer.activated, layer.gate.cwiseProduct(layer.feed_forward_value)) == 0.0);
    QCOMPARE(weight_shape(*model_, WeightMatrix::gate_value, 1).size(), Index{0});
    // Even without an activation it is no linear layer.
    QVERIFY(feed_forward_in_one(*gated, 1).weight.empty());
    QVERIFY(!feed_forward_in_one(*model_, 1).weight.empty());
}

void TestWeights::score_is_x_times_query_key_times_x()
{
    auto unbiased = std::make_shared<Model>(*model_);
    unbiased->config.biases = false;
    for (LayerWeights &layer : unbiased->weights.layers) {
        for (Linear *linear : {&layer.query, &layer.key, &layer.value, &layer.output})
            linear->bias = SharedMatrix(Matrix(Matrix::Zero(1, linear->weight.rows())));
    }
    const TracePtr trace = run_encoder(unbiased, trace_->encoding());
    const Matrix &x = trace->layer_input(0);
    const Matrix scores = x * weight_matrix(*unbiased, WeightMatrix::query_key, 0, 3) * x.transpose();
    QVERIFY(difference(scores, trace->raw_scores(0, 3)) < 1e-3);
    const Matrix passed =
        trace->attention_weights(0, 3) * x * weight_matrix(*unbiased, WeightMatrix::value_output, 0, 3);
    Matrix all = passed;
    for (int head = 0; head < 3; ++head)
        all += trace->attention_weights(0, head) * x *
               weight_matrix(*unbiased, WeightMatrix::value_output, 0, head);
    QVERIFY(difference(all, trace->layer(0).attention_output) < 1e-3);
}

void TestWeights::tables_are_the_models()
{
    const Matrix table = weight_matrix(*model_, WeightMatrix::token_embedding);
    QCOMPARE(table.rows(), Index{model_->config.vocabulary_size});
    QVERIFY(weight_matrix(*model_, WeightMatrix::position_embedding).size() == 0);
    QCOMPARE(weight_matrix(*model_, WeightMatrix::biases, 0).rows(), Index{5});
    QCOMPARE(weight_matrix(*model_, WeightMatrix::norms, 0).rows(), Index{4});
    Model traced;
    traced.config = model_->config;
    for (const WeightMatrix which : {WeightMatrix::query, WeightMatrix::norms, WeightMatrix::token_embedding})
        QCOMPARE(weight_shape(traced, which, 2, 1).size(), Index{0});
    const Matrix up_bias = weight_matrix(*model_, WeightMatrix::up_bias, 2);
    QCOMPARE(difference(up_bias, model_->weights.layers[2].expand.bias.view()), 0.0);
}

void TestWeights::some_rows_are_rows_of_the_whole()
{
    for (int which = 0; which <= static_cast<int>(WeightMatrix::relative_bias); ++which) {
        const auto matrix = static_cast<WeightMatrix>(which);
        for (const int head : {-1, 3}) {
            const Matrix whole = weight_matrix(*model_, matrix, 1, head);
            const WeightShape shape = weight_shape(*model_, matrix, 1, head);
            QCOMPARE(shape.rows, whole.rows());
            QCOMPARE(shape.columns, whole.cols());
            for (Index first = 0; first < std::min<Index>(whole.rows(), 40); first += 3) {
                const Index count = std::min<Index>(2, whole.rows() - first);
                QVERIFY(difference(weight_rows(*model_, matrix, 1, head, first, count),
                                   whole.middleRows(first, count)) < 1e-6);
            }
        }
    }
}

void TestWeights::summary_and_singular_values_of_a_known_matrix()
{
    Matrix weights(2, 3);
    weights << 3, 0, 0, 0, -4, 0;
    const WeightSummary summary = weight_summary(weights);
    QCOMPARE(summary.norm, 5.0F);
    QCOMPARE(summary.mean, -1.0F / 6.0F);
    QCOMPARE(summary.least, -4.0F);
    QCOMPARE(summary.greatest, 3.0F);
    QCOMPARE(summary.deviation, std::sqrt(25.0F / 6.0F - 1.0F / 36.0F));
    const std::vector<float> values = singular_values(weights);
    QCOMPARE(values.size(), std::size_t{2});
    QVERIFY(std::abs(values[0] - 4.0F) < 1e-5F);
    QVERIFY(std::abs(values[1] - 3.0F) < 1e-5F);
    QVERIFY(singular_values(Matrix()).empty());
    QCOMPARE(weight_summary(Matrix()).norm, 0.0F);
}

void TestWeights::singular_values_are_those_of_a_decomposition()
{
    for (const auto &[rows, columns] : {std::pair<Index, Index>(700, 20), {20, 700}, {33, 33}}) {
        const Matrix weights = weight_matrix(*model_, WeightMatrix::token_embedding)
                                   .topLeftCorner(700, 33)
                                   .replicate(1, 22)
                                   .topLeftCorner(rows, columns);
        const std::vector<float> values = singular_values(weights);
        const Eigen::JacobiSVD<Eigen::MatrixXd> decomposition(weights.cast<double>());
        QCOMPARE(std::ssize(values), decomposition.singularValues().size());
        for (std::size_t i = 0; i < values.size(); ++i)
            QVERIFY(std::abs(static_cast<double>(values[i]) - decomposition.singularValues()[Index(i)]) <
                    1e-6 * static_cast<double>(values[0]));
    }
    // W_Q W_K^T of a head passes at most d_k directions on.
    const std::vector<float> product = singular_values(weight_matrix(*model_, WeightMatrix::query_key, 0, 1));
    QVERIFY(product[static_cast<std::size_t>(model_->config.d_k())] < 1e-5F * product[0]);
    Matrix broken = Matrix::Ones(2, 2);
    broken(1, 0) = std::numeric_limits<float>::quiet_NaN();
    QVERIFY_THROWS_EXCEPTION(Error, singular_values(broken));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(singular_values(Matrix::Ones(3, 3), stop.get_token()).empty());
}

void TestWeights::histogram_counts_every_value()
{
    Matrix weights(1, 6);
    weights << -9, -1, -0.4F, 0.1F, 0.6F, 9;
    QCOMPARE(weight_histogram(weights, 1.0F, 4), (std::vector<int>{2, 1, 1, 2}));
}

void TestWeights::nearest_word_of_a_row_that_stands_twice()
{
    const int cat = model_->tokenizer->id(QStringLiteral("cat"));
    const int other = model_->tokenizer->id(QStringLiteral("the"));
    QVERIFY(cat >= 0 && other >= 0);
    auto twice = std::make_shared<Model>(*model_);
    Matrix table = model_->weights.embedding.token.view();
    table.row(other) = 2.0F * table.row(cat);
    table.row(model_->tokenizer->mask_id()) = table.row(cat);
    twice->weights.embedding.token = SharedMatrix(std::move(table));
    const std::vector<NearWord> near = nearest_words(*twice, cat, 5);
    QCOMPARE(near.size(), std::size_t{5});
    QCOMPARE(near.front().id, other);
    QCOMPARE(near.front().piece, QStringLiteral("the"));
    QVERIFY(std::abs(near.front().cosine - 1.0F) < 1e-5F);
    for (std::size_t i = 1; i < near.size(); ++i) {
        QVERIFY(near[i - 1].cosine >= near[i].cosine);
        QVERIFY(near[i].id != cat && near[i].id != twice->tokenizer->mask_id());
    }
    QVERIFY(nearest_words(*twice, -1, 5).empty());
    QVERIFY(nearest_words(*twice, 1'000'000, 5).empty());
}

void TestWeights::costs_count_every_parameter_data()
{
    QTest::addColumn<int>("embedding_size");
    QTest::addColumn<bool>("learned");
    QTest::addColumn<bool>("preNorm");
    QTest::addColumn<bool>("biases");
    QTest::newRow("as in the paper") << 32 << false << false << true;
    QTest::newRow("BERT") << 32 << true << false << true;
    QTest::newRow("narrow embeddings") << 16 << true << false << true;
    QTest::newRow("pre-norm without biases") << 32 << false << true << false;
}

void TestWeights::costs_count_every_parameter()
{
    QFETCH(int, embedding_size);
    QFETCH(bool, learned);
    QFETCH(bool, preNorm);
    QFETCH(bool, biases);
    const EncoderConfig config{.vocabulary_size = 100,
                               .d_model = 32,
                               .layers = 3,
                               .heads = 4,
                               .d_ff = 64,
                               .embedding_size = embedding_size,
                               .positions = learned ? Positions::learned : Positions::sinusoidal,
                               .max_positions = 50,
                               .position_offset = 2,
                               .token_types = learned ? 2 : 0,
                               .norm_placement = preNorm ? NormPlacement::pre : NormPlacement::post,
                               .biases = biases};
    QCOMPARE(total_cost(encoder_costs(config, 7)).parameters, parameters(initial_weights(config, 1)));
}

void TestWeights::costs_of_a_known_size()
{
    const EncoderConfig config{.vocabulary_size = 10,
                               .d_model = 4,
                               .layers = 2,
                               .heads = 2,
                               .d_ff = 8,
                               .embedding_size = 4,
                               .embedding_norm = false};
    // A layer with 3 tokens: q, k, v 3 * 3*4*4, scores and sum 2 * 3*3*4, W_O 3*4*4, FFN 2 * 3*4*8, norms 4 *
    // 3*4.
    const long long layer = 144 + 72 + 48 + 192 + 48;
    QCOMPARE(total_cost(encoder_costs(config, 3)).multiplications, 2 * layer);
    const TotalCost shared = total_cost(encoder_costs(config, 3, true));
    QCOMPARE(shared.multiplications, 2 * layer);
    const long long once = 40 + 4 * (16 + 4) + (32 + 8) + (32 + 4) + 16;
    QCOMPARE(shared.parameters, once);
}

/// With whole numbers the products are exact.
void TestWeights::an_ffn_without_activation_is_one_layer()
{
    Matrix up(3, 2), up_bias(1, 3), down(2, 3), down_bias(1, 2);
    up << 1, 2, -3, 4, 5, -6;
    up_bias << 7, -8, 9;
    down << 1, -2, 3, 4, 5, -6;
    down_bias << 10, -11;
    Model model;
    LayerWeights layer;
    layer.expand = {SharedMatrix(up), SharedMatrix(up_bias)};
    layer.shrink = {SharedMatrix(down), SharedMatrix(down_bias)};
    model.weights.layers = {layer};
    const Linear one = feed_forward_in_one(model, 0);
    Matrix x(2, 2);
    x << 3, -1, 0, 2;
    const Matrix both =
        ((x * up.transpose()).rowwise() + up_bias.row(0)) * down.transpose() + down_bias.replicate(2, 1);
    QCOMPARE(difference((x * one.weight.view().transpose()) + one.bias.view().replicate(2, 1), both), 0.0);

    model.weights.layers[0].expand.bias = model.weights.layers[0].shrink.bias = {};
    QCOMPARE(double(feed_forward_in_one(model, 0).bias.view().cwiseAbs().maxCoeff()), 0.0);
    QVERIFY(feed_forward_in_one(Model(), 0).weight.empty());
}

QTEST_GUILESS_MAIN(TestWeights)
#include "tst_weights.moc"
