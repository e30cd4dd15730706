// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/tokenizer_settings.h"

namespace encoderscope
{

/// How the reference implementation's classes make tokens of a text.
enum class TokenizerKind {
    by_file, ///< as tokenizer.json says
    bert,
    bert_japanese, ///< from vocab.txt, whatever else there is
    mpnet,
    roberta,
    gpt2,
    herbert,
    deberta,    ///< GPT-2's pieces, [CLS] and [SEP] around them
    deberta_v2, ///< SentencePiece's pieces and ids, the mask token behind them (DeBERTa-v3, too)
    albert,
    xlm_roberta,
    camembert,
    mbart,   ///< of which only a tokenizer.json is read: its language is in no other file
    mbart50, ///< the same; texts are not cut at blanks before its pieces are looked for
    t5,      ///< SentencePiece's pieces and ids, "<extra_id_0>" ... behind them, "</s>" at the end
    kobert,  ///< SentencePiece's pieces with the ids of a vocab.txt
    kobert_sentencepiece, ///< SentencePiece's pieces and ids, [CLS] and [SEP] around them
};

struct ChosenKind {
    TokenizerKind kind = TokenizerKind::by_file;
    bool named = false; ///< a file names the class; else it follows from the type of the model
};

/// The kind of the class that the files name, else of the model's type. `described`: there is a
/// tokenizer.json, which says all of a class that is not known here. Throws Error, naming file and field, for
/// a class that is not supported: nothing is read as another class's files.
ChosenKind tokenizer_kind(const TokenizerSettings &settings, bool described);

} // namespace encoderscope
