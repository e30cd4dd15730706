// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/worked_numbers.h"

#include <optional>

namespace encoderscope
{

/// One element of a vector that is a product: a row of numbers times a column of numbers, summed.
struct WorkedProduct {
    RowVector row;    ///< x, or the weights of all tokens
    RowVector column; ///< of W, or of all tokens' values
    RowVector terms;  ///< row times column, element by element
    double sum = 0.0; ///< of the terms
    double bias = 0.0;
    bool biased = false;

    double result() const { return sum + bias; }
};

/// Whether the elements of that vector are such products.
bool isProduct(WorkedVector which);
/// How that element came about; nothing when it is no product, or there is no such element.
std::optional<WorkedProduct> workedProduct(const WorkedNumbers &numbers, WorkedVector which, int element);

} // namespace encoderscope
