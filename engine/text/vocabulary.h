// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

#include <memory>

namespace encoderscope
{

/// The most characters of a piece that is read; those of vocabularies in use have fewer than 300. Longer ones
/// would make whatever shows them slow.
constexpr qsizetype longest_piece = 1'000;

/// Pieces and their ids (the line numbers of a vocab.txt, from 0).
class Vocabulary
{
public:
    Vocabulary() = default;
    /// An empty piece is a hole: an id without a piece. A piece that is there twice has the last id.
    explicit Vocabulary(QStringList pieces);

    int size() const { return static_cast<int>(pieces_.size()); }
    /// The piece with that id; empty when there is none.
    QString piece(int id) const { return pieces_.value(id); }
    /// The id of that piece; -1 when there is none.
    int id(const QString &piece) const { return ids_.value(piece, -1); }
    const QStringList &pieces() const { return pieces_; }

private:
    QStringList pieces_;
    QHash<QString, int> ids_;
};

using VocabularyPtr = std::shared_ptr<const Vocabulary>;

/// The vocabulary of a vocab.txt: one piece a line, the line's number (from 0) its id. An empty line is an id
/// without a piece; a piece that is there twice has the last line's id.
/// Throws Error for a file that cannot be read, is no UTF-8, is too big, has too long a piece, or lacks
/// one of `required`.
Vocabulary read_vocabulary(const QString &file, const QStringList &required = {QStringLiteral("[UNK]")});
/// The same from the bytes of a file; `file` is only named in messages.
Vocabulary parse_vocabulary(const QByteArray &bytes, const QString &file, const QStringList &required);

} // namespace encoderscope
