// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/minimal_pairs.h"

#include "engine/text/text_file.h"

#include <QCoreApplication>
#include <QStringList>

namespace encoderscope
{

namespace
{

constexpr std::size_t most_pairs = 100'000;

struct PairMessages {
    Q_DECLARE_TR_FUNCTIONS(MinimalPairs)
};

class Line
{
public:
    Line(QStringView text, const QString &file, qsizetype number)
        : text_(text)
        , file_(file)
        , number_(number)
    {
    }

    MinimalPair pair() const
    {
        for (const QChar c : text_) {
            if (c != u'\t' && c.category() == QChar::Other_Control)
                throw error(PairMessages::tr("The control character U+%1 was found; expected text and tabs.")
                                .arg(QString::number(c.unicode(), 16).toUpper(), 4, QLatin1Char('0')));
        }
        const QList<QStringView> fields = text_.split(u'\t');
        if (fields.size() < 2 || fields.size() > 3)
            throw error(
                PairMessages::tr("Fields between tabs: %1 (\"%2\"); expected 2 or 3: two sentences and "
                                 "perhaps what to look for.")
                    .arg(fields.size())
                    .arg(shortened(text_.toString().replace(u'\t', QChar(0x21E5)))));
        return {sentence(fields[0], 1), sentence(fields[1], 2),
                fields.size() > 2 ? fields[2].trimmed().toString() : QString()};
    }

    Error error(const QString &what) const
    {
        return Error(PairMessages::tr("%1, line %2: %3").arg(file_).arg(number_).arg(what));
    }

private:
    QString sentence(QStringView field, int which) const
    {
        const QStringView text = field.trimmed();
        if (text.isEmpty())
            throw error(PairMessages::tr("Sentence %1 is empty; expected a text.").arg(which));
        if (text.size() > longest_sentence)
            throw error(PairMessages::tr("Sentence %1 has %2 characters; expected at most %3.")
                            .arg(which)
                            .arg(text.size())
                            .arg(longest_sentence));
        return text.toString();
    }

    QStringView text_;
    const QString &file_;
    qsizetype number_;
};

} // namespace

bool is_pairs_file(const QString &file)
{
    return file.endsWith(QStringLiteral(".tsv"), Qt::CaseInsensitive);
}

std::vector<MinimalPair> parse_minimal_pairs(const QByteArray &bytes, const QString &file)
{
    const QString text = text_of(bytes, file);
    std::vector<MinimalPair> pairs;
    qsizetype number = 0;
    for (const QStringView row : QStringView(text).tokenize(u'\n')) {
        ++number;
        const QStringView line = row.endsWith(u'\r') ? row.chopped(1) : row;
        if (line.trimmed().isEmpty() || line.startsWith(u'#'))
            continue;
        const Line checked(line, file, number);
        if (pairs.size() == most_pairs)
            throw checked.error(
                PairMessages::tr("There are more pairs; expected at most %1.").arg(most_pairs));
        pairs.push_back(checked.pair());
    }
    if (pairs.empty())
        throw Error(PairMessages::tr("%1: No pair was found; expected one a line: a sentence, a tab, another "
                                     "sentence.")
                        .arg(file));
    return pairs;
}

std::vector<MinimalPair> read_minimal_pairs(const QString &file)
{
    return parse_minimal_pairs(read_bytes(file, largest_pairs_file), file);
}

} // namespace encoderscope
