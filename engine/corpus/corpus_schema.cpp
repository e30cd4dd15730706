// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/corpus_schema.h"

namespace encoderscope
{

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
