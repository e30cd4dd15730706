// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/corpus_writer.h"

#include "engine/corpus/corpus_reader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

namespace encoderscope
{

namespace
{

QString counts_as_json(std::span<const int> counts)
{
    QJsonArray array;
    for (const int count : counts)
        array.append(count);
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QVariant blob_or_null(std::span<const float> values)
{
    return values.empty() ? QVariant(QMetaType(QMetaType::QByteArray)) : QVariant(blob_of(values));
}

} // namespace

QByteArray blob_of(std::span<const float> values)
{
    QByteArray blob(static_cast<qsizetype>(values.size_bytes()), Qt::Uninitialized);
    qToLittleEndian<float>(values.data(), static_cast<qsizetype>(values.size()), blob.data());
    return blob;
}

std::vector<float> floats_of(const QByteArray &blob, std::size_t count)
{
    if (count == 0 || static_cast<std::size_t>(blob.size()) != count * sizeof(float))
        return {};
    std::vector<float> values(count);
    qFromLittleEndian<float>(blob.constData(), static_cast<qsizetype>(count), values.data());
    return values;
}

CorpusWriter::CorpusWriter(CorpusFile &file)
    : file_(file)
    , totals_(read_head_totals(file))
    , neurons_(read_neuron_examples(file))
    , heads_(read_head_examples(file))
    , sentence_(file, QStringLiteral("INSERT INTO sentence VALUES (:a, :b, :c, :d, :e, :f, :g)"))
    , token_(file, QStringLiteral("INSERT INTO token VALUES (:a, :b, :c, :d, :e, :f)"))
    , prediction_(file, QStringLiteral("INSERT INTO prediction VALUES (:a, :b, :c, :d, :e, :f, :g)"))
    , search_(file, QStringLiteral("INSERT INTO sentence_text (rowid, text) VALUES (:a, :b)"))
{
    if (!file.settings().token_layers.empty())
        token_vector_.emplace(file, QStringLiteral("INSERT INTO token_vector VALUES (:a, :b, :c, :d, :e)"));
}

int CorpusWriter::source(const QString &name)
{
    QSqlQuery found = file_.prepared(QStringLiteral("SELECT id FROM source WHERE name = ?"));
    found.addBindValue(name);
    file_.execute(found);
    if (found.next())
        return found.value(0).toInt();
    QSqlQuery insert = file_.prepared(QStringLiteral("INSERT INTO source (name) VALUES (?)"));
    insert.addBindValue(name);
    file_.execute(insert);
    return insert.lastInsertId().toInt();
}

std::set<qint64> CorpusWriter::lines_of(int source) const
{
    QSqlQuery query = file_.prepared(QStringLiteral("SELECT id FROM sentence WHERE id BETWEEN ? AND ?"));
    query.addBindValue(qint64(sentence_number(source, 0)));
    query.addBindValue(qint64(sentence_number(source + 1, 0) - 1));
    file_.execute(query);
    std::set<qint64> lines;
    while (query.next())
        lines.insert(lines.end(), query.value(0).toLongLong() - sentence_number(source, 0));
    return lines;
}

QString CorpusWriter::text_of(std::int64_t number) const
{
    QSqlQuery query = file_.prepared(QStringLiteral("SELECT text FROM sentence WHERE id = ?"));
    query.addBindValue(qint64(number));
    file_.execute(query);
    return query.next() ? query.value(0).toString() : QString();
}

void CorpusWriter::add(const std::vector<SentenceResult> &sentences, const TopExamples &neurons,
                       const TopExamples &heads)
{
    Transaction transaction(file_);
    pieces_.clear();
    for (const SentenceResult &sentence : sentences) {
        insert(sentence);
        totals_.add(sentence);
    }
    write_totals();
    write_pieces();
    write_examples(neurons, neurons_, false);
    write_examples(heads, heads_, true);
    transaction.commit();
}

void CorpusWriter::insert(const SentenceResult &sentence)
{
    const qint64 number = sentence.number;
    sentence_.execute(
        number, sentence.text, qint64(sentence.tokens.size()), sentence.cut ? 1 : 0,
        sentence.heads.empty() ? QVariant(QMetaType(QMetaType::QString))
                               : QVariant(counts_as_json(sentence.queries)),
        blob_or_null(sentence.heads),
        blob_or_null({sentence.vector.data(), static_cast<std::size_t>(sentence.vector.size())}));
    search_.execute(number, sentence.text);
    int position = 0;
    for (const StoredToken &token : sentence.tokens) {
        token_.execute(number, position++, token.piece, token.begin, token.end, token.special ? 1 : 0);
        auto &[text, occurrences] = pieces_[token.piece];
        text = token.text;
        ++occurrences;
    }
    insert_token_vectors(sentence);
    for (const StoredPrediction &prediction : sentence.predictions)
        prediction_.execute(number, prediction.kind, prediction.first, prediction.last, prediction.rank,
                            prediction.label.isNull() ? QStringLiteral("") : prediction.label,
                            prediction.value);
}

void CorpusWriter::insert_token_vectors(const SentenceResult &sentence)
{
    for (std::size_t i = 0; i < sentence.token_vectors.size(); ++i) {
        const QByteArray &vectors = sentence.token_vectors[i];
        const qsizetype size = vectors.size() / std::ssize(sentence.tokens);
        for (qsizetype position = 0; position < std::ssize(sentence.tokens); ++position) {
            const StoredToken &token = sentence.tokens[static_cast<std::size_t>(position)];
            if (token.special)
                continue; // every sentence has those
            token_vector_->execute(file_.settings().token_layers[i], token.piece, qint64(sentence.number),
                                   position, vectors.mid(position * size, size));
        }
    }
}

void CorpusWriter::write_totals() const
{
    Statement statement(
        file_, QStringLiteral("INSERT OR REPLACE INTO head_total VALUES (:a, :b, :c, :d, :e, :f, :g, :h)"));
    const auto heads = static_cast<std::size_t>(file_.settings().heads);
    for (std::size_t head = 0; head < totals_.heads(); ++head) {
        for (std::size_t measure = 0; measure < head_measures.size(); ++measure) {
            const MeasureTotal &total = totals_.at(head, measure);
            statement.execute(qint64(head / heads + 1), qint64(head % heads + 1),
                              QLatin1String(head_measures[measure].first), qint64(total.sentences),
                              total.mean, total.squares, qint64(total.queries), total.sum);
        }
    }
}

void CorpusWriter::write_pieces() const
{
    Statement statement(file_,
                        QStringLiteral("INSERT INTO piece VALUES (:a, :b, :c) ON CONFLICT (id) DO UPDATE SET "
                                       "occurrences = occurrences + excluded.occurrences"));
    for (const auto &[id, piece] : pieces_)
        statement.execute(id, piece.first.isNull() ? QStringLiteral("") : piece.first, piece.second);
}

void CorpusWriter::write_examples(const TopExamples &found, TopExamples &kept, bool of_heads) const
{
    Statement insert(file_, of_heads
                                ? QStringLiteral("INSERT INTO head_example (layer, head, sentence, value, "
                                                 "query, key) VALUES (:a, :b, :c, :d, :e, :f)")
                                : QStringLiteral("INSERT INTO neuron_example (layer, neuron, sentence, "
                                                 "value, token) VALUES (:a, :b, :c, :d, :e)"));
    Statement replace(
        file_, of_heads ? QStringLiteral("UPDATE head_example SET sentence = :d, value = :e, query = :f, "
                                         "key = :g WHERE layer = :a AND head = :b AND sentence = :c")
                        : QStringLiteral("UPDATE neuron_example SET sentence = :d, value = :e, token = "
                                         ":f WHERE layer = :a AND neuron = :b AND sentence = :c"));
    const int width = of_heads ? file_.settings().heads : file_.settings().d_ff;
    const int first = of_heads ? 1 : 0; // heads count from 1, neurons from 0
    for (std::size_t thing = 0; thing < found.things(); ++thing) {
        const qint64 layer = static_cast<qint64>(thing) / width + 1;
        const qint64 number = static_cast<qint64>(thing) % width + first;
        for (const Example &example : found.of(thing)) {
            Example dropped;
            if (!kept.offer(thing, example, &dropped))
                continue;
            const qint64 sentence = example.sentence;
            const auto value = static_cast<double>(example.value);
            if (dropped.sentence == 0 && of_heads)
                insert.execute(layer, number, sentence, value, example.token, example.key);
            else if (dropped.sentence == 0)
                insert.execute(layer, number, sentence, value, example.token);
            else if (of_heads)
                replace.execute(layer, number, qint64(dropped.sentence), sentence, value, example.token,
                                example.key);
            else
                replace.execute(layer, number, qint64(dropped.sentence), sentence, value, example.token);
        }
    }
}

} // namespace encoderscope
