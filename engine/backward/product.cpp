// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/backward/product.h"

#include <oneapi/dnnl/dnnl.h>

#include <omp.h>

namespace encoderscope
{

void multiply(Operand a_operand, Operand b_operand, Index m, Index n, Index k, float alpha,
              Block<const float> a, Block<const float> b, float beta, Block<float> c)
{
    thread_local const bool one_thread = (omp_set_num_threads(1), true);
    static_cast<void>(one_thread);
    const auto letter = [](Operand operand) { return operand == Operand::plain ? 'N' : 'T'; };
    dnnl_sgemm(letter(a_operand), letter(b_operand), m, n, k, alpha, a.data, a.stride, b.data, b.stride, beta,
               c.data, c.stride);
}

void multiply(Operand a_operand, Operand b_operand, Index m, Index n, Index k, double alpha,
              Block<const double> a, Block<const double> b, double beta, Block<double> c)
{
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    using Strided = Eigen::Map<const RowMajor, 0, Eigen::OuterStride<>>;
    const bool a_plain = a_operand == Operand::plain;
    const bool b_plain = b_operand == Operand::plain;
    const Strided left(a.data, a_plain ? m : k, a_plain ? k : m, Eigen::OuterStride<>(a.stride));
    const Strided right(b.data, b_plain ? k : n, b_plain ? n : k, Eigen::OuterStride<>(b.stride));
    Eigen::Map<RowMajor, 0, Eigen::OuterStride<>> result(c.data, m, n, Eigen::OuterStride<>(c.stride));
    if (beta == 0.0)
        result.setZero();
    else
        result *= beta;
    if (a_plain && b_plain)
        result.noalias() += alpha * left * right;
    else if (a_plain)
        result.noalias() += alpha * left * right.transpose();
    else if (b_plain)
        result.noalias() += alpha * left.transpose() * right;
    else
        result.noalias() += alpha * left.transpose() * right.transpose();
}

} // namespace encoderscope
