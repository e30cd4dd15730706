// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/predictions.h"
#include "engine/attribution/lens.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/forward/operations.h"
#include "engine/learn/corpus.h"
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "engine/model/load_model.h"
#include "engine/model/model_hash.h"
#include "engine/model/safetensors.h"
#include "engine/model/safetensors_writer.h"
#include "engine/model/save_model.h"
#include "tests/message_of.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace encoderscope;

/// The masked-word head on every layer, as it is and through fitted maps.
class TestLens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void the_last_layer_is_the_prediction();
    void an_affine_map_is_that_of_least_squares();
    void the_default_models_maps_bring_layers_nearer();
    void maps_are_read_before_the_head();
    void fitted_maps_are_better_on_lines_held_out();
    void maps_come_back_from_their_file();
    void a_file_that_does_not_fit_is_refused_data();
    void a_file_that_does_not_fit_is_refused();
    void what_cannot_be_fitted_is_said();

private:
    QString file(const QString &name) const { return folder_.filePath(name); }
    static QStringList everyday(const QString &language)
    {
        return read_lines({QStringLiteral(ENCODERSCOPE_TEST_DATA "/learn/everyday.%1.txt").arg(language)});
    }

    ModelPtr model_;
    TracePtr trace_;
    int mask_ = -1;
    QTemporaryDir folder_;
};

void TestLens::initTestCase()
{
    model_ = default_model();
    trace_ = run_encoder(
        model_, model_->tokenizer->encode(QStringLiteral("The cat sat on the [MASK] and looked at me.")));
    for (int token = 0; token < trace_->tokens(); ++token) {
        if (trace_->token(token).id == model_->tokenizer->mask_id())
            mask_ = token;
    }
    QVERIFY(mask_ >= 0);
}

void TestLens::the_last_layer_is_the_prediction()
{
    const WordPrediction likeliest = masked_word_predictions(*trace_, mask_, 1).front();
    const LensMaps maps = lens_maps(*model_);
    for (const LensMaps *through : {static_cast<const LensMaps *>(nullptr), &maps}) {
        const Lens read = lens(*trace_, likeliest.id, through);
        QCOMPARE(read.best.rows(), Index(trace_->layers() + 1));
        const Index last = trace_->layers();
        for (int token = 0; token < trace_->tokens(); ++token) {
            const WordPrediction best = masked_word_predictions(*trace_, token, 1).front();
            QCOMPARE(read.best(last, token), best.id);
            QVERIFY(std::abs(read.best_probability(last, token) - best.probability) < 1e-5F);
        }
        QVERIFY(std::abs(read.piece_probability(last, mask_) - likeliest.probability) < 1e-5F);
        QCOMPARE(read.rank(last, mask_), 0);
    }
    QVERIFY_THROWS_EXCEPTION(Error, lens(*trace_, 1 << 30));
}

/// Against NumPy: see tests/data/attribution/make_lens.py.
void TestLens::an_affine_map_is_that_of_least_squares()
{
    const SafetensorsFile numbers(QStringLiteral(ENCODERSCOPE_TEST_DATA "/attribution/lens.safetensors"));
    const SharedMatrix x = numbers.matrix(QStringLiteral("x"), {200, 6});
    const SharedMatrix y = numbers.matrix(QStringLiteral("y"), {200, 5});
    AffineFit fit(6, 5);
    for (Index first = 0; first < 200; first += 50)
        fit.add(x.view().middleRows(first, 50), y.view().middleRows(first, 50));
    const Linear found = fit.solve();
    const auto agrees = [](const SharedMatrix &actual, const SharedMatrix &expected) {
        return (actual.view() - expected.view()).norm() < 1e-4F * expected.view().norm();
    };
    QVERIFY(agrees(found.weight, numbers.matrix(QStringLiteral("weight"), {5, 6})));
    QVERIFY(agrees(found.bias, numbers.matrix(QStringLiteral("bias"), {5})));
}

/// On everyday sentences, none of which they were fitted to.
void TestLens::the_default_models_maps_bring_layers_nearer()
{
    const LensMaps maps = lens_maps(*model_);
    QCOMPARE(std::ssize(maps.states), Index(model_->config.layers));
    for (const QString &language : {QStringLiteral("en"), QStringLiteral("ko")}) {
        const Index layers = model_->config.layers;
        Eigen::ArrayXd distance = Eigen::ArrayXd::Zero(layers), mapped_distance = distance;
        Eigen::ArrayXd agreed = distance, mapped_agreed = distance;
        for (const QString &line : everyday(language).mid(0, 30)) {
            const TracePtr trace = run_encoder(model_, model_->tokenizer->encode(line));
            const Matrix &last = trace->hidden(trace->layers() - 1);
            const Lens plain = lens(*trace);
            const Lens mapped = lens(*trace, {}, &maps);
            for (Index state = 0; state < layers; ++state) {
                const Matrix &hidden = trace->hidden(static_cast<int>(state) - 1);
                distance(state) += static_cast<double>((hidden - last).squaredNorm());
                const Matrix through = linear(hidden, maps.states[static_cast<std::size_t>(state)]);
                mapped_distance(state) += static_cast<double>((through - last).squaredNorm());
                const auto same = [&](const Lens &read) {
                    return (read.best.row(state).array() == plain.best.row(layers).array()).count();
                };
                agreed(state) += static_cast<double>(same(plain));
                mapped_agreed(state) += static_cast<double>(same(mapped));
            }
        }
        for (Index state = 0; state < layers; ++state) {
            const QString numbers = QStringLiteral("%1, state %2: distance %3 of %4, agreed %5, not %6")
                                        .arg(language)
                                        .arg(state)
                                        .arg(mapped_distance(state))
                                        .arg(distance(state))
                                        .arg(mapped_agreed(state))
                                        .arg(agreed(state));
            QVERIFY2(mapped_distance(state) < 0.9 * distance(state), qPrintable(numbers));
            // Most of these tokens are not masked, and any state can name what it has read: there is little
            // to gain.
            QVERIFY2(mapped_agreed(state) > 0.97 * agreed(state), qPrintable(numbers));
            if (state == layers - 1) // the state that reads worst without a map
                QVERIFY2(mapped_agreed(state) > 1.1 * agreed(state), qPrintable(numbers));
        }
    }
}

void TestLens::maps_are_read_before_the_head()
{
    const LensMaps maps = lens_maps(*model_);
    const Lens read = lens(*trace_, {}, &maps);
    const MaskedWordHead &head = *model_->output.masked_word;
    QVERIFY(head.transform.weight.empty());
    const Matrix mapped = trace_->hidden(1) * maps.states[2].weight.view().transpose() +
                          maps.states[2].bias.view().replicate(trace_->tokens(), 1);
    Matrix logits = mapped * head.decoder.view().transpose();
    if (!head.bias.empty())
        logits.rowwise() += head.bias.view().row(0);
    for (Index token = 0; token < trace_->tokens(); ++token) {
        Index best = 0;
        const float greatest = logits.row(token).maxCoeff(&best);
        QCOMPARE(Index(read.best(2, token)), best);
        const float sum = (logits.row(token).array() - greatest).exp().sum();
        QVERIFY(std::abs(read.best_probability(2, token) - 1.0F / sum) < 1e-4F);
    }
}

void TestLens::fitted_maps_are_better_on_lines_held_out()
{
    double told = 0.0;
    const FittedLens fitted =
        fit_lens(model_, everyday(QStringLiteral("en")), {}, [&](double done) { told = done; });
    QCOMPARE(std::ssize(fitted.maps.states), Index(model_->config.layers));
    QVERIFY(fitted.tokens > 5000 && fitted.held_out > 80);
    QVERIFY(std::abs(told - 1.0) < 1e-9);
    for (Index state = 0; state < fitted.error.size(); ++state)
        QVERIFY2(fitted.mapped_error(state) < fitted.error(state) && fitted.mapped_error(state) < 1.0,
                 qPrintable(QStringLiteral("%1: %2 of %3")
                                .arg(state)
                                .arg(fitted.mapped_error(state))
                                .arg(fitted.error(state))));
    // The nearer the last layer, the better.
    QVERIFY(fitted.mapped_error(fitted.mapped_error.size() - 1) < fitted.mapped_error(0));
    // Lines with a tab are pairs, in the fit and in the trial.
    QStringList pairs;
    for (const QString &line : everyday(QStringLiteral("en")).mid(0, 20))
        pairs.append(line + u'\t' + line);
    Index fitted_to = 0, tried = 0, as_one_line = 0;
    for (qsizetype at = 0; at < pairs.size(); ++at) {
        const std::vector<Token> tokens =
            model_->tokenizer->encode(pairs[at].section(u'\t', 0, 0), pairs[at].section(u'\t', 1)).tokens;
        const auto own =
            std::count_if(tokens.begin(), tokens.end(), [](const Token &t) { return !t.special; });
        if (at % 10 == 9) {
            tried += std::ssize(tokens);
            as_one_line += std::ssize(model_->tokenizer->encode(pairs[at]).tokens);
        } else {
            fitted_to += (1 + std::min<Index>(8, own)) * std::ssize(tokens); // as it is, and masked
        }
    }
    const FittedLens of_pairs = fit_lens(model_, pairs);
    QCOMPARE(of_pairs.held_out, tried);
    QCOMPARE(of_pairs.tokens, fitted_to);
    QVERIFY(tried != as_one_line);
    std::stop_source source;
    source.request_stop();
    QVERIFY(fit_lens(model_, everyday(QStringLiteral("en")), source.get_token()).maps.states.empty());
}

void TestLens::maps_come_back_from_their_file()
{
    const QString path = file(QStringLiteral("lens.safetensors"));
    const LensMaps maps = lens_maps(*model_);
    write_lens_maps(path, maps, *model_);
    const LensMaps again = read_lens_maps(path, *model_);
    for (std::size_t state = 0; state < maps.states.size(); ++state) {
        QVERIFY(again.states[state].weight.view() == maps.states[state].weight.view());
        QVERIFY(again.states[state].bias.view() == maps.states[state].bias.view());
    }
    // A folder's own file is taken before the program's; a copy of the default model has the latter.
    const QString copy = file(QStringLiteral("copy"));
    save_model(*model_, copy);
    QCOMPARE(lens_maps(*load_model(copy)).states.size(), maps.states.size());
    LensMaps own = maps;
    own.states[0].bias = Matrix(Matrix::Constant(1, model_->config.d_model, 0.5F));
    write_lens_maps(copy + QStringLiteral("/lens.safetensors"), own, *model_);
    QCOMPARE(lens_maps(*load_model(copy)).states[0].bias.view()(0, 7), 0.5F);
}

void TestLens::a_file_that_does_not_fit_is_refused_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("said");
    QTest::newRow("of another model") << "model" << model_hash(*model_);
    QTest::newRow("another file") << "format"
                                  << "encoderscope lens";
    QTest::newRow("another shape") << "shape"
                                   << "states.1.weight";
    QTest::newRow("a map is missing") << "missing"
                                      << "states.1.weight";
    QTest::newRow("not finite") << "finite"
                                << "states.1.weight";
    QTest::newRow("no safetensors") << "bytes"
                                    << "lens.safetensors";
}

void TestLens::a_file_that_does_not_fit_is_refused()
{
    QFETCH(const QString, change);
    QFETCH(const QString, said);
    const QString path = file(QStringLiteral("wrong/lens.safetensors"));
    QVERIFY(QDir(folder_.path()).mkpath(QStringLiteral("wrong")));
    const Index d = model_->config.d_model;
    std::vector<TensorToWrite> tensors;
    for (int state = 0; state < model_->config.layers; ++state) {
        const QString stem = QStringLiteral("states.%1.").arg(state);
        Matrix weight = Matrix::Identity(d, state == 1 && change == QStringLiteral("shape") ? d - 1 : d);
        if (state == 1 && change == QStringLiteral("finite"))
            weight(3, 4) = std::numeric_limits<float>::quiet_NaN();
        if (state != 1 || change != QStringLiteral("missing"))
            tensors.push_back(TensorToWrite::matrix(stem + QStringLiteral("weight"), weight));
        tensors.push_back(TensorToWrite::vector(stem + QStringLiteral("bias"), Matrix(Matrix::Zero(1, d))));
    }
    const auto unless = [&](const char *changed, const QString &right) {
        return change == QLatin1String(changed) ? QStringLiteral("0123456789abcdef") : right;
    };
    write_safetensors(path, tensors,
                      {{QStringLiteral("format"), unless("format", QStringLiteral("encoderscope lens"))},
                       {QStringLiteral("model"), unless("model", model_hash(*model_))}});
    if (change == QStringLiteral("bytes"))
        QVERIFY(QFile::resize(path, 20));
    const QString message = messageOf([&] { read_lens_maps(path, *model_); });
    QVERIFY2(message.contains(said) && message.contains(QStringLiteral("lens.safetensors")),
             qPrintable(message));
}

void TestLens::what_cannot_be_fitted_is_said()
{
    const QString few = messageOf([&] {
        fit_lens(model_, {QStringLiteral("a cat"), QStringLiteral("a dog")});
    });
    QVERIFY2(few.contains(QStringLiteral("2 lines")) && few.contains(QStringLiteral("10")), qPrintable(few));
    auto headless = std::make_shared<Model>(*model_);
    headless->output.masked_word.reset();
    QVERIFY_THROWS_EXCEPTION(Error, fit_lens(headless, everyday(QStringLiteral("en"))));
    // Other weights have no maps, and are told how to get some.
    auto other = std::make_shared<Model>(*model_);
    other->name = QStringLiteral("other");
    other->weights = initial_weights(other->config, 3);
    const QString none = messageOf([&] { lens_maps(*other); });
    QVERIFY2(none.contains(QStringLiteral("other")) && none.contains(QStringLiteral("lens --fit")),
             qPrintable(none));
}

QTEST_GUILESS_MAIN(TestLens)
#include "tst_lens.moc"
