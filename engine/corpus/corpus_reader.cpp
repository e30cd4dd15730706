// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/corpus_reader.h"

#include "engine/corpus/concurrent_reads.h"
#include "engine/corpus/corpus_messages.h"
#include "engine/corpus/corpus_writer.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>

namespace encoderscope
{

namespace
{

constexpr std::size_t most_tokens_of_sentence = std::size_t{1} << 20;

/// A number from a column, as an index from 0 below `count`.
int index_of(const CorpusFile &file, const QSqlQuery &query, int column, int first, int count)
{
    const qint64 value = query.value(column).toLongLong() - first;
    if (value < 0 || value >= count)
        throw file.damaged(
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

/// `statement` is of a table whose rows lie in the order of layer and `thing`, a head or neuron.
TopExamples read_examples(const CorpusFile &file, const QString &statement, const QString &thing, int first,
                          int width, bool with_key)
{
    constexpr std::size_t things_of_share = 256; // of whose examples reading takes some milliseconds
    const CorpusSettings &settings = file.settings();
    const std::size_t things = static_cast<std::size_t>(settings.layers) * static_cast<std::size_t>(width);
    TopExamples examples(things, static_cast<std::size_t>(settings.examples));
    const std::size_t shares = things / things_of_share + 1;
    const QString of_share =
        statement + QStringLiteral(" WHERE (layer, %1) >= (?, ?) AND (layer, %1) < (?, ?)").arg(thing);
    read_concurrently(file, shares, [&](const CorpusFile &corpus, std::size_t from, std::size_t to) {
        QSqlQuery query = corpus.prepared(of_share);
        const auto bind = [&](std::size_t share) {
            const auto place = static_cast<qint64>(share * things_of_share);
            // What is before the first or after the last is damage, which somebody has to see.
            query.addBindValue(share == 0        ? std::numeric_limits<qint64>::min()
                               : share == shares ? std::numeric_limits<qint64>::max()
                                                 : place / width + 1);
            query.addBindValue(place % width + first);
        };
        bind(from);
        bind(to);
        corpus.execute(query);
        while (query.next()) {
            const int layer = index_of(corpus, query, 0, 1, settings.layers);
            const int index = index_of(corpus, query, 1, first, width);
            examples.offer(static_cast<std::size_t>(layer * width + index), example_of(query, 2, with_key));
        }
    });
    return examples;
}

std::vector<ExampleInContext> in_context(const CorpusFile &file, QSqlQuery query, bool with_key)
{
    std::vector<Example> examples;
    query.addBindValue(most_kept_examples);
    file.execute(query);
    while (query.next())
        examples.push_back(example_of(query, 0, with_key));
    return in_context(file, examples, with_key);
}

void read_tokens(const CorpusFile &file, SentenceResult &sentence)
{
    QSqlQuery query = file.prepared(QStringLiteral(
        "SELECT token.piece, piece.text, begin, end, special FROM token JOIN piece ON piece.id = token.piece "
        "WHERE sentence = ? ORDER BY position"));
    query.addBindValue(qint64(sentence.number));
    file.execute(query);
    while (query.next()) {
        if (sentence.tokens.size() >= most_tokens_of_sentence)
            throw file.damaged(
                CorpusMessages::tr("sentence %1 has more tokens than a run").arg(sentence.number));
        sentence.tokens.push_back({.piece = query.value(0).toInt(),
                                   .text = query.value(1).toString(),
                                   .begin = query.value(2).toInt(),
                                   .end = query.value(3).toInt(),
                                   .special = query.value(4).toBool()});
    }
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
    QSqlQuery sources = file.prepared(QStringLiteral(
        "SELECT name, coalesce(sentences, 0), coalesce(tokens, 0), coalesce(cut, 0) FROM source LEFT JOIN "
        "(SELECT id >> 32 AS place, count(*) AS sentences, sum(tokens) AS tokens, sum(cut) AS cut FROM "
        "sentence GROUP BY place) ON place = source.id ORDER BY source.id"));
    file.execute(sources);
    while (sources.next()) {
        const qint64 sentences = sources.value(1).toLongLong();
        summary.sources.emplace_back(sources.value(0).toString(), sentences);
        summary.sentences += sentences;
        summary.tokens += sources.value(2).toLongLong();
        summary.cut += sources.value(3).toLongLong();
    }
    QSqlQuery query = file.prepared(QStringLiteral("SELECT count(*) FROM sentence WHERE queries IS NULL"));
    file.execute(query);
    if (query.next())
        summary.not_finite = query.value(0).toLongLong();
    return summary;
}

qint64 count_sentences(const CorpusFile &file)
{
    QSqlQuery query = file.prepared(QStringLiteral("SELECT count(*) FROM sentence"));
    file.execute(query);
    return query.next() ? query.value(0).toLongLong() : 0;
}

bool has_vectors(const CorpusFile &file)
{
    QSqlQuery query = file.prepared(
        QStringLiteral("SELECT vector IS NOT NULL FROM sentence WHERE queries IS NOT NULL LIMIT 1"));
    file.execute(query);
    return query.next() && query.value(0).toBool();
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
            throw file.damaged(
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
                         QStringLiteral("neuron"), 0, file.settings().d_ff, false);
}

TopExamples read_head_examples(const CorpusFile &file)
{
    return read_examples(file,
                         QStringLiteral("SELECT layer, head, sentence, query, value, key FROM head_example"),
                         QStringLiteral("head"), 1, file.settings().heads, true);
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
            throw file.damaged(CorpusMessages::tr("sentence %1 has statistics of another model").arg(number));
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

std::pair<qsizetype, qsizetype> place_of(const SentenceResult &sentence, int token)
{
    const StoredToken &one = sentence.tokens[static_cast<std::size_t>(token)];
    const auto units = [&text = sentence.text](int code_points) {
        qsizetype place = 0;
        for (int count = 0; count < code_points && place < text.size(); ++count)
            place += text[place].isHighSurrogate() && place + 1 < text.size() ? 2 : 1;
        return place;
    };
    const qsizetype begin = units(one.begin);
    return {begin, std::max(begin, units(one.end))};
}

std::vector<std::int64_t> read_sentence_numbers(const CorpusFile &file)
{
    // With the + they come from an index: the rows themselves are a hundred times as large.
    QSqlQuery query = file.prepared(QStringLiteral("SELECT id FROM sentence ORDER BY +id"));
    file.execute(query);
    std::vector<std::int64_t> numbers;
    while (query.next())
        numbers.push_back(query.value(0).toLongLong());
    return numbers;
}

std::vector<ExampleInContext> in_context(const CorpusFile &file, const std::vector<Example> &examples,
                                         bool with_key)
{
    std::vector<ExampleInContext> all(examples.size());
    read_concurrently(file, examples.size(),
                      [&](const CorpusFile &corpus, std::size_t first, std::size_t last) {
                          for (std::size_t i = first; i < last; ++i)
                              all[i] = {examples[i], read_sentence(corpus, examples[i].sentence)};
                      });
    for (const auto &[example, sentence] : all) {
        const auto tokens = static_cast<int>(sentence.result.tokens.size());
        if (example.token < 0 || example.token >= tokens || example.key >= tokens ||
            (with_key && example.key < 0))
            throw file.damaged(CorpusMessages::tr("an example's token is not in its sentence"));
    }
    return all;
}

std::vector<ExampleInContext> neuron_examples(const CorpusFile &file, int layer, int neuron)
{
    QSqlQuery query = file.prepared(QStringLiteral(
        "SELECT sentence, token, value FROM neuron_example WHERE layer = ? AND neuron = ? ORDER "
        "BY value DESC, sentence LIMIT ?"));
    query.addBindValue(layer + 1);
    query.addBindValue(neuron);
    return in_context(file, std::move(query), false);
}

std::vector<ExampleInContext> head_examples(const CorpusFile &file, int layer, int head)
{
    QSqlQuery query = file.prepared(QStringLiteral(
        "SELECT sentence, query, value, key FROM head_example WHERE layer = ? AND head = ? ORDER "
        "BY value DESC, sentence LIMIT ?"));
    query.addBindValue(layer + 1);
    query.addBindValue(head + 1);
    return in_context(file, std::move(query), true);
}

int number_of_piece(const CorpusFile &file, const QString &piece)
{
    QSqlQuery query = file.prepared(QStringLiteral("SELECT id FROM piece WHERE text = ?"));
    query.addBindValue(piece);
    file.execute(query);
    return query.next() ? query.value(0).toInt() : -1;
}

qint64 sentences_with(const CorpusFile &file, int piece)
{
    QSqlQuery query =
        file.prepared(QStringLiteral("SELECT count(DISTINCT sentence) FROM token WHERE piece = ?"));
    query.addBindValue(piece);
    file.execute(query);
    return query.next() ? query.value(0).toLongLong() : 0;
}

PieceUses piece_uses(const CorpusFile &file, const QString &piece, int most)
{
    const int number = number_of_piece(file, piece);
    PieceUses found{.sentences = sentences_with(file, number), .uses = {}};
    QSqlQuery query = file.prepared(QStringLiteral(
        "SELECT sentence, min(position) FROM token WHERE piece = ? GROUP BY sentence ORDER BY sentence LIMIT "
        "?"));
    query.addBindValue(number);
    query.addBindValue(most);
    file.execute(query);
    std::vector<Example> uses;
    while (query.next())
        uses.push_back({.sentence = query.value(0).toLongLong(), .token = query.value(1).toInt()});
    found.uses = in_context(file, uses, false);
    return found;
}

namespace
{

constexpr qint64 lines_of_block = 16;

} // namespace

std::size_t EvenUses::run(std::size_t first, std::size_t last) const
{
    if (blocks == 1)
        return last;
    const qint64 block = uses[first].sentence / lines_of_block;
    while (first < last && uses[first].sentence / lines_of_block == block)
        ++first;
    return first;
}

EvenUses even_uses(const CorpusFile &file, int piece, qint64 sentences)
{
    EvenUses even{.uses = {}, .blocks = std::max<qint64>((sentences + most_compared - 1) / most_compared, 1)};
    QSqlQuery query = file.prepared(QStringLiteral(
        "SELECT sentence, min(position) FROM token WHERE piece = ? AND sentence / ? % ? = 0 GROUP BY "
        "sentence ORDER BY sentence"));
    for (const qint64 value : {qint64(piece), lines_of_block, even.blocks})
        query.addBindValue(value);
    file.execute(query);
    while (query.next())
        even.uses.push_back({.sentence = query.value(0).toLongLong(), .token = query.value(1).toInt()});
    return even;
}

PieceUses nearest_uses(const CorpusFile &file, const QString &piece, const RowVector &vector, int most,
                       const std::stop_token &stop)
{
    const int number = number_of_piece(file, piece);
    PieceUses found{.sentences = sentences_with(file, number), .uses = {}};
    const std::vector<Example> all = even_uses(file, number, found.sentences).uses;
    std::vector<std::optional<float>> cosines(all.size()); // none where a run was not finite
    read_concurrently(file, all.size(), [&](const CorpusFile &corpus, std::size_t first, std::size_t last) {
        QSqlQuery query = corpus.prepared(QStringLiteral("SELECT vector FROM sentence WHERE id = ?"));
        for (std::size_t i = first; i < last && !stop.stop_requested(); ++i) {
            query.addBindValue(qint64(all[i].sentence));
            corpus.execute(query);
            const QByteArray blob = query.next() ? query.value(0).toByteArray() : QByteArray();
            if (blob.isEmpty())
                continue;
            const std::vector<float> numbers = floats_of(blob, static_cast<std::size_t>(vector.size()));
            if (numbers.empty())
                throw file.damaged(
                    CorpusMessages::tr("sentence %1 has a vector of another length").arg(all[i].sentence));
            const Eigen::Map<const RowVector> other(numbers.data(), vector.size());
            const float lengths = vector.norm() * other.norm();
            cosines[i] = lengths > 0.0F ? vector.dot(other) / lengths : 0.0F;
        }
    });
    std::vector<Example> uses;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (cosines[i]) {
            uses.push_back(all[i]);
            uses.back().value = *cosines[i];
        }
    }
    found.compared = std::ssize(uses);
    std::sort(uses.begin(), uses.end(), [](const Example &a, const Example &b) { return a.before(b); });
    uses.resize(std::min(uses.size(), static_cast<std::size_t>(most)));
    found.uses = in_context(file, uses, false);
    return found;
}

namespace
{

/// For FTS5: words that begin like each of these.
QString query_of(QString words)
{
    QStringList terms;
    for (QString word : words.remove(QChar(QChar::Null)).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        terms.append(QLatin1Char('"') + word.replace(QLatin1Char('"'), QStringLiteral("\"\"")) +
                     QStringLiteral("\"*"));
    return terms.join(QLatin1Char(' '));
}

const QChar match_begins(0x2);
const QChar match_ends(0x3);

/// `marked` is `text` with these around what was found.
std::vector<std::pair<qsizetype, qsizetype>> marked_parts(const QString &text, const QString &marked)
{
    std::vector<std::pair<qsizetype, qsizetype>> parts;
    qsizetype place = 0;
    qsizetype begin = -1;
    for (const QChar c : marked) {
        if (place < text.size() && c == text[place]) {
            ++place;
        } else if (c == match_begins) {
            begin = place;
        } else if (c == match_ends && begin >= 0) {
            parts.emplace_back(begin, place);
            begin = -1;
        }
    }
    return parts;
}

} // namespace

std::vector<FoundSentence> search_sentences(const CorpusFile &file, const QString &words, int most)
{
    const QString terms = query_of(words);
    if (terms.isEmpty())
        return {};
    QSqlQuery query =
        file.prepared(QStringLiteral("SELECT rowid, highlight(sentence_text, 0, char(2), char(3)) FROM "
                                     "sentence_text WHERE sentence_text MATCH ? ORDER BY rowid LIMIT ?"));
    query.addBindValue(terms);
    query.addBindValue(most);
    file.execute(query);
    std::vector<std::pair<qint64, QString>> found;
    while (query.next())
        found.emplace_back(query.value(0).toLongLong(), query.value(1).toString());
    std::vector<FoundSentence> sentences(found.size());
    read_concurrently(file, found.size(), [&](const CorpusFile &corpus, std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            const auto &[number, marked] = found[i];
            sentences[i].sentence = read_sentence(corpus, number);
            sentences[i].words = marked_parts(sentences[i].sentence.result.text, marked);
        }
    });
    return sentences;
}

qint64 count_sentences(const CorpusFile &file, const QString &words)
{
    const QString terms = query_of(words);
    if (terms.isEmpty())
        return 0;
    QSqlQuery query =
        file.prepared(QStringLiteral("SELECT count(*) FROM sentence_text WHERE sentence_text MATCH ?"));
    query.addBindValue(terms);
    file.execute(query);
    return query.next() ? query.value(0).toLongLong() : 0;
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
