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
    if (alignment_)
        attention_ = std::make_shared<const ReferenceAttention>(*alignment_);
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

Matrix AlignedValues::between(const NumbersOfRows &numbers, Trace::Rows rows) const
{
    if (!alignment_)
        return compared_.matrix([&](const Trace &trace) { return numbers(trace, rows); });
    const auto reference = [&](int first, int count) { return numbers(*compared_.before, {first, count}); };
    return numbers(*compared_.now, rows) - attention_->rows(reference, rows.first, rows.count);
}

Matrix AlignedValues::alignedOrdinary(const Numbers &numbers, bool renormalized) const
{
    const Matrix now = numbers(*compared_.now);
    const Matrix reference = numbers(*compared_.before);
    const auto some = [&](const Trace &trace, Trace::Rows rows) {
        return Matrix((isNow(trace) ? now : reference).middleRows(rows.first, rows.count));
    };
    return alignedOrdinary(some, renormalized, {0, static_cast<int>(ordinary_tokens(*compared_.now).size())});
}

Matrix AlignedValues::alignedOrdinary(const NumbersOfRows &numbers, bool renormalized, Trace::Rows rows) const
{
    const auto specials = [](const Trace &trace) {
        std::vector<int> tokens;
        for (int token = 0; token < trace.tokens(); ++token) {
            if (trace.token(token).special)
                tokens.push_back(token);
        }
        return tokens;
    };
    const std::vector<int> ofNow = specials(*compared_.now);
    const std::vector<int> ofReference = specials(*compared_.before);
    const auto ordinary = [&](const Trace &trace, Trace::Rows some) {
        Matrix weights = numbers(trace, some);
        for (const int token : isNow(trace) ? ofNow : ofReference)
            weights.col(token).setZero();
        for (Index row = 0; row < weights.rows() && renormalized; ++row) {
            const float sum = weights.row(row).sum();
            if (sum > 0.0F)
                weights.row(row) /= sum;
        }
        return weights;
    };
    const QList<int> kept = ordinary_tokens(*compared_.now);
    const std::vector<int> columns(kept.begin(), kept.end());
    Matrix all(rows.count, static_cast<Index>(columns.size()));
    for (int row = 0; row < rows.count; ++row)
        all.row(row) = between(ordinary, {kept.at(rows.first + row), 1})(0, columns);
    return all;
}

void hatchUnmatched(HeatmapData &data, const ComparedTrace &compared, bool columns)
{
    if (!compared.difference() || !compared.acrossRuns())
        return;
    const ComparedTrace tokens = aligned(compared);
    const std::vector<int> &standing = tokens.alignment->in_reference;
    for (int place = 0; place < data.rows; ++place) {
        const int token = data.rowIndices.isEmpty() ? place : data.rowIndices.at(place);
        if (standing[static_cast<std::size_t>(token)] < 0) {
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
