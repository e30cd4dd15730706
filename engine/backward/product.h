// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

namespace encoderscope
{

using Eigen::Index;

/// A row-major matrix where it lies: element (i, j) is data[i * stride + j].
template <typename Scalar>
struct Block {
    Scalar *data;
    Index stride;
};

enum class Operand { plain, transposed };

/// c = alpha op(a) op(b) + beta c, where op(a) is [m x k], op(b) is [k x n] and c is [m x n]. With beta 0, c
/// may hold anything. In float32 on the calling thread with the widest vectors of the processor; in float64
/// for checking gradients.
void multiply(Operand a_operand, Operand b_operand, Index m, Index n, Index k, float alpha,
              Block<const float> a, Block<const float> b, float beta, Block<float> c);
void multiply(Operand a_operand, Operand b_operand, Index m, Index n, Index k, double alpha,
              Block<const double> a, Block<const double> b, double beta, Block<double> c);

} // namespace encoderscope
