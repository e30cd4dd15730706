// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/position_rows.h"

namespace encoderscope
{

std::vector<Index> position_rows(const std::vector<Token> &tokens, const EncoderConfig &config)
{
    std::vector<Index> rows;
    rows.reserve(tokens.size());
    const int padding = config.position_offset - 1;
    Index next = config.position_offset;
    for (const Token &token : tokens)
        rows.push_back(config.position_offset > 0 && token.id == padding ? padding : next++);
    return rows;
}

Matrix learned_positions(const std::vector<Token> &tokens, const EncoderConfig &config,
                         const MatrixView &table)
{
    const std::vector<Index> rows = position_rows(tokens, config);
    Matrix positions(static_cast<Index>(rows.size()), table.cols());
    for (std::size_t i = 0; i < rows.size(); ++i)
        positions.row(static_cast<Index>(i)) = table.row(rows[i]);
    return positions;
}

} // namespace encoderscope
