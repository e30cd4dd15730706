// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    QStringList control_pieces;      ///< "<s>", "</s>" ...: never made from text by the model itself
    QStringList user_defined_pieces; ///< found in the text before all others
    QStringList unused_pieces;       ///< in the file, but never taken
    QByteArray charsmap;             ///< the compiled normalizer; may be empty
};

/// Throws Error naming `file` when the bytes are no such message, or a model that is not a unigram one.
SentencePieceFile parse_sentencepiece(const QByteArray &bytes, const QString &file);

} // namespace encoderscope
