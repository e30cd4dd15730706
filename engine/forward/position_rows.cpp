// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/position_rows.h"

namespace encoderscope
{

std::vector<Index> position_rows(std::span<const int> ids, const EncoderConfig &config)
{
    std::vector<Index> rows;
    rows.reserve(ids.size());
    const int padding = config.position_offset - 1;
    const bool skips = config.position_offset > 0 && !config.counts_padding;
    Index next = config.position_offset;
    for (const int id : ids)
        rows.push_back(skips && id == padding ? padding : next++);
    return rows;
}

std::vector<Index> position_rows(const std::vector<Token> &tokens, const EncoderConfig &config)
{
    std::vector<int> ids;
    ids.reserve(tokens.size());
    for (const Token &token : tokens)
        ids.push_back(token.id);
    return position_rows(ids, config);
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
