// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worked/worked_sources.h"

namespace encoderscope
{

std::vector<WorkedCells> workedSources(const WorkedNumbers &numbers, WorkedVector which, int element)
{
    const EncoderConfig &config = numbers.trace().config();
    const bool pre = config.norm_placement == NormPlacement::pre;
    const auto one = [element](WorkedVector vector) { return WorkedCells{vector, element, 1}; };
    // The other coordinate of the point that a rotation turns.
    const auto partner = [element, half = config.d_k() / 2](WorkedVector vector) {
        return WorkedCells{vector, element < half ? element + half : element - half, 1};
    };
    const bool rotary = config.positions == Positions::rotary;
    const auto all = [](WorkedVector vector, int count) { return WorkedCells{vector, 0, count}; };
    switch (which) {
    case WorkedVector::input:
    case WorkedVector::keyInput:
        return {};
    case WorkedVector::query:
        return {all(WorkedVector::input, config.d_model)};
    case WorkedVector::key:
    case WorkedVector::value:
        return {all(WorkedVector::keyInput, config.d_model)};
    case WorkedVector::turnedQuery:
        return {one(WorkedVector::query), partner(WorkedVector::query)};
    case WorkedVector::turnedKey:
        return {one(WorkedVector::key), partner(WorkedVector::key)};
    case WorkedVector::terms:
        if (rotary)
            return {one(WorkedVector::turnedQuery), one(WorkedVector::turnedKey)};
        return {one(WorkedVector::query), one(WorkedVector::key)};
    case WorkedVector::weightedValue:
        return {one(WorkedVector::value)};
    case WorkedVector::otherValues:
        return {};
    case WorkedVector::headOutput:
        return {one(WorkedVector::weightedValue), one(WorkedVector::otherValues)};
    case WorkedVector::concatenation:
        if (element / config.d_k() != numbers.head())
            return {};
        return {{WorkedVector::headOutput, element % config.d_k(), 1}};
    case WorkedVector::attentionOutput:
        return {all(WorkedVector::concatenation, config.heads_width())};
    case WorkedVector::attentionSum:
        if (pre)
            return {one(WorkedVector::attentionOutput)};
        return {one(WorkedVector::input), one(WorkedVector::attentionOutput)};
    case WorkedVector::attentionResult:
        return {one(WorkedVector::attentionSum)};
    case WorkedVector::normedResult:
        return {one(WorkedVector::attentionSum)};
    case WorkedVector::expanded:
        return {all(pre ? WorkedVector::normedResult : WorkedVector::attentionResult, config.d_model)};
    case WorkedVector::gate:
        return {one(WorkedVector::expanded)};
    case WorkedVector::feedForwardValue:
        return {all(pre ? WorkedVector::normedResult : WorkedVector::attentionResult, config.d_model)};
    case WorkedVector::activated:
        if (config.gated)
            return {one(WorkedVector::gate), one(WorkedVector::feedForwardValue)};
        return {one(WorkedVector::expanded)};
    case WorkedVector::feedForwardOutput:
        return {all(WorkedVector::activated, config.d_ff)};
    case WorkedVector::feedForwardSum:
        return {one(pre ? WorkedVector::attentionSum : WorkedVector::attentionResult),
                one(WorkedVector::feedForwardOutput)};
    case WorkedVector::output:
        return {one(WorkedVector::feedForwardSum)};
    case WorkedVector::productRow:
    case WorkedVector::productColumn:
        return {};
    case WorkedVector::productTerms:
        return {one(WorkedVector::productRow), one(WorkedVector::productColumn)};
    }
    return {};
}

Selected workedLights(const WorkedNumbers &numbers, WorkedVector which, int token, int element)
{
    Selected selected{.layer = numbers.layer(), .query = numbers.query()};
    switch (which) {
    case WorkedVector::key:
    case WorkedVector::value:
    case WorkedVector::turnedKey:
    case WorkedVector::terms:
        selected.head = numbers.head();
        selected.key = numbers.key();
        break;
    case WorkedVector::weightedValue:
        selected.head = numbers.head();
        selected.key = token;
        break;
    case WorkedVector::query:
    case WorkedVector::turnedQuery:
    case WorkedVector::otherValues:
    case WorkedVector::headOutput:
        selected.head = numbers.head();
        break;
    case WorkedVector::concatenation:
        selected.head = element / numbers.trace().config().d_k();
        break;
    case WorkedVector::expanded:
    case WorkedVector::gate:
    case WorkedVector::feedForwardValue:
    case WorkedVector::activated:
        selected.neuron = element;
        break;
    case WorkedVector::keyInput:
        selected.key = numbers.key();
        selected.dimension = element;
        break;
    case WorkedVector::productRow:
    case WorkedVector::productColumn:
    case WorkedVector::productTerms:
        break; // dimensions, neurons or tokens
    default:
        selected.dimension = element;
    }
    return selected;
}

std::vector<StepCells> litCells(const WorkedNumbers &numbers, const std::vector<StepLine> &lines, int index,
                                const WorkedElement &opened, const StepPoint &pointed,
                                const Selected &hovered)
{
    const StepLine &line = lines[static_cast<std::size_t>(index)];
    const WorkedVector which = vectorOf(line);
    const int all = static_cast<int>(line.values.size());
    std::vector<StepCells> cells;
    if (opened.which == which && opened.element >= 0 && opened.element < all)
        cells.push_back({index, opened.element, 1});
    if (pointed.line >= 0) {
        const StepLine &source = lines[static_cast<std::size_t>(pointed.line)];
        if (pointed.line == index && pointed.element >= 0)
            cells.push_back({index, pointed.element, 1});
        if (pointed.element >= 0) {
            for (const WorkedCells &from : workedSources(numbers, vectorOf(source), pointed.element)) {
                if (from.which == which)
                    cells.push_back({index, from.first, from.count});
            }
        } else if (source.kind == StepLine::Kind::key && which == WorkedVector::weightedValue &&
                   line.token == source.token) {
            cells.push_back({index, 0, all});
        }
        return cells;
    }
    if (which == WorkedVector::productRow || which == WorkedVector::productColumn ||
        which == WorkedVector::productTerms)
        return cells; // of whatever is multiplied
    const bool wide = which == WorkedVector::expanded || which == WorkedVector::gate ||
                      which == WorkedVector::feedForwardValue || which == WorkedVector::activated;
    const int element = wide ? hovered.neuron : hovered.dimension;
    const bool ofHead = all == numbers.trace().config().d_k();
    if (element >= 0 && element < all && !ofHead && which != WorkedVector::concatenation &&
        (hovered.query < 0 || hovered.query == numbers.query()))
        cells.push_back({index, element, 1});
    return cells;
}

} // namespace encoderscope
