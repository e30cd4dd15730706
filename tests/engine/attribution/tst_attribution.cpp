// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/contributions.h"
#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/analysis/similarity.h"
#include "engine/attribution/deletion_curves.h"
#include "engine/attribution/input_pairs.h"
#include "engine/attribution/lens.h"
#include "engine/attribution/neuron_words.h"
#include "engine/attribution/occlusion.h"
#include "engine/attribution/patching.h"
#include "engine/attribution/similarity_pairs.h"
#include "engine/attribution/stacked_run.h"
#include "engine/attribution/steering.h"
#include "engine/attribution/sweep.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/forward/operations.h"
#include "engine/model/default_model.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace encoderscope;

/// Explanations of the default model against runs in which the part is really switched off, replaced or
/// removed.
class TestAttribution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sweep_is_what_switching_off_does();
    void sweep_of_a_changed_model();
    void every_kind_of_target_has_the_gradient_that_differences_show_data();
    void every_kind_of_target_has_the_gradient_that_differences_show();
    void occlusion_is_what_taking_away_does();
    void what_does_not_fit_into_one_stack_is_run_in_several();
    void deletion_curves_begin_and_end_where_they_should();
    void curves_are_runs_with_those_tokens_replaced();
    void random_curves_are_the_mean_of_orders_and_their_reverses();
    void integrated_gradients_find_the_words_that_matter();
    void pairs_of_tokens_sum_to_the_cosine();
    void pairs_of_input_tokens_close_the_gap();
    void a_neurons_words_are_what_adding_its_output_does();
    void steering_leads_from_one_run_to_the_other();
    void a_factors_curve_is_what_multiplying_does();
    void patching_everything_gives_the_reference();
    void wrong_targets_are_refused();
    void stopped_computations_are_empty();

private:
    Encoding encode(const QString &text) const { return model_->tokenizer->encode(text); }
    double value_with(const Switches &switches) const
    {
        return target_value(target_, *run_encoder(model_, trace_->encoding(), switches));
    }
    double value_without(const Target &target, const Trace &trace, int token, Occlusion how) const;

    ModelPtr model_;
    TracePtr trace_;
    Target target_;
};

void TestAttribution::initTestCase()
{
    model_ = default_model();
    trace_ = run_encoder(model_, encode(QStringLiteral("The cat sat on the [MASK] and looked at me.")));
    int mask = -1;
    for (int token = 0; token < trace_->tokens(); ++token) {
        if (trace_->token(token).id == model_->tokenizer->mask_id())
            mask = token;
    }
    QVERIFY(mask >= 0);
    target_ = {.token = mask, .index = masked_word_predictions(*trace_, mask, 1).front().id};
}

void TestAttribution::sweep_is_what_switching_off_does()
{
    const Sweep swept = sweep(target_, *trace_);
    QVERIFY(!swept.stopped);
    const double plain = target_value(target_, *trace_);
    QCOMPARE(swept.value, plain);
    const auto agrees = [&](double change, const auto &switch_off) {
        Switches switches;
        switch_off(switches);
        return std::abs(change - (value_with(switches) - plain)) < 2e-4;
    };
    for (int layer = 0; layer < trace_->layers(); ++layer) {
        for (int head = 0; head < trace_->heads(); ++head)
            QVERIFY(agrees(swept.heads(layer, head),
                           [&](Switches &s) { s.layer(layer).heads_off.insert(head); }));
        QVERIFY(agrees(swept.attention(layer), [&](Switches &s) { s.layer(layer).attention = false; }));
        QVERIFY(agrees(swept.feed_forward(layer), [&](Switches &s) { s.layer(layer).feed_forward = false; }));
        QVERIFY(agrees(swept.layers(layer), [&](Switches &s) { s.layer(layer).on = false; }));
    }
    for (int token = 0; token < trace_->tokens(); ++token)
        QVERIFY(agrees(swept.tokens(token), [&](Switches &s) { s.masked_tokens.insert(token); }));
    QVERIFY(swept.positions && agrees(*swept.positions, [](Switches &s) { s.positions = false; }));
    QVERIFY(swept.heads.cwiseAbs().maxCoeff() > 0.01);
}

void TestAttribution::sweep_of_a_changed_model()
{
    Switches base;
    base.layer(1).heads_off = {0};
    base.layer(2).attention = false;
    base.layer(0).head_factors = {{1, 0.5F}};
    const TracePtr trace = run_encoder(model_, trace_->encoding(), base);
    const Target neuron{.kind = Target::Kind::neuron, .token = 2, .index = 5, .layer = 2};
    for (const Target &target : {target_, neuron}) {
        const Sweep swept = sweep(target, *trace);
        for (int layer = 0; layer < trace->layers(); ++layer) {
            for (int head = 0; head < trace->heads(); ++head) {
                Switches switches = base;
                switches.layer(layer).heads_off.insert(head);
                const double off = target_value(target, *run_encoder(model_, trace->encoding(), switches));
                QVERIFY(std::abs(swept.heads(layer, head) - (off - swept.value)) < 2e-4);
            }
        }
        QCOMPARE(swept.heads(1, 0), 0.0); // off already
        QCOMPARE(swept.heads.row(2).norm(), 0.0);
    }
}

void TestAttribution::every_kind_of_target_has_the_gradient_that_differences_show_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("measure");
    QTest::addColumn<bool>("contrast");
    const auto row = [](const char *name, Target::Kind kind, Target::Measure measure, bool contrast) {
        QTest::newRow(name) << static_cast<int>(kind) << static_cast<int>(measure) << contrast;
    };
    row("logit", Target::Kind::piece, Target::Measure::logit, false);
    row("difference of logits", Target::Kind::piece, Target::Measure::logit, true);
    row("log-probability", Target::Kind::piece, Target::Measure::log_probability, false);
    row("probability", Target::Kind::piece, Target::Measure::probability, false);
    row("difference of probabilities", Target::Kind::piece, Target::Measure::probability, true);
    row("similarity", Target::Kind::similarity, Target::Measure::logit, false);
    row("neuron", Target::Kind::neuron, Target::Measure::logit, false);
    row("hidden element", Target::Kind::hidden_element, Target::Measure::logit, false);
    row("hidden norm", Target::Kind::hidden_norm, Target::Measure::logit, false);
}

void TestAttribution::every_kind_of_target_has_the_gradient_that_differences_show()
{
    QFETCH(const int, kind);
    QFETCH(const int, measure);
    QFETCH(const bool, contrast);
    auto model = std::make_shared<Model>(*model_);
    model->output.sentence = SentenceEncoder();
    model->output.sentence->pooling = {Pooling::mean};
    const TracePtr trace = run_encoder(model, trace_->encoding());
    Target target = target_;
    target.kind = static_cast<Target::Kind>(kind);
    target.measure = static_cast<Target::Measure>(measure);
    target.layer = 1;
    target.other = RowVector::LinSpaced(model->config.d_model, -1.0F, 2.0F);
    if (target.kind == Target::Kind::neuron || target.kind == Target::Kind::hidden_element)
        target.index = 5;
    if (contrast) // one whose own gradient is not negligible
        target.contrast = masked_word_predictions(*trace, target.token, 2).back().id;

    // Along its own gradient a number grows by the gradient's length.
    const Matrix state = target_state(target, *trace);
    const StackedInput input{trace->tokens(), &trace->switches()};
    Matrix gradient;
    target_values(target, *model, state, {&input, 1}, &gradient);
    QVERIFY(gradient.norm() > 0.0F);
    const Matrix step = gradient / gradient.norm() * 1e-2F;
    const double above = target_values(target, *model, state + step, {&input, 1}).front();
    const double below = target_values(target, *model, state - step, {&input, 1}).front();
    const double slope = (above - below) / 2e-2;
    QVERIFY2(std::abs(slope / static_cast<double>(gradient.norm()) - 1.0) < 5e-3,
             qPrintable(QStringLiteral("%1 instead of %2").arg(slope).arg(gradient.norm())));
}

/// The target of a run without that token.
double TestAttribution::value_without(const Target &target, const Trace &trace, int token,
                                      Occlusion how) const
{
    Encoding encoding = trace.encoding();
    Switches switches = trace.switches();
    Target moved = target;
    switch (how) {
    case Occlusion::baseline:
        encoding.tokens[static_cast<std::size_t>(token)].id = model_->tokenizer->mask_id();
        break;
    case Occlusion::key:
        switches.masked_tokens.insert(token);
        break;
    case Occlusion::deletion: {
        std::vector<bool> masked(encoding.tokens.size());
        for (std::size_t at = 0; at < masked.size(); ++at)
            masked[at] = switches.masked_tokens.contains(static_cast<int>(at));
        encoding.tokens.erase(encoding.tokens.begin() + token);
        masked.erase(masked.begin() + token);
        switches.masked_tokens.clear();
        for (std::size_t at = 0; at < masked.size(); ++at) {
            if (masked[at])
                switches.masked_tokens.insert(static_cast<int>(at));
        }
        moved.token -= token < target.token ? 1 : 0;
        break;
    }
    }
    return target_value(moved, *run_encoder(model_, encoding, switches));
}

void TestAttribution::occlusion_is_what_taking_away_does()
{
    Switches masked;
    masked.masked_tokens = {2, target_.token + 2};
    for (const TracePtr &trace : {trace_, run_encoder(model_, trace_->encoding(), masked)}) {
        const double plain = target_value(target_, *trace);
        for (const Occlusion how : {Occlusion::baseline, Occlusion::key, Occlusion::deletion}) {
            const TokenScores found = occlusion(target_, *trace, how, Baseline::mask);
            for (int token = 0; token < trace->tokens(); ++token) {
                if (trace->token(token).special && how != Occlusion::key)
                    QCOMPARE(found.scores(token), 0.0);
                else
                    QVERIFY(std::abs(found.scores(token) -
                                     (plain - value_without(target_, *trace, token, how))) < 2e-4);
            }
        }
    }
}

/// Each variant still changes what is its own.
void TestAttribution::what_does_not_fit_into_one_stack_is_run_in_several()
{
    const TracePtr trace = run_encoder(
        model_, encode(QStringLiteral("the cat sat on the mat and ").repeated(12) + QStringLiteral("left")));
    const Target target{.token = 40, .index = target_.index};
    const int at_once = stacked_at_once(trace->config(), trace->tokens(), trace->tokens(), 1);
    QVERIFY(3 * at_once < trace->tokens());
    const double plain = target_value(target, *trace);
    for (const Occlusion how : {Occlusion::baseline, Occlusion::key, Occlusion::deletion}) {
        const TokenScores found = occlusion(target, *trace, how, Baseline::mask);
        for (const int token : {1, at_once, at_once + 1, 2 * at_once + 2, trace->tokens() - 2})
            QVERIFY(std::abs(found.scores(token) - (plain - value_without(target, *trace, token, how))) <
                    2e-4);
    }
    // Of the last hidden states only the target's own matters.
    Encoding other = trace->encoding();
    other.tokens[1].id = model_->tokenizer->mask_id();
    const TracePtr reference = run_encoder(model_, other);
    const PatchMap map = patch_tokens(target, *trace, target, *reference, Patch::hidden,
                                      partners(align_tokens(trace->encoding(), trace->encoding())));
    for (int token = 0; token < trace->tokens(); ++token)
        QVERIFY(std::abs(map.recovered(trace->layers() - 1, token) - (token == target.token ? 1.0 : 0.0)) <
                0.02);
    const std::vector<int> order = random_order(target, *trace, 5);
    const Curves curves = deletion_curves(target, *trace, order, Baseline::mask);
    Encoding taken = trace->encoding();
    for (std::size_t at = 0; at < order.size(); ++at) {
        taken.tokens[static_cast<std::size_t>(order[at])].id = model_->tokenizer->mask_id();
        if (at % 20 == 19)
            QVERIFY(std::abs(curves.deletion.values[at + 1] -
                             target_value(target, *run_encoder(model_, taken))) < 2e-4);
    }
}

void TestAttribution::deletion_curves_begin_and_end_where_they_should()
{
    const TokenScores scores = occlusion(target_, *trace_, Occlusion::baseline, Baseline::mask);
    const std::vector<int> order = order_by_scores(target_, *trace_, scores.scores);
    for (std::size_t at = 1; at < order.size(); ++at)
        QVERIFY(scores.scores(order[at - 1]) >= scores.scores(order[at]));
    const Curves curves = deletion_curves(target_, *trace_, order, Baseline::mask);
    QCOMPARE(curves.deletion.values.size(), order.size() + 1);
    const double plain = target_value(target_, *trace_);
    QVERIFY(std::abs(curves.deletion.values.front() - plain) < 2e-4);
    QVERIFY(std::abs(curves.insertion.values.back() - plain) < 2e-4);
    QVERIFY(std::abs(curves.deletion.values.back() - curves.insertion.values.front()) < 2e-4);
    for (const Curve *curve :
         {&curves.deletion, &curves.insertion}) { // the mean of the line between the points
        double area = 0.0;
        for (std::size_t at = 0; at + 1 < curve->values.size(); ++at)
            area += (curve->values[at] + curve->values[at + 1]) / 2.0 / static_cast<double>(order.size());
        QVERIFY(std::abs(curve->area - area) < 1e-9);
    }
    // After one token: that token's occlusion.
    QVERIFY(std::abs(curves.deletion.values[1] - (plain - scores.scores(order[0]))) < 2e-4);

    // The order by what each token does alone must beat chance, and a random order is the seed's.
    double deletion = 0.0;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        const std::vector<int> random = random_order(target_, *trace_, seed);
        QVERIFY(random == random_order(target_, *trace_, seed));
        QVERIFY(std::is_permutation(random.begin(), random.end(), order.begin(), order.end()));
        deletion += deletion_curves(target_, *trace_, random, Baseline::mask).deletion.area / 8.0;
    }
    QVERIFY(random_order(target_, *trace_, 1) != random_order(target_, *trace_, 2));
    QVERIFY2(curves.deletion.area < deletion,
             qPrintable(QStringLiteral("%1 %2").arg(curves.deletion.area).arg(deletion)));
}

void TestAttribution::curves_are_runs_with_those_tokens_replaced()
{
    const std::vector<std::vector<int>> orders{random_order(target_, *trace_, 3),
                                               order_by_scores(target_, *trace_, Eigen::VectorXd::Zero(20))};
    const std::vector<Curves> curves = deletion_curves(target_, *trace_, orders, Baseline::mask);
    QCOMPARE(curves.size(), orders.size());
    const int mask = model_->tokenizer->mask_id();
    for (std::size_t which = 0; which < orders.size(); ++which) {
        Encoding taken = trace_->encoding(), given = taken;
        for (const int token : orders[which])
            given.tokens[static_cast<std::size_t>(token)].id = mask;
        for (std::size_t at = 0; at <= orders[which].size(); ++at) {
            if (at > 0) {
                const auto token = static_cast<std::size_t>(orders[which][at - 1]);
                taken.tokens[token].id = mask;
                given.tokens[token].id = trace_->encoding().tokens[token].id;
            }
            QVERIFY(std::abs(curves[which].deletion.values[at] -
                             target_value(target_, *run_encoder(model_, taken))) < 2e-4);
            QVERIFY(std::abs(curves[which].insertion.values[at] -
                             target_value(target_, *run_encoder(model_, given))) < 2e-4);
        }
    }
}

void TestAttribution::random_curves_are_the_mean_of_orders_and_their_reverses()
{
    const Curves mean = random_curves(target_, *trace_, 4, 7, Baseline::mask);
    std::vector<double> expected(mean.deletion.values.size(), 0.0);
    double area = 0.0;
    for (const std::uint64_t seed : {7U, 8U}) {
        std::vector<int> order = random_order(target_, *trace_, seed);
        for (const bool backwards : {false, true}) {
            if (backwards)
                std::reverse(order.begin(), order.end());
            const Curve curve = deletion_curves(target_, *trace_, order, Baseline::mask).deletion;
            QCOMPARE(curve.values.size(), expected.size());
            for (std::size_t at = 0; at < expected.size(); ++at)
                expected[at] += curve.values[at] / 4.0;
            area += curve.area / 4.0;
        }
    }
    for (std::size_t at = 0; at < expected.size(); ++at) {
        QVERIFY(std::abs(mean.deletion.values[at] - expected[at]) < 2e-4);
        // What is left after some are given back in one order is what the other has left of them.
        QVERIFY(std::abs(mean.insertion.values[at] - expected[expected.size() - 1 - at]) < 2e-4);
    }
    QVERIFY(std::abs(mean.deletion.area - area) < 2e-4);
}

void TestAttribution::integrated_gradients_find_the_words_that_matter()
{
    double last = 0.0;
    for (const Baseline baseline : {Baseline::zero, Baseline::mask, Baseline::average}) {
        double progress = 0.0;
        const IntegratedGradients result =
            integrated_gradients(target_, *trace_, baseline, 200, {}, [&](double done) { progress = done; });
        QCOMPARE(progress, 1.0);
        QCOMPARE(result.scores.size(), Index(trace_->tokens()));
        QVERIFY2(std::abs(result.gap) < 0.03 * std::abs(result.value - result.baseline_value),
                 qPrintable(QStringLiteral("gap %1").arg(result.gap)));
        for (int token = 0; token < trace_->tokens(); ++token)
            QVERIFY(!trace_->token(token).special || result.scores(token) == 0.0);
        QVERIFY(result.baseline_value != last);
        last = result.baseline_value;
    }
}

void TestAttribution::pairs_of_tokens_sum_to_the_cosine()
{
    auto model = std::make_shared<Model>(*model_);
    model->output.sentence = SentenceEncoder();
    model->output.sentence->pooling = {Pooling::mean};
    Switches masked;
    masked.masked_tokens = {0, 2};
    const TracePtr a = run_encoder(model, encode(QStringLiteral("A man is eating food.")), masked);
    const TracePtr b = run_encoder(model, encode(QStringLiteral("Someone eats a meal")));
    const Eigen::MatrixXd pairs = similarity_pairs(*a, *b);
    QCOMPARE(pairs.rows(), Index(a->tokens()));
    QCOMPARE(pairs.cols(), Index(b->tokens()));
    const double cosine = static_cast<double>(cosine_similarity(sentence_vector(*a), sentence_vector(*b)));
    QVERIFY(std::abs(pairs.sum() - cosine) < 1e-6);
    QCOMPARE(pairs.row(2).norm(), 0.0);
    QVERIFY_THROWS_EXCEPTION(Error, similarity_pairs(*trace_, *trace_)); // the default model does not pool
}

void TestAttribution::pairs_of_input_tokens_close_the_gap()
{
    auto model = std::make_shared<Model>(*model_);
    model->output.sentence = SentenceEncoder();
    model->output.sentence->pooling = {Pooling::mean};
    const TracePtr a = run_encoder(model, encode(QStringLiteral("The cat sat on the mat.")));
    const TracePtr b = run_encoder(model, encode(QStringLiteral("A dog lay on a floor")));
    const double cosine = static_cast<double>(cosine_similarity(sentence_vector(*a), sentence_vector(*b)));
    double few = 0.0;
    for (const int steps : {3, 200}) {
        const InputPairs found = input_pairs(*a, *b, Baseline::mask, steps);
        QVERIFY(std::abs(found.cosine - cosine) < 1e-6);
        QVERIFY(std::abs(found.pairs.sum() + found.of_baselines + found.gap - cosine) < 1e-6);
        for (int token = 0; token < a->tokens(); ++token)
            QVERIFY(!a->token(token).special || found.pairs.row(token).norm() == 0.0);
        if (steps == 3)
            few = std::abs(found.gap);
        else
            QVERIFY2(std::abs(found.gap) < 0.03 * std::abs(found.pairs.sum()) &&
                         std::abs(found.gap) < few / 10.0,
                     qPrintable(QStringLiteral("gap %1 after %2").arg(found.gap).arg(few)));
    }
    QVERIFY_THROWS_EXCEPTION(Error, input_pairs(*trace_, *trace_, Baseline::mask, 3)); // which does not pool
    std::stop_source source;
    source.request_stop();
    QCOMPARE(input_pairs(*a, *b, Baseline::zero, 3, source.get_token()).pairs.size(), Index(0));
}

void TestAttribution::a_neurons_words_are_what_adding_its_output_does()
{
    const int layer = 1, neuron = 17;
    const RowVector changes = neuron_word_changes(*trace_, layer, neuron, target_.token);
    // Added by a steering of the last layer instead.
    const RowVector output = neuron_output(*model_, layer, neuron);
    Switches added;
    added.layer(trace_->layers() - 1).steering.assign(output.data(), output.data() + output.size());
    const RowVector expected =
        masked_word_logits(*run_encoder(model_, trace_->encoding(), added), target_.token) -
        masked_word_logits(*trace_, target_.token);
    QVERIFY(expected.norm() > 0.0F);
    QVERIFY2((changes - expected).norm() < 1e-3F * expected.norm(),
             qPrintable(QString::number((changes - expected).norm() / expected.norm())));
    // And the neuron itself, made stronger by 1, adds just that before the layer's norm.
    Matrix one = Matrix::Zero(1, model_->config.d_ff);
    one(0, neuron) = 1.0F;
    const Linear &shrink = model_->weights.layers[layer].shrink;
    QVERIFY((linear(one, {.weight = shrink.weight, .bias = {}}).row(0) - output).norm() < 1e-6F);
    QVERIFY_THROWS_EXCEPTION(Error, neuron_word_changes(*trace_, 99, neuron, 0));
    QVERIFY_THROWS_EXCEPTION(Error, neuron_word_changes(*trace_, 0, 1 << 20, 0));
}

void TestAttribution::steering_leads_from_one_run_to_the_other()
{
    const TracePtr from = run_encoder(model_, encode(QStringLiteral("a dog ran home")));
    const int layer = 1;
    for (const bool tokens : {false, true}) {
        const std::optional<SteeringTokens> both =
            tokens ? std::optional(SteeringTokens{.now = 2, .reference = 3}) : std::nullopt;
        const RowVector way = steering_direction(*trace_, *from, layer, both);
        Switches steered;
        steered.layer(layer).steering.assign(way.data(), way.data() + way.size());
        const TracePtr there = run_encoder(model_, from->encoding(), steered);
        const RowVector arrived = tokens ? RowVector(there->hidden(layer).row(3))
                                         : RowVector(there->hidden(layer).colwise().mean());
        const RowVector wanted = tokens ? RowVector(trace_->hidden(layer).row(2))
                                        : RowVector(trace_->hidden(layer).colwise().mean());
        QVERIFY(way.norm() > 0.1F);
        QVERIFY((arrived - wanted).norm() < 1e-4F * wanted.norm());
        QVERIFY((there->output() - from->output()).norm() > 0.1F);
    }
    QVERIFY_THROWS_EXCEPTION(Error, steering_direction(*trace_, *from, 9));
    QVERIFY_THROWS_EXCEPTION(
        Error, steering_direction(*trace_, *from, 0, SteeringTokens{.now = 0, .reference = 99}));
}

void TestAttribution::a_factors_curve_is_what_multiplying_does()
{
    Switches base;
    base.layer(1).heads_off = {2};
    const int active = strongest_neurons(*trace_, 2, target_.token, 1).front().index;
    base.layer(2).neuron_factors = {{active, 0.5F}};
    const TracePtr trace = run_encoder(model_, trace_->encoding(), base);
    const std::array<ScaledOutput, 3> outputs{
        {{.layer = 1, .index = 2}, {.layer = 0, .index = 3}, {ScaledOutput::Kind::neuron, 2, active}}};
    const std::array<float, 3> now{0.0F, 1.0F, 0.5F};
    for (std::size_t which = 0; which < outputs.size(); ++which) {
        const ScaledOutput &output = outputs[which];
        const FactorCurve curve = factor_curve(target_, *trace, output);
        QCOMPARE(curve.factors.size(), std::size_t(17));
        QCOMPARE(curve.values.size(), curve.factors.size());
        QCOMPARE(curve.factors.front(), -2.0F);
        QCOMPARE(curve.factors.back(), 2.0F);
        QCOMPARE(curve.factor_now, now[which]);
        QCOMPARE(curve.value_now, target_value(target_, *trace));
        for (const std::size_t at : {0U, 8U, 10U, 12U, 15U}) {
            Switches switches = base;
            LayerSwitches &layer = switches.layer(output.layer);
            if (output.kind == ScaledOutput::Kind::head) {
                layer.heads_off.clear();
                layer.head_factors[output.index] = curve.factors[at];
            } else {
                layer.neuron_factors[output.index] = curve.factors[at];
            }
            const double expected = target_value(target_, *run_encoder(model_, trace_->encoding(), switches));
            QVERIFY2(std::abs(curve.values[at] - expected) < 2e-4,
                     qPrintable(QStringLiteral("%1: %2").arg(curve.factors[at]).arg(expected)));
        }
        QVERIFY(std::abs(curve.values.front() - curve.values.back()) > 1e-3);
    }
    QVERIFY_THROWS_EXCEPTION(Error, factor_curve(target_, *trace, {.layer = trace->layers(), .index = 0}));
    QVERIFY_THROWS_EXCEPTION(Error, factor_curve(target_, *trace, {.layer = 0, .index = trace->heads()}));
    QVERIFY_THROWS_EXCEPTION(
        Error, factor_curve(target_, *trace, {ScaledOutput::Kind::neuron, 0, trace->config().d_ff}));
}

void TestAttribution::patching_everything_gives_the_reference()
{
    const TracePtr reference =
        run_encoder(model_, encode(QStringLiteral("The dog sat on the [MASK] and looked at me.")));
    QCOMPARE(reference->tokens(), trace_->tokens());
    const Alignment alignment = partners(align_tokens(trace_->encoding(), reference->encoding()));
    const PatchMap map = patch_tokens(target_, *trace_, target_, *reference, Patch::hidden, alignment);
    // After the last layer only the target's own token matters, and it brings all of the difference.
    const Index last = trace_->layers() - 1;
    for (int token = 0; token < trace_->tokens(); ++token)
        QVERIFY(std::abs(map.recovered(last, token) - (token == target_.token ? 1.0 : 0.0)) < 1e-3);
    // With a word more before it, tokens and target stand one further there.
    const TracePtr moved =
        run_encoder(model_, encode(QStringLiteral("Then the dog sat on the [MASK] and looked at me.")));
    Target moved_target = target_;
    ++moved_target.token;
    const PatchMap of_moved = patch_tokens(target_, *trace_, moved_target, *moved, Patch::hidden,
                                           partners(align_tokens(trace_->encoding(), moved->encoding())));
    QVERIFY(std::abs(of_moved.reference - target_value(moved_target, *moved)) < 1e-6);
    QVERIFY(std::abs(of_moved.recovered(last, target_.token) - 1.0) < 1e-3);
    Alignment none(alignment.size(), -1);
    none[1] = 1;
    const PatchMap some = patch_tokens(target_, *trace_, target_, *reference, Patch::hidden, none);
    QVERIFY(std::isnan(some.recovered(0, 0)));
    QVERIFY(std::abs(some.recovered(0, 1) - map.recovered(0, 1)) < 1e-3);
    none[1] = 1000;
    QVERIFY_THROWS_EXCEPTION(Error, patch_heads(target_, *trace_, target_, *reference, none));
    // A neuron does not read what comes out of its layer.
    const int active = strongest_neurons(*trace_, 2, target_.token, 1).front().index;
    const Target neuron{.kind = Target::Kind::neuron, .token = target_.token, .index = active, .layer = 2};
    const PatchMap of_neuron = patch_tokens(neuron, *trace_, neuron, *reference, Patch::hidden, alignment);
    QCOMPARE(of_neuron.recovered.row(2).norm(), 0.0);
    QVERIFY(of_neuron.recovered.row(1).norm() > 0.01);
    const PatchMap heads = patch_heads(target_, *trace_, target_, *reference, alignment);
    QVERIFY(heads.recovered.allFinite());
    QVERIFY(heads.recovered.cwiseAbs().maxCoeff() > 0.01);
}

void TestAttribution::wrong_targets_are_refused()
{
    const auto refused = [&](const Target &target) {
        try {
            target_value(target, *trace_);
        } catch (const Error &error) {
            return !error.message().isEmpty();
        }
        return false;
    };
    QVERIFY(refused({.token = 99, .index = 3}));
    QVERIFY(refused({.token = -1, .index = 3}));
    QVERIFY(refused({.token = 0, .index = -2}));
    QVERIFY(refused({.token = 0, .index = model_->config.vocabulary_size}));
    QVERIFY(refused({.token = 0, .index = 1, .contrast = model_->config.vocabulary_size}));
    QVERIFY(refused({.kind = Target::Kind::label, .index = 0}));
    QVERIFY(refused({.kind = Target::Kind::similarity}));
    QVERIFY(refused({.kind = Target::Kind::neuron, .index = model_->config.d_ff}));
    QVERIFY(refused({.kind = Target::Kind::neuron, .layer = -1}));
    QVERIFY(refused({.kind = Target::Kind::hidden_norm, .layer = model_->config.layers}));
}

void TestAttribution::stopped_computations_are_empty()
{
    std::stop_source source;
    source.request_stop();
    const std::stop_token stop = source.get_token();
    QCOMPARE(integrated_gradients(target_, *trace_, Baseline::zero, 5, stop).scores.size(), Index(0));
    QVERIFY(sweep(target_, *trace_, {}, stop).stopped);
    QCOMPARE(lens(*trace_, {}, nullptr, stop).best.size(), Index(0));
    QVERIFY(deletion_curves(target_, *trace_, {1, 2}, Baseline::mask, stop).deletion.values.empty());
    QCOMPARE(gradient_times_input(target_, *trace_, stop).scores.size(), Index(0));
}

QTEST_GUILESS_MAIN(TestAttribution)
#include "tst_attribution.moc"
