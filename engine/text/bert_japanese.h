// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/pipeline.h"

namespace encoderscope
{

/// How Japanese BERT cuts a text into words, and these into pieces.
struct BertJapaneseOptions {
    enum class Words {
        whole, ///< the text as it is
        basic, ///< between white space, each punctuation mark alone
        mecab,
    };
    enum class Pieces {
        whole, ///< each word
        wordpiece,
        characters, ///< each code point
    };
    Words words = Words::basic;
    Pieces pieces = Pieces::wordpiece;
    bool lowercase = false;
    bool compatibility_forms = true; ///< (of MeCab's text) full-width letters become plain ones: NFKC
    QString dictionary_folder;       ///< MeCab's
    QString unknown = QStringLiteral("[UNK]");
    QString cls = QStringLiteral("[CLS]");
    QString sep = QStringLiteral("[SEP]");
    QString pad = QStringLiteral("[PAD]");
    QString mask = QStringLiteral("[MASK]");
};

/// Japanese BERT's tokenizer. Throws Error when the vocabulary has no unknown, class or separator piece, or
/// MeCab cannot use its dictionary.
Pipeline bert_japanese_pipeline(VocabularyPtr vocabulary, const BertJapaneseOptions &options);

} // namespace encoderscope
