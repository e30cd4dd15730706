// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/across_runs.h"

#include "engine/analysis/aligned_difference.h"
#include "engine/analysis/ordinary_tokens.h"
#include "engine/error.h"
#include "ui/figures/catalogue/figure_labels.h"

#include <QCoreApplication>

namespace encoderscope
{

bool otherReference(const ComparedTrace &compared)
{
    return compared.acrossRuns() ||
           (compared.before && compared.now != compared.before && compared.before->switches().any());
}

AlignedValues::AlignedValues(const ComparedTrace &compared)
    : compared_(encoderscope::aligned(compared))
{
    if (compared.difference())
        alignment_ = compared_.alignment;
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

Matrix AlignedValues::row(const Numbers &numbers, int token) const
{
    if (alignment_ && referenceToken(compared_, token) < 0)
        throw Error(QCoreApplication::translate("Figures",
                                                "The token %1 has no partner in the reference: there is "
                                                "no difference. Choose side by side.")
                        .arg(quotedToken(*compared_.now, token)));
    return rows(numbers).row(token);
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

void hatchUnmatched(HeatmapData &data, const ComparedTrace &compared, bool columns)
{
    if (!compared.difference() || !compared.acrossRuns())
        return;
    const ComparedTrace tokens = aligned(compared);
    for (const AlignedTokens &unit : tokens.alignment->units) {
        if (unit.matched())
            continue;
        for (const int token : unit.now) {
            const int place =
                data.rowIndices.isEmpty() ? token : static_cast<int>(data.rowIndices.indexOf(token));
            if (place < 0)
                continue;
            data.hatchedRows.append(place);
            if (columns)
                data.hatchedColumns.append(place);
        }
    }
}

QString partnersText(const ComparedTrace &compared)
{
    const int tokens = tokens_without_partner(*aligned(compared).alignment);
    return tokens == 0 ? QString()
                       : QCoreApplication::translate("Figures", "%n token(s) without a partner (hatched)",
                                                     nullptr, tokens);
}

} // namespace encoderscope
