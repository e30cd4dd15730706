// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"
#include "engine/forward/layer.h"
#include "engine/forward/operations.h"
#include "engine/forward/stacks.h"
#include "engine/kernels/workers.h"
#include "engine/model/default_model.h"
#include "engine/model/load_model.h"

#include <QTest>

#include <algorithm>

using namespace encoderscope;

namespace
{

/// The default model where the folder has no name.
ModelPtr model_of(const char *folder)
{
    return *folder == 0 ? default_model()
                        : load_model(QStringLiteral(ENCODERSCOPE_TEST_DATA "/") + QLatin1String(folder));
}

std::vector<Encoding> encodings_of(const Model &model)
{
    std::vector<Encoding> encodings;
    for (const char *text : {"a", "the cat sees the dog and the moon", "one two"})
        encodings.push_back(model.tokenizer->encode(QLatin1String(text)));
    return encodings;
}

} // namespace

/// Several inputs that are run at once.
class TestStacks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void a_stack_gives_the_numbers_of_each_run();
    void stacks_are_shared_evenly();
    void a_look_sees_the_weights_of_each_run();
};

void TestStacks::a_stack_gives_the_numbers_of_each_run()
{
    for (const char *folder :
         {"", "sentences/albert", "sentences/electra", "sentences/roberta", "sentences/modernbert"}) {
        const ModelPtr model = model_of(folder);
        const std::vector<Encoding> encodings = encodings_of(*model);
        const std::vector<TracePtr> stacked = run_encoders(model, encodings);
        const std::vector<TracePtr> lean = run_stack(model, encodings, Kept::heads_and_neurons);
        const Matrix outputs = stack_outputs(model, encodings);
        Index row = 0;
        QCOMPARE(stacked.size(), encodings.size());
        QCOMPARE(lean.size(), encodings.size());
        for (std::size_t i = 0; i < encodings.size(); ++i) {
            const TracePtr alone = run_encoder(model, encodings[i]);
            QCOMPARE(stacked[i]->encoding(), alone->encoding());
            for (int layer = 0; layer < alone->layers(); ++layer) {
                const LayerTrace &a = stacked[i]->layer(layer);
                const LayerTrace &b = alone->layer(layer);
                for (const auto member :
                     {&LayerTrace::attention_input, &LayerTrace::query, &LayerTrace::key, &LayerTrace::value,
                      &LayerTrace::concatenation, &LayerTrace::attention_output, &LayerTrace::attention_sum,
                      &LayerTrace::attention_result, &LayerTrace::feed_forward_input, &LayerTrace::expanded,
                      &LayerTrace::activated, &LayerTrace::feed_forward_output, &LayerTrace::feed_forward_sum,
                      &LayerTrace::output, &LayerTrace::unrotated_query, &LayerTrace::unrotated_key,
                      &LayerTrace::gate, &LayerTrace::feed_forward_value}) {
                    QCOMPARE((a.*member).rows(), (b.*member).rows());
                    QVERIFY2(a.*member == b.*member, folder); // to the last bit
                }
            }
            QVERIFY(stacked[i]->output() == alone->output());
            QVERIFY(outputs.middleRows(row, alone->tokens()) == alone->output());
            row += alone->tokens();
            const int last = alone->layers() - 1;
            QVERIFY(lean[i]->output() == alone->output());
            QVERIFY(lean[i]->layer(last).activated == alone->layer(last).activated);
            QVERIFY(lean[i]->attention_weights(last, 0) == alone->attention_weights(last, 0));
            for (const TracePart part : {TracePart::weights, TracePart::activated, TracePart::model})
                QVERIFY(lean[i]->has(part) && alone->has(part));
            for (const TracePart part : {TracePart::value, TracePart::expanded, TracePart::attention_output})
                QVERIFY(!lean[i]->has(part) && alone->has(part));
        }
        QCOMPARE(outputs.rows(), row);
    }
}

void TestStacks::stacks_are_shared_evenly()
{
    const std::size_t threads = kernels::worker_threads();
    std::vector<std::size_t> tokens(205, 19);
    const auto even = stacks_by_length(tokens);
    QCOMPARE(even.size() % threads, std::size_t(0));
    const auto [least, most] = std::minmax_element(
        even.begin(), even.end(), [](const auto &a, const auto &b) { return a.size() < b.size(); });
    QVERIFY2(most->size() - least->size() <= 1,
             qPrintable(QStringLiteral("%1 and %2 inputs").arg(most->size()).arg(least->size())));
    for (const std::size_t longer : {40, 100, 1000})
        tokens.push_back(longer);
    std::vector<bool> there(tokens.size(), false);
    for (const std::vector<std::size_t> &stack : stacks_by_length(tokens)) {
        std::size_t rows = 0;
        for (const std::size_t input : stack) {
            QVERIFY(!there[input]);
            there[input] = true;
            rows += tokens[input];
        }
        QVERIFY(stack.size() == 1 || rows < 400);
    }
    QVERIFY(std::find(there.begin(), there.end(), false) == there.end());
    QVERIFY(stacks_by_length({}).empty());
}

void TestStacks::a_look_sees_the_weights_of_each_run()
{
    for (const char *folder : {"", "sentences/modernbert", "sentences/deberta", "sentences/t5"}) {
        const ModelPtr model = model_of(folder);
        const std::vector<Encoding> encodings = encodings_of(*model);
        std::vector<TracePtr> alone;
        for (const Encoding &encoding : encodings)
            alone.push_back(run_encoder(model, encoding));
        int looks = 0;
        run_stack(model, encodings, Kept::output, {}, [&](const StackedRows &rows) {
            ++looks;
            const Trace &trace = *alone[rows.input];
            QVERIFY(rows.weights);
            QCOMPARE(rows.weights->rows(), Index{trace.heads()} * rows.count);
            for (int head = 0; head < trace.heads(); ++head)
                QVERIFY2(rows.weights->middleRows(head * rows.count, rows.count)
                             .isApprox(trace.attention_weights(rows.layer, head), 1e-5F),
                         folder);
        });
        QCOMPARE(looks, model->config.layers * 3);

        // a head that is switched off keeps its weights
        const Trace &trace = *alone[1];
        const LayerTrace &layer = trace.layer(0);
        AttentionOptions options = attention_options(*model, 0, Switches());
        options.heads_off = {0};
        Matrix concatenation = Matrix::Zero(layer.query.rows(), layer.query.cols());
        Matrix weights;
        attention(layer.query, layer.key, layer.value, options, concatenation, {}, &weights);
        for (int head = 0; head < trace.heads(); ++head)
            QVERIFY2(weights.middleRows(head * trace.tokens(), trace.tokens())
                         .isApprox(trace.attention_weights(0, head), 1e-5F),
                     folder);
    }
}

QTEST_GUILESS_MAIN(TestStacks)
#include "tst_stacks.moc"
