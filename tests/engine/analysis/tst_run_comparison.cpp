// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/aligned_difference.h"
#include "engine/analysis/classical_scaling.h"
#include "engine/analysis/head_distances.h"
#include "engine/analysis/hidden_similarity.h"
#include "engine/analysis/weight_changes.h"
#include "engine/forward/encoder.h"
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "engine/text/granularity.h"
#include "tests/engine/analysis/reference_run.h"

#include <QTest>

#include <limits>
#include <random>

using namespace encoderscope;

namespace
{

Eigen::MatrixXd numbers(const QJsonValue &list, Index rows, Index columns)
{
    Eigen::MatrixXd all(rows, columns);
    for (Index i = 0; i < rows * columns; ++i)
        all(i / columns, i % columns) = list.toArray().at(i).toDouble();
    return all;
}

double farthest(const Eigen::MatrixXd &a, const Eigen::MatrixXd &b)
{
    if (a.rows() != b.rows() || a.cols() != b.cols())
        return std::numeric_limits<double>::infinity();
    return (a - b).cwiseAbs().maxCoeff();
}

/// The units of make_comparison.py.
TokenAlignment units()
{
    return {.units = {{{0}, {0}, true},
                      {{1, 2}, {1}, false},
                      {{3}, {2, 4}, false},
                      {{}, {3}, false},
                      {{4}, {5}, true}},
            .now_tokens = 5,
            .reference_tokens = 6};
}

/// The part of a matrix of differences that is a number.
Matrix known(const Matrix &difference)
{
    return difference.array().isNaN().select(0.0F, difference);
}

std::shared_ptr<Model> model_of(int d_model, int heads, unsigned seed)
{
    auto model = std::make_shared<Model>(*untrained_model());
    model->config.d_model = model->config.embedding_size = d_model;
    model->config.heads = heads;
    model->weights = initial_weights(model->config, seed);
    return model;
}

} // namespace

/// Two runs next to each other, against numpy (tests/data/analysis/make_comparison.py) and by their
/// properties.
class TestRunComparison : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void the_reference_on_the_tokens_of_now_agrees_with_numpy();
    void any_rows_are_those_of_all();
    void attention_keeps_its_sums();
    void a_run_with_itself_differs_by_nothing_data();
    void a_run_with_itself_differs_by_nothing();
    void changing_the_sides_changes_signs();
    void what_cannot_be_compared_says_why();
    void linear_cka_agrees_with_numpy();
    void linear_cka_knows_what_does_not_matter();
    void head_distances_agree_with_numpy();
    void head_distances_are_distances();
    void weights_of_zero_add_nothing_to_head_distances();
    void nearest_heads_are_the_nearest();
    void classical_scaling_agrees_with_numpy();
    void points_of_a_plane_come_back();
    void weight_changes_agree_with_numpy();
    void weight_changes_name_what_moved();
    void stopped_computations_are_empty();

private:
    TracePtr run(const char *text, const ModelPtr &model,
                 Granularity granularity = Granularity::subword) const
    {
        return run_encoder(model,
                           with_granularity(model->tokenizer, granularity)->encode(QString::fromUtf8(text)));
    }
    static TokenAlignment align(const TracePtr &now, const TracePtr &reference)
    {
        return align_tokens(now->encoding(), reference->encoding());
    }

    ModelPtr model_;
    QJsonObject data_;
    TracePtr trace_; ///< of reference.json
};

void TestRunComparison::initTestCase()
{
    model_ = default_model();
    data_ = reference_data("comparison.json");
    trace_ = reference_trace(reference_data("reference.json"));
}

void TestRunComparison::the_reference_on_the_tokens_of_now_agrees_with_numpy()
{
    const Matrix attention = matrix(data_[QLatin1String("attention")], 6, 6);
    QVERIFY(farthest(reference_attention(attention, units()).cast<double>(),
                     numbers(data_[QLatin1String("attention_on_tokens")], 5, 5)) < 1e-6);
    const Matrix rows = matrix(data_[QLatin1String("other")], 6, 4);
    QVERIFY(farthest(reference_rows(rows, units()).cast<double>(),
                     numbers(data_[QLatin1String("rows_on_tokens")], 5, 4)) < 1e-6);
}

void TestRunComparison::any_rows_are_those_of_all()
{
    const TracePtr now = run("고양이가 큰 쥐를 쫓는다. Cats play!", model_, Granularity::character);
    const TracePtr reference = run("고양이가 쥐를 쫓는다. The cats play!", model_);
    for (const TokenAlignment &alignment : {units(), align(now, reference)}) {
        std::mt19937 random(3);
        std::normal_distribution<float> normal;
        const Matrix numbers = Matrix::NullaryExpr(alignment.reference_tokens, alignment.reference_tokens,
                                                   [&] { return normal(random); });
        const Matrix all = reference_attention(numbers, alignment);
        const ReferenceAttention by_rows(alignment);
        for (int first = 0; first <= alignment.now_tokens; ++first) {
            for (int count = 0; first + count <= alignment.now_tokens; ++count) {
                int asked = 0;
                const Matrix rows = by_rows.rows(
                    [&](int from, int some) {
                        asked += some;
                        return Matrix(numbers.middleRows(from, some));
                    },
                    first, count);
                QCOMPARE(rows.rows(), Index{count});
                const Matrix expected = all.middleRows(first, count);
                QVERIFY(rows.array().isNaN().cwiseEqual(expected.array().isNaN()).all());
                QVERIFY(known(rows) == known(expected));
                QVERIFY(asked <= alignment.reference_tokens);
            }
        }
    }
    // Of thousands of tokens a few rows ask for a few.
    TokenAlignment long_one{.units = {}, .now_tokens = 3000, .reference_tokens = 3000};
    for (int token = 0; token < long_one.now_tokens; ++token)
        long_one.units.push_back({{token}, {token}, true});
    std::vector<int> asked;
    ReferenceAttention(long_one).rows(
        [&](int first, int count) {
            asked.push_back(first);
            asked.push_back(count);
            return Matrix(Matrix::Zero(count, 3000));
        },
        1200, 5);
    QVERIFY(asked == (std::vector<int>{1200, 5}));
}

void TestRunComparison::attention_keeps_its_sums()
{
    // Every token of the reference has a partner, so no weight is lost; and what has none is not a number.
    const TracePtr now = run("고양이가 쥐를 쫓는다. Cats play!", model_, Granularity::character);
    const TracePtr reference = run("고양이가 쥐를 쫓는다. Cats play!", model_);
    const Matrix weights = reference_attention(reference->attention_weights(1, 2), align(now, reference));
    QCOMPARE(weights.rows(), Index(now->tokens()));
    QVERIFY(farthest(weights.rowwise().sum().cast<double>(), Eigen::VectorXd::Ones(now->tokens())) < 1e-5);

    const TracePtr longer = run("고양이가 큰 쥐를 쫓는다. Cats play!", model_);
    const TokenAlignment alignment = align(longer, reference);
    const Matrix some = reference_attention(reference->attention_weights(1, 2), alignment);
    const Matrix rows = reference_rows(reference->hidden(1), alignment);
    int unmatched = 0;
    for (const AlignedTokens &unit : alignment.units) {
        if (unit.matched() || unit.now.empty())
            continue;
        ++unmatched;
        QVERIFY(some.row(unit.now.front()).array().isNaN().all());
        QVERIFY(some.col(unit.now.front()).array().isNaN().all());
        QVERIFY(rows.row(unit.now.front()).array().isNaN().all());
    }
    QVERIFY(unmatched > 0);
    QCOMPARE(tokens_without_partner(alignment), unmatched);
    QCOMPARE(rows.array().isNaN().rowwise().any().count(), Index(unmatched));
}

void TestRunComparison::a_run_with_itself_differs_by_nothing_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("granularity");
    const QStringList texts{QString(), QStringLiteral("to be or not to be"),
                            QString::fromUtf8("고양이가 쥐를 쫓는다 😀"),
                            QString::fromUtf8("cats, 고양이는 뷁")};
    for (const QString &text : texts) {
        for (const Granularity granularity :
             {Granularity::subword, Granularity::word, Granularity::character})
            QTest::addRow("%s, %d", qPrintable(text), static_cast<int>(granularity))
                << text << static_cast<int>(granularity);
    }
}

void TestRunComparison::a_run_with_itself_differs_by_nothing()
{
    QFETCH(QString, text);
    QFETCH(int, granularity);
    const QByteArray utf8 = text.toUtf8();
    const TracePtr trace = run(utf8.constData(), model_, static_cast<Granularity>(granularity));
    const TokenAlignment alignment = align(trace, trace);
    for (int layer = 0; layer < trace->layers(); ++layer) {
        const Matrix &hidden = trace->hidden(layer);
        QVERIFY((hidden - reference_rows(hidden, alignment)).isZero(0.0F));
        const Matrix &neurons = trace->layer(layer).activated;
        QVERIFY((neurons - reference_rows(neurons, alignment)).isZero(0.0F));
        for (int head = 0; head < trace->heads(); ++head) {
            const Matrix weights = trace->attention_weights(layer, head);
            QVERIFY((weights - reference_attention(weights, alignment)).isZero(0.0F));
        }
    }
}

void TestRunComparison::changing_the_sides_changes_signs()
{
    const TracePtr a = run("The dog chased the big cat. 영화가 좋다.", model_);
    const TracePtr b = run("The cat chased the dog. 영화는 좋다.", model_);
    const TokenAlignment forth = align(a, b);
    const TokenAlignment back = align(b, a);
    const Matrix here = a->attention_weights(2, 1) - reference_attention(b->attention_weights(2, 1), forth);
    const Matrix there = b->attention_weights(2, 1) - reference_attention(a->attention_weights(2, 1), back);
    const Matrix rows = a->hidden(2) - reference_rows(b->hidden(2), forth);
    const Matrix rows_back = b->hidden(2) - reference_rows(a->hidden(2), back);
    const std::vector<int> to = partners(forth);
    int compared = 0;
    for (int i = 0; i < a->tokens(); ++i) {
        const int j = to[static_cast<std::size_t>(i)];
        if (j < 0)
            continue;
        QVERIFY(rows.row(i) == -rows_back.row(j));
        for (int k = 0; k < a->tokens(); ++k) {
            const int l = to[static_cast<std::size_t>(k)];
            if (l < 0)
                continue;
            QCOMPARE(here(i, k), -there(j, l));
            ++compared;
        }
    }
    QVERIFY(compared > 50);
    QVERIFY(known(here).norm() > 0.01F);
}

void TestRunComparison::what_cannot_be_compared_says_why()
{
    QCOMPARE(why_no_row_difference(128, 128), QString());
    QCOMPARE(why_no_head_difference(4, 4), QString());
    const auto names = [](const QString &reason, const char *here, const char *there) {
        return reason.contains(QLatin1String(here)) && reason.contains(QLatin1String(there));
    };
    QVERIFY(names(why_no_row_difference(128, 96), "128", "96"));
    QVERIFY(names(why_no_head_difference(4, 3), "4 heads", "3"));
}

void TestRunComparison::linear_cka_agrees_with_numpy()
{
    // The other run: three states of 6 tokens with 4 dimensions.
    auto model = std::make_shared<Model>();
    model->config = {.d_model = 4, .layers = 2, .heads = 1, .d_ff = 1};
    EmbeddingTrace embedding;
    embedding.output = matrix(data_[QLatin1String("other")], 6, 4);
    std::vector<std::shared_ptr<const LayerTrace>> layers;
    for (Index layer = 0; layer < 2; ++layer) {
        LayerTrace trace;
        trace.output = matrix(data_[QLatin1String("other")], 6, 4, (layer + 1) * 24);
        layers.push_back(std::make_shared<const LayerTrace>(std::move(trace)));
    }
    const Trace other(model, Encoding(), Switches(),
                      std::make_shared<const EmbeddingTrace>(std::move(embedding)), std::move(layers),
                      Matrix());
    const Eigen::MatrixXd similarity = hidden_similarity(*trace_, other, units());
    QVERIFY(farthest(similarity, numbers(data_[QLatin1String("similarities")], 4, 3)) < 1e-6);
}

void TestRunComparison::linear_cka_knows_what_does_not_matter()
{
    std::mt19937 random(6);
    std::normal_distribution<float> normal;
    const auto made = [&](Index rows, Index columns) {
        return Matrix(Matrix::NullaryExpr(rows, columns, [&] { return normal(random); }));
    };
    const Matrix x = made(100, 7);
    QVERIFY(std::abs(linear_cka(x, x) - 1.0) < 1e-12);
    // Size, place and order of the dimensions do not count; another representation does.
    const Matrix moved = (3.0F * x.rowwise().reverse()).rowwise() + made(1, 7).row(0);
    QVERIFY(std::abs(linear_cka(x, moved) - 1.0) < 1e-6);
    const double other = linear_cka(x, made(100, 9));
    QVERIFY(other > 0.0 && other < 0.4);
    QVERIFY(std::isnan(linear_cka(x, Matrix::Constant(100, 3, 0.3F))));
    QVERIFY(std::isnan(linear_cka(x.topRows(1), x.topRows(1))));
    QVERIFY(std::isnan(linear_cka(x.topRows(0), x.topRows(0))));

    // Models of any sizes, cut in any way.
    const TracePtr now = run("고양이가 쥐를 쫓는다. Cats play!", model_);
    const TracePtr wider =
        run("고양이가 쥐를 쫓는다. Cats play!", model_of(96, 3, 1), Granularity::character);
    const Eigen::MatrixXd similarity = hidden_similarity(*now, *wider, align(now, wider));
    QCOMPARE(similarity.rows(), Index(now->layers() + 1));
    QCOMPARE(similarity.cols(), Index(wider->layers() + 1));
    QVERIFY(similarity.minCoeff() >= 0.0 && similarity.maxCoeff() < 1.0);
    const Eigen::MatrixXd back = hidden_similarity(*wider, *now, align(wider, now));
    QVERIFY(farthest(similarity, back.transpose()) < 1e-12);
    const Eigen::MatrixXd own = hidden_similarity(*now, *now, align(now, now));
    QVERIFY(farthest(own.diagonal(), Eigen::VectorXd::Ones(own.rows())) < 1e-12);
}

void TestRunComparison::head_distances_agree_with_numpy()
{
    const HeadDistances distances = head_distances(*trace_);
    QCOMPARE(distances.queries, 5);
    QVERIFY(farthest(distances.values, numbers(data_[QLatin1String("distances")], 6, 6)) < 1e-6);
}

void TestRunComparison::head_distances_are_distances()
{
    const TracePtr trace = run("The dog chased the cat, and 고양이가 쥐를 쫓는다.", model_);
    const Eigen::MatrixXd distances = head_distances(*trace).values;
    QVERIFY(distances == distances.transpose());
    QVERIFY(distances.diagonal().isZero(0.0));
    QVERIFY(distances.maxCoeff() <= 1.0 && distances.maxCoeff() > 0.1);
    for (Index a = 0; a < distances.rows(); ++a) {
        for (Index b = 0; b < distances.rows(); ++b)
            QVERIFY(((distances.col(a) + distances.col(b)).array() >= distances(a, b) - 1e-9).all());
    }
    const HeadDistances some = head_distances(*trace, 4);
    QCOMPARE(some.queries, 4);
    QVERIFY(farthest(some.values, distances) < 0.5 && farthest(some.values, distances) > 0.0);
    QCOMPARE(head_distances(*trace, 1000).queries, trace->tokens());
}

void TestRunComparison::weights_of_zero_add_nothing_to_head_distances()
{
    Switches switches;
    switches.masked_tokens = {1, 3};
    const TracePtr trace =
        run_encoder(model_, model_->tokenizer->encode(QStringLiteral("The dog chased the cat.")), switches);
    const Eigen::MatrixXd distances = head_distances(*trace).values;
    const auto weights = [&](Index head) {
        return trace
            ->attention_weights(static_cast<int>(head) / trace->heads(),
                                static_cast<int>(head) % trace->heads())
            .cast<double>()
            .eval();
    };
    for (Index b = 1; b < distances.cols(); ++b) {
        const Eigen::MatrixXd one = weights(0);
        const Eigen::MatrixXd other = weights(b);
        double sum = 0.0;
        for (Index i = 0; i < one.size(); ++i) {
            const double mixed = (one(i) + other(i)) / 2.0;
            for (const double weight : {one(i), other(i)})
                sum += weight > 0.0 ? weight * std::log2(weight / mixed) / 2.0 : 0.0;
        }
        QVERIFY(std::abs(distances(0, b) - std::sqrt(sum / trace->tokens())) < 1e-6);
    }
}

void TestRunComparison::nearest_heads_are_the_nearest()
{
    HeadDistances distances;
    distances.values.resize(4, 4);
    distances.values << 0.0, 0.3, 0.1, 0.3, 0.3, 0.0, 0.2, 0.4, 0.1, 0.2, 0.0, 0.5, 0.3, 0.4, 0.5, 0.0;
    QVERIFY(nearest_heads(distances, 0, 2) == (std::vector<NearHead>{{2, 0.1}, {1, 0.3}}));
    QVERIFY(nearest_heads(distances, 3, 9) == (std::vector<NearHead>{{0, 0.3}, {1, 0.4}, {2, 0.5}}));
    QVERIFY(nearest_heads(distances, 0, 0).empty());
}

void TestRunComparison::classical_scaling_agrees_with_numpy()
{
    const ScaledPoints scaled = classical_scaling(numbers(data_[QLatin1String("distances")], 6, 6));
    QVERIFY(farthest(scaled.points, numbers(data_[QLatin1String("points")], 6, 2)) < 1e-6);
    const Eigen::MatrixXd shares = numbers(data_[QLatin1String("shares")], 1, 2);
    QVERIFY(std::abs(scaled.shares[0] - shares(0)) < 1e-6);
    QVERIFY(std::abs(scaled.shares[1] - shares(1)) < 1e-6);
}

void TestRunComparison::points_of_a_plane_come_back()
{
    const Eigen::MatrixXd points = Eigen::MatrixXd::Random(20, 2);
    Eigen::MatrixXd distances(20, 20);
    for (Index i = 0; i < 20; ++i)
        distances.row(i) = (points.rowwise() - points.row(i)).rowwise().norm().transpose();
    const ScaledPoints scaled = classical_scaling(distances);
    for (Index i = 0; i < 20; ++i) {
        const Eigen::VectorXd again = (scaled.points.rowwise() - scaled.points.row(i)).rowwise().norm();
        QVERIFY(farthest(again, distances.col(i)) < 1e-9);
    }
    QVERIFY(std::abs(scaled.shares[0] + scaled.shares[1] - 1.0) < 1e-9);
    QVERIFY(scaled.points.col(0).norm() >= scaled.points.col(1).norm());
    QVERIFY(classical_scaling(Eigen::MatrixXd::Zero(3, 3)).points.isZero(0.0));
    QCOMPARE(classical_scaling(Eigen::MatrixXd::Zero(1, 1)).points.rows(), Index(1));
    QCOMPARE(classical_scaling(Eigen::MatrixXd()).points.rows(), Index(0));
    distances(2, 3) = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(classical_scaling(distances).points.array().isNaN().all());
}

void TestRunComparison::weight_changes_agree_with_numpy()
{
    const auto base = std::make_shared<Model>();
    base->config = {.d_model = 4, .layers = 1, .heads = 1, .d_ff = 5};
    base->weights.layers.resize(1);
    const auto tuned = std::make_shared<Model>(*base);
    base->weights.layers[0].expand.weight = SharedMatrix(matrix(data_[QLatin1String("base")], 4, 5));
    tuned->weights.layers[0].expand.weight = SharedMatrix(matrix(data_[QLatin1String("tuned")], 4, 5));
    const WeightChanges changes = weight_changes(*tuned, *base);
    QCOMPARE(changes.blocks.size(), std::size_t{1}); // what both lack is no block
    QVERIFY(changes.blocks[0].block == WeightMatrix::up);
    QCOMPARE(changes.blocks[0].layer, 0);
    QVERIFY(std::abs(changes.blocks[0].relative - data_[QLatin1String("change")].toArray().at(0).toDouble()) <
            1e-6);
}

void TestRunComparison::weight_changes_name_what_moved()
{
    const ModelPtr base = untrained_model();
    for (const WeightChange &change : weight_changes(*base, *base).blocks) {
        QCOMPARE(change.relative, 0.0);
        QCOMPARE(change.moved, 0.0);
    }
    auto tuned = std::make_shared<Model>(*base);
    SharedMatrix &value = tuned->weights.layers[1].value.weight;
    value = SharedMatrix(Matrix(1.5F * value.view()));
    SharedMatrix &bias = tuned->weights.layers[2].shrink.bias; // 0 in the base
    bias = SharedMatrix(Matrix::Ones(1, bias.columns()));
    const WeightChanges changes = weight_changes(*tuned, *base);
    QCOMPARE(changes.reason, QString());
    QCOMPARE(changes.blocks.size(), weight_changes(*base, *base).blocks.size());
    int moved = 0;
    for (const WeightChange &change : changes.blocks) {
        if (change.moved == 0.0)
            continue;
        ++moved;
        if (change.layer == 1) {
            QVERIFY(change.block == WeightMatrix::value);
            QVERIFY(std::abs(change.relative - 0.5) < 1e-6);
        } else {
            QVERIFY(change.layer == 2 && change.block == WeightMatrix::biases);
            QVERIFY(std::isinf(change.relative));
        }
    }
    QCOMPARE(moved, 2);
    const WeightChanges other = weight_changes(*model_of(96, 3, 1), *base);
    QVERIFY(other.blocks.empty());
    QVERIFY(other.reason.contains(QStringLiteral("96")) && other.reason.contains(QStringLiteral("128")));
}

void TestRunComparison::stopped_computations_are_empty()
{
    std::stop_source stop;
    stop.request_stop();
    const TracePtr trace = run("The dog chased the cat.", model_);
    QCOMPARE(hidden_similarity(*trace, *trace, align(trace, trace), stop.get_token()).size(), Index(0));
    QCOMPARE(head_distances(*trace, 0, stop.get_token()).values.size(), Index(0));
    QVERIFY(weight_changes(*model_, *model_, stop.get_token()).blocks.empty());
}

QTEST_APPLESS_MAIN(TestRunComparison)
#include "tst_run_comparison.moc"
