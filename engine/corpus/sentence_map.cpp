// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/sentence_map.h"

#include "engine/corpus/concurrent_reads.h"
#include "engine/corpus/corpus_messages.h"
#include "engine/corpus/corpus_reader.h"
#include "engine/corpus/corpus_writer.h"

#include <QHash>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int shown_characters = 200;

/// At most `most`, as far from each other as can be.
std::vector<std::int64_t> spread(std::vector<std::int64_t> numbers, std::size_t most)
{
    const std::size_t count = numbers.size();
    if (count <= most)
        return numbers;
    for (std::size_t i = 0; i < most; ++i)
        numbers[i] = numbers[count * i / most];
    numbers.resize(most);
    return numbers;
}

QHash<qint64, QString> names_of_sources(const CorpusFile &file)
{
    QHash<qint64, QString> names;
    QSqlQuery query = file.prepared(QStringLiteral("SELECT id, name FROM source"));
    file.execute(query);
    while (query.next())
        names.insert(query.value(0).toLongLong(), query.value(1).toString());
    return names;
}

struct VectorOfSentence {
    QString beginning;
    std::vector<float> vector; ///< empty: it has none
};

std::vector<VectorOfSentence> read_vectors(const CorpusFile &file, const std::vector<std::int64_t> &numbers,
                                           const std::stop_token &stop)
{
    std::vector<VectorOfSentence> read(numbers.size());
    read_concurrently(
        file, numbers.size(), [&](const CorpusFile &corpus, std::size_t first, std::size_t last) {
            QSqlQuery query = corpus.prepared(
                QStringLiteral("SELECT substr(text, 1, ?), vector FROM sentence WHERE id = ?"));
            for (std::size_t i = first; i < last && !stop.stop_requested(); ++i) {
                query.bindValue(0, shown_characters);
                query.bindValue(1, qint64(numbers[i]));
                corpus.execute(query);
                if (!query.next())
                    continue;
                const QByteArray blob = query.value(1).toByteArray();
                read[i] = {query.value(0).toString(),
                           floats_of(blob, static_cast<std::size_t>(blob.size()) / sizeof(float))};
            }
        });
    return read;
}

} // namespace

SentenceMap map_sentences(const CorpusFile &file, int most, const std::stop_token &stop)
{
    std::vector<std::int64_t> numbers = read_sentence_numbers(file);
    SentenceMap map{.axes = {}, .sentences = {}, .all = std::ssize(numbers)};
    numbers = spread(std::move(numbers), static_cast<std::size_t>(most));
    const std::vector<VectorOfSentence> read = read_vectors(file, numbers, stop);
    if (stop.stop_requested())
        return map;

    const QHash<qint64, QString> sources = names_of_sources(file);
    std::vector<const std::vector<float> *> vectors;
    for (std::size_t i = 0; i < read.size(); ++i) {
        const auto &[beginning, vector] = read[i];
        if (vector.empty())
            continue;
        if (!vectors.empty() && vector.size() != vectors.front()->size())
            throw file.damaged(
                CorpusMessages::tr("sentence %1 has a vector of another length").arg(numbers[i]));
        vectors.push_back(&vector);
        map.sentences.push_back({.number = numbers[i],
                                 .source = sources.value(numbers[i] >> 32),
                                 .line = numbers[i] & 0xFFFFFFFF,
                                 .beginning = beginning});
    }
    if (vectors.empty())
        throw Error(CorpusMessages::tr("%1 has no vectors of sentences: its model, %2, makes none. Models of "
                                       "sentence-transformers make some, such as all-MiniLM-L6-v2.")
                        .arg(file.path(), file.settings().model_name));

    Eigen::MatrixXd rows(std::ssize(vectors), std::ssize(*vectors.front()));
    for (Index row = 0; row < rows.rows(); ++row)
        rows.row(row) =
            Eigen::Map<const RowVector>(vectors[static_cast<std::size_t>(row)]->data(), rows.cols())
                .cast<double>();
    map.axes = principal_axes(rows, nullptr, stop);
    if (map.axes.axes.size() == 0) {
        map.sentences.clear();
        return map;
    }
    const Eigen::MatrixXd places = rows * map.axes.axes.cast<double>().transpose();
    for (Index row = 0; row < rows.rows(); ++row) {
        map.sentences[static_cast<std::size_t>(row)].x = static_cast<float>(places(row, 0));
        map.sentences[static_cast<std::size_t>(row)].y = static_cast<float>(places(row, 1));
    }
    return map;
}

} // namespace encoderscope
