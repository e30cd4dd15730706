// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/tokenizer.h"

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace encoderscope
{

/// What this program needs of a sentencepiece model (a Protocol Buffers message).
struct SentencePieceFile {
    QStringList pieces;
    std::vector<double> scores;
    int unknown_id = 0;
    QByteArray charsmap; ///< the compiled normalizer; may be empty
};

/// Throws Error naming `file` when the bytes are no such message, or a model that is not a unigram one.
SentencePieceFile parse_sentencepiece(const QByteArray &bytes, const QString &file);

struct SentencePieceNames {
    QString cls, sep, pad, mask;
};

/// ALBERT's: the model's own ids; quotes unified, accents stripped unless kept.
TokenizerPtr albert_tokenizer(const SentencePieceFile &model, const SentencePieceNames &names, bool lowercase,
                              bool keep_accents, const QString &file);
/// XLM-RoBERTa's: ids shifted by fairseq's four specials, the mask token at the end.
TokenizerPtr xlm_roberta_tokenizer(const SentencePieceFile &model, const SentencePieceNames &names,
                                   const QString &file);

} // namespace encoderscope
