// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/pipeline.h"
#include "engine/text/sentencepiece_file.h"

namespace encoderscope
{

struct SentencePieceNames {
    QString cls, sep, pad, mask;
    QString unknown = QStringLiteral("<unk>");
};

/// ALBERT's: the model's own ids; quotes unified, accents stripped unless kept.
Pipeline albert_pipeline(const SentencePieceFile &model, const SentencePieceNames &names, bool lowercase,
                         bool keep_accents, const QString &file);
/// DeBERTa's from its second version on: the model's own ids, and the mask token behind them where the model
/// has none; `split_by_punct`: each punctuation mark is a word.
Pipeline deberta_v2_pipeline(const SentencePieceFile &model, const SentencePieceNames &names, bool lowercase,
                             bool split_by_punct, const QString &file);
/// XLM-RoBERTa's: ids shifted by fairseq's four specials, the mask token at the end.
Pipeline xlm_roberta_pipeline(const SentencePieceFile &model, const SentencePieceNames &names,
                              const QString &file);
/// CamemBERT's: five specials of fairseq before all pieces but the unknown one, the mask token at the end.
Pipeline camembert_pipeline(const SentencePieceFile &model, const SentencePieceNames &names,
                            const QString &file);

/// T5's: the model's own ids, and behind them `extra` sentinels, the last first: "<extra_id_1>",
/// "<extra_id_0>".
Pipeline t5_pipeline(const SentencePieceFile &model, const SentencePieceNames &names, int extra,
                     const QString &file);

/// Blanks separate words, of which each begins with "\u2581".
PreTokenizer sentencepiece_pre_tokenizer();

} // namespace encoderscope
