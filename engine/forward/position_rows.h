// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "engine/model/encoder_config.h"
#include "engine/text/token.h"

#include <span>
#include <vector>

namespace encoderscope
{

/// The row of the table of learned positions for each token: they count from `position_offset` on. Where that
/// is not 0 (RoBERTa, MPNet), the rows before it belong to the padding token, whose id is one less: typed, it
/// has the row of its id and is not counted (but in BART).
std::vector<Index> position_rows(std::span<const int> ids, const EncoderConfig &config);
std::vector<Index> position_rows(const std::vector<Token> &tokens, const EncoderConfig &config);

/// Those rows of `table` [tokens x embedding_size].
Matrix learned_positions(const std::vector<Token> &tokens, const EncoderConfig &config,
                         const MatrixView &table);

} // namespace encoderscope
