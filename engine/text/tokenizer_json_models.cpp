// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/bpe.h"
#include "engine/text/plain_models.h"
#include "engine/text/tokenizer_json_parts.h"
#include "engine/text/unigram.h"
#include "engine/text/wordpiece.h"

#include <QCoreApplication>

#include <cmath>

namespace encoderscope
{

namespace
{

/// {"piece": id, ...}
VocabularyPtr read_vocabulary_object(const JsonField &field)
{
    const QJsonObject object = field.object();
    const auto most = static_cast<double>(object.size() + most_holes);
    QStringList pieces;
    pieces.resize(object.size());
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (entry.key().size() > longest_piece)
            throw field[entry.key()].too_long(entry.key().size(), longest_piece);
        const double id = entry.value().toDouble(-1.0);
        if (!(id >= 0.0 && id < most) || id != std::floor(id))
            throw field[entry.key()].error(
                QCoreApplication::translate("Tokenizer", "expected an id from 0 to %1.")
                    .arg(most - 1.0, 0, 'f', 0));
        const auto index = static_cast<qsizetype>(id);
        if (index >= pieces.size())
            pieces.resize(index + 1);
        if (!pieces[index].isEmpty())
            throw field[entry.key()].error(
                QCoreApplication::translate("Tokenizer", "the id %1 is that of \"%2\" already.")
                    .arg(index)
                    .arg(pieces[index].left(80)));
        pieces[index] = entry.key();
    }
    return std::make_shared<const Vocabulary>(std::move(pieces));
}

/// The id of the piece that the field names.
int read_piece_id(const JsonField &field, const Vocabulary &vocabulary)
{
    const int id = vocabulary.id(field.string());
    if (id < 0)
        throw field.error(QCoreApplication::translate("Tokenizer", "the vocabulary has no \"%1\".")
                              .arg(field.string().left(80)));
    return id;
}

ReadModel read_wordpiece(const JsonField &field)
{
    ReadModel read;
    read.vocabulary = read_vocabulary_object(field[QStringLiteral("vocab")]);
    WordPieceOptions options;
    options.unknown = field[QStringLiteral("unk_token")].string_or(options.unknown);
    options.prefix = field[QStringLiteral("continuing_subword_prefix")].string_or(options.prefix);
    const JsonField longest = field[QStringLiteral("max_input_chars_per_word")];
    constexpr int most = 1'000'000;
    if (longest.exists())
        options.longest_word = longest.integer(0, most);
    if (read.vocabulary->id(options.unknown) < 0)
        throw field[QStringLiteral("unk_token")].error(
            QCoreApplication::translate("Tokenizer", "the vocabulary has no \"%1\".")
                .arg(options.unknown.left(80)));
    read.unknown_id = read.vocabulary->id(options.unknown);
    read.continuation_prefix = options.prefix;
    read.model = std::make_shared<WordPiece>(*read.vocabulary, options);
    return read;
}

ReadModel read_bpe(const JsonField &field)
{
    ReadModel read;
    read.vocabulary = read_vocabulary_object(field[QStringLiteral("vocab")]);
    BpeOptions options;
    const JsonField unknown = field[QStringLiteral("unk_token")];
    if (unknown.exists())
        options.unknown_id = read_piece_id(unknown, *read.vocabulary);
    options.fuse_unknown = field[QStringLiteral("fuse_unk")].boolean_or(false);
    options.ignore_merges = field[QStringLiteral("ignore_merges")].boolean_or(false);
    options.byte_fallback = field[QStringLiteral("byte_fallback")].boolean_or(false);
    options.prefix = field[QStringLiteral("continuing_subword_prefix")].string_or(QString());
    options.suffix = field[QStringLiteral("end_of_word_suffix")].string_or(QString());

    const JsonField list = field[QStringLiteral("merges")];
    const QJsonArray lines = list.array();
    std::vector<Merge> merges;
    merges.reserve(static_cast<std::size_t>(lines.size()));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QStringList pair;
        if (lines[i].isString()) {
            pair = lines[i].toString().split(u' ');
        } else {
            for (const QJsonValue &side : lines[i].toArray())
                pair.append(side.toString());
        }
        if (pair.size() != 2)
            throw list[i].error(QCoreApplication::translate("Tokenizer", "expected two pieces."));
        const Merge merge{read.vocabulary->id(pair[0]), read.vocabulary->id(pair[1]),
                          read.vocabulary->id(pair[0] + pair[1].mid(options.prefix.size()))};
        if (merge.left < 0 || merge.right < 0 || merge.joined < 0)
            throw list[i].error(QCoreApplication::translate(
                                    "Tokenizer", "the vocabulary lacks \"%1\", \"%2\" or the two together.")
                                    .arg(pair[0].left(80), pair[1].left(80)));
        merges.push_back(merge);
    }
    read.unknown_id = options.unknown_id;
    read.continuation_prefix = options.prefix;
    read.model = std::make_shared<Bpe>(read.vocabulary, merges, options);
    return read;
}

ReadModel read_unigram(const JsonField &field)
{
    const JsonField list = field[QStringLiteral("vocab")];
    const QJsonArray entries = list.array();
    QStringList pieces;
    std::vector<double> scores;
    pieces.reserve(entries.size());
    scores.reserve(static_cast<std::size_t>(entries.size()));
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QJsonArray entry = entries[i].toArray();
        if (entry.size() != 2 || !entry[0].isString() || !entry[1].isDouble())
            throw list[i].error(QCoreApplication::translate("Tokenizer", "expected a piece and its score."));
        pieces.append(entry[0].toString());
        if (pieces.last().size() > longest_piece)
            throw list[i][0].too_long(pieces.last().size(), longest_piece);
        scores.push_back(entry[1].toDouble());
    }
    if (pieces.isEmpty())
        throw list.error(QCoreApplication::translate("Tokenizer", "the vocabulary is empty."));
    ReadModel read;
    read.unknown_id = field[QStringLiteral("unk_id")].integer(0, static_cast<int>(pieces.size()) - 1);
    read.model = std::make_shared<Unigram>(pieces, std::move(scores), read.unknown_id,
                                           field[QStringLiteral("byte_fallback")].boolean_or(false));
    read.vocabulary = std::make_shared<const Vocabulary>(std::move(pieces));
    return read;
}

ReadModel read_word_level(const JsonField &field)
{
    ReadModel read;
    read.vocabulary = read_vocabulary_object(field[QStringLiteral("vocab")]);
    read.unknown_id = read_piece_id(field[QStringLiteral("unk_token")], *read.vocabulary);
    read.model = std::make_shared<WholeWords>(read.vocabulary, read.unknown_id);
    return read;
}

} // namespace

ReadModel read_piece_model(const JsonField &field)
{
    QString type = field[QStringLiteral("type")].string_or(QString());
    if (type.isEmpty()) { // files of early versions name no type
        if (field[QStringLiteral("merges")].exists())
            type = QStringLiteral("BPE");
        else if (field[QStringLiteral("vocab")].is_array())
            type = QStringLiteral("Unigram");
        else
            type = QStringLiteral("WordPiece");
    }
    if (type == QStringLiteral("WordPiece"))
        return read_wordpiece(field);
    if (type == QStringLiteral("BPE"))
        return read_bpe(field);
    if (type == QStringLiteral("Unigram"))
        return read_unigram(field);
    if (type == QStringLiteral("WordLevel"))
        return read_word_level(field);
    throw field[QStringLiteral("type")].unsupported(type, {QStringLiteral("BPE"), QStringLiteral("Unigram"),
                                                           QStringLiteral("WordLevel"),
                                                           QStringLiteral("WordPiece")});
}

} // namespace encoderscope
