// SPDX-License-Identifier: GPL-3.0-or-later
#include "../forward/reference.h"
#include "engine/backward/trace_gradients.h"
#include "engine/model/safetensors.h"

#include <QTest>

using namespace encoderscope;

namespace
{

/// Every gradient under the name that the reference gives it.
QMap<QString, Matrix> all_gradients(const Trace &trace, const TraceGradients &gradients)
{
    QMap<QString, Matrix> all{{QStringLiteral("embedding.token"), gradients.token},
                              {QStringLiteral("embedding.output"), gradients.hidden.front()}};
    for (int index = 0; index < static_cast<int>(gradients.layers.size()); ++index) {
        const LayerGradients &layer = gradients.layers[static_cast<std::size_t>(index)];
        const auto name = [index](const char *part) {
            return QStringLiteral("%1.%2").arg(index).arg(QLatin1String(part));
        };
        all[name("query")] = layer.query;
        all[name("key")] = layer.key;
        all[name("value")] = layer.value;
        all[name("concatenation")] = layer.concatenation;
        all[name("attention_sum")] = layer.attention_sum;
        all[name("attention_result")] = layer.attention_result;
        all[name("expanded")] = layer.expanded;
        all[name("activated")] = layer.activated;
        all[name("feed_forward_sum")] = layer.feed_forward_sum;
        all[name("output")] = gradients.hidden[static_cast<std::size_t>(index) + 1];
        for (int head = 0; head < trace.heads(); ++head)
            all[QStringLiteral("%1.%2.attention_weights").arg(index).arg(head)] =
                attention_weight_gradients(trace, gradients, index, head, {});
    }
    return all;
}

double error_of(const Matrix &actual, const Matrix &expected)
{
    if (expected.isZero(0.0F) && actual.rows() == expected.rows() && actual.cols() == expected.cols())
        return actual.cwiseAbs().maxCoeff() < 1e-6F ? 0.0 : HUGE_VAL;
    return relative_error(actual, expected);
}

} // namespace

/// Gradients by every matrix of a trace, against PyTorch's autograd in float64 (make_gradients.py in
/// tests/data/attribution) over configurations and switch settings.
class TestTraceGradients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agree_with_autograd_data();
    void agree_with_autograd();
    void factors_and_steering_agree_with_differences();
    void of_a_stack_are_those_of_its_inputs();
    void stopped_computation_has_no_layers();
};

void TestTraceGradients::agree_with_autograd_data()
{
    QTest::addColumn<QString>("configuration");
    QTest::addColumn<QString>("case_name");
    QTest::addColumn<bool>("neurons");
    const SafetensorsFile file(QStringLiteral(ENCODERSCOPE_TEST_DATA "/attribution/gradients.safetensors"));
    for (const char *name : {"paper", "bert", "pre_norm", "no_biases", "projected_odd_d_k",
                             "offset_positions", "relative_bias", "d_k_of_one"}) {
        const Reference reference(QString::fromLatin1(name));
        for (const QString &case_name : reference.metadata("cases").object().keys()) {
            QTest::addRow("%s: %s", name, qPrintable(case_name))
                << QString::fromLatin1(name) << case_name << false;
            if (file.tensors().contains(
                    QStringLiteral("%1.%2.neurons.0.expanded").arg(QLatin1String(name), case_name)))
                QTest::addRow("%s: %s: neurons", name, qPrintable(case_name))
                    << QString::fromLatin1(name) << case_name << true;
        }
    }
}

void TestTraceGradients::agree_with_autograd()
{
    QFETCH(const QString, configuration);
    QFETCH(const QString, case_name);
    QFETCH(const bool, neurons);
    const SafetensorsFile file(QStringLiteral(ENCODERSCOPE_TEST_DATA "/attribution/gradients.safetensors"));
    const Reference reference(configuration);
    const ModelPtr model = model_of(reference);
    const QJsonObject cases = reference.metadata("cases").object();
    const TracePtr trace =
        run_encoder(model, encoding_of(reference), switches_of(cases[case_name].toObject(), model->config));

    const Index n = trace->tokens();
    const SharedMatrix factors = file.matrix(neurons ? QStringLiteral("N") : QStringLiteral("R"), {n, 16});
    TraceSeed seed{.at = neurons ? TraceSeed::At::activated : TraceSeed::At::output,
                   .layer = 0,
                   .gradient = factors.view().leftCols(neurons ? model->config.d_ff : model->config.d_model)};
    const TraceGradients gradients = trace_gradients(*trace, seed);
    const QMap<QString, Matrix> actual = all_gradients(*trace, gradients);
    const QString prefix = QStringLiteral("%1.%2.").arg(configuration, case_name) +
                           (neurons ? QStringLiteral("neurons.") : QString());
    int compared = 0;
    for (auto it = actual.begin(); it != actual.end(); ++it) {
        const QString name = prefix + it.key();
        if (!file.tensors().contains(name))
            continue; // nothing that leads to the number
        const Matrix expected = file.matrix(name, {it->rows(), it->cols()}).view();
        const double error = error_of(*it, expected);
        QVERIFY2(error < 1e-4, qPrintable(QStringLiteral("%1: %2").arg(it.key()).arg(error)));
        ++compared;
    }
    QVERIFY(compared >= 12);
}

void TestTraceGradients::factors_and_steering_agree_with_differences()
{
    const Reference reference(QStringLiteral("bert"));
    const ModelPtr model = model_of(reference);
    const Encoding encoding = encoding_of(reference);
    Switches switches;
    switches.layer(0).head_factors = {{1, 1.5F}, {7, 3.0F}};
    switches.layer(0).neuron_factors = {{2, -0.5F}};
    switches.layer(1).head_factors = {{0, 0.25F}};
    switches.layer(0).steering.assign(static_cast<std::size_t>(model->config.d_model), 0.1F);
    switches.layer(0).steering_factor = 2.0F;
    const Matrix seed = Matrix::Random(std::ssize(encoding.tokens), model->config.d_model);
    const auto value = [&](const Switches &with) {
        const TracePtr trace = run_encoder(model, encoding, with);
        return trace->output().cwiseProduct(seed).cast<double>().sum();
    };
    const TracePtr trace = run_encoder(model, encoding, switches);
    const TraceGradients gradients = trace_gradients(*trace, {.at = TraceSeed::At::output, .gradient = seed});
    const float step = 1e-2F;
    const auto difference = [&](const auto &change) {
        Switches up = switches, down = switches;
        change(up, step);
        change(down, -step);
        return (value(up) - value(down)) / (2.0 * static_cast<double>(step));
    };
    const auto close = [](double a, double b) { return std::abs(a - b) < 5e-3 * std::max(1.0, std::abs(b)); };

    // A factor's derivative is that by what it multiplies, summed.
    const Index d_k = model->config.d_k();
    const double by_head = difference([](Switches &s, float by) { s.layer(0).head_factors[1] += by; });
    const double head = trace->layer(0)
                            .concatenation.middleCols(d_k, d_k)
                            .cwiseProduct(gradients.layers[0].concatenation.middleCols(d_k, d_k))
                            .cast<double>()
                            .sum() /
                        1.5;
    QVERIFY2(close(head, by_head), qPrintable(QStringLiteral("%1 %2").arg(head).arg(by_head)));
    const double by_neuron = difference([](Switches &s, float by) { s.layer(0).neuron_factors[2] += by; });
    const double neuron = trace->layer(0)
                              .activated.col(2)
                              .cwiseProduct(gradients.layers[0].activated.col(2))
                              .cast<double>()
                              .sum() /
                          -0.5;
    QVERIFY2(close(neuron, by_neuron), qPrintable(QStringLiteral("%1 %2").arg(neuron).arg(by_neuron)));
    const double by_steering = difference([](Switches &s, float by) { s.layer(0).steering[3] += by; });
    const double steering = 2.0 * gradients.hidden[1].col(3).cast<double>().sum();
    QVERIFY2(close(steering, by_steering),
             qPrintable(QStringLiteral("%1 %2").arg(steering).arg(by_steering)));
    // And through all of them back to the embeddings: moving every token's row along the gradient.
    Model moved = *model;
    Matrix table = model->weights.embedding.token.view();
    const Matrix before = table;
    const auto along = [&](float by) {
        table = before;
        for (Index i = 0; i < trace->tokens(); ++i)
            table.row(trace->token(static_cast<int>(i)).id) += by * gradients.token.row(i);
        moved.weights.embedding.token = SharedMatrix(table);
        const TracePtr at = run_encoder(std::make_shared<const Model>(moved), encoding, switches);
        return at->output().cwiseProduct(seed).cast<double>().sum();
    };
    Matrix by_id = Matrix::Zero(table.rows(), table.cols());
    for (Index i = 0; i < trace->tokens(); ++i)
        by_id.row(trace->token(static_cast<int>(i)).id) += gradients.token.row(i);
    const float small = 1e-3F / by_id.norm();
    const double slope = (along(small) - along(-small)) / (2.0 * static_cast<double>(small));
    QVERIFY2(close(slope / by_id.cast<double>().squaredNorm(), 1.0),
             qPrintable(QStringLiteral("%1 %2").arg(slope).arg(by_id.cast<double>().squaredNorm())));
}

void TestTraceGradients::of_a_stack_are_those_of_its_inputs()
{
    const Reference reference(QStringLiteral("relative_bias"));
    const ModelPtr model = model_of(reference);
    const Switches switches;
    const Index d = model->config.d_model;
    const Matrix x = Matrix::Random(9, d);
    const Matrix by_output = Matrix::Random(9, d);
    const std::vector<StackedInput> both{{4, &switches}, {5, &switches}};
    LayerTrace stacked;
    run_layer(*model, 0, x, both, stacked);
    LayerGradients gradients;
    const Matrix by_input = layer_backward(*model, 0, x, stacked, both, by_output, nullptr, gradients);
    for (const auto &[first, rows] : {std::pair<Index, Index>{0, 4}, {4, 5}}) {
        const StackedInput one{rows, &switches};
        const Matrix own = x.middleRows(first, rows);
        LayerTrace alone;
        run_layer(*model, 0, own, {&one, 1}, alone);
        QVERIFY((alone.output - stacked.output.middleRows(first, rows)).cwiseAbs().maxCoeff() < 1e-5F);
        LayerGradients its;
        const Matrix by_own =
            layer_backward(*model, 0, own, alone, {&one, 1}, by_output.middleRows(first, rows), nullptr, its);
        QVERIFY((by_own - by_input.middleRows(first, rows)).cwiseAbs().maxCoeff() < 1e-4F);
    }
}

void TestTraceGradients::stopped_computation_has_no_layers()
{
    const Reference reference(QStringLiteral("bert"));
    const ModelPtr model = model_of(reference);
    const TracePtr trace = run_encoder(model, encoding_of(reference));
    std::stop_source stop;
    stop.request_stop();
    const TraceGradients gradients =
        trace_gradients(*trace, {.at = TraceSeed::At::output, .gradient = trace->output()}, stop.get_token());
    QVERIFY(gradients.layers.empty());
}

QTEST_GUILESS_MAIN(TestTraceGradients)
#include "tst_trace_gradients.moc"
