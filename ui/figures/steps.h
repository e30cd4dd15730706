// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "ui/figures/figure_style.h"

#include <QString>

#include <vector>

namespace encoderscope
{

/// What a line of a computation is about; -1 = none.
struct StepPlace {
    int head = -1;
    int query = -1; ///< a token
    int key = -1;   ///< a token

    bool operator==(const StepPlace &) const = default;
};

/// One line of a computation that is written out.
struct StepLine {
    enum class Kind {
        title,
        text,     ///< a formula or a sentence
        strip,    ///< a vector: `text` is its symbol
        keyTitle, ///< over the columns of the keys
        key,      ///< one row of the softmax: `text` is the key
        moreKeys, ///< the keys that are left out; `text` says how many
    };
    Kind kind = Kind::text;
    int step = 0;      ///< what belongs together, from 0
    QString name = {}; ///< of the step: "softmax"
    /// Of titles and texts in HTML; `<b class="query">` has that role's colour: query, key, value or output.
    QString text = {};
    StepPlace place = {};

    // Strips.
    int vector = -1;     ///< which one it is, as the figure's maker numbers them
    QString weight = {}; ///< of weighted values: stands before `text`
    RowVector values = {};
    float limit = 1.0F; ///< values from -limit to limit have colours of their own
    FigureColour colour = {};
    bool numbers = true; ///< the first values are written under the strip
    int part = 0;        ///< it is made of parts so long; 0: of one
    int chosenPart = -1;

    // Rows of the softmax.
    int token = -1;      ///< also of weighted values
    float raw = 0.0F;    ///< q·k
    float scaled = 0.0F; ///< q·k / sqrt(d_k)
    float share = 0.0F;  ///< the weight after the softmax
    bool masked = false;
    bool outside = false; ///< of the window of a local layer
    bool chosen = false;  ///< the key that the other lines are about
};

/// A computation, step by step.
struct WorkedSteps {
    std::vector<StepLine> lines;
};

/// What stands left of a strip, or all of another line that has no HTML.
QString labelOf(const StepLine &line);
inline const QString worked_weight_separator = QStringLiteral(" · ");
/// As wide as any number of workedNumber().
QString widestWeight();

/// So many significant digits, with a real minus sign; very large and small numbers as 1.234×10⁻⁵.
QString workedNumber(double value, int digits = 4);
/// What is calculated with has more digits than what comes of it, so that a calculator comes to the same.
constexpr int worked_operand_digits = 6;

} // namespace encoderscope
