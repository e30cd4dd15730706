// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/forward/embedding.h"
#include "engine/forward/encoder.h"
#include "engine/forward/position_rows.h"
#include "engine/model/initial_model.h"

#include <QTest>

#include <array>
#include <functional>

using namespace encoderscope;

namespace
{

Encoding encoding_of(const std::vector<int> &ids)
{
    Encoding encoding;
    for (const int id : ids) {
        Token token;
        token.id = id;
        encoding.tokens.push_back(token);
    }
    return encoding;
}

constexpr EncoderConfig small{.vocabulary_size = 20,
                              .d_model = 12,
                              .layers = 3,
                              .heads = 3,
                              .d_ff = 20,
                              .embedding_size = 12,
                              .max_positions = 64};

ModelPtr model_of(const EncoderConfig &config)
{
    auto model = std::make_shared<Model>();
    model->config = config;
    model->weights = initial_weights(config, 3);
    return model;
}

double greatest_difference(const Matrix &a, const Matrix &b)
{
    return static_cast<double>((a - b).cwiseAbs().maxCoeff());
}

} // namespace

/// What holds for every encoder, whatever its weights.
class TestProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void a_typed_padding_token_has_no_place_in_the_count();
    void attention_weights_of_a_query_sum_to_one();
    void masked_keys_get_exactly_zero();
    void permuting_tokens_without_positions_permutes_the_output();
    void positions_make_the_order_count();
    void positional_encoding_at_points_computed_by_hand();
    void wavelengths_go_from_two_pi_to_ten_thousand_two_pi();
    void switched_off_head_equals_zeroing_its_slice_of_the_output_projection();
    void what_is_off_passes_its_input_through();
    void rows_of_a_matrix_are_the_same_alone();
    void kept_weights_are_those_rebuilt();
    void unchanged_prefix_is_shared_and_bit_identical_data();
    void unchanged_prefix_is_shared_and_bit_identical();
    void nothing_is_shared_across_models_and_inputs();
    void stopped_run_returns_nothing();
    void unusable_input_is_refused();
};

void TestProperties::attention_weights_of_a_query_sum_to_one()
{
    const ModelPtr model = untrained_model();
    const TracePtr trace = run_encoder(model, model->tokenizer->encode(QStringLiteral("안녕 world")));
    for (int layer = 0; layer < trace->layers(); ++layer) {
        for (int head = 0; head < trace->heads(); ++head) {
            const Matrix weights = trace->attention_weights(layer, head);
            for (Index query = 0; query < weights.rows(); ++query)
                QVERIFY(std::abs(weights.row(query).sum() - 1.0F) < 1e-5F);
        }
    }
}

void TestProperties::masked_keys_get_exactly_zero()
{
    Switches switches;
    switches.masked_tokens = {0, 3, 40}; // 40: past the end, no harm
    const TracePtr trace = run_encoder(model_of(small), encoding_of({1, 2, 3, 4, 5}), switches);
    for (int layer = 0; layer < trace->layers(); ++layer) {
        for (int head = 0; head < trace->heads(); ++head) {
            const Matrix weights = trace->attention_weights(layer, head);
            QVERIFY((weights.col(0).array() == 0.0F).all());
            QVERIFY((weights.col(3).array() == 0.0F).all());
            QVERIFY((weights.rowwise().sum().array() - 1.0F).abs().maxCoeff() < 1e-5F);
            const Matrix output =
                trace->layer(layer).concatenation.middleCols(head * small.d_k(), small.d_k());
            QVERIFY(greatest_difference(output, weights * trace->value(layer, head)) < 1e-5);
        }
    }
}

void TestProperties::permuting_tokens_without_positions_permutes_the_output()
{
    EncoderConfig config = small;
    config.positions = Positions::none;
    const ModelPtr model = model_of(config);
    const std::vector<int> ids{7, 1, 1, 9, 4, 12, 3};
    const std::vector<int> order{4, 0, 6, 2, 5, 1, 3};
    std::vector<int> permuted;
    for (const int from : order)
        permuted.push_back(ids[static_cast<std::size_t>(from)]);
    const TracePtr straight = run_encoder(model, encoding_of(ids));
    const TracePtr other = run_encoder(model, encoding_of(permuted));
    for (std::size_t to = 0; to < order.size(); ++to)
        QVERIFY(greatest_difference(other->output().row(static_cast<Index>(to)),
                                    straight->output().row(order[to])) < 1e-5);
}

void TestProperties::positions_make_the_order_count()
{
    const ModelPtr model = model_of(small);
    const TracePtr one = run_encoder(model, encoding_of({7, 1}));
    const TracePtr other = run_encoder(model, encoding_of({1, 7}));
    QVERIFY(greatest_difference(one->output().row(0), other->output().row(1)) > 1e-3);
    Switches switches;
    switches.positions = false;
    const TracePtr one_off = run_encoder(model, encoding_of({7, 1}), switches);
    const TracePtr other_off = run_encoder(model, encoding_of({1, 7}), switches);
    QVERIFY(greatest_difference(one_off->output().row(0), other_off->output().row(1)) < 1e-5);
}

void TestProperties::positional_encoding_at_points_computed_by_hand()
{
    const Matrix four = positional_encoding(4, 4);
    QVERIFY(four.row(0).isApprox(RowVector{{0, 1, 0, 1}}));
    QVERIFY(std::abs(four(1, 0) - 0.8414710F) < 1e-6F);  // sin 1
    QVERIFY(std::abs(four(2, 1) - -0.4161468F) < 1e-6F); // cos 2
    QVERIFY(std::abs(four(3, 2) - 0.0299955F) < 1e-6F);  // sin 3/100
    QVERIFY(std::abs(four(3, 3) - 0.9995500F) < 1e-6F);  // cos 3/100
    const Matrix five = positional_encoding(101, 5);
    QVERIFY(std::abs(five(100, 4) - 0.0630538F) < 1e-6F); // sin 100/10000^(4/5) = sin 0.06309573
    const Matrix far = positional_encoding(4096, 128);
    for (int i = 0; i < 64; ++i)
        QVERIFY(std::abs(far(4095, 2 * i) - std::sin(4095.0 * std::pow(10000.0, -i / 64.0))) < 1e-6);
}

void TestProperties::wavelengths_go_from_two_pi_to_ten_thousand_two_pi()
{
    QVERIFY(std::abs(position_wavelength(0, 512) - 6.283185) < 1e-6);
    QCOMPARE(position_wavelength(1, 512), position_wavelength(0, 512));
    QVERIFY(std::abs(position_wavelength(256, 512) - 628.3185) < 1e-4);
}

void TestProperties::switched_off_head_equals_zeroing_its_slice_of_the_output_projection()
{
    const ModelPtr model = model_of(small);
    const Encoding encoding = encoding_of({1, 2, 3, 4});
    const int head = 1;
    Switches switches;
    for (int layer = 0; layer < small.layers; ++layer)
        switches.layer(layer).heads_off = {head};
    const TracePtr switched = run_encoder(model, encoding, switches);

    auto zeroed = std::make_shared<Model>(*model);
    for (LayerWeights &layer : zeroed->weights.layers) {
        Matrix output = layer.output.weight.view();
        output.middleCols(head * small.d_k(), small.d_k()).setZero();
        layer.output = {SharedMatrix(std::move(output)), layer.output.bias};
    }
    const TracePtr expected = run_encoder(zeroed, encoding);
    for (int layer = 0; layer < small.layers; ++layer)
        QVERIFY(greatest_difference(switched->hidden(layer), expected->hidden(layer)) < 1e-5);
    QVERIFY((switched->layer(0).concatenation.middleCols(small.d_k(), small.d_k()).array() == 0.0F).all());
    QVERIFY(!switched->attention_weights(0, head).isZero()); // still there to look at
}

void TestProperties::what_is_off_passes_its_input_through()
{
    Switches switches;
    switches.layer(0).attention = false;
    switches.layer(1).feed_forward = false;
    switches.layer(2).on = false;
    const TracePtr trace = run_encoder(model_of(small), encoding_of({1, 2, 3}), switches);
    QCOMPARE(trace->layer(0).attention_result, trace->layer_input(0));
    QCOMPARE(trace->layer(1).output, trace->layer(1).attention_result);
    QCOMPARE(trace->layer(2).output, trace->layer_input(2));
}

void TestProperties::rows_of_a_matrix_are_the_same_alone()
{
    const ModelPtr model = untrained_model();
    const TracePtr trace =
        run_encoder(model, model->tokenizer->encode(QStringLiteral("the cat sat on the mat")));
    const int last = trace->tokens() - 1;
    const Matrix whole = trace->attention_weights(1, 2);
    QVERIFY(greatest_difference(trace->attention_weights(1, 2, {.first = 3, .count = 2}),
                                whole.middleRows(3, 2)) < 1e-6);
    QVERIFY(greatest_difference(trace->attention_weights(1, 2, {.first = last, .count = -1}),
                                whole.row(last)) < 1e-6);
}

void TestProperties::kept_weights_are_those_rebuilt()
{
    const ModelPtr model = model_of(small);
    Switches some_off;
    some_off.masked_tokens = {1};
    some_off.layer(1).heads_off = {0};
    for (const Switches &switches : {Switches(), some_off}) {
        const Encoding encoding = encoding_of({1, 2, 3, 4, 5, 6, 7});
        const TracePtr rebuilding = run_encoder(model, encoding, switches);
        const TracePtr keeping = run_encoder(model, encoding, switches, nullptr, {}, AttentionWeights::kept);
        QCOMPARE(keeping->output(), rebuilding->output());
        for (int layer = 0; layer < small.layers; ++layer) {
            const LayerTrace &kept = keeping->layer(layer);
            QCOMPARE(kept.weights.rows(), Index{small.heads} * 7);
            QCOMPARE(kept.bytes(), rebuilding->layer(layer).bytes() + small.heads * 7 * 7 * sizeof(float));
            for (int head = 0; head < small.heads; ++head)
                QVERIFY(greatest_difference(kept.weights.view().middleRows(head * 7, 7),
                                            rebuilding->attention_weights(layer, head)) < 1e-6);
        }
    }
}

void TestProperties::unchanged_prefix_is_shared_and_bit_identical_data()
{
    QTest::addColumn<int>("shared_layers"); // -1: not even the embedding
    QTest::addColumn<int>("change");
    QTest::addRow("nothing") << 3 << 0;
    QTest::addRow("a head of the last layer") << 2 << 1;
    QTest::addRow("the FFN of the second layer") << 1 << 2;
    QTest::addRow("the first layer") << 0 << 3;
    QTest::addRow("temperature") << 0 << 4;
    QTest::addRow("masked token") << 0 << 5;
    QTest::addRow("activation") << 0 << 6;
    QTest::addRow("positions") << -1 << 7;
    QTest::addRow("embedding scale") << -1 << 8;
}

void TestProperties::unchanged_prefix_is_shared_and_bit_identical()
{
    QFETCH(const int, shared_layers);
    QFETCH(const int, change);
    Switches switches;
    const std::array<std::function<void()>, 9> changes{
        [] {},
        [&] { switches.layer(2).heads_off = {0}; },
        [&] { switches.layer(1).feed_forward = false; },
        [&] { switches.layer(0).on = false; },
        [&] { switches.temperature = 2.0F; },
        [&] { switches.masked_tokens = {1}; },
        [&] { switches.activation = Activation::silu; },
        [&] { switches.positions = false; },
        [&] { switches.embedding_scale = true; },
    };
    changes[static_cast<std::size_t>(change)]();

    const ModelPtr model = model_of(small);
    const Encoding encoding = encoding_of({5, 6, 7, 8, 9});
    const TracePtr plain = run_encoder(model, encoding);
    const TracePtr fresh = run_encoder(model, encoding, switches);
    const TracePtr shared = run_encoder(model, encoding, switches, plain);
    QCOMPARE(shared->embedding_pointer() == plain->embedding_pointer(), shared_layers >= 0);
    for (int layer = 0; layer < small.layers; ++layer) {
        const auto at = static_cast<std::size_t>(layer);
        QCOMPARE(shared->layer_pointers()[at] == plain->layer_pointers()[at], layer < shared_layers);
        QCOMPARE(shared->layer(layer).query, fresh->layer(layer).query);
        QCOMPARE(shared->layer(layer).activated, fresh->layer(layer).activated);
        QCOMPARE(shared->layer(layer).output, fresh->layer(layer).output);
    }
    QCOMPARE(shared->output(), fresh->output());
}

void TestProperties::nothing_is_shared_across_models_and_inputs()
{
    const ModelPtr model = model_of(small);
    const TracePtr before = run_encoder(model, encoding_of({5, 6, 7}));
    const Encoding other = encoding_of({5, 6, 8});
    QVERIFY(run_encoder(model, other, {}, before)->embedding_pointer() != before->embedding_pointer());
    Encoding second_type = before->encoding();
    second_type.tokens[2].type = 1;
    QVERIFY(run_encoder(model, second_type, {}, before)->embedding_pointer() != before->embedding_pointer());
    const ModelPtr copy = model_of(small);
    QVERIFY(run_encoder(copy, before->encoding(), {}, before)->embedding_pointer() !=
            before->embedding_pointer());
}

void TestProperties::stopped_run_returns_nothing()
{
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!run_encoder(model_of(small), encoding_of({1, 2}), {}, nullptr, stop.get_token()));
}

void TestProperties::unusable_input_is_refused()
{
    const ModelPtr model = model_of(small);
    QVERIFY_THROWS_EXCEPTION(Error, run_encoder(model, Encoding()));
    QVERIFY_THROWS_EXCEPTION(Error, run_encoder(model, encoding_of({small.vocabulary_size})));
    QVERIFY_THROWS_EXCEPTION(Error, run_encoder(model, encoding_of({-1})));
    QVERIFY_THROWS_EXCEPTION(Error, run_encoder(model, encoding_of(std::vector<int>(65, 1))));
    QVERIFY(run_encoder(model, encoding_of(std::vector<int>(64, 1))));
}

/// RoBERTa's reference implementation: (running count of tokens other than padding) + padding, padding
/// itself.
void TestProperties::a_typed_padding_token_has_no_place_in_the_count()
{
    EncoderConfig config = small;
    config.positions = Positions::learned;
    config.position_offset = 2;
    const Encoding encoding = encoding_of({3, 5, 1, 7, 1, 1, 9});
    const std::vector<Index> expected{2, 3, 1, 4, 1, 1, 5};
    QCOMPARE(position_rows(encoding.tokens, config), expected);
    const ModelPtr model = model_of(config);
    const Matrix positions = embed(*model, encoding, {}).position;
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY(positions.row(static_cast<Index>(i)) ==
                model->weights.embedding.position.view().row(expected[i]));
    config.position_offset = 0;
    const std::vector<Index> counted{0, 1, 2, 3, 4, 5, 6};
    QCOMPARE(position_rows(encoding.tokens, config), counted);
}

QTEST_GUILESS_MAIN(TestProperties)
#include "tst_properties.moc"
