// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/flow.h"
#include "engine/attribution/input_pairs.h"
#include "engine/attribution/integrated_gradients.h"
#include "engine/attribution/patching.h"
#include "engine/attribution/sweep.h"
#include "engine/attribution/tangents.h"
#include "engine/forward/encoder.h"
#include "engine/model/load_model.h"
#include "engine/model/safetensors.h"

#include <QTest>

using namespace encoderscope;

namespace
{

constexpr int position = 3;
constexpr int piece = 7;

QString checkpoint(const QString &name)
{
    return QStringLiteral(ENCODERSCOPE_TEST_DATA "/checkpoints/") + name;
}

Encoding encoding_of(const std::vector<qint64> &ids, const std::vector<qint64> &types)
{
    Encoding encoding;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        Token token;
        token.id = static_cast<int>(ids[i]);
        token.type = i < types.size() ? static_cast<int>(types[i]) : 0;
        encoding.tokens.push_back(token);
    }
    return encoding;
}

/// The length of the difference over that of the expected numbers.
double error_of(const Eigen::MatrixXd &actual, const Eigen::MatrixXd &expected)
{
    if (actual.rows() != expected.rows() || actual.cols() != expected.cols() || !actual.allFinite())
        return HUGE_VAL;
    return (actual - expected).norm() / expected.norm();
}

} // namespace

/// Against PyTorch's autograd, captum, and transformers with hooks, on small random checkpoints of every
/// architecture: see tests/data/attribution/make_architectures.py.
class TestAttributionReferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void gradients_data();
    void gradients();
    void sweep_of_heads_agrees_with_head_masks();
    void patching_agrees_with_hooks();
    void flow_agrees_with_its_papers_data();
    void flow_agrees_with_its_papers();
    void cosine_gradient_agrees_with_autograd();
    void recent_architectures_agree_data();
    void recent_architectures_agree();
    void tangents_are_the_gradients_other_way_data();
    void tangents_are_the_gradients_other_way();
    void integrated_jacobians_agree_with_autograd_data();
    void integrated_jacobians_agree_with_autograd();

private:
    Eigen::MatrixXd expected(const QString &name, Index rows, Index columns) const
    {
        const SafetensorsFile &file = file_->tensors().contains(name) ? *file_ : *recent_file_;
        const bool flat = file.tensors().value(name).shape.size() == 1;
        const SharedMatrix values = file.matrix(name, flat ? std::vector<qint64>{rows * columns}
                                                           : std::vector<qint64>{rows, columns});
        return MatrixView(values.data(), rows, columns).cast<double>();
    }
    TracePtr trace_of(const QString &name) const
    {
        const SafetensorsFile inputs(checkpoint(name) + QStringLiteral("/expected.safetensors"));
        return run_encoder(load_encoder(checkpoint(name)),
                           encoding_of(inputs.integers(QStringLiteral("input.ids")),
                                       inputs.integers(QStringLiteral("input.types"))));
    }

    std::unique_ptr<SafetensorsFile> file_, recent_file_;
};

void TestAttributionReferences::initTestCase()
{
    file_ = std::make_unique<SafetensorsFile>(
        QStringLiteral(ENCODERSCOPE_TEST_DATA "/attribution/architectures.safetensors"));
    recent_file_ = std::make_unique<SafetensorsFile>(
        QStringLiteral(ENCODERSCOPE_TEST_DATA "/attribution/recent.safetensors"));
}

void TestAttributionReferences::gradients_data()
{
    QTest::addColumn<bool>("classifier");
    for (const char *name : {"bert", "distilbert", "roberta", "xlm-roberta", "electra", "albert", "mpnet"})
        QTest::newRow(name) << false;
    for (const char *name : {"bert-classifier", "distilbert-classifier", "roberta-classifier",
                             "electra-classifier", "albert-classifier"})
        QTest::newRow(name) << true;
}

void TestAttributionReferences::gradients()
{
    QFETCH(const bool, classifier);
    const QString name = QLatin1String(QTest::currentDataTag());
    const auto of = [&](const char *part) { return name + QLatin1Char('.') + QLatin1String(part); };
    const TracePtr trace = trace_of(name);
    const Index n = trace->tokens();
    Target target{.kind = classifier ? Target::Kind::label : Target::Kind::piece,
                  .token = position,
                  .index = static_cast<int>(std::lround(expected(of("index"), 1, 1)(0, 0)))};

    Eigen::RowVector3d values;
    for (const auto measure :
         {Target::Measure::logit, Target::Measure::log_probability, Target::Measure::probability}) {
        target.measure = measure;
        values(static_cast<Index>(measure)) = target_value(target, *trace);
    }
    const double error_of_values = error_of(values, expected(of("values"), 1, 3));
    QVERIFY2(error_of_values < 1e-5, qPrintable(QString::number(error_of_values)));

    target.measure = Target::Measure::log_probability;
    const TraceGradients gradients = target_gradients(target, *trace);
    for (std::size_t state = 0; state < gradients.hidden.size(); ++state) {
        const Matrix &gradient = gradients.hidden[state];
        const double error =
            error_of(gradient.cast<double>(),
                     expected(QStringLiteral("%1.gradient.%2").arg(name).arg(state), n, gradient.cols()));
        QVERIFY2(error < 1e-4, qPrintable(QStringLiteral("hidden state %1: %2").arg(state).arg(error)));
    }
    QVERIFY(error_of(gradients.token.cast<double>(), expected(of("token"), n, gradients.token.cols())) <
            1e-4);
    QVERIFY(error_of(gradient_times_input(target, *trace).scores, expected(of("times_input"), n, 1)) < 1e-4);

    const IntegratedGradients integrated = integrated_gradients(target, *trace, Baseline::zero, 12);
    QVERIFY(error_of(integrated.scores, expected(of("integrated"), n, 1)) < 1e-4);
    const IntegratedGradients finer = integrated_gradients(target, *trace, Baseline::zero, 200);
    QVERIFY2(
        std::abs(finer.gap) < 0.02 * std::abs(finer.value - finer.baseline_value) + 1e-3,
        qPrintable(
            QStringLiteral("gap %1 of %2 - %3").arg(finer.gap).arg(finer.value).arg(finer.baseline_value)));
}

void TestAttributionReferences::sweep_of_heads_agrees_with_head_masks()
{
    const TracePtr trace = trace_of(QStringLiteral("bert"));
    const Target target{.token = position, .index = piece};
    const Sweep swept = sweep(target, *trace);
    QVERIFY(error_of(swept.heads, expected(QStringLiteral("bert.sweep.heads"), 2, 2)) < 1e-4);
    const Eigen::MatrixXd importance = head_importance(*trace, target_gradients(target, *trace));
    QVERIFY(error_of(importance, expected(QStringLiteral("bert.importance"), 2, 2)) < 1e-4);
}

void TestAttributionReferences::patching_agrees_with_hooks()
{
    const TracePtr now = trace_of(QStringLiteral("bert"));
    const Index n = now->tokens();
    Encoding other = now->encoding();
    const Eigen::MatrixXd ids = expected(QStringLiteral("bert.reference_ids"), 1, n);
    for (Index i = 0; i < n; ++i)
        other.tokens[static_cast<std::size_t>(i)].id = static_cast<int>(std::lround(ids(0, i)));
    const TracePtr reference = run_encoder(now->model_pointer(), other);
    const Target target{.token = position, .index = piece};
    Alignment alignment(static_cast<std::size_t>(n));
    for (std::size_t i = 0; i < alignment.size(); ++i)
        alignment[i] = static_cast<int>(i);
    for (const auto &[patch, name] : {std::pair{Patch::hidden, "hidden"},
                                      {Patch::attention, "attention"},
                                      {Patch::feed_forward, "feed_forward"}}) {
        const PatchMap map = patch_tokens(target, *now, target, *reference, patch, alignment);
        const double error =
            error_of(map.recovered, expected(QStringLiteral("bert.patch.") + QLatin1String(name), 2, n));
        QVERIFY2(error < 1e-4, qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(name)).arg(error)));
    }
    const PatchMap heads = patch_heads(target, *now, target, *reference, alignment);
    QVERIFY(error_of(heads.recovered, expected(QStringLiteral("bert.patch.heads"), 2, 2)) < 1e-4);
}

void TestAttributionReferences::flow_agrees_with_its_papers_data()
{
    QTest::addColumn<int>("flow");
    QTest::newRow("norm") << static_cast<int>(Flow::norm);
    QTest::newRow("residual") << static_cast<int>(Flow::residual);
    QTest::newRow("globenc") << static_cast<int>(Flow::globenc);
    QTest::newRow("alti") << static_cast<int>(Flow::alti);
}

void TestAttributionReferences::flow_agrees_with_its_papers()
{
    QFETCH(const int, flow);
    const TracePtr trace = trace_of(QStringLiteral("bert"));
    const Index n = trace->tokens();
    Matrix product = Matrix::Identity(n, n);
    for (int layer = 0; layer < trace->layers(); ++layer) {
        const Matrix actual = layer_flow(*trace, layer, static_cast<Flow>(flow));
        const QString name =
            QStringLiteral("bert.%1.flow.%2").arg(layer).arg(QLatin1String(QTest::currentDataTag()));
        QVERIFY(error_of(actual.cast<double>(), expected(name, n, n)) < 1e-4);
        for (int head = 0; flow == 0 && head < trace->heads(); ++head)
            QVERIFY(error_of(head_flow(*trace, layer, head).cast<double>(),
                             expected(QStringLiteral("bert.%1.%2.flow").arg(layer).arg(head), n, n)) < 1e-4);
        Matrix shares = actual.array().colwise() / actual.rowwise().sum().array();
        if (flow == 0)
            shares = 0.5F * shares + 0.5F * Matrix(Matrix::Identity(n, n));
        product = (shares * product).eval();
    }
    const Matrix rollout = flow_rollout(*trace, trace->layers() - 1, static_cast<Flow>(flow));
    QVERIFY(error_of(rollout.cast<double>(), product.cast<double>()) < 1e-5);
    QVERIFY((rollout.rowwise().sum().array() - 1.0F).abs().maxCoeff() < 1e-5F);
}

void TestAttributionReferences::cosine_gradient_agrees_with_autograd()
{
    const TracePtr plain = trace_of(QStringLiteral("bert"));
    auto model = std::make_shared<Model>(plain->model());
    model->output.sentence = SentenceEncoder();
    model->output.sentence->pooling = {Pooling::mean};
    const TracePtr trace = run_encoder(model, plain->encoding());
    const Index d = trace->config().d_model;
    const Target target{.kind = Target::Kind::similarity,
                        .other = expected(QStringLiteral("bert.other"), 1, d).cast<float>()};
    QVERIFY(std::abs(target_value(target, *trace) -
                     expected(QStringLiteral("bert.cosine.value"), 1, 1)(0, 0)) < 1e-5);
    const Matrix gradient = target_gradients(target, *trace).hidden.front();
    QVERIFY(error_of(gradient.cast<double>(), expected(QStringLiteral("bert.cosine"), trace->tokens(), d)) <
            1e-4);
}

void TestAttributionReferences::recent_architectures_agree_data()
{
    QTest::addColumn<Target::Kind>("kind");
    const QString ending = QStringLiteral(".values");
    for (auto it = recent_file_->tensors().begin(); it != recent_file_->tensors().end(); ++it) {
        if (it.key().endsWith(ending))
            QTest::newRow(qPrintable(it.key().chopped(ending.size())))
                << (it.key().contains(QStringLiteral("-mlm-"))       ? Target::Kind::piece
                    : it.key().contains(QStringLiteral("-encoder-")) ? Target::Kind::hidden_norm
                    : it.key().contains(QStringLiteral("-whole-"))   ? Target::Kind::hidden_norm
                                                                     : Target::Kind::label);
    }
}

/// Gradients, the sweep and patches of checkpoints of make_recent.py, make_encoder_decoders.py and
/// make_own_code.py, with PyTorch's autograd and hooks.
void TestAttributionReferences::recent_architectures_agree()
{
    QFETCH(const Target::Kind, kind);
    const QString name = QLatin1String(QTest::currentDataTag());
    const auto of = [&](const char *part) { return name + QLatin1Char('.') + QLatin1String(part); };
    const TracePtr trace = trace_of(name);
    const Index n = trace->tokens();
    Target target{.kind = kind,
                  .token = position,
                  .index = static_cast<int>(std::lround(expected(of("index"), 1, 1)(0, 0))),
                  .layer = trace->layers() - 1};
    target.measure = Target::Measure::log_probability;
    QVERIFY(std::abs(target_value(target, *trace) - expected(of("values"), 1, 3)(0, 1)) < 1e-4);

    const TraceGradients gradients = target_gradients(target, *trace);
    QCOMPARE(std::ssize(gradients.hidden), trace->layers() + 1);
    for (std::size_t state = 0; state < gradients.hidden.size(); ++state) {
        const Matrix &gradient = gradients.hidden[state];
        const double error =
            error_of(gradient.cast<double>(),
                     expected(QStringLiteral("%1.gradient.%2").arg(name).arg(state), n, gradient.cols()));
        QVERIFY2(error < 1e-4, qPrintable(QStringLiteral("hidden state %1: %2").arg(state).arg(error)));
    }
    QVERIFY(error_of(gradients.token.cast<double>(), expected(of("token"), n, gradients.token.cols())) <
            1e-4);
    // Where the looked-up rows are normalized at once, nothing is left along the rows but rounding.
    const Eigen::VectorXd times_input = gradient_times_input(target, *trace).scores;
    QVERIFY((times_input - expected(of("times_input"), n, 1)).norm() <
            1e-4 * std::max(times_input.norm(), static_cast<double>(gradients.token.norm())));

    const double swept =
        error_of(sweep(target, *trace).heads, expected(of("sweep.heads"), trace->layers(), trace->heads()));
    QVERIFY2(swept < 1e-4, qPrintable(QString::number(swept)));

    Encoding other = trace->encoding();
    const Eigen::MatrixXd ids = expected(of("reference_ids"), 1, n);
    Alignment alignment;
    for (Index i = 0; i < n; ++i) {
        other.tokens[static_cast<std::size_t>(i)].id = static_cast<int>(std::lround(ids(0, i)));
        alignment.push_back(static_cast<int>(i));
    }
    const TracePtr reference = run_encoder(trace->model_pointer(), other);
    for (const auto &[patch, part] :
         {std::pair{Patch::hidden, "patch.hidden"}, {Patch::feed_forward, "patch.feed_forward"}}) {
        const PatchMap map = patch_tokens(target, *trace, target, *reference, patch, alignment);
        const double error = error_of(map.recovered, expected(of(part), trace->layers(), n));
        QVERIFY2(error < 1e-3, qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(part)).arg(error)));
    }
}

void TestAttributionReferences::tangents_are_the_gradients_other_way_data()
{
    QTest::addColumn<bool>("changed");
    for (const char *name :
         {"bert", "distilbert", "albert", "electra", "mpnet", "bert-relu-plain", "deberta-v2-mlm-safetensors",
          "ernie-mlm-safetensors", "eurobert-mlm-safetensors", "gte-mlm-safetensors",
          "modernbert-mlm-safetensors", "nomic_bert-mlm-safetensors", "roberta-prelayernorm-mlm-safetensors",
          "t5-encoder-safetensors", "umt5-encoder-safetensors", "bart-whole-bin", "neobert-mlm-safetensors",
          "new-mlm-safetensors"}) {
        QTest::newRow(name) << false;
        QTest::newRow(qPrintable(QLatin1String(name) + QStringLiteral(" changed"))) << true;
    }
}

/// u·(J t) = (Jᵀ u)·t for any u and t: the differential forwards against the tape read backwards.
void TestAttributionReferences::tangents_are_the_gradients_other_way()
{
    QFETCH(const bool, changed);
    const QString name = QString::fromLatin1(QTest::currentDataTag()).section(QLatin1Char(' '), 0, 0);
    const TracePtr plain = trace_of(name);
    Switches switches;
    if (changed) {
        switches.layer(0).head_factors = {{0, -1.5F}};
        switches.layer(0).neuron_factors = {{1, 3.0F}};
        switches.layer(0).steering.assign(static_cast<std::size_t>(plain->config().d_model), 0.1F);
        switches.layer(1).heads_off = {1};
        switches.layer(1).feed_forward = false;
        switches.masked_tokens = {1};
        switches.temperature = 1.5F;
    }
    const TracePtr trace = run_encoder(plain->model_pointer(), plain->encoding(), switches);
    const Index n = trace->tokens();
    std::srand(7); // Eigen's Random
    const Matrix directions = Matrix::Random(2 * n, trace->embedding().token.cols());
    const Matrix by_output = Matrix::Random(n, trace->config().d_model);
    const Tangents found =
        tangents(trace->model(), trace->encoding(), trace->switches(), trace->embedding().token, directions);
    QVERIFY((found.output - trace->output()).norm() <= 1e-5F * trace->output().norm());
    const Matrix by_rows =
        trace_gradients(*trace, {.at = TraceSeed::At::output, .gradient = by_output}).token;
    for (Index direction = 0; direction < 2; ++direction) {
        const Matrix moved = found.moved.middleRows(direction * n, n);
        const double forth = by_output.cwiseProduct(moved).cast<double>().sum();
        const double back =
            by_rows.cwiseProduct(directions.middleRows(direction * n, n)).cast<double>().sum();
        QVERIFY2(std::abs(forth - back) < 1e-4 * static_cast<double>(by_output.norm() * moved.norm()),
                 qPrintable(QStringLiteral("%1, not %2").arg(forth).arg(back)));
        QVERIFY(std::abs(back) > 1e-3);
    }
}

void TestAttributionReferences::integrated_jacobians_agree_with_autograd_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"bert", "modernbert-mlm-safetensors", "deberta-v2-mlm-safetensors", "mpnet",
                             "roberta-prelayernorm-mlm-safetensors"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestAttributionReferences::integrated_jacobians_agree_with_autograd()
{
    QFETCH(const QString, name);
    const SafetensorsFile file(QStringLiteral(ENCODERSCOPE_TEST_DATA "/attribution/input_pairs.safetensors"));
    const SafetensorsFile inputs(checkpoint(name) + QStringLiteral("/expected.safetensors"));
    auto model = std::make_shared<Model>(*load_encoder(checkpoint(name)));
    model->output.sentence = SentenceEncoder();
    model->output.sentence->pooling = {Pooling::mean};
    const TracePtr a = run_encoder(model, encoding_of(inputs.integers(QStringLiteral("input.ids")), {}));
    const TracePtr b = run_encoder(model, encoding_of(file.integers(name + QStringLiteral(".ids_b")), {}));
    const auto matrix = [&](const char *part, Index rows, Index columns) {
        const SharedMatrix values = file.matrix(name + QLatin1String(part), {rows, columns});
        return Eigen::MatrixXd(values.view().cast<double>());
    };
    double told = 0.0;
    const InputPairs found =
        input_pairs(*a, *b, Baseline::zero, 12, {}, [&told](double done) { told = done; });
    QVERIFY(std::abs(told - 1.0) < 1e-9);
    const double error = error_of(found.pairs, matrix(".pairs", a->tokens(), b->tokens()));
    QVERIFY2(error < 1e-4, qPrintable(QString::number(error)));
    const SharedMatrix numbers = file.matrix(name + QStringLiteral(".numbers"), {2});
    QVERIFY(std::abs(found.cosine - static_cast<double>(numbers.data()[0])) < 1e-5);
    QVERIFY(std::abs(found.of_baselines - static_cast<double>(numbers.data()[1])) < 1e-5);
    QVERIFY(std::abs(found.cosine - found.of_baselines - found.gap - found.pairs.sum()) < 1e-9);
}

QTEST_GUILESS_MAIN(TestAttributionReferences)
#include "tst_attribution_references.moc"
