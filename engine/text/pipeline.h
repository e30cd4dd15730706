// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/added_tokens.h"
#include "engine/text/piece_model.h"
#include "engine/text/tokenizer.h"
#include "engine/text/vocabulary.h"

#include <functional>

namespace encoderscope
{

/// Changes the text before it is cut: lower case, accents, forms. May be empty (nothing).
using Normalizer = std::function<AlignedText(AlignedText text)>;

/// Cuts text into words. `at_start`: the text is the beginning of the sentence, not what follows a special
/// token. May be empty (the whole text is one word).
using PreTokenizer = std::function<std::vector<AlignedText>(AlignedText text, bool at_start)>;

/// All that a tokenizer is made of.
struct Pipeline {
    std::vector<AddedToken> added;
    Normalizer normalizer;
    PreTokenizer pre_tokenizer;
    std::shared_ptr<const PieceModel> model;
    VocabularyPtr vocabulary;    ///< added tokens included
    QString continuation_prefix; ///< "##" where pieces that go on with a word have one
    Tokenizer::Specials specials;
    int unknown_id = 0;
    int mask_id = -1;
};

/// Text -> added tokens | text -> normalized -> words -> pieces: the order of the reference implementation.
class PipelineTokenizer : public Tokenizer
{
public:
    explicit PipelineTokenizer(Pipeline pipeline);

    std::vector<Token> tokenize(const QString &text) const override;
    Specials specials() const override { return pipeline_.specials; }
    int vocabulary_size() const override { return pipeline_.vocabulary->size(); }
    QString piece(int id) const override { return pipeline_.vocabulary->piece(id); }
    int id(const QString &piece) const override { return pipeline_.vocabulary->id(piece); }
    int mask_id() const override { return pipeline_.mask_id; }

    const Pipeline &pipeline() const { return pipeline_; }

private:
    Pipeline pipeline_;
    AddedTokens added_as_typed_;
    AddedTokens added_as_normalized_;
};

} // namespace encoderscope
