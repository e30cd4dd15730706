// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/json_reader.h"
#include "engine/text/pipeline.h"

namespace encoderscope
{

/// The readers of the fields of a tokenizer.json. Each throws Error naming file and field.

Normalizer read_normalizer(const JsonField &field);
PreTokenizer read_pre_tokenizer(const JsonField &field);
/// Sets the specials of `pipeline`, whose vocabulary is read.
void read_post_processor(const JsonField &field, Pipeline &pipeline);

/// A piece model and the vocabulary that it was read with.
struct ReadModel {
    std::shared_ptr<const PieceModel> model;
    VocabularyPtr vocabulary;
    int unknown_id = -1;
    QString continuation_prefix;
};
ReadModel read_piece_model(const JsonField &field);

/// `base` with the added tokens' contents at their ids.
VocabularyPtr with_added_tokens(const VocabularyPtr &base, const std::vector<AddedToken> &added);

/// Each of these has an id that is far beyond what the number of pieces allows: more would be holes.
constexpr int most_holes = 100'000;

} // namespace encoderscope
