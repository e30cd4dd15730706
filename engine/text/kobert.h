// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/pipeline.h"
#include "engine/text/sentencepiece_file.h"

namespace encoderscope
{

struct KobertNames {
    QString unknown = QStringLiteral("[UNK]");
    QString cls = QStringLiteral("[CLS]");
    QString sep = QStringLiteral("[SEP]");
    QString pad = QStringLiteral("[PAD]");
    QString mask = QStringLiteral("[MASK]");
};

/// KoBERT's tokenizer: the pieces are those that sentencepiece itself makes (which knows no added tokens but
/// the five named), the ids those of `vocabulary`; numbers are cut from a comma after them. Accents go unless
/// kept. `file` is the one that the vocabulary came from. Throws Error when it lacks a special token.
Pipeline kobert_pipeline(const SentencePieceFile &model, VocabularyPtr vocabulary, const KobertNames &names,
                         bool lowercase, bool keep_accents, const QString &file);

} // namespace encoderscope
