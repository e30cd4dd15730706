// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/token.h"

#include <memory>

namespace encoderscope
{

/// Text -> tokens. Immutable and safe to use from several threads.
class Tokenizer
{
public:
    virtual ~Tokenizer() = default;

    /// Tokens of one sentence without the special tokens around it; spans and word indices set.
    /// Takes any text: lone surrogates and control characters are handled, never refused.
    virtual std::vector<Token> tokenize(const QString &text) const = 0;

    /// The specials put before A, between A and B, and after the last sentence, with their token types.
    struct Specials {
        std::vector<Token> before, between, after;
        int type_a = 0; ///< token type of the tokens of A
        int type_b = 1;
    };
    /// Around one sentence.
    virtual Specials specials() const = 0;
    /// Around and between the sentences of a pair.
    virtual Specials pair_specials() const { return specials(); }
    /// What is too long loses its first tokens, not its last ones.
    virtual bool truncates_left() const { return false; }

    virtual int vocabulary_size() const = 0;
    /// The piece with that id; empty when there is none.
    virtual QString piece(int id) const = 0;
    /// The id of that piece; -1 when there is none.
    virtual int id(const QString &piece) const = 0;
    /// The id of the mask token; -1 when the vocabulary has none.
    virtual int mask_id() const = 0;

    /// Sentence A, or A and B (`text_b` not null), with the specials around them. When that is more than
    /// `max_tokens` (0 = no limit), the longer sentence loses its last tokens (or first: `truncates_left`)
    /// until both fit, or both have half of the room, the longer one (B when they are equal) the odd token.
    /// The encoding says where it was cut.
    Encoding encode(const QString &text, const QString &text_b = QString(), int max_tokens = 0) const;
};

using TokenizerPtr = std::shared_ptr<const Tokenizer>;

} // namespace encoderscope
