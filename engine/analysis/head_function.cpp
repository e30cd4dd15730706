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
