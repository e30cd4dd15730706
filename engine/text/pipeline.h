// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/added_tokens.h"
#include "engine/text/piece_model.h"
#include "engine/text/tokenizer.h"
#include "engine/text/vocabulary.h"
#include "engine/text/work_budget.h"

#include <functional>

namespace encoderscope
{

/// Changes the text before it is cut: lower case, accents, forms. May be empty (nothing).
using Normalizer = std::function<AlignedText(AlignedText text, WorkBudget &budget)>;

/// Cuts text into words. `at_start`: the text is the beginning of the sentence, not what follows a special
/// token. May be empty (the whole text is one word).
using PreTokenizer =
    std::function<std::vector<AlignedText>(AlignedText text, bool at_start, WorkBudget &budget)>;

/// All that a tokenizer is made of.
struct Pipeline {
    std::vector<AddedToken> added;
    Normalizer normalizer;
    PreTokenizer pre_tokenizer;
    std::shared_ptr<const PieceModel> model;
    VocabularyPtr vocabulary;          ///< added tokens included
    QString continuation_prefix;       ///< "##" where pieces that go on with a word have one
    Tokenizer::Specials specials;      ///< around one sentence
    Tokenizer::Specials pair_specials; ///< of a pair
    bool truncates_left = false;
    int unknown_id = 0;
    int mask_id = -1;
};

/// A special token to be put around sentences.
Token special_token(int id, const QString &piece);
/// The same of a piece that the tokenizer needs. Throws Error, which names `file`, where the vocabulary lacks
/// it.
Token special_token(const Vocabulary &vocabulary, const QString &piece, const QString &file);

/// How the specials of a pair stand.
enum class PairStyle {
    bert,    ///< A [SEP] B [SEP], B of token type 1
    roberta, ///< A </s> </s> B </s>, without token types
    t5,      ///< A </s> B </s>, and nothing before A
};
/// Puts `cls` before the sentences of `pipeline` (but in T5's style) and `sep` after them.
void add_specials(Pipeline &pipeline, const Token &cls, const Token &sep, PairStyle style);

/// Text -> added tokens | text -> normalized -> words -> pieces: the order of the reference implementation.
class PipelineTokenizer : public Tokenizer
{
public:
    explicit PipelineTokenizer(Pipeline pipeline);

    std::vector<Token> tokenize(const QString &text) const override;
    Specials specials() const override { return pipeline_.specials; }
    Specials pair_specials() const override { return pipeline_.pair_specials; }
    bool truncates_left() const override { return pipeline_.truncates_left; }
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
