// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/across_runs.h"

#include "engine/analysis/aligned_difference.h"
#include "engine/analysis/ordinary_tokens.h"
#include "engine/error.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

TokenAlignment alignmentOf(const ComparedTrace &compared)
{
    return align_tokens(compared.now->encoding(), compared.before->encoding());
}

} // namespace

bool acrossRuns(const ComparedTrace &compared)
{
    if (!compared.before || compared.now == compared.before)
        return false;
    return compared.now->model_pointer() != compared.before->model_pointer() ||
           !(compared.now->encoding() == compared.before->encoding());
}

bool otherReference(const ComparedTrace &compared)
{
    return acrossRuns(compared) ||
           (compared.before && compared.now != compared.before && compared.before->switches().any());
}

AlignedValues::AlignedValues(const ComparedTrace &compared)
    : compared_(compared)
{
    if (compared.difference() && acrossRuns(compared))
        alignment_ = std::make_shared<const TokenAlignment>(alignmentOf(compared));
}

Matrix AlignedValues::rows(const Numbers &numbers) const
{
    if (!alignment_)
        return compared_.matrix(numbers);
    const Matrix now = numbers(*compared_.now);
    const Matrix reference = numbers(*compared_.before);
    const QString reason = why_no_row_difference(now.cols(), reference.cols());
    if (!reason.isEmpty())
        throw Error(reason);
    return now - reference_rows(reference, *alignment_);
}

Matrix AlignedValues::between(const Numbers &numbers) const
{
    if (!alignment_)
        return compared_.matrix(numbers);
    return numbers(*compared_.now) - reference_attention(numbers(*compared_.before), *alignment_);
}

Matrix AlignedValues::alignedOrdinary(const Numbers &numbers, bool renormalized) const
{
    const Matrix all = between([&](const Trace &trace) {
        Matrix weights = numbers(trace);
        for (int token = 0; token < trace.tokens(); ++token) {
            if (trace.token(token).special)
                weights.col(token).setZero();
        }
        for (Index row = 0; row < weights.rows() && renormalized; ++row) {
            const float sum = weights.row(row).sum();
            if (sum > 0.0F)
                weights.row(row) /= sum;
        }
        return weights;
    });
    const QList<int> kept = ordinary_tokens(*compared_.now);
    const std::vector<int> tokens(kept.begin(), kept.end());
    return all(tokens, tokens);
}

QString partnersText(const ComparedTrace &compared)
{
    const int tokens = tokens_without_partner(alignmentOf(compared));
    return tokens == 0
               ? QString()
               : QCoreApplication::translate("Figures", "%n token(s) without a partner", nullptr, tokens);
}

} // namespace encoderscope
