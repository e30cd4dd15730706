// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/pipeline.h"
#include "engine/text/wordpiece.h"

#include <optional>

namespace encoderscope
{

struct BertNormalizerOptions {
    bool clean_text = true;          ///< drop control characters, make all white space blanks
    bool space_chinese_chars = true; ///< put blanks around CJK ideographs
    std::optional<bool> strip_accents = std::nullopt; ///< not set: as `lowercase`
    bool lowercase = true;
};

Normalizer bert_normalizer(const BertNormalizerOptions &options);

/// Punctuation, and all printable ASCII that is neither letter nor digit.
bool is_bert_punctuation(char32_t c);

/// Words between white space, each punctuation mark on its own.
PreTokenizer bert_pre_tokenizer();

struct BertOptions {
    BertNormalizerOptions normalizer = {};
    WordPieceOptions wordpiece = {};
    QString cls = QStringLiteral("[CLS]");
    QString sep = QStringLiteral("[SEP]");
    QString pad = QStringLiteral("[PAD]");
    QString mask = QStringLiteral("[MASK]");
    PairStyle pairs = PairStyle::bert;
};

/// Of vocabularies made by this program: lower case, accents kept, and no Hangul syllable is unknown.
BertOptions made_tokenizer_options();

/// BERT's tokenizer. Typed specials ("[MASK]") become special tokens.
/// Throws Error when the vocabulary has no unknown, class or separator piece.
Pipeline bert_pipeline(VocabularyPtr vocabulary, const BertOptions &options);
TokenizerPtr bert_tokenizer(VocabularyPtr vocabulary, const BertOptions &options = {});

} // namespace encoderscope
