// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/sentence_reader.h"

#include "engine/corpus/corpus_messages.h"
#include "engine/text/text_file.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace encoderscope
{

namespace
{

bool is_table(SentenceFormat format)
{
    return format == SentenceFormat::csv || format == SentenceFormat::tsv;
}

/// Takes a record of separated values apart (RFC 4180), line by line: a value in quotes may hold separators,
/// line ends, and quotes twice.
class RecordParser
{
public:
    explicit RecordParser(char separator)
        : separator_(separator)
    {
    }

    /// True when the record goes on in the next line.
    bool add(const QByteArray &line)
    {
        if (in_quotes_)
            value_ += '\n';
        for (qsizetype i = 0; i < line.size(); ++i) {
            const char c = line[i];
            if (in_quotes_) {
                if (c != '"')
                    value_ += c;
                else if (i + 1 < line.size() && line[i + 1] == '"')
                    value_ += line[++i];
                else
                    in_quotes_ = false;
            } else if (c == '"' && value_.isEmpty()) {
                in_quotes_ = true;
            } else if (c == separator_) {
                values_.append(std::exchange(value_, QByteArray()));
            } else {
                value_ += c;
            }
        }
        if (!in_quotes_)
            values_.append(std::exchange(value_, QByteArray()));
        return in_quotes_;
    }
    const QByteArrayList &values() const { return values_; }
    qsizetype pending() const { return value_.size(); }

private:
    char separator_;
    bool in_quotes_ = false;
    QByteArray value_;
    QByteArrayList values_;
};

} // namespace

SentenceFormat format_of_file(const QString &path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == QStringLiteral("csv"))
        return SentenceFormat::csv;
    if (ending == QStringLiteral("tsv"))
        return SentenceFormat::tsv;
    if (ending == QStringLiteral("jsonl") || ending == QStringLiteral("ndjson"))
        return SentenceFormat::json_lines;
    return SentenceFormat::lines;
}

SentenceReader::SentenceReader(const SentenceFile &file)
    : file_(file)
    , name_(file.path == QStringLiteral("-") ? CorpusMessages::tr("standard input") : file.path)
    , lines_(file.path)
{
    if (is_table(file.format))
        read_header();
}

BadLine SentenceReader::bad(const QString &problem) const
{
    return BadLine(CorpusMessages::tr("%1, line %2: %3").arg(name_).arg(begin_).arg(problem));
}

/// The next line, without what ends it in files of other systems and the byte order mark.
bool SentenceReader::next_line(QByteArray &line)
{
    if (!lines_.next(line))
        return false;
    ++line_;
    if (line_ == 1 && line.startsWith("\xEF\xBB\xBF"))
        line.remove(0, 3);
    if (line.endsWith('\r'))
        line.chop(1);
    return true;
}

/// The values of the next line, or lines, of a table; blank lines are passed over.
std::optional<QStringList> SentenceReader::next_record()
{
    RecordParser parser(file_.format == SentenceFormat::csv ? ',' : '\t');
    QByteArray line;
    do {
        if (!next_line(line))
            return std::nullopt;
    } while (line.trimmed().isEmpty());
    begin_ = line_;
    while (parser.add(line)) {
        if (parser.pending() > longest)
            throw Error(
                bad(CorpusMessages::tr("a value in quotes is longer than %1 bytes; is its end missing?")
                        .arg(longest))
                    .message());
        if (!next_line(line))
            throw bad(CorpusMessages::tr("the quotes that begin a value have no end."));
    }
    QStringList values;
    for (const QByteArray &value : parser.values()) {
        if (!value.isValidUtf8())
            throw bad(CorpusMessages::tr("it is not valid UTF-8."));
        values.append(QString::fromUtf8(value));
    }
    return values;
}

void SentenceReader::read_header()
{
    const std::optional<QStringList> header = next_record();
    if (!header)
        throw Error(CorpusMessages::tr("%1 is empty; expected a line with the columns' names.").arg(name_));
    columns_ = header->size();
    if (file_.field.isEmpty() && columns_ == 1)
        return;
    const QString wanted = file_.field.isEmpty() ? QStringLiteral("text") : file_.field;
    column_ = header->indexOf(wanted);
    if (column_ < 0)
        throw Error(CorpusMessages::tr("%1 has no column \"%2\"; its columns are %3.")
                        .arg(name_, wanted, shortened(header->join(QStringLiteral(", ")))));
}

QString SentenceReader::text_of_json(const QByteArray &line) const
{
    // Qt reads arrays and objects; a string alone becomes the only element of one.
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + line + ']', &error);
    if (error.error != QJsonParseError::NoError)
        throw bad(CorpusMessages::tr("it is not JSON: %1.").arg(error.errorString()));
    QJsonValue value = document.array().size() == 1 ? document.array().first() : QJsonValue();
    const QString field = file_.field.isEmpty() ? QStringLiteral("text") : file_.field;
    if (value.isObject())
        value = value.toObject().value(field);
    if (!value.isString())
        throw bad(
            CorpusMessages::tr("expected a string, or an object whose field \"%1\" is a string.").arg(field));
    return value.toString();
}

std::optional<SourceSentence> SentenceReader::next()
{
    while (true) {
        QString text;
        if (is_table(file_.format)) {
            const std::optional<QStringList> record = next_record();
            if (!record)
                return std::nullopt;
            if (record->size() != columns_)
                throw bad(
                    CorpusMessages::tr("columns: expected %1, found %2.").arg(columns_).arg(record->size()));
            text = record->at(column_);
        } else {
            QByteArray line;
            if (!next_line(line))
                return std::nullopt;
            begin_ = line_;
            if (line.trimmed().isEmpty())
                continue;
            if (line.size() > longest)
                throw bad(CorpusMessages::tr("it has %1 bytes; expected at most %2.")
                              .arg(line.size())
                              .arg(longest));
            if (!line.isValidUtf8())
                throw bad(CorpusMessages::tr("it is not valid UTF-8."));
            text = file_.format == SentenceFormat::json_lines ? text_of_json(line) : QString::fromUtf8(line);
        }
        if (text.contains(QChar(QChar::Null)))
            throw bad(CorpusMessages::tr("it has a NUL character."));
        text = well_formed(text); // JSON can spell half a surrogate pair
        if (!text.trimmed().isEmpty())
            return SourceSentence{begin_, text};
    }
}

} // namespace encoderscope
