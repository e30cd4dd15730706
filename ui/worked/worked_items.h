// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_style.h"
#include "ui/state/compared_trace.h"
#include "ui/state/selection.h"
#include "ui/worked/worked_numbers.h"

#include <QString>

namespace encoderscope
{

/// One line of the worked example.
struct WorkedItem {
    enum class Kind {
        title,
        text,     ///< a formula or a sentence, `text` in HTML
        strip,    ///< a vector: `text` is its symbol
        keyTitle, ///< over the columns of the keys
        key,      ///< one row of the softmax
        moreKeys, ///< the keys that are left out; `text` says how many
    };
    Kind kind = Kind::text;
    int step = 0; ///< what belongs together
    QString text;
    Selected lights; ///< what the line is about, to be emphasised in the figures

    // Strips.
    QString weight{}; ///< of weighted values: stands before `text`
    WorkedVector which = WorkedVector::input;
    int token = -1; ///< of weightedValue strips and key rows
    RowVector values{};
    float limit = 1.0F;  ///< values from -limit to limit have colours of their own
    QColor colour{};     ///< of the role
    bool numbers = true; ///< the first values are written under the strip
};

/// An element of a vector, whose product is shown term by term.
struct WorkedElement {
    WorkedVector which = WorkedVector::input;
    int element = -1; ///< -1: none

    bool operator==(const WorkedElement &) const = default;
};

/// The lines, in the order of the computation; `comparison` says which run the numbers are of. `allKeys`
/// false leaves out weak keys when there are many. Below the vector of `opened` stands how that element came
/// about.
std::vector<WorkedItem> workedItems(const WorkedNumbers &numbers, const FigureStyle &style,
                                    Comparison comparison, bool allKeys, const WorkedElement &opened = {});

/// What stands left of a strip, or all of another line that has no HTML.
QString labelOf(const WorkedItem &item);
inline const QString worked_weight_separator = QStringLiteral(" · ");
/// As wide as any number of workedNumber().
QString widestWeight();

/// So many significant digits, with a real minus sign; very large and small numbers as 1.234×10⁻⁵.
QString workedNumber(double value, int digits = 4);
/// What is calculated with has more digits than what comes of it, so that a calculator comes to the same.
constexpr int worked_operand_digits = 6;

} // namespace encoderscope
