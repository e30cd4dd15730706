// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/alignment_layout.h"

#include "ui/figures/catalogue/figure_labels.h"
#include "ui/window/alignment_rows.h"

#include <QFontMetricsF>
#include <QHash>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace encoderscope
{

namespace
{

constexpr double chipGap = 5.0;   // between chips
constexpr double lineRoom = 22.0; // for the lines
constexpr double stripTop = 2.0;
constexpr double narrowest = 20.0;

double chipHeight(const QFont &font)
{
    return std::ceil(QFontMetricsF(font).height() + 4.0);
}

} // namespace

const TracePtr &traceOfRow(const ComparedTrace &compared, bool reference)
{
    return reference ? compared.before : compared.now;
}

const std::vector<int> &tokensOfRow(const AlignedTokens &unit, bool reference)
{
    return reference ? unit.reference : unit.now;
}

AlignmentLayout::AlignmentLayout(const ComparedTrace &compared, const std::vector<TokenPair> &corrections,
                                 const QFont &font)
    : alignment_(compared.alignment)
{
    const QFontMetricsF metrics(font);
    std::array<std::vector<double>, 2> widths;
    QHash<QString, double> known; // long texts repeat most of their pieces
    for (const bool reference : {false, true}) {
        for (const Token &token : traceOfRow(compared, reference)->encoding().tokens) {
            double &width = known[token.text];
            if (width == 0.0)
                width = std::ceil(std::max(
                    metrics.horizontalAdvance(printableText(token.text)) + 2.0 * padding, narrowest));
            widths[row(reference)].push_back(width);
        }
    }
    const AlignmentRows rows = alignmentRows(*alignment_, widths[0], widths[1], chipGap);
    width_ += rows.width;
    for (const bool reference : {false, true}) {
        const std::vector<double> &lefts = reference ? rows.reference : rows.now;
        const double y = reference ? stripTop + chipHeight(font) + lineRoom : stripTop;
        for (std::size_t token = 0; token < lefts.size(); ++token)
            chips_[row(reference)].emplace_back(margin + lefts[token], y, widths[row(reference)][token],
                                                chipHeight(font));
        units_[row(reference)].assign(lefts.size(), 0);
        for (std::size_t unit = 0; unit < alignment_->units.size(); ++unit) {
            for (const int token : tokensOfRow(alignment_->units[unit], reference))
                units_[row(reference)][static_cast<std::size_t>(token)] = unit;
        }
    }
    byHand_.assign(alignment_->units.size(), false);
    for (const TokenPair &pair : corrections) {
        const bool reference = pair.now < 0;
        byHand_[unit({reference, reference ? pair.reference : pair.now})] = true;
    }
}

double AlignmentLayout::height(const QFont &font)
{
    return 2.0 * stripTop + 2.0 * chipHeight(font) + lineRoom;
}

std::size_t AlignmentLayout::unit(const AlignmentPlace &place) const
{
    return units_[row(place.reference)][static_cast<std::size_t>(place.token)];
}

const QRectF &AlignmentLayout::chip(const AlignmentPlace &place) const
{
    return chips(place.reference)[static_cast<std::size_t>(place.token)];
}

const AlignedTokens &AlignmentLayout::unitOf(const AlignmentPlace &place) const
{
    return alignment_->units[unit(place)];
}

AlignmentPlace AlignmentLayout::placeAt(const QPointF &point) const
{
    for (const bool reference : {false, true}) {
        const std::vector<QRectF> &all = chips(reference);
        const auto found = std::partition_point(all.begin(), all.end(),
                                                [&](const QRectF &chip) { return chip.right() < point.x(); });
        if (found != all.end() && found->contains(point))
            return {reference, static_cast<int>(found - all.begin())};
    }
    return {};
}

AlignmentPlace AlignmentLayout::opposite(const AlignmentPlace &place) const
{
    const std::vector<int> &partners = tokensOfRow(unitOf(place), !place.reference);
    if (!partners.empty())
        return {!place.reference, partners.front()};
    const double middle = chip(place).center().x();
    const std::vector<QRectF> &others = chips(!place.reference);
    const auto after = std::partition_point(others.begin(), others.end(),
                                            [&](const QRectF &chip) { return chip.right() < middle; });
    return {!place.reference, static_cast<int>(std::min(after, std::prev(others.end())) - others.begin())};
}

} // namespace encoderscope
