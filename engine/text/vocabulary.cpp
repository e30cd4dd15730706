// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/vocabulary.h"

#include "engine/text/aligned_text.h"
#include "engine/text/text_file.h"

#include <QCoreApplication>

namespace encoderscope
{

Vocabulary::Vocabulary(QStringList pieces)
    : pieces_(std::move(pieces))
{
    ids_.reserve(pieces_.size());
    for (int id = 0; id < pieces_.size(); ++id) {
        if (!pieces_[id].isEmpty())
            ids_.insert(pieces_[id], id);
    }
}

Vocabulary parse_vocabulary(const QByteArray &bytes, const QString &file, const QStringList &required)
{
    const auto fail = [&file](const QString &what) -> Error {
        return Error(QStringLiteral("%1: %2").arg(file, what));
    };
    QStringList pieces = text_of(bytes, file).split(u'\n');
    while (!pieces.isEmpty() && pieces.last().trimmed().isEmpty())
        pieces.removeLast();
    if (pieces.isEmpty())
        throw fail(
            QCoreApplication::translate("Tokenizer", "The vocabulary is empty; expected one piece a line."));
    for (qsizetype line = 0; line < pieces.size(); ++line) {
        QString &piece = pieces[line];
        // White space ends no piece: it is where words are cut.
        while (!piece.isEmpty() && is_space(piece.back().unicode()))
            piece.chop(1);
        if (piece.size() > longest_piece)
            throw fail(
                QCoreApplication::translate("Tokenizer", "Line %1: expected at most %2 characters, found %3.")
                    .arg(line + 1)
                    .arg(longest_piece)
                    .arg(piece.size()));
    }
    Vocabulary vocabulary(pieces);
    for (const QString &piece : required) {
        if (vocabulary.id(piece) < 0)
            throw fail(QCoreApplication::translate("Tokenizer",
                                                   "None of the %1 pieces is \"%2\"; the tokenizer needs it.")
                           .arg(pieces.size())
                           .arg(piece));
    }
    return vocabulary;
}

Vocabulary read_vocabulary(const QString &file, const QStringList &required)
{
    return parse_vocabulary(read_bytes(file), file, required);
}

} // namespace encoderscope
