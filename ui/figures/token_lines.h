// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "ui/figures/figure_style.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace encoderscope
{

/// Two columns of tokens, queries left and keys right, with a line for each weight. Heads are drawn over each
/// other in their series colours, opacity = weight / heads. Hit: row = token of the left column, column =
/// token of the right one.
struct TokenLines {
    struct Head {
        Matrix weights; ///< [n x n]
        QString name;   ///< "head 3"
        FigureColour colour;
    };
    QStringList tokens = {};
    std::vector<Head> heads = {};
    /// What Hit and Emphasis call one of these tokens, when others are left out; empty = its place.
    QList<int> indices = {};
};

} // namespace encoderscope
