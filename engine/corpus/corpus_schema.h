// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace encoderscope
{

/// The statements that make an empty corpus. README.md explains the tables.
QStringList corpus_schema();
/// What one with vectors of tokens has besides.
QStringList token_vector_schema();
/// Bytes of a page in a database that keeps vectors of `d_model` numbers: the smallest in which SQLite keeps
/// a row of token_vector whole, where there is one. It would put all but the beginning of a longer row in a
/// page of its own (https://www.sqlite.org/fileformat.html, "Cell Payload Overflow Pages").
qint64 token_vector_page(qint64 d_model);
/// Bytes that such a row takes of pages of that size, packed without a gap.
qint64 token_vector_row(qint64 d_model, qint64 page);
/// Those that make its indexes, where it lacks them. Nothing but the time of an answer depends on them.
QStringList corpus_indexes();

} // namespace encoderscope
