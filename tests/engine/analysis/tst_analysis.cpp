// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/contributions.h"
#include "engine/analysis/head_statistics.h"
#include "engine/analysis/ordinary_tokens.h"
#include "engine/analysis/projection.h"
#include "engine/analysis/rollout.h"
#include "engine/analysis/similarity.h"
#include "engine/forward/encoder.h"
#include "engine/model/initial_model.h"
#include "tests/engine/analysis/reference_run.h"

#include <QTest>

#include <Eigen/Eigenvalues>

#include <cmath>
#include <limits>

using namespace encoderscope;

namespace
{

double difference(const Matrix &actual, const Matrix &expected)
{
    if (actual.rows() != expected.rows() || actual.cols() != expected.cols())
        return std::numeric_limits<double>::infinity();
    return static_cast<double>((actual - expected).cwiseAbs().maxCoeff());
}

} // namespace

/// Against numpy (tests/data/analysis/make_reference.py) and against values known by hand.
class TestAnalysis : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        data_ = reference_data("reference.json");
        trace_ = reference_trace(data_);
        n_ = trace_->tokens();
    }
    void cleanup() { trace_.reset(); }

    void weights_among_some_tokens_sum_to_one();
    void rollout_agrees_with_numpy();
    void rollout_rows_sum_to_one();
    void head_statistics_agree_with_numpy();
    void patterns_have_their_names_by_the_rules_data();
    void patterns_have_their_names_by_the_rules();
    void entropy_of_known_rows();
    void similarities_agree_with_numpy();
    void similarity_with_a_row_of_zeros_is_zero();
    void projection_agrees_with_numpy();
    void projection_keeps_the_way_of_the_previous_one();
    void projection_of_more_columns_than_rows();
    void projection_by_the_truncated_solver_is_the_whole_one();
    void projection_of_one_token_and_of_numbers_that_are_not_finite();
    void contributions_agree_with_numpy();
    void strongest_neurons_agree_with_numpy();

private:
    Matrix expected(const char *name, Index rows, Index columns, Index first = 0) const
    {
        return matrix(data_[QLatin1String(name)], rows, columns, first);
    }

    QJsonObject data_;
    TracePtr trace_;
    Index n_ = 0;
};

void TestAnalysis::weights_among_some_tokens_sum_to_one()
{
    Matrix weights(3, 3);
    weights << 0.5F, 0.2F, 0.3F, 0.1F, 0.8F, 0.1F, 0.0F, 1.0F, 0.0F;
    Matrix kept(2, 2);
    kept << 0.625F, 0.375F, 0.0F, 0.0F; // 0.5 and 0.3 of 0.8; nothing is left of the last row
    QVERIFY(difference(weights_among(weights, {0, 2}), kept) < 1e-6F);
    QCOMPARE(among(weights, {2, 0}, false)(0, 1), 0.5F);
    QCOMPARE(weights_among(weights, {}).size(), Index{0});
    QCOMPARE(ordinary_tokens(*trace_), (QList<int>{1, 2, 3})); // between the special ones
}

void TestAnalysis::rollout_agrees_with_numpy()
{
    QCOMPARE(attention_rollout(*trace_, -1), Matrix(Matrix::Identity(n_, n_)));
    for (int layer = 0; layer < trace_->layers(); ++layer)
        QVERIFY(difference(attention_rollout(*trace_, layer), expected("rollouts", n_, n_, layer * n_ * n_)) <
                1e-6);
}

void TestAnalysis::rollout_rows_sum_to_one()
{
    const ModelPtr model = untrained_model();
    const TracePtr trace = run_encoder(model, model->tokenizer->encode(QStringLiteral("the 고양이")));
    const Matrix rollout = attention_rollout(*trace, trace->layers() - 1);
    QVERIFY((rollout.rowwise().sum().array() - 1.0F).abs().maxCoeff() < 1e-5F);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(attention_rollout(*trace, 0, stop.get_token()).size() == 0);
}

void TestAnalysis::head_statistics_agree_with_numpy()
{
    const std::vector<HeadStatistics> all = head_statistics(*trace_);
    const Matrix reference = expected("statistics", trace_->layers() * trace_->heads(), 12);
    QCOMPARE(std::ssize(all), reference.rows());
    for (Index i = 0; i < reference.rows(); ++i) {
        const HeadStatistics &head = all[static_cast<std::size_t>(i)];
        const RowVector actual{{head.entropy.value(), head.distance.value(), head.diagonal.value(),
                                head.previous.value(), head.next.value(), head.special(), head.spread.value(),
                                head.first.value(), head.separator.value(), head.word.value(),
                                head.same.value(), head.punctuation.value()}};
        QVERIFY(difference(actual, reference.row(i)) < 1e-5);
    }
    const HeadStatistics &first = all.front();
    QCOMPARE(first.previous.queries, int(n_) - 1);
    QCOMPARE(first.same.queries, 2);
    HeadStatistics sum = first;
    sum += all.back();
    QCOMPARE(sum.next.queries, 2 * (int(n_) - 1));
    QCOMPARE(sum.next.sum, first.next.sum + all.back().next.sum);
}

void TestAnalysis::patterns_have_their_names_by_the_rules_data()
{
    using Member = QueryMean HeadStatistics::*;
    QTest::addColumn<std::vector<std::pair<Member, double>>>("shares");
    QTest::addColumn<HeadPattern>("pattern");
    using Shares = std::vector<std::pair<Member, double>>;
    const Member previous = &HeadStatistics::previous;
    const Member next = &HeadStatistics::next;
    const Member itself = &HeadStatistics::diagonal;
    const Member word = &HeadStatistics::word;
    const Member spread = &HeadStatistics::spread;
    QTest::newRow("nothing") << Shares{} << HeadPattern::mixed;
    QTest::newRow("previous") << Shares{{previous, 0.41}, {next, 0.2}} << HeadPattern::previous;
    QTest::newRow("next") << Shares{{previous, 0.41}, {next, 0.5}} << HeadPattern::next;
    QTest::newRow("itself") << Shares{{itself, 0.9}} << HeadPattern::itself;
    QTest::newRow("first") << Shares{{&HeadStatistics::first, 0.5}} << HeadPattern::first;
    QTest::newRow("separator") << Shares{{&HeadStatistics::separator, 0.5}} << HeadPattern::separator;
    QTest::newRow("punctuation") << Shares{{&HeadStatistics::punctuation, 0.5}} << HeadPattern::punctuation;
    QTest::newRow("same word, though most is on itself")
        << Shares{{&HeadStatistics::same, 0.35}, {itself, 0.5}} << HeadPattern::same;
    QTest::newRow("rest of the word") << Shares{{word, 0.6}, {previous, 0.45}} << HeadPattern::word;
    QTest::newRow("the rest of the word is only what is before it")
        << Shares{{word, 0.6}, {previous, 0.7}} << HeadPattern::previous;
    QTest::newRow("neighbours") << Shares{{previous, 0.3}, {next, 0.3}} << HeadPattern::neighbours;
    QTest::newRow("broad") << Shares{{previous, 0.1}, {spread, 0.8}} << HeadPattern::broad;
    QTest::newRow("mixed") << Shares{{previous, 0.1}, {spread, 0.7}} << HeadPattern::mixed;
}

void TestAnalysis::patterns_have_their_names_by_the_rules()
{
    using Shares = std::vector<std::pair<QueryMean HeadStatistics::*, double>>;
    QFETCH(Shares, shares);
    QFETCH(HeadPattern, pattern);
    HeadStatistics statistics;
    for (const auto &[member, share] : shares) {
        (statistics.*member).add(share - 0.01);
        (statistics.*member).add(share + 0.01);
    }
    QCOMPARE(pattern_of(statistics), pattern);
}

void TestAnalysis::entropy_of_known_rows()
{
    const Matrix weights{{0.25F, 0.25F, 0.25F, 0.25F}, {0, 1, 0, 0}, {0.5F, 0, 0, 0.5F}};
    QCOMPARE(row_entropy(weights), Matrix(Matrix{{2}, {0}, {1}}));
}

void TestAnalysis::similarities_agree_with_numpy()
{
    const Matrix units = unit_rows(trace_->hidden(-1));
    QVERIFY(difference(units * units.transpose(), expected("similarities", n_, n_)) < 1e-6);
    QVERIFY(std::abs(cosine_similarity(trace_->hidden(-1).row(1), trace_->hidden(-1).row(3)) -
                     expected("similarities", n_, n_)(1, 3)) < 1e-6F);
}

void TestAnalysis::similarity_with_a_row_of_zeros_is_zero()
{
    const Matrix rows{{0, 0}, {3, 4}};
    QCOMPARE(unit_rows(rows), Matrix(Matrix{{0, 0}, {0.6F, 0.8F}}));
    QCOMPARE(cosine_similarity(rows.row(0), rows.row(1)), 0.0F);
}

void TestAnalysis::projection_agrees_with_numpy()
{
    const HiddenProjection projection = project_hidden(*trace_);
    QVERIFY(difference(projection.mean, expected("mean", 1, trace_->config().d_model)) < 1e-6);
    QVERIFY(difference(projection.axes, expected("axes", 2, trace_->config().d_model)) < 1e-5);
    QCOMPARE(std::ssize(projection.points), trace_->layers() + 1);
    for (int state = 0; state <= trace_->layers(); ++state)
        QVERIFY(difference(projection.points[static_cast<std::size_t>(state)],
                           expected("points", n_, 2, state * n_ * 2)) < 1e-5);
    QVERIFY(std::abs(projection.shares[0] - expected("shares", 1, 2)(0, 0)) < 1e-6F);
    QVERIFY(std::abs(projection.shares[1] - expected("shares", 1, 2)(0, 1)) < 1e-6F);
}

void TestAnalysis::projection_keeps_the_way_of_the_previous_one()
{
    const HiddenProjection plain = project_hidden(*trace_);
    HiddenProjection previous = plain;
    previous.axes = -previous.axes;
    QVERIFY(difference(project_hidden(*trace_, &previous).axes, -plain.axes) < 1e-6);
    QVERIFY(difference(project_hidden(*trace_, &plain).axes, plain.axes) < 1e-6);
}

void TestAnalysis::projection_of_more_columns_than_rows()
{
    // Two tokens of the default model: 10 rows, 128 columns. Both ways to solve see the same variance.
    const ModelPtr model = untrained_model();
    const TracePtr trace = run_encoder(model, model->tokenizer->encode(QStringLiteral("ab")));
    const HiddenProjection projection = project_hidden(*trace);
    QVERIFY(difference(projection.axes * projection.axes.transpose(), Matrix::Identity(2, 2)) < 1e-5);
    double along = 0.0;
    double whole = 0.0;
    for (std::size_t state = 0; state < projection.points.size(); ++state) {
        along += projection.points[state].col(0).squaredNorm();
        whole += (trace->hidden(static_cast<int>(state) - 1).rowwise() - projection.mean).squaredNorm();
    }
    QVERIFY(std::abs(along / whole - static_cast<double>(projection.shares[0])) < 1e-5);
    QVERIFY(projection.shares[0] >= projection.shares[1]);
}

void TestAnalysis::projection_by_the_truncated_solver_is_the_whole_one()
{
    // More rows than columns, both above what is solved whole: 5 x 30 rows, 128 columns.
    const ModelPtr model = untrained_model();
    QString text;
    for (int word = 0; word < 28; ++word)
        text += QStringLiteral("%1 ").arg(word % 10);
    const TracePtr trace = run_encoder(model, model->tokenizer->encode(text));
    const HiddenProjection projection = project_hidden(*trace);
    const Index n = trace->tokens();
    Eigen::MatrixXd all(5 * n, 128);
    for (int state = 0; state < 5; ++state)
        all.middleRows(state * n, n) = trace->hidden(state - 1).cast<double>();
    QVERIFY(all.rows() > all.cols());
    all.rowwise() -= all.colwise().mean().eval();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> whole(all.transpose() * all);
    for (Index axis = 0; axis < 2; ++axis) {
        const RowVector expected = whole.eigenvectors().col(127 - axis).transpose().cast<float>();
        QVERIFY(std::abs(std::abs(projection.axes.row(axis).dot(expected)) - 1.0F) < 1e-5F);
        QVERIFY(std::abs(static_cast<double>(projection.shares[axis]) -
                         whole.eigenvalues()(127 - axis) / all.squaredNorm()) < 1e-6);
    }
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(project_hidden(*trace, nullptr, stop.get_token()).empty());
}

void TestAnalysis::projection_of_one_token_and_of_numbers_that_are_not_finite()
{
    auto embedding = std::make_shared<EmbeddingTrace>();
    embedding->output = Matrix::Constant(1, trace_->config().d_model, 1.0F);
    Encoding one;
    one.tokens.resize(1);
    auto model = std::make_shared<Model>();
    model->config = trace_->config();
    const HiddenProjection still = project_hidden(Trace(model, one, {}, embedding, {}, Matrix()));
    QCOMPARE(still.points.at(0), Matrix(Matrix::Zero(1, 2)));

    embedding = std::make_shared<EmbeddingTrace>();
    embedding->output = Matrix::Constant(1, trace_->config().d_model, std::nanf(""));
    const HiddenProjection broken = project_hidden(Trace(model, one, {}, embedding, {}, Matrix()));
    QVERIFY(std::isnan(broken.points.at(0)(0, 0)));
}

void TestAnalysis::contributions_agree_with_numpy()
{
    const SublayerContributions lengths = sublayer_contributions(*trace_);
    const int layers = trace_->layers();
    QVERIFY(difference(lengths.attention, expected("attention_lengths", layers, n_)) < 1e-5);
    QVERIFY(difference(lengths.feed_forward, expected("feed_forward_lengths", layers, n_)) < 1e-5);
    QVERIFY(difference(lengths.hidden, expected("hidden_lengths", layers + 1, n_)) < 1e-5);
}

void TestAnalysis::strongest_neurons_agree_with_numpy()
{
    const std::vector<Neuron> strongest = strongest_neurons(*trace_, 1, 2, 3);
    const QJsonArray reference = data_[QLatin1String("strongest")].toArray();
    QCOMPARE(std::ssize(strongest), reference.size());
    for (std::size_t i = 0; i < strongest.size(); ++i) {
        QCOMPARE(strongest[i].index, reference[static_cast<qsizetype>(i)].toInt());
        QCOMPARE(strongest[i].value, trace_->layer(1).activated(2, strongest[i].index));
    }
    QCOMPARE(std::ssize(strongest_neurons(*trace_, 1, 2, 1000)), trace_->config().d_ff);
    QVERIFY(difference(active_share(*trace_, 1), expected("active_share", n_, 1)) < 1e-6);
}

QTEST_GUILESS_MAIN(TestAnalysis)
#include "tst_analysis.moc"
