// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/corpus_reader.h"

#include "engine/corpus/corpus_messages.h"
#include "engine/corpus/corpus_writer.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace encoderscope
{

namespace
{

Error damaged(const CorpusFile &file, const QString &what)
{
    return Error(CorpusMessages::tr("%1 is damaged: %2.").arg(file.path(), what));
}

/// A number from a column, as an index from 0 below `count`.
int index_of(const CorpusFile &file, const QSqlQuery &query, int column, int first, int count)
{
    const qint64 value = query.value(column).toLongLong() - first;
    if (value < 0 || value >= count)
        throw damaged(file,
                      CorpusMessages::tr("a layer, head or neuron has the number %1, which the model lacks")
                          .arg(value + first));
    return static_cast<int>(value);
}

/// `columns`: sentence, token, value and, of heads, the key.
Example example_of(const QSqlQuery &query, int first, bool with_key)
{
    return {.sentence = query.value(first).toLongLong(),
            .token = query.value(first + 1).toInt(),
            .key = with_key ? query.value(first + 3).toInt() : -1,
            .value = static_cast<float>(query.value(first + 2).toDouble())};
}

TopExamples read_examples(const CorpusFile &file, const QString &statement, int first, int width,
                          bool with_key)
{
    const CorpusSettings &settings = file.settings();
    TopExamples examples(static_cast<std::size_t>(settings.layers) * static_cast<std::size_t>(width),
                         static_cast<std::size_t>(settings.examples));
    QSqlQuery query = file.prepared(statement);
    file.execute(query);
    while (query.next()) {
        const int layer = index_of(file, query, 0, 1, settings.layers);
        const int thing = index_of(file, query, 1, first, width);
        examples.offer(static_cast<std::size_t>(layer * width + thing), example_of(query, 2, with_key));
    }
    return examples;
}

std::vector<ExampleInContext> in_context(const CorpusFile &file, QSqlQuery query, bool with_key)
{
    std::vector<Example> examples;
    file.execute(query);
    while (query.next())
        examples.push_back(example_of(query, 0, with_key));
    std::vector<ExampleInContext> all;
    for (const Example &example : examples) {
        all.push_back({example, read_sentence(file, example.sentence)});
        const auto tokens = static_cast<int>(all.back().sentence.result.tokens.size());
        if (example.token < 0 || example.token >= tokens || example.key >= tokens ||
            (with_key && example.key < 0))
            throw damaged(file, CorpusMessages::tr("an example's token is not in its sentence"));
    }
    return all;
}

void read_tokens(const CorpusFile &file, SentenceResult &sentence)
{
    QSqlQuery query = file.prepared(QStringLiteral(
        "SELECT token.piece, piece.text, begin, end, special FROM token JOIN piece ON piece.id = token.piece "
        "WHERE sentence = ? ORDER BY position"));
    query.addBindValue(qint64(sentence.number));
    file.execute(query);
    while (query.next())
        sentence.tokens.push_back({.piece = query.value(0).toInt(),
                                   .text = query.value(1).toString(),
                                   .begin = query.value(2).toInt(),
                                   .end = query.value(3).toInt(),
                                   .special = query.value(4).toBool()});
}

void read_predictions(const CorpusFile &file, SentenceResult &sentence)
{
    QSqlQuery query =
        file.prepared(QStringLiteral("SELECT kind, first, last, rank, label, value FROM "
                                     "prediction WHERE sentence = ? ORDER BY kind, first, rank"));
    query.addBindValue(qint64(sentence.number));
    file.execute(query);
    while (query.next())
        sentence.predictions.push_back({.kind = query.value(0).toString(),
                                        .first = query.value(1).toInt(),
                                        .last = query.value(2).toInt(),
                                        .rank = query.value(3).toInt(),
                                        .label = query.value(4).toString(),
                                        .value = query.value(5).toDouble()});
}

} // namespace

CorpusSummary read_summary(const CorpusFile &file)
{
    CorpusSummary summary;
    QSqlQuery query = file.prepared(QStringLiteral(
        "SELECT count(*), coalesce(sum(tokens), 0), coalesce(sum(cut), 0), count(*) - count(queries) FROM "
        "sentence"));
    file.execute(query);
    if (query.next()) {
        summary.sentences = query.value(0).toLongLong();
        summary.tokens = query.value(1).toLongLong();
        summary.cut = query.value(2).toLongLong();
        summary.not_finite = query.value(3).toLongLong();
    }
    QSqlQuery sources = file.prepared(QStringLiteral(
        "SELECT name, (SELECT count(*) FROM sentence WHERE sentence.id BETWEEN source.id << 32 "
        "AND ((source.id + 1) << 32) - 1) FROM source ORDER BY id"));
    file.execute(sources);
    while (sources.next())
        summary.sources.emplace_back(sources.value(0).toString(), sources.value(1).toLongLong());
    return summary;
}

HeadTotals read_head_totals(const CorpusFile &file)
{
    const CorpusSettings &settings = file.settings();
    QHash<QString, std::size_t> measures;
    for (std::size_t measure = 0; measure < head_measures.size(); ++measure)
        measures.insert(QLatin1String(head_measures[measure].first), measure);
    HeadTotals totals(settings.layers, settings.heads);
    QSqlQuery query = file.prepared(QStringLiteral(
        "SELECT layer, head, measure, sentences, mean, squares, queries, sum FROM head_total"));
    file.execute(query);
    while (query.next()) {
        const int layer = index_of(file, query, 0, 1, settings.layers);
        const int head = index_of(file, query, 1, 1, settings.heads);
        const auto measure = measures.constFind(query.value(2).toString());
        if (measure == measures.constEnd())
            throw damaged(
                file,
                CorpusMessages::tr("the measure \"%1\" is unknown").arg(query.value(2).toString().left(40)));
        totals.at(layer * static_cast<std::size_t>(settings.heads) + head,
                  *measure) = {.sentences = query.value(3).toLongLong(),
                               .mean = query.value(4).toDouble(),
                               .squares = query.value(5).toDouble(),
                               .queries = query.value(6).toLongLong(),
                               .sum = query.value(7).toDouble()};
    }
    return totals;
}

TopExamples read_neuron_examples(const CorpusFile &file)
{
    return read_examples(file,
                         QStringLiteral("SELECT layer, neuron, sentence, token, value FROM neuron_example"),
                         0, file.settings().d_ff, false);
}

TopExamples read_head_examples(const CorpusFile &file)
{
    return read_examples(file,
                         QStringLiteral("SELECT layer, head, sentence, query, value, key FROM head_example"),
                         1, file.settings().heads, true);
}

StoredSentence read_sentence(const CorpusFile &file, std::int64_t number)
{
    QSqlQuery query = file.prepared(
        QStringLiteral("SELECT text, cut, queries, heads, vector, (SELECT name FROM source WHERE source.id = "
                       "sentence.id >> 32) FROM sentence WHERE id = ?"));
    query.addBindValue(qint64(number));
    file.execute(query);
    if (!query.next())
        throw Error(CorpusMessages::tr("%1 has no sentence %2.").arg(file.path()).arg(number));
    StoredSentence sentence;
    SentenceResult &result = sentence.result;
    result.number = number;
    sentence.source = query.value(5).toString();
    sentence.line = number & 0xFFFFFFFF;
    result.text = query.value(0).toString();
    result.cut = query.value(1).toBool();
    if (!query.isNull(2)) {
        const QJsonArray queries = QJsonDocument::fromJson(query.value(2).toString().toUtf8()).array();
        result.heads =
            floats_of(query.value(3).toByteArray(), file.settings().all_heads() * head_measures.size());
        if (queries.size() != static_cast<qsizetype>(head_measures.size()) || result.heads.empty())
            throw damaged(file,
                          CorpusMessages::tr("sentence %1 has statistics of another model").arg(number));
        for (std::size_t measure = 0; measure < head_measures.size(); ++measure)
            result.queries[measure] = std::max(queries[static_cast<qsizetype>(measure)].toInt(), 0);
    }
    const QByteArray vector = query.value(4).toByteArray();
    const std::vector<float> numbers =
        floats_of(vector, static_cast<std::size_t>(vector.size()) / sizeof(float));
    result.vector = Eigen::Map<const RowVector>(numbers.data(), static_cast<Index>(numbers.size()));
    read_tokens(file, result);
    read_predictions(file, result);
    return sentence;
}

std::vector<std::int64_t> read_sentence_numbers(const CorpusFile &file)
{
    QSqlQuery query = file.prepared(QStringLiteral("SELECT id FROM sentence ORDER BY id"));
    file.execute(query);
    std::vector<std::int64_t> numbers;
    while (query.next())
        numbers.push_back(query.value(0).toLongLong());
    return numbers;
}

std::vector<ExampleInContext> neuron_examples(const CorpusFile &file, int layer, int neuron)
{
    QSqlQuery query = file.prepared(QStringLiteral(
        "SELECT sentence, token, value FROM neuron_example WHERE layer = ? AND neuron = ? ORDER "
        "BY value DESC, sentence"));
    query.addBindValue(layer + 1);
    query.addBindValue(neuron);
    return in_context(file, std::move(query), false);
}

std::vector<ExampleInContext> head_examples(const CorpusFile &file, int layer, int head)
{
    QSqlQuery query = file.prepared(QStringLiteral(
        "SELECT sentence, query, value, key FROM head_example WHERE layer = ? AND head = ? ORDER "
        "BY value DESC, sentence"));
    query.addBindValue(layer + 1);
    query.addBindValue(head + 1);
    return in_context(file, std::move(query), true);
}

std::vector<StoredSentence> search_sentences(const CorpusFile &file, const QString &words, int most)
{
    QStringList terms;
    for (QString word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        terms.append(QLatin1Char('"') + word.replace(QLatin1Char('"'), QStringLiteral("\"\"")) +
                     QStringLiteral("\"*"));
    if (terms.isEmpty())
        return {};
    QSqlQuery query = file.prepared(
        QStringLiteral("SELECT rowid FROM sentence_text WHERE sentence_text MATCH ? ORDER BY rowid LIMIT ?"));
    query.addBindValue(terms.join(QLatin1Char(' ')));
    query.addBindValue(most);
    file.execute(query);
    std::vector<std::int64_t> numbers;
    while (query.next())
        numbers.push_back(query.value(0).toLongLong());
    std::vector<StoredSentence> sentences;
    for (const std::int64_t number : numbers)
        sentences.push_back(read_sentence(file, number));
    return sentences;
}

std::vector<PieceCount> read_piece_counts(const CorpusFile &file, int most)
{
    QSqlQuery query = file.prepared(
        QStringLiteral("SELECT id, text, occurrences FROM piece ORDER BY occurrences DESC, id LIMIT ?"));
    query.addBindValue(most);
    file.execute(query);
    std::vector<PieceCount> counts;
    while (query.next())
        counts.push_back({.id = query.value(0).toInt(),
                          .text = query.value(1).toString(),
                          .occurrences = query.value(2).toLongLong()});
    return counts;
}

} // namespace encoderscope
