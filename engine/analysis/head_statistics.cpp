// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/head_statistics.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace encoderscope
{

Matrix row_entropy(const MatrixRef &weights)
{
    Matrix entropy(weights.rows(), 1);
    for (Index query = 0; query < weights.rows(); ++query) {
        double bits = 0.0;
        for (Index key = 0; key < weights.cols(); ++key) {
            const double weight = weights(query, key);
            if (weight != 0.0)
                bits -= weight * std::log2(weight);
        }
        entropy(query, 0) = static_cast<float>(bits);
    }
    return entropy;
}

HeadStatistics head_statistics(const Trace &trace, int layer, int head)
{
    constexpr int block = 64; // query rows at a time, so that no [tokens x tokens] matrix is ever whole
    const int n = trace.tokens();
    double entropy = 0.0;
    double distance = 0.0;
    double diagonal = 0.0;
    double previous = 0.0;
    double next = 0.0;
    double special = 0.0;
    for (int first = 0; first < n; first += block) {
        const int count = std::min(block, n - first);
        const Matrix weights = trace.attention_weights(layer, head, {.first = first, .count = count});
        entropy += row_entropy(weights).sum();
        for (int row = 0; row < count; ++row) {
            const int query = first + row;
            diagonal += weights(row, query);
            if (query > 0)
                previous += weights(row, query - 1);
            if (query + 1 < n)
                next += weights(row, query + 1);
            for (int key = 0; key < n; ++key) {
                distance += static_cast<double>(weights(row, key)) * std::abs(key - query);
                if (trace.token(key).special)
                    special += weights(row, key);
            }
        }
    }
    const auto mean = [n](double sum) { return static_cast<float>(sum / n); };
    return {.entropy = mean(entropy),
            .mean_distance = mean(distance),
            .diagonal = mean(diagonal),
            .previous = mean(previous),
            .next = mean(next),
            .special = mean(special)};
}

std::vector<HeadStatistics> head_statistics(const Trace &trace, const std::stop_token &stop)
{
    std::vector<HeadStatistics> all;
    for (int layer = 0; layer < trace.layers(); ++layer) {
        for (int head = 0; head < trace.heads(); ++head) {
            if (stop.stop_requested())
                return {};
            all.push_back(head_statistics(trace, layer, head));
        }
    }
    return all;
}

} // namespace encoderscope
