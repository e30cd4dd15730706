// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/worked_product.h"

namespace encoderscope
{

namespace
{

/// What x is multiplied by to give a vector, as the paper writes it, and the x.
struct Factors {
    const Linear *linear;
    WorkedVector left;
    int first; ///< of the head's columns
};

std::optional<Factors> factorsOf(const WorkedNumbers &numbers, WorkedVector which)
{
    const Model &model = numbers.trace().model();
    const LayerWeights &weights = model.weights.layers[static_cast<std::size_t>(numbers.layer())];
    const int head = numbers.head() * model.config.d_k();
    const bool pre = model.config.norm_placement == NormPlacement::pre;
    switch (which) {
    case WorkedVector::query:
        return Factors{&weights.query, WorkedVector::input, head};
    case WorkedVector::key:
        return Factors{&weights.key, WorkedVector::keyInput, head};
    case WorkedVector::value:
        return Factors{&weights.value, WorkedVector::keyInput, head};
    case WorkedVector::attentionOutput:
        return Factors{&weights.output, WorkedVector::concatenation, 0};
    case WorkedVector::expanded:
        return Factors{&weights.expand, pre ? WorkedVector::normedResult : WorkedVector::attentionResult, 0};
    case WorkedVector::feedForwardValue:
        return Factors{&weights.feed_forward_value,
                       pre ? WorkedVector::normedResult : WorkedVector::attentionResult, 0};
    case WorkedVector::feedForwardOutput:
        return Factors{&weights.shrink, WorkedVector::activated, 0};
    default:
        return std::nullopt;
    }
}

void multiply(WorkedProduct &product)
{
    product.terms = product.row.cwiseProduct(product.column);
    product.sum = product.row.cast<double>().dot(product.column.cast<double>());
}

} // namespace

bool isProduct(WorkedVector which)
{
    switch (which) {
    case WorkedVector::query:
    case WorkedVector::key:
    case WorkedVector::value:
    case WorkedVector::headOutput:
    case WorkedVector::attentionOutput:
    case WorkedVector::expanded:
    case WorkedVector::feedForwardValue:
    case WorkedVector::feedForwardOutput:
        return true;
    default:
        return false;
    }
}

std::optional<WorkedProduct> workedProduct(const WorkedNumbers &numbers, WorkedVector which, int element)
{
    if (!isProduct(which) || element < 0 || element >= numbers.vector(which).size())
        return std::nullopt;
    WorkedProduct product;
    if (which == WorkedVector::headOutput) {
        const Matrix values = numbers.trace().value(numbers.layer(), numbers.head());
        product.row.resize(values.rows());
        for (Index token = 0; token < values.rows(); ++token)
            product.row[token] = numbers.at(static_cast<int>(token)).weight;
        product.column = values.col(element).transpose();
        multiply(product);
        return product;
    }
    if (!numbers.trace().model().has_weights())
        return std::nullopt;
    const Factors factors = *factorsOf(numbers, which);
    // Checkpoints store the transpose: a column of W is a row there.
    const Index output = factors.first + element;
    product.row = numbers.vector(factors.left);
    product.column = factors.linear->weight.view().row(output);
    product.biased = !factors.linear->bias.empty();
    if (product.biased)
        product.bias = static_cast<double>(factors.linear->bias.view()(0, output));
    multiply(product);
    return product;
}

} // namespace encoderscope
