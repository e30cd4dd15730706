// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/similarity_pairs.h"

#include "engine/attribution/sentence_shares.h"
#include "engine/error.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

/// Each token's part of the vector, at such a length that their sum has length 1.
Eigen::MatrixXd parts_of_vector(const Trace &trace)
{
    Eigen::MatrixXd rows = trace.output().cast<double>();
    rows.array().colwise() *=
        sentence_shares(trace.model(), trace.tokens(), trace.switches().masked_tokens).array();
    const double length = rows.colwise().sum().norm();
    if (length > 0.0)
        rows /= length;
    return rows;
}

} // namespace

Eigen::MatrixXd similarity_pairs(const Trace &a, const Trace &b)
{
    const Eigen::MatrixXd of_a = parts_of_vector(a);
    const Eigen::MatrixXd of_b = parts_of_vector(b);
    if (of_a.cols() != of_b.cols())
        throw Error(
            QCoreApplication::translate(
                "Attribution", "The sentences' vectors have %1 and %2 numbers: they cannot be compared.")
                .arg(of_a.cols())
                .arg(of_b.cols()));
    return of_a * of_b.transpose();
}

} // namespace encoderscope
