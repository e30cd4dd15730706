// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/input_pairs.h"

#include "engine/attribution/quadrature.h"
#include "engine/attribution/sentence_shares.h"
#include "engine/attribution/stacked_run.h"
#include "engine/attribution/tangents.h"
#include "engine/error.h"
#include "engine/forward/embedding.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

/// A sentence's vector as a sum over its input tokens.
struct InputParts {
    Eigen::MatrixXd parts;          ///< of the vector minus the baseline's; empty when stopped [n x d_model]
    Eigen::RowVectorXd vector;      ///< [1 x d_model]
    Eigen::RowVectorXd of_baseline; ///< [1 x d_model]
};

/// The encoder's result for some token rows.
Matrix output_of(const Model &model, const Encoding &encoding, const Switches &switches, const Matrix &rows,
                 const std::stop_token &stop)
{
    const StackedInput input{rows.rows(), &switches};
    const Matrix hidden =
        run_layers(model, 0, model.config.layers, embed_rows(model, encoding, switches, rows, stop).output,
                   {&input, 1}, stop);
    return model.weights.final_norm.gain.empty()
               ? hidden
               : layer_norm(hidden, model.weights.final_norm, model.config.norm_epsilon, stop);
}

InputParts parts_of(const Trace &trace, Baseline baseline, int steps, const std::stop_token &stop,
                    const OnProgress &progress)
{
    const Model &model = trace.model();
    const Switches &switches = trace.switches();
    const Eigen::VectorXd shares = sentence_shares(model, trace.tokens(), switches.masked_tokens);
    const auto vector_of = [&shares](const Matrix &output) -> Eigen::RowVectorXd {
        return shares.transpose() * output.cast<double>();
    };
    const Matrix from = baseline_rows(model, trace.encoding(), baseline);
    const Matrix way = trace.embedding().token - from;
    const Index n = from.rows();
    std::vector<Index> moving;
    for (Index token = 0; token < n; ++token) {
        if (!way.row(token).isZero(0.0F))
            moving.push_back(token);
    }
    InputParts result{.parts = Eigen::MatrixXd::Zero(n, trace.output().cols()),
                      .vector = vector_of(trace.output()),
                      .of_baseline = vector_of(output_of(model, trace.encoding(), switches, from, stop))};
    const QuadratureRule rule = gauss_legendre(std::max(steps, 1));
    const auto count = std::ssize(moving);
    const Index at_once = stacked_at_once(model.config, trace.tokens(), static_cast<int>(count), 2);
    const double all = static_cast<double>(rule.points.size() * count);
    double done = 0.0;
    for (Index step = 0; step < rule.points.size(); ++step) {
        const Matrix rows = from + static_cast<float>(rule.points(step)) * way;
        for (Index first = 0; first < count; first += at_once) {
            const Index some = std::min(at_once, count - first);
            Matrix directions = Matrix::Zero(some * n, from.cols());
            for (Index at = 0; at < some; ++at) {
                const Index token = moving[static_cast<std::size_t>(first + at)];
                directions.row(at * n + token) = way.row(token);
            }
            const Tangents found = tangents(model, trace.encoding(), switches, rows, directions, stop);
            if (stop.stop_requested())
                return {};
            for (Index at = 0; at < some; ++at)
                result.parts.row(moving[static_cast<std::size_t>(first + at)]) +=
                    rule.weights(step) * vector_of(found.moved.middleRows(at * n, n));
            done += static_cast<double>(some);
            if (progress)
                progress(done / all);
        }
    }
    return result;
}

OnProgress half(const OnProgress &progress, double first)
{
    if (!progress)
        return {};
    return [&progress, first](double done) { progress(first + done / 2.0); };
}

} // namespace

InputPairs input_pairs(const Trace &a, const Trace &b, Baseline baseline, int steps,
                       const std::stop_token &stop, const OnProgress &progress)
{
    const InputParts of_a = parts_of(a, baseline, steps, stop, half(progress, 0.0));
    const InputParts of_b =
        stop.stop_requested() ? InputParts() : parts_of(b, baseline, steps, stop, half(progress, 0.5));
    if (stop.stop_requested())
        return {};
    if (of_a.vector.size() != of_b.vector.size())
        throw Error(
            QCoreApplication::translate(
                "Attribution", "The sentences' vectors have %1 and %2 numbers: they cannot be compared.")
                .arg(of_a.vector.size())
                .arg(of_b.vector.size()));
    InputPairs result;
    const double lengths = of_a.vector.norm() * of_b.vector.norm();
    result.pairs = of_a.parts * of_b.parts.transpose();
    if (!(lengths > 0.0))
        return result;
    result.pairs /= lengths;
    result.cosine = of_a.vector.dot(of_b.vector) / lengths;
    const double explained = (of_a.vector - of_a.of_baseline).dot(of_b.vector - of_b.of_baseline) / lengths;
    result.of_baselines = result.cosine - explained;
    result.gap = explained - result.pairs.sum();
    return result;
}

} // namespace encoderscope
