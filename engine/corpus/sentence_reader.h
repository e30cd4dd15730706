// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"
#include "engine/text/line_reader.h"

#include <QStringList>

#include <array>
#include <optional>
#include <utility>

namespace encoderscope
{

enum class SentenceFormat {
    lines,      ///< a sentence a line
    csv,        ///< a column of comma-separated values with a header (RFC 4180)
    tsv,        ///< the same with tabs
    json_lines, ///< a JSON string a line, or an object with a field
};

inline constexpr std::array<std::pair<const char *, SentenceFormat>, 4> sentence_formats{
    {{"text", SentenceFormat::lines},
     {"csv", SentenceFormat::csv},
     {"tsv", SentenceFormat::tsv},
     {"jsonl", SentenceFormat::json_lines}}};

/// What a file's name says of its format: .csv, .tsv, .jsonl and .ndjson; all others are lines.
SentenceFormat format_of_file(const QString &path);

/// A file of sentences and how to read it.
struct SentenceFile {
    QString path; ///< `-` is standard input
    SentenceFormat format = SentenceFormat::lines;
    QString field; ///< the column's or field's name; empty: "text", or the only column
};

struct SourceSentence {
    qint64 line = 0; ///< where it begins in the file, from 1
    QString text;
};

/// A line that is no sentence; the reader can go on behind it.
class BadLine : public Error
{
public:
    using Error::Error;
};

/// The sentences of a file, one after the other: UTF-8, a byte order mark and blank lines are passed over.
class SentenceReader
{
public:
    /// Bytes of the longest sentence that is read.
    static constexpr qsizetype longest = 1024LL * 1024;

    /// Throws Error when the file cannot be opened or has no such column.
    explicit SentenceReader(const SentenceFile &file);

    /// Nothing after the last one. Throws BadLine that names file, line, what was found and what was
    /// expected; Error when the file cannot be read.
    std::optional<SourceSentence> next();

    const SentenceFile &file() const { return file_; }
    qint64 position() const { return lines_.position(); } ///< bytes read
    qint64 size() const { return lines_.size(); }         ///< bytes; -1 = not known

private:
    bool next_line(QByteArray &line);
    std::optional<QStringList> next_record();
    void read_header();
    QString text_of_json(const QByteArray &line) const;
    BadLine bad(const QString &problem) const;

    SentenceFile file_;
    QString name_; ///< for messages
    LineReader lines_;
    qint64 line_ = 0;  ///< number of the line read last
    qint64 begin_ = 0; ///< number of the first line of the record
    qsizetype column_ = 0;
    qsizetype columns_ = 0;
};

} // namespace encoderscope
