// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/head_function.h"

#include "engine/forward/operations.h"

namespace encoderscope
{

RowVector logistic(const RowVector &x)
{
    return 1.0F / (1.0F + (-x.array()).exp());
}

RowVector softmax_of(const RowVector &x)
{
    const RowVector e = (x.array() - x.maxCoeff()).exp();
    return e / e.sum();
}

Matrix transformed(const HeadTransform &transform, const MatrixRef &x, float epsilon)
{
    if (transform.dense.weight.empty())
        return x;
    Matrix y = linear(x, transform.dense);
    for (Index row = 0; row < y.rows(); ++row)
        y.row(row) = apply(transform.function, RowVector(y.row(row)));
    return layer_norm(y, transform.norm, epsilon);
}

RowVector mean_shares(Index tokens, const std::set<int> &masked)
{
    RowVector shares = RowVector::Ones(tokens);
    for (const int token : masked) {
        if (token >= 0 && token < tokens)
            shares(token) = 0.0F;
    }
    const float counted = shares.sum();
    return counted > 0.0F ? RowVector(shares / counted) : shares;
}

RowVector apply(HeadFunction function, const RowVector &x)
{
    switch (function) {
    case HeadFunction::none:
        break;
    case HeadFunction::tanh:
        return x.array().tanh();
    case HeadFunction::relu:
        return activate(x, Activation::relu);
    case HeadFunction::gelu:
        return activate(x, Activation::gelu);
    case HeadFunction::silu:
        return activate(x, Activation::silu);
    case HeadFunction::sigmoid:
        return logistic(x);
    }
    return x;
}

} // namespace encoderscope
