// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/nearest_tokens.h"

#include "engine/corpus/concurrent_reads.h"
#include "engine/corpus/corpus_messages.h"
#include "engine/corpus/token_index.h"
#include "engine/corpus/vector_search_module.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <tuple>

namespace encoderscope
{

namespace
{

/// The nearest use of each sentence.
class NearestUses
{
public:
    NearestUses(const CorpusFile &file, const RowVector &vector, std::int64_t but)
        : file_(file)
        , vector_(vector)
        , length_(vector.norm())
        , but_(but)
    {
    }

    /// Compares the vector that the corpus keeps.
    void compare(std::int64_t sentence, int token, const QByteArray &kept)
    {
        if (sentence == but_)
            return;
        const RowVector other = vector_of_halves(kept);
        if (other.size() != vector_.size())
            throw file_.damaged(
                CorpusMessages::tr("sentence %1 has a vector of another length").arg(sentence));
        const float cosine = vector_.dot(other) / (length_ * other.norm());
        const Example use{
            .sentence = sentence, .token = token, .value = std::isfinite(cosine) ? cosine : 0.0F};
        ++compared_;
        const auto [there, inserted] = uses_.try_emplace(sentence, use);
        if (!inserted && use.value > there->second.value)
            there->second = use;
    }

    /// What was compared apart, of other sentences.
    void add(const NearestUses &other)
    {
        uses_.insert(other.uses_.begin(), other.uses_.end());
        compared_ += other.compared_;
    }

    PieceUses take(int most, qint64 sentences) const
    {
        std::vector<Example> uses;
        for (const auto &[sentence, use] : uses_)
            uses.push_back(use);
        std::sort(uses.begin(), uses.end(), [](const Example &a, const Example &b) { return a.before(b); });
        uses.resize(std::min(uses.size(), static_cast<std::size_t>(most)));
        return {.sentences = sentences, .compared = compared_, .uses = in_context(file_, uses, false)};
    }

private:
    const CorpusFile &file_;
    const RowVector &vector_;
    float length_;
    std::int64_t but_;
    std::map<std::int64_t, Example> uses_;
    qint64 compared_ = 0;
};

const QString one_vector = QStringLiteral("SELECT vector FROM token_vector WHERE layer = ? AND piece = ? AND "
                                          "sentence = ? AND position = ?");

/// Those that the index lacks. Sentences are never taken away: where there are as many, they are the same.
std::vector<std::int64_t> not_indexed(const CorpusFile &file, const TokenIndex &index, qint64 sentences)
{
    std::vector<std::int64_t> missing;
    if (sentences == std::ssize(index.sentences()))
        return missing;
    const std::vector<std::int64_t> all = read_sentence_numbers(file);
    std::set_difference(all.begin(), all.end(), index.sentences().begin(), index.sentences().end(),
                        std::back_inserter(missing));
    if (std::ssize(missing) > most_not_indexed)
        throw Error(
            CorpusMessages::tr("%1: the index of its vectors after layer %2 was made before %3 of its "
                               "sentences came: \"corpus index\" makes it anew.")
                .arg(file.path())
                .arg(index.layer())
                .arg(missing.size()));
    return missing;
}

/// The corpus's index of a layer, and the sentences that it lacks. Throws Error when it is of no use.
struct IndexedTokens {
    IndexedTokens(const CorpusFile &file, int layer, qint64 sentences)
        : index(file, layer)
        , missing(not_indexed(file, index, sentences))
    {
    }

    const TokenIndex index;
    const std::vector<std::int64_t> missing;
};

/// The vectors of tokens; fewer when `stop` was requested.
std::vector<QByteArray> vectors_of(const CorpusFile &file, int layer, const std::vector<TokenPlace> &places,
                                   const std::stop_token &stop)
{
    std::vector<QByteArray> vectors(places.size());
    read_concurrently(
        file, places.size(), [&](const CorpusFile &corpus, std::size_t first, std::size_t last) {
            QSqlQuery one = corpus.prepared(one_vector);
            for (std::size_t i = first; i < last && !stop.stop_requested(); ++i) {
                const TokenPlace &place = places[i];
                for (const qint64 value :
                     {qint64(layer), qint64(place.piece), qint64(place.sentence), qint64(place.position)})
                    one.addBindValue(value);
                corpus.execute(one);
                if (!one.next())
                    throw damaged_index(token_index_path(file.path(), layer),
                                        CorpusMessages::tr("it names a token that the corpus lacks"));
                vectors[i] = one.value(0).toByteArray();
            }
        });
    return vectors;
}

/// What the index finds, compared by the vectors themselves, and the sentences that it lacks.
void compare_indexed(const CorpusFile &file, const IndexedTokens &indexed, std::optional<int> piece,
                     const RowVector &vector, int most, NearestUses &nearest, const std::stop_token &stop)
{
    // More than are wanted: its order is about right, and some are of the same sentence.
    constexpr qint64 least_candidates = 256, most_candidates = 1 << 14;
    const int layer = indexed.index.layer();
    const qint64 candidates = std::clamp(qint64{4} * most, least_candidates, most_candidates);
    std::vector<TokenPlace> places = indexed.index.nearest(vector, static_cast<int>(candidates), piece);
    std::sort(places.begin(), places.end(), [](const TokenPlace &a, const TokenPlace &b) {
        return std::tie(a.piece, a.sentence, a.position) < std::tie(b.piece, b.sentence, b.position);
    }); // as they lie in the database
    const std::vector<QByteArray> vectors = vectors_of(file, layer, places, stop);
    if (stop.stop_requested())
        return;
    for (std::size_t i = 0; i < places.size(); ++i)
        nearest.compare(places[i].sentence, places[i].position, vectors[i]);
    QSqlQuery all_of_sentence = file.prepared(
        QStringLiteral("SELECT token.position, token_vector.vector FROM token JOIN token_vector ON "
                       "token_vector.layer = ? AND token_vector.piece = token.piece AND "
                       "token_vector.sentence = token.sentence AND token_vector.position = token.position "
                       "WHERE token.sentence = ? AND (? < 0 OR token.piece = ?)"));
    for (const std::int64_t sentence : indexed.missing) {
        if (stop.stop_requested())
            return;
        for (const qint64 value :
             {qint64(layer), qint64(sentence), qint64(piece.value_or(-1)), qint64(piece.value_or(-1))})
            all_of_sentence.addBindValue(value);
        file.execute(all_of_sentence);
        while (all_of_sentence.next())
            nearest.compare(sentence, all_of_sentence.value(0).toInt(),
                            all_of_sentence.value(1).toByteArray());
    }
}

/// Of which a frequent piece's uses can be asked; null where a part of them has to be read instead.
std::unique_ptr<const IndexedTokens> usable_index(const CorpusFile &file, int layer)
{
    try {
        vector_search();
        return std::make_unique<const IndexedTokens>(file, layer, count_sentences(file));
    } catch (const Error &) {
        return nullptr;
    }
}

} // namespace

void check_token_layer(const CorpusFile &file, int layer)
{
    const std::vector<int> &layers = file.settings().token_layers;
    if (std::find(layers.begin(), layers.end(), layer) == layers.end())
        throw Error(
            CorpusMessages::tr("%1 keeps no vectors of tokens after layer %2.").arg(file.path()).arg(layer));
}

RowVector read_token_vector(const CorpusFile &file, int layer, std::int64_t sentence, int piece, int position)
{
    if (file.settings().token_layers.empty())
        return {};
    QSqlQuery query = file.prepared(one_vector);
    for (const qint64 value : {qint64(layer), qint64(piece), qint64(sentence), qint64(position)})
        query.addBindValue(value);
    file.execute(query);
    return query.next() ? vector_of_halves(query.value(0).toByteArray()) : RowVector();
}

std::vector<QByteArray> read_token_vectors(const CorpusFile &file, const SentenceResult &sentence)
{
    std::vector<QByteArray> all;
    if (sentence.heads.empty())
        return all;
    for (const int layer : file.settings().token_layers) {
        QSqlQuery query = file.prepared(one_vector);
        std::vector<QByteArray> vectors;
        qsizetype size = 0;
        for (std::size_t position = 0; position < sentence.tokens.size(); ++position) {
            vectors.emplace_back();
            if (sentence.tokens[position].special)
                continue;
            for (const qint64 value : {qint64(layer), qint64(sentence.tokens[position].piece),
                                       qint64(sentence.number), qint64(position)})
                query.addBindValue(value);
            file.execute(query);
            if (!query.next())
                throw file.damaged(
                    CorpusMessages::tr("sentence %1 lacks a token's vector").arg(sentence.number));
            vectors.back() = query.value(0).toByteArray();
            if (size > 0 && vectors.back().size() != size)
                throw file.damaged(
                    CorpusMessages::tr("sentence %1 has a vector of another length").arg(sentence.number));
            size = vectors.back().size();
        }
        QByteArray joined;
        for (const QByteArray &vector : vectors)
            joined += vector.isEmpty() ? QByteArray(size, '\0') : vector;
        all.push_back(joined);
    }
    return all;
}

PieceUses nearest_tokens(const CorpusFile &file, int layer, const QString &piece, const RowVector &vector,
                         int most, std::int64_t but, const std::stop_token &stop)
{
    check_token_layer(file, layer);
    const int number = number_of_piece(file, piece);
    const qint64 sentences = sentences_with(file, number);
    NearestUses nearest(file, vector, but);
    if (const auto indexed = sentences > most_compared ? usable_index(file, layer) : nullptr) {
        compare_indexed(file, *indexed, number, vector, most, nearest, stop);
        PieceUses found = nearest.take(most, sentences);
        found.by_index = true;
        return found;
    }
    const EvenUses even = even_uses(file, number, sentences);
    std::mutex adding;
    read_concurrently(
        file, even.uses.size(), [&](const CorpusFile &corpus, std::size_t first, std::size_t last) {
            QSqlQuery query = corpus.prepared(QStringLiteral(
                "SELECT sentence, position, vector FROM token_vector WHERE layer = ? AND piece = ? AND "
                "sentence BETWEEN ? AND ? ORDER BY sentence, position"));
            NearestUses part(corpus, vector, but);
            for (std::size_t end = 0; first < last; first = end) {
                end = even.run(first, last);
                for (const qint64 value : {qint64(layer), qint64(number), qint64(even.uses[first].sentence),
                                           qint64(even.uses[end - 1].sentence)})
                    query.addBindValue(value);
                corpus.execute(query);
                while (query.next() && !stop.stop_requested())
                    part.compare(query.value(0).toLongLong(), query.value(1).toInt(),
                                 query.value(2).toByteArray());
                if (stop.stop_requested())
                    break;
            }
            const std::lock_guard lock(adding);
            nearest.add(part);
        });
    return nearest.take(most, sentences);
}

PieceUses nearest_of_any_piece(const CorpusFile &file, int layer, const RowVector &vector, int most,
                               std::int64_t but, const std::stop_token &stop)
{
    check_token_layer(file, layer);
    const qint64 sentences = count_sentences(file);
    NearestUses nearest(file, vector, but);
    compare_indexed(file, IndexedTokens(file, layer, sentences), std::nullopt, vector, most, nearest, stop);
    PieceUses found = nearest.take(most, sentences);
    found.by_index = true;
    return found;
}

} // namespace encoderscope
