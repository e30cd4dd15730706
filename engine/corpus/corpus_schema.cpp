// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/corpus_schema.h"

namespace encoderscope
{

namespace
{

constexpr qint64 most_page = 65'536; ///< of SQLite

/// Bytes of a row of token_vector: numbers of two bytes each, and its key.
qint64 token_vector_payload(qint64 d_model)
{
    constexpr qint64 key = 17;
    return 2 * d_model + key;
}

/// Of a row of a table without row numbers that lies in a page whole.
qint64 longest_in_page(qint64 page)
{
    return (page - 12) * 64 / 255 - 23;
}

} // namespace

QStringList corpus_schema()
{
    return {
        QStringLiteral("CREATE TABLE property (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)"),
        QStringLiteral(
            "CREATE TABLE sentence (id INTEGER PRIMARY KEY, text TEXT NOT NULL, tokens INTEGER NOT "
            "NULL, cut INTEGER NOT NULL, queries TEXT, heads BLOB, vector BLOB)"),
        QStringLiteral("CREATE TABLE token (sentence INTEGER NOT NULL, position INTEGER NOT NULL, piece "
                       "INTEGER NOT NULL, begin INTEGER NOT NULL, end INTEGER NOT NULL, special INTEGER NOT "
                       "NULL, PRIMARY KEY (sentence, position)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE piece (id INTEGER PRIMARY KEY, text TEXT NOT NULL, occurrences INTEGER "
                       "NOT NULL)"),
        QStringLiteral(
            "CREATE TABLE prediction (sentence INTEGER NOT NULL, kind TEXT NOT NULL, first INTEGER "
            "NOT NULL, last INTEGER NOT NULL, rank INTEGER NOT NULL, label TEXT NOT NULL, value "
            "REAL, PRIMARY KEY (sentence, kind, first, rank)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE head_total (layer INTEGER NOT NULL, head INTEGER NOT NULL, measure TEXT "
                       "NOT NULL, sentences INTEGER NOT NULL, mean REAL NOT NULL, squares REAL NOT NULL, "
                       "queries INTEGER NOT NULL, sum REAL NOT NULL, PRIMARY KEY (layer, head, measure)) "
                       "WITHOUT ROWID"),
        QStringLiteral(
            "CREATE TABLE neuron_example (layer INTEGER NOT NULL, neuron INTEGER NOT NULL, sentence "
            "INTEGER NOT NULL, token INTEGER NOT NULL, value REAL NOT NULL, PRIMARY KEY (layer, "
            "neuron, sentence)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE head_example (layer INTEGER NOT NULL, head INTEGER NOT NULL, sentence "
                       "INTEGER NOT NULL, query INTEGER NOT NULL, key INTEGER NOT NULL, value REAL NOT NULL, "
                       "PRIMARY KEY (layer, head, sentence)) WITHOUT ROWID"),
        QStringLiteral("CREATE VIRTUAL TABLE sentence_text USING fts5 (text, content = 'sentence', "
                       "content_rowid = 'id')"),
    };
}

QStringList token_vector_schema()
{
    return {
        QStringLiteral("CREATE TABLE token_vector (layer INTEGER NOT NULL, piece INTEGER NOT NULL, sentence "
                       "INTEGER NOT NULL, position INTEGER NOT NULL, vector BLOB NOT NULL, PRIMARY KEY "
                       "(layer, piece, sentence, position)) WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE token_index (layer INTEGER PRIMARY KEY, build BLOB NOT NULL)"),
    };
}

qint64 token_vector_page(qint64 d_model)
{
    qint64 page = 4096;
    while (page < most_page && token_vector_payload(d_model) > longest_in_page(page))
        page *= 2;
    return page;
}

qint64 token_vector_row(qint64 d_model, qint64 page)
{
    const qint64 payload = token_vector_payload(d_model);
    if (payload <= longest_in_page(page))
        return payload;
    const qint64 shortest = (page - 12) * 32 / 255 - 23;
    const qint64 rest = shortest + (payload - shortest) % (page - 4);
    const qint64 local = rest <= longest_in_page(page) ? rest : shortest;
    return local + (payload - local + page - 5) / (page - 4) * page;
}

QStringList corpus_indexes()
{
    return {
        QStringLiteral("CREATE INDEX IF NOT EXISTS token_piece ON token (piece)"),
        QStringLiteral("CREATE INDEX IF NOT EXISTS sentence_length ON sentence (tokens, cut)"),
        QStringLiteral(
            "CREATE INDEX IF NOT EXISTS sentence_not_finite ON sentence (id) WHERE queries IS NULL"),
    };
}

} // namespace encoderscope
