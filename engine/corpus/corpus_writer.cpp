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
    , sentence_(file.prepared(QStringLiteral("INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?)")))
    , token_(file.prepared(QStringLiteral("INSERT INTO token VALUES (?, ?, ?, ?, ?, ?)")))
    , prediction_(file.prepared(QStringLiteral("INSERT INTO prediction VALUES (?, ?, ?, ?, ?, ?, ?)")))
    , search_(file.prepared(QStringLiteral("INSERT INTO sentence_text (rowid, text) VALUES (?, ?)")))
{
    if (!file.settings().token_layers.empty())
        token_vector_ = file.prepared(QStringLiteral("INSERT INTO token_vector VALUES (?, ?, ?, ?, ?)"));
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
    sentence_.addBindValue(number);
    sentence_.addBindValue(sentence.text);
    sentence_.addBindValue(qint64(sentence.tokens.size()));
    sentence_.addBindValue(sentence.cut ? 1 : 0);
    sentence_.addBindValue(sentence.heads.empty() ? QVariant(QMetaType(QMetaType::QString))
                                                  : QVariant(counts_as_json(sentence.queries)));
    sentence_.addBindValue(blob_or_null(sentence.heads));
    sentence_.addBindValue(
        blob_or_null({sentence.vector.data(), static_cast<std::size_t>(sentence.vector.size())}));
    file_.execute(sentence_);
    search_.addBindValue(number);
    search_.addBindValue(sentence.text);
    file_.execute(search_);
    int position = 0;
    for (const StoredToken &token : sentence.tokens) {
        token_.addBindValue(number);
        token_.addBindValue(position++);
        token_.addBindValue(token.piece);
        token_.addBindValue(token.begin);
        token_.addBindValue(token.end);
        token_.addBindValue(token.special ? 1 : 0);
        file_.execute(token_);
        auto &[text, occurrences] = pieces_[token.piece];
        text = token.text;
        ++occurrences;
    }
    insert_token_vectors(sentence);
    for (const StoredPrediction &prediction : sentence.predictions) {
        prediction_.addBindValue(number);
        prediction_.addBindValue(prediction.kind);
        prediction_.addBindValue(prediction.first);
        prediction_.addBindValue(prediction.last);
        prediction_.addBindValue(prediction.rank);
        prediction_.addBindValue(prediction.label.isNull() ? QStringLiteral("") : prediction.label);
        prediction_.addBindValue(prediction.value);
        file_.execute(prediction_);
    }
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
            token_vector_->addBindValue(file_.settings().token_layers[i]);
            token_vector_->addBindValue(token.piece);
            token_vector_->addBindValue(qint64(sentence.number));
            token_vector_->addBindValue(position);
            token_vector_->addBindValue(vectors.mid(position * size, size));
            file_.execute(*token_vector_);
        }
    }
}

void CorpusWriter::write_totals() const
{
    QSqlQuery query =
        file_.prepared(QStringLiteral("INSERT OR REPLACE INTO head_total VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
    const auto heads = static_cast<std::size_t>(file_.settings().heads);
    for (std::size_t head = 0; head < totals_.heads(); ++head) {
        for (std::size_t measure = 0; measure < head_measures.size(); ++measure) {
            const MeasureTotal &total = totals_.at(head, measure);
            query.addBindValue(qint64(head / heads + 1));
            query.addBindValue(qint64(head % heads + 1));
            query.addBindValue(QLatin1String(head_measures[measure].first));
            query.addBindValue(qint64(total.sentences));
            query.addBindValue(total.mean);
            query.addBindValue(total.squares);
            query.addBindValue(qint64(total.queries));
            query.addBindValue(total.sum);
            file_.execute(query);
        }
    }
}

void CorpusWriter::write_pieces() const
{
    QSqlQuery query =
        file_.prepared(QStringLiteral("INSERT INTO piece VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                                      "occurrences = occurrences + excluded.occurrences"));
    for (const auto &[id, piece] : pieces_) {
        query.addBindValue(id);
        query.addBindValue(piece.first.isNull() ? QStringLiteral("") : piece.first);
        query.addBindValue(piece.second);
        file_.execute(query);
    }
}

void CorpusWriter::write_examples(const TopExamples &found, TopExamples &kept, bool of_heads) const
{
    const QString table = of_heads ? QStringLiteral("head_example") : QStringLiteral("neuron_example");
    const QString column = of_heads ? QStringLiteral("head") : QStringLiteral("neuron");
    QSqlQuery insert = file_.prepared(QStringLiteral("INSERT INTO %1 VALUES (?, ?, ?, ?, %2?)")
                                          .arg(table, of_heads ? QStringLiteral("?, ") : QString()));
    QSqlQuery replace = file_.prepared(
        QStringLiteral("UPDATE %1 SET sentence = ?, %2value = ? WHERE layer = ? AND %3 = ? AND sentence = ?")
            .arg(table, of_heads ? QStringLiteral("query = ?, key = ?, ") : QStringLiteral("token = ?, "),
                 column));
    const int width = of_heads ? file_.settings().heads : file_.settings().d_ff;
    const int first = of_heads ? 1 : 0; // heads count from 1, neurons from 0
    for (std::size_t thing = 0; thing < found.things(); ++thing) {
        const qint64 layer = static_cast<qint64>(thing) / width + 1;
        const qint64 number = static_cast<qint64>(thing) % width + first;
        for (const Example &example : found.of(thing)) {
            Example dropped;
            if (!kept.offer(thing, example, &dropped))
                continue;
            const bool new_row = dropped.sentence == 0;
            QSqlQuery &query = new_row ? insert : replace;
            if (new_row) {
                query.addBindValue(layer);
                query.addBindValue(number);
            }
            query.addBindValue(qint64(example.sentence));
            query.addBindValue(example.token);
            if (of_heads)
                query.addBindValue(example.key);
            query.addBindValue(static_cast<double>(example.value));
            if (!new_row) {
                query.addBindValue(layer);
                query.addBindValue(number);
                query.addBindValue(qint64(dropped.sentence));
            }
            file_.execute(query);
        }
    }
}

} // namespace encoderscope
