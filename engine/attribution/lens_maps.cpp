// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/lens_maps.h"

#include "engine/attribution/lens.h"
#include "engine/backward/product.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/forward/operations.h"
#include "engine/learn/corpus.h"
#include "engine/model/model_hash.h"
#include "engine/model/safetensors.h"
#include "engine/model/safetensors_writer.h"
#include "engine/model/unusable.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <Eigen/Cholesky>

#include <algorithm>

namespace encoderscope
{

namespace
{

const QString lens_file = QStringLiteral("lens.safetensors");
const QString own_lens_file = QStringLiteral(":/model/lens.safetensors");
const QString lens_format = QStringLiteral("encoderscope lens");
const QString format_key = QStringLiteral("format");
const QString model_key = QStringLiteral("model");

QString weight_name(std::size_t state)
{
    return QStringLiteral("states.%1.weight").arg(state);
}

QString bias_name(std::size_t state)
{
    return QStringLiteral("states.%1.bias").arg(state);
}

/// The line, and copies of it in each of which one token is masked; empty for a line without tokens of its
/// own.
std::vector<Encoding> encodings_of_line(const Tokenizer &tokenizer, const QString &line, int max_tokens)
{
    constexpr std::size_t most_masked = 8;
    const Encoding whole = encode_line(tokenizer, line, max_tokens);
    std::vector<std::size_t> own;
    for (std::size_t token = 0; token < whole.tokens.size(); ++token) {
        if (!whole.tokens[token].special)
            own.push_back(token);
    }
    if (own.empty())
        return {};
    std::vector<Encoding> all{whole};
    const std::size_t masked = tokenizer.mask_id() < 0 ? 0 : std::min(most_masked, own.size());
    for (std::size_t at = 0; at < masked; ++at) { // from the first to the last, evenly
        Encoding copy = whole;
        copy.tokens[own[at * own.size() / masked]].id = tokenizer.mask_id();
        all.push_back(std::move(copy));
    }
    return all;
}

/// The hidden states of all traces below each other; -1: the embedding's output.
Matrix states_of(const std::vector<TracePtr> &traces, int layer)
{
    Index rows = 0;
    for (const TracePtr &trace : traces)
        rows += trace->tokens();
    Matrix states(rows, traces.front()->config().d_model);
    Index first = 0;
    for (const TracePtr &trace : traces) {
        states.middleRows(first, trace->tokens()) = trace->hidden(layer);
        first += trace->tokens();
    }
    return states;
}

/// How far states are from the last layer's, as they are and mapped.
class LensTrial
{
public:
    explicit LensTrial(const LensMaps &maps, Index d)
        : maps_(maps)
        , distance_(Eigen::VectorXd::Zero(std::ssize(maps.states)))
        , mapped_distance_(distance_)
        , agreed_(distance_)
        , mapped_agreed_(distance_)
        , sum_(Eigen::RowVectorXd::Zero(d))
    {
    }

    void add(const Trace &trace, const std::stop_token &stop)
    {
        const Index layers = trace.layers();
        const Matrix &last = trace.hidden(trace.layers() - 1);
        const Lens read = lens(trace, {}, nullptr, stop);
        const Lens mapped_read = lens(trace, {}, &maps_, stop);
        if (stop.stop_requested())
            return;
        for (Index state = 0; state < layers; ++state) {
            const Matrix &hidden = trace.hidden(static_cast<int>(state) - 1);
            const Matrix mapped = linear(hidden, maps_.states[static_cast<std::size_t>(state)]);
            distance_(state) += static_cast<double>((hidden - last).squaredNorm());
            mapped_distance_(state) += static_cast<double>((mapped - last).squaredNorm());
            agreed_(state) +=
                static_cast<double>((read.best.row(state).array() == read.best.row(layers).array()).count());
            mapped_agreed_(state) += static_cast<double>(
                (mapped_read.best.row(state).array() == read.best.row(layers).array()).count());
        }
        sum_ += last.cast<double>().colwise().sum();
        squares_ += last.cast<double>().squaredNorm();
        rows_ += last.rows();
    }

    void write_to(FittedLens &fitted) const
    {
        const auto rows = static_cast<double>(std::max<Index>(rows_, 1));
        const double spread = squares_ - sum_.squaredNorm() / rows;
        fitted.held_out = rows_;
        fitted.error = distance_ / spread;
        fitted.mapped_error = mapped_distance_ / spread;
        fitted.agreement = agreed_ / rows;
        fitted.mapped_agreement = mapped_agreed_ / rows;
    }

private:
    const LensMaps &maps_;
    Eigen::VectorXd distance_, mapped_distance_, agreed_, mapped_agreed_;
    Eigen::RowVectorXd sum_; ///< of the last layer's states
    double squares_ = 0.0;
    Index rows_ = 0;
};

} // namespace

AffineFit::AffineFit(Index in, Index out)
    : in_(in)
    , out_(out)
    , products_(Eigen::MatrixXd::Zero(in + 1, in + 1 + out))
{
}

void AffineFit::add(const Matrix &x, const Matrix &y)
{
    const Index columns = products_.cols();
    Matrix rows(x.rows(), columns);
    rows << x, Matrix::Ones(x.rows(), 1), y;
    Matrix products(in_ + 1, columns);
    multiply(Operand::transposed, Operand::plain, in_ + 1, columns, rows.rows(), 1.0F,
             Block<const float>{rows.data(), columns}, Block<const float>{rows.data(), columns}, 0.0F,
             Block<float>{products.data(), columns});
    products_ += products.cast<double>();
}

Linear AffineFit::solve() const
{
    constexpr double ridge = 1e-6;
    Eigen::MatrixXd squares = products_.leftCols(in_ + 1);
    squares.diagonal().array() += ridge * squares.trace() / static_cast<double>(in_ + 1);
    const Eigen::MatrixXd solution = squares.ldlt().solve(products_.rightCols(out_)); // [in + 1 x out]
    return {Matrix(solution.topRows(in_).transpose().cast<float>()),
            Matrix(solution.bottomRows(1).cast<float>())};
}

FittedLens fit_lens(const ModelPtr &model, const QStringList &lines, const std::stop_token &stop,
                    const OnProgress &progress)
{
    constexpr qsizetype every = 10; // of them is held out
    constexpr int longest = 128;
    if (!model->output.masked_word || !model->tokenizer)
        throw Error(QCoreApplication::translate("Predictions", "The model %1 has no masked-word prediction.")
                        .arg(model->name));
    if (lines.size() < every)
        throw Error(QCoreApplication::translate("Attribution",
                                                "There are %1 lines to fit the lens to; at least %2 were "
                                                "expected, because every tenth is held out.")
                        .arg(lines.size())
                        .arg(every));
    const EncoderConfig &config = model->config;
    const int max_tokens = config.max_positions > 0 ? std::min(longest, config.max_positions) : longest;
    std::vector<AffineFit> fits(static_cast<std::size_t>(config.layers),
                                AffineFit(config.d_model, config.d_model));
    FittedLens fitted;
    const auto count = static_cast<double>(lines.size());
    for (qsizetype at = 0; at < lines.size(); ++at) {
        const bool held_out = at % every == every - 1;
        const std::vector<Encoding> encodings =
            held_out ? std::vector<Encoding>() : encodings_of_line(*model->tokenizer, lines[at], max_tokens);
        if (encodings.empty())
            continue;
        const std::vector<TracePtr> traces = run_encoders(model, encodings, stop);
        if (stop.stop_requested())
            return {};
        const Matrix last = states_of(traces, config.layers - 1);
        for (std::size_t state = 0; state < fits.size(); ++state)
            fits[state].add(states_of(traces, static_cast<int>(state) - 1), last);
        fitted.tokens += last.rows();
        if (progress)
            progress(0.9 * static_cast<double>(at + 1) / count);
    }
    for (const AffineFit &fit : fits)
        fitted.maps.states.push_back(fit.solve());

    LensTrial trial(fitted.maps, config.d_model);
    for (qsizetype at = every - 1; at < lines.size(); at += every) {
        const Encoding encoding = encode_line(*model->tokenizer, lines[at], max_tokens);
        if (encoding.tokens.empty())
            continue;
        const TracePtr trace = run_encoder(model, encoding, {}, nullptr, stop);
        if (trace)
            trial.add(*trace, stop);
        if (stop.stop_requested())
            return {};
        if (progress)
            progress(0.9 + 0.1 * static_cast<double>(at + 1) / count);
    }
    trial.write_to(fitted);
    return fitted;
}

void write_lens_maps(const QString &path, const LensMaps &maps, const Model &model)
{
    std::vector<TensorToWrite> tensors;
    for (std::size_t state = 0; state < maps.states.size(); ++state) {
        tensors.push_back(
            TensorToWrite::matrix(weight_name(state), maps.states[state].weight, FloatType::f16));
        tensors.push_back(TensorToWrite::vector(bias_name(state), maps.states[state].bias, FloatType::f16));
    }
    write_safetensors(path, tensors, {{format_key, lens_format}, {model_key, model_hash(model)}});
}

LensMaps read_lens_maps(const QString &path, const Model &model)
{
    const SafetensorsFile file(path);
    const auto check = [&](const QString &key, const QString &expected) {
        const QString found = file.metadata().value(key);
        if (found != expected)
            throw unusable(path, key, QStringLiteral("\"%1\"").arg(expected),
                           QStringLiteral("\"%1\"").arg(shortened(found)));
    };
    check(format_key, lens_format);
    check(model_key, model_hash(model)); // maps of other weights
    const Index d = model.config.d_model;
    LensMaps maps;
    for (std::size_t state = 0; state < static_cast<std::size_t>(model.config.layers); ++state) {
        const auto matrix = [&](const QString &name, const std::vector<qint64> &shape) {
            SharedMatrix values = file.matrix(name, shape);
            if (!values.view().allFinite())
                throw unusable(path, name, QCoreApplication::translate("Model", "finite numbers"),
                               QCoreApplication::translate("Model", "others"));
            return values;
        };
        maps.states.push_back({matrix(weight_name(state), {d, d}), matrix(bias_name(state), {d})});
    }
    return maps;
}

LensMaps lens_maps(const Model &model)
{
    if (!model.folder.isEmpty()) {
        const QString path = model.folder + QLatin1Char('/') + lens_file;
        if (QFileInfo::exists(path))
            return read_lens_maps(path, model);
    }
    const bool own = model.has_weights() &&
                     SafetensorsFile(own_lens_file).metadata().value(model_key) == model_hash(model);
    if (!own)
        throw Error(QCoreApplication::translate(
                        "Attribution", "The lens has not been fitted to the model %1: its folder has no %2. "
                                       "encoderscope lens --fit makes one from sentences.")
                        .arg(model.name, lens_file));
    return read_lens_maps(own_lens_file, model);
}

} // namespace encoderscope
