// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/target.h"
#include "engine/forward/encoder.h"
#include "engine/forward/position_rows.h"
#include "engine/learn/encoder_pass.h"
#include "engine/model/safetensors.h"

#include <QTest>

#include <functional>

using namespace encoderscope;

namespace
{

using Numbers = Eigen::VectorXd;

EncoderConfig small_config()
{
    return {.vocabulary_size = 11,
            .d_model = 8,
            .layers = 2,
            .heads = 2,
            .d_ff = 12,
            .embedding_size = 8,
            .max_positions = 16,
            .embedding_scale = true,
            .embedding_norm = false,
            .activation = Activation::relu,
            .norm_epsilon = 1e-5F};
}

Batch small_batch()
{
    return {.ids = {2, 7, 8, 4, 3, 2, 9, 4, 6, 5, 10, 3, 2, 4, 3},
            .types = {},
            .special = {},
            .starts = {0, 5, 12, 15},
            .positions = {2, 3, 7, 8, 13},
            .labels = {8, 6, 10, 7, 5}};
}

/// Parameters away from the special points where gains are 1 and biases 0.
Numbers parameters_for(const ParameterLayout &layout)
{
    KeyedRandom random{77};
    Numbers parameters(layout.size);
    for (double &value : parameters)
        value = 0.6 * (random.uniform() - 0.5);
    for (const Slot &slot : layout.all_slots) {
        if (slot.name.endsWith(QStringLiteral("gain")))
            parameters.segment(slot.offset, slot.size()).array() += 1.0;
    }
    return parameters;
}

/// The first element of `gradient` that is not what central differences of `goal`, a function of
/// `parameters`, give; empty: all are.
QString disagreement(const ParameterLayout &layout, Numbers &parameters, const Numbers &gradient,
                     const std::function<double()> &goal)
{
    for (const Slot &slot : layout.all_slots) {
        for (Index index = slot.offset; index < slot.offset + slot.size(); ++index) {
            const double kept = parameters(index);
            const double step = 1e-6;
            parameters(index) = kept + step;
            const double above = goal();
            parameters(index) = kept - step;
            const double below = goal();
            parameters(index) = kept;
            const double expected = (above - below) / (2.0 * step);
            if (std::abs(gradient(index) - expected) > 1e-7 + 1e-5 * std::abs(expected))
                return QStringLiteral("%1, element %2: %3 where differences give %4")
                    .arg(slot.name)
                    .arg(index - slot.offset)
                    .arg(gradient(index), 0, 'g', 10)
                    .arg(expected, 0, 'g', 10);
        }
    }
    return {};
}

} // namespace

class TestGradients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agree_with_finite_differences_data();
    void agree_with_finite_differences();
    void agree_with_PyTorch_data();
    void agree_with_PyTorch();
    void of_special_keys_agree_with_finite_differences_data();
    void of_special_keys_agree_with_finite_differences();
    void of_a_batch_are_those_of_its_parts();
    void learning_and_running_give_the_same_numbers_data();
    void learning_and_running_give_the_same_numbers();
};

void TestGradients::agree_with_finite_differences_data()
{
    QTest::addColumn<EncoderConfig>("config");
    QTest::addColumn<double>("dropout");
    QTest::newRow("the paper's encoder") << small_config() << 0.0;
    QTest::newRow("dropout") << small_config() << 0.3;
    EncoderConfig config = small_config();
    config.norm_placement = NormPlacement::pre;
    QTest::newRow("pre-norm") << config << 0.0;
    QTest::newRow("pre-norm, dropout") << config << 0.3;
    config = small_config();
    config.positions = Positions::learned;
    config.position_offset = 2;
    config.token_types = 2;
    config.embedding_norm = true;
    config.embedding_scale = false;
    config.activation = Activation::gelu;
    QTest::newRow("BERT's encoder") << config << 0.0;
    config.positions = Positions::none;
    config.activation = Activation::gelu_tanh;
    QTest::newRow("no positions, tanh GELU") << config << 0.2;
    config = small_config();
    config.activation = Activation::silu;
    QTest::newRow("SiLU") << config << 0.0;
    config.activation = Activation::identity;
    QTest::newRow("no activation") << config << 0.0;
}

void TestGradients::agree_with_finite_differences()
{
    QFETCH(EncoderConfig, config);
    QFETCH(double, dropout);
    const ParameterLayout layout(config);
    const Batch batch = small_batch();
    const Dropout drop{dropout, 5, 1, 0};
    EncoderPass<double> pass(layout);
    Numbers parameters = parameters_for(layout);
    pass.forward(parameters.data(), batch, drop);
    Numbers gradient = Numbers::Constant(layout.size, 123.0);
    pass.backward(parameters.data(), batch, 0.2, gradient.data());
    const QString wrong = disagreement(layout, parameters, gradient, [&] {
        return 0.2 * pass.forward(parameters.data(), batch, drop).loss;
    });
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestGradients::agree_with_PyTorch_data()
{
    QTest::addColumn<EncoderConfig>("config");
    QTest::newRow("paper") << small_config();
    EncoderConfig config = small_config();
    config.norm_placement = NormPlacement::pre;
    QTest::newRow("pre-norm") << config;
    config = small_config();
    config.activation = Activation::identity;
    QTest::newRow("identity") << config;
    config = small_config();
    config.positions = Positions::learned;
    config.token_types = 2;
    config.embedding_norm = true;
    config.embedding_scale = false;
    config.activation = Activation::gelu;
    QTest::newRow("bert") << config;
}

void TestGradients::agree_with_PyTorch()
{
    QFETCH(EncoderConfig, config);
    const ParameterLayout layout(config);
    const SafetensorsFile file(QStringLiteral(ENCODERSCOPE_TEST_DATA "/learn/gradients.safetensors"));
    const QString name = QLatin1String(QTest::currentDataTag());
    const SharedMatrix parameters = file.matrix(name + QStringLiteral(".parameters"), {layout.size});
    const SharedMatrix expected = file.matrix(name + QStringLiteral(".gradient"), {layout.size});
    const double loss = static_cast<double>(file.matrix(name + QStringLiteral(".loss"), {1}).data()[0]);

    EncoderPass<float> pass(layout);
    const Outcome outcome = pass.forward(parameters.data(), small_batch());
    QVERIFY2(std::abs(outcome.loss - loss) < 1e-4, qPrintable(QString::number(outcome.loss)));
    Eigen::VectorXf gradient(layout.size);
    pass.backward(parameters.data(), small_batch(), 1.0F, gradient.data());
    for (const Slot &slot : layout.all_slots) {
        for (Index index = slot.offset; index < slot.offset + slot.size(); ++index) {
            const float reference = expected.data()[index];
            if (std::abs(gradient(index) - reference) > 1e-4F * std::max(1.0F, std::abs(reference)))
                QFAIL(qPrintable(QStringLiteral("%1, element %2: %3 where PyTorch has %4")
                                     .arg(slot.name)
                                     .arg(index - slot.offset)
                                     .arg(static_cast<double>(gradient(index)))
                                     .arg(static_cast<double>(reference))));
        }
    }
}

void TestGradients::of_special_keys_agree_with_finite_differences_data()
{
    QTest::addColumn<bool>("hidden");
    QTest::addColumn<double>("penalty");
    QTest::newRow("a penalty on weight on specials") << false << 0.7;
    QTest::newRow("specials are no keys") << true << 0.0;
}

void TestGradients::of_special_keys_agree_with_finite_differences()
{
    QFETCH(bool, hidden);
    QFETCH(double, penalty);
    EncoderConfig config = small_config();
    config.token_types = 2;
    const ParameterLayout layout(config);
    Batch batch = small_batch();
    for (const int id : batch.ids)
        batch.special.push_back(id == 2 || id == 3);
    batch.types = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0};
    const SpecialKeys keys{hidden, penalty};
    EncoderPass<double> pass(layout);
    Numbers parameters = parameters_for(layout);
    const auto goal = [&] {
        const Outcome outcome = pass.forward(parameters.data(), batch, {}, keys);
        return 0.2 * outcome.loss + penalty * outcome.special_weight;
    };
    const Outcome outcome = pass.forward(parameters.data(), batch, {}, keys);
    QCOMPARE(outcome.queries, std::int64_t(2 * 2 * 15));
    if (hidden)
        QCOMPARE(outcome.special_weight, 0.0);
    else
        QVERIFY2(outcome.special_share() > 0.1 && outcome.special_share() < 0.9,
                 qPrintable(QString::number(outcome.special_share())));
    Numbers gradient = Numbers::Constant(layout.size, 123.0);
    pass.backward(parameters.data(), batch, 0.2, gradient.data());
    const QString wrong = disagreement(layout, parameters, gradient, goal);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestGradients::of_a_batch_are_those_of_its_parts()
{
    const ParameterLayout layout(small_config());
    const Numbers parameters = parameters_for(layout);
    const auto gradient_of = [&](const Batch &batch, Outcome &outcome) {
        EncoderPass<double> pass(layout);
        Numbers gradient(layout.size);
        outcome += pass.forward(parameters.data(), batch);
        pass.backward(parameters.data(), batch, 1.0, gradient.data());
        return gradient;
    };
    Outcome whole;
    const Numbers expected = gradient_of(small_batch(), whole);
    Outcome sum;
    Numbers gradient = Numbers::Zero(layout.size);
    const std::vector<Batch> parts = split(small_batch(), 4);
    QCOMPARE(parts.size(), std::size_t(3));
    for (const Batch &part : parts)
        gradient += gradient_of(part, sum);
    QCOMPARE(sum.labels, whole.labels);
    QVERIFY(std::abs(sum.loss - whole.loss) < 1e-12);
    QVERIFY((gradient - expected).cwiseAbs().maxCoeff() < 1e-12);
}

void TestGradients::learning_and_running_give_the_same_numbers_data()
{
    agree_with_PyTorch_data();
    // RoBERTa's positions: the batch has its padding token, 4, within its sentences.
    EncoderConfig config = small_config();
    config.positions = Positions::learned;
    config.position_offset = 5;
    config.embedding_scale = false;
    QTest::newRow("a typed padding token") << config;
}

void TestGradients::learning_and_running_give_the_same_numbers()
{
    QFETCH(EncoderConfig, config);
    const ParameterLayout layout(config);
    const auto parameters = std::make_shared<const ParameterVector>(parameters_for(layout).cast<float>());
    const ModelPtr model = model_of(layout, parameters, nullptr, QStringLiteral("trained"));
    Batch batch = small_batch();
    if (config.token_types > 0)
        batch.types = {0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1};

    EncoderPass<float> pass(layout);
    const Outcome outcome = pass.forward(parameters->data(), batch);
    Eigen::VectorXf gradient(layout.size);
    pass.backward(parameters->data(), batch, 1.0F, gradient.data());

    // The same sentences one by one, each label's log-probability as a target on the trace.
    double loss = 0.0;
    Matrix by_row = Matrix::Zero(config.max_positions + config.position_offset, config.d_model);
    for (std::size_t sentence = 0; sentence + 1 < batch.starts.size(); ++sentence) {
        Encoding encoding;
        for (int token = batch.starts[sentence]; token < batch.starts[sentence + 1]; ++token) {
            const auto at = static_cast<std::size_t>(token);
            Token one;
            one.id = batch.ids[at];
            one.type = batch.types.empty() ? 0 : batch.types[at];
            encoding.tokens.push_back(one);
        }
        const TracePtr trace = run_encoder(model, encoding);
        const std::vector<Index> rows = position_rows(encoding.tokens, config);
        for (std::size_t label = 0; label < batch.labels.size(); ++label) {
            const int position = batch.positions[label] - batch.starts[sentence];
            if (position < 0 || position >= trace->tokens())
                continue;
            const Target target{
                .measure = Target::Measure::log_probability, .token = position, .index = batch.labels[label]};
            loss -= target_value(target, *trace);
            const Matrix by_position = target_gradients(target, *trace).token;
            for (std::size_t at = 0; at < encoding.tokens.size(); ++at)
                by_row.row(rows[at]) -= by_position.row(static_cast<Index>(at));
        }
    }
    QVERIFY2(std::abs(loss - outcome.loss) < 1e-5 * outcome.loss,
             qPrintable(QStringLiteral("%1 and %2").arg(loss).arg(outcome.loss)));
    if (layout.position.empty())
        return;
    // A position's row is added to the token's, so that both have the same gradient.
    const Matrix learned =
        Eigen::Map<const Matrix>(gradient.data() + layout.position.offset, by_row.rows(), config.d_model);
    QVERIFY((learned - by_row).cwiseAbs().maxCoeff() < 1e-4F * by_row.cwiseAbs().maxCoeff());
}

QTEST_APPLESS_MAIN(TestGradients)
#include "tst_gradients.moc"
