// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/vocabulary.h"

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
    QHash<QString, int> lines;
    lines.reserve(pieces.size());
    for (int line = 0; line < pieces.size(); ++line) {
        QString &piece = pieces[line];
        if (piece.endsWith(u'\r'))
            piece.chop(1);
        if (piece.isEmpty())
            throw fail(QCoreApplication::translate("Tokenizer", "Line %1 is empty; expected a piece.")
                           .arg(line + 1));
        const int before = lines.value(piece, -1);
        if (before >= 0)
            throw fail(
                QCoreApplication::translate(
                    "Tokenizer", "Line %1 has the piece \"%2\" of line %3 again; expected each piece once.")
                    .arg(line + 1)
                    .arg(piece.left(80))
                    .arg(before + 1));
        lines.insert(piece, line);
    }
    for (const QString &piece : required) {
        if (!lines.contains(piece))
            throw fail(QCoreApplication::translate("Tokenizer",
                                                   "None of the %1 pieces is \"%2\"; the tokenizer needs it.")
                           .arg(pieces.size())
                           .arg(piece));
    }
    return Vocabulary(std::move(pieces));
}

Vocabulary read_vocabulary(const QString &file, const QStringList &required)
{
    return parse_vocabulary(read_bytes(file), file, required);
}

} // namespace encoderscope
