// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/token_index.h"

#include "engine/aside.h"
#include "engine/corpus/corpus_messages.h"
#include "engine/corpus/corpus_reader.h"
#include "engine/corpus/nearest_tokens.h"
#include "engine/corpus/vector_search_module.h"

#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace encoderscope
{

namespace
{

constexpr Index batch = 1 << 14;               ///< vectors that are encoded at once
constexpr std::size_t most_sample = 24U << 20; ///< numbers of the vectors that centres are made of
constexpr std::size_t sample_of_list = 64;     ///< of these vectors, for each centre
constexpr std::size_t most_index_lists = 4096;
constexpr std::size_t probes = 48;                                     ///< lists that a search reads
constexpr double sampled = 0.15, trained = 0.35, done_encoding = 0.95; ///< shares of the work

/// FAISS's errors, and those of memory, for the user.
template <typename Call>
auto with_faiss(const Call &call)
{
    try {
        return call(vector_search());
    } catch (const Error &) {
        throw;
    } catch (const std::exception &error) {
        throw Error(CorpusMessages::tr("FAISS says: %1").arg(QString::fromUtf8(error.what())));
    }
}

/// Of length 1; zeros where that cannot be.
void normalize(Eigen::Ref<RowVector> vector)
{
    const float length = vector.norm();
    if (std::isfinite(length) && length > 0.0F)
        vector /= length;
    else
        vector.setZero();
}

/// Reads vectors after a layer, normalized, in the order of the table.
class VectorRows
{
public:
    /// Of about every `step`th sentence, whatever regularity their numbers have.
    VectorRows(const CorpusFile &file, int layer, qint64 step)
        : file_(file)
        , query_(file.prepared(QStringLiteral(
              "SELECT piece, sentence, position, vector FROM token_vector WHERE layer = ? AND "
              "((((sentence & 2147483647) * 2654435761) >> 16) % ?) = 0 ORDER BY piece, sentence, position")))
    {
        query_.addBindValue(layer);
        query_.addBindValue(step);
        file.execute(query_);
    }

    /// Takes the next ones, up to `most`: fewer at the end.
    void next(Index most)
    {
        places.clear();
        while (std::ssize(places) < most && query_.next()) {
            places.push_back({.sentence = query_.value(1).toLongLong(),
                              .piece = query_.value(0).toInt(),
                              .position = query_.value(2).toInt()});
            RowVector vector = vector_of_halves(query_.value(3).toByteArray());
            if (vectors.cols() == 0 && vector.size() <= most_columns)
                vectors.resize(most, vector.size());
            if (vector.size() == 0 || vector.size() != vectors.cols())
                throw file_.damaged(CorpusMessages::tr("sentence %1 has a vector of another length")
                                        .arg(places.back().sentence));
            normalize(vector);
            vectors.row(std::ssize(places) - 1) = vector;
        }
    }
    std::size_t columns() const { return static_cast<std::size_t>(vectors.cols()); }
    std::span<const float> read() const { return {vectors.data(), places.size() * columns()}; }

    std::vector<TokenPlace> places; ///< of what next() took
    Matrix vectors;                 ///< their rows

private:
    static constexpr Index most_columns = 1 << 16;

    const CorpusFile &file_;
    QSqlQuery query_;
};

qint64 count_vectors(const CorpusFile &file, int layer)
{
    QSqlQuery query = file.prepared(QStringLiteral("SELECT count(*) FROM token_vector WHERE layer = ?"));
    query.addBindValue(layer);
    file.execute(query);
    return query.next() ? query.value(0).toLongLong() : 0;
}

/// What an index is made with.
struct Making {
    const CorpusFile &file;
    int layer;
    qint64 tokens;
    const std::function<void(double)> &report;
    const std::stop_token &stop;

    void say(double share) const
    {
        if (report)
            report(share);
    }
};

/// A part of the vectors, one after the other: about `wanted` floats, or all when there are not so many.
std::vector<float> sample_of(const Making &making, qint64 step, std::size_t &columns, std::size_t wanted)
{
    VectorRows rows(making.file, making.layer, step);
    std::vector<float> sample;
    do {
        rows.next(batch);
        const std::span<const float> read = rows.read();
        sample.insert(sample.end(), read.begin(), read.end());
        making.say(sampled * std::min(1.0, static_cast<double>(sample.size()) / static_cast<double>(wanted)));
    } while (std::ssize(rows.places) == batch && sample.size() < 2 * wanted && !making.stop.stop_requested());
    columns = rows.columns();
    return sample;
}

/// Empty when `stop` was requested.
VectorSearch::Partition partition_of(const Making &making)
{
    const auto tokens = static_cast<std::size_t>(making.tokens);
    auto lists = static_cast<std::size_t>(std::sqrt(static_cast<double>(tokens)));
    lists = std::clamp<std::size_t>(lists, 1, most_index_lists);
    VectorRows one(making.file, making.layer, 1);
    one.next(1);
    std::size_t columns = one.columns();
    const std::size_t wanted = std::clamp(most_sample / columns, lists, lists * sample_of_list);
    const std::size_t step = std::max<std::size_t>(tokens / wanted, 1);
    std::vector<float> sample = sample_of(making, static_cast<qint64>(step), columns, wanted * columns);
    if (sample.size() < lists * columns) // a few sentences, and very long ones
        sample = sample_of(making, 1, columns, wanted * columns);
    if (making.stop.stop_requested())
        return {};
    return with_faiss([&](const VectorSearch &search) {
        return search.train(sample, columns, std::min(lists, sample.size() / columns), making.stop);
    });
}

/// All vectors, in the order of the table.
struct EncodedTokens {
    std::vector<std::int64_t> numbers; ///< packed
    std::vector<std::int64_t> lists;   ///< in which each is
};

/// Writes their codes, one after the other. Fewer when `stop` was requested.
EncodedTokens encode_tokens(const Making &making, const VectorSearch::Partition &partition,
                            std::span<const std::int64_t> sentences, Aside &codes_file)
{
    EncodedTokens encoded;
    encoded.numbers.reserve(static_cast<std::size_t>(making.tokens));
    encoded.lists.reserve(static_cast<std::size_t>(making.tokens));
    VectorRows rows(making.file, making.layer, 1);
    do {
        rows.next(batch);
        if (rows.places.empty())
            break;
        for (const TokenPlace &place : rows.places) {
            const auto found = std::lower_bound(sentences.begin(), sentences.end(), place.sentence);
            const TokenNumber number{
                .piece = place.piece, .sentence = found - sentences.begin(), .position = place.position};
            if (found == sentences.end() || *found != place.sentence)
                throw making.file.damaged(
                    CorpusMessages::tr("there is a vector of sentence %1, which it lacks")
                        .arg(place.sentence));
            if (!number.fits())
                throw Error(
                    CorpusMessages::tr("%1 is too large for an index: sentence %2, token %3, piece %4.")
                        .arg(making.file.path())
                        .arg(place.sentence)
                        .arg(place.position)
                        .arg(place.piece));
            encoded.numbers.push_back(number.packed());
        }
        const VectorSearch::Codes codes = with_faiss([&](const VectorSearch &search) {
            return search.encode(partition, rows.read(), rows.columns());
        });
        encoded.lists.insert(encoded.lists.end(), codes.lists.begin(), codes.lists.end());
        const int reason = platform::write(
            codes_file.file(), reinterpret_cast<const char *>(codes.bytes.data()), std::ssize(codes.bytes));
        if (reason != 0)
            throw unwritable(token_index_path(making.file.path(), making.layer), reason);
        making.say(trained + (done_encoding - trained) * static_cast<double>(encoded.numbers.size()) /
                                 static_cast<double>(making.tokens));
    } while (std::ssize(rows.places) == batch && !making.stop.stop_requested());
    return encoded;
}

/// The tokens' places in the table, list after list; `ends` is where each list ends.
std::vector<std::uint32_t> by_list(std::span<const std::int64_t> list_of, std::vector<std::uint64_t> &ends)
{
    for (const std::int64_t list : list_of)
        ++ends[static_cast<std::size_t>(list)];
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    std::vector<std::uint32_t> order(list_of.size());
    std::vector<std::uint64_t> next = ends;
    for (std::size_t token = list_of.size(); token-- > 0;)
        order[--next[static_cast<std::size_t>(list_of[token])]] = static_cast<std::uint32_t>(token);
    return order;
}

/// The corpus says which index is its own.
void store_build(const CorpusFile &file, int layer, const QByteArray &build)
{
    Transaction transaction(file);
    QSqlQuery insert = file.prepared(QStringLiteral("INSERT OR REPLACE INTO token_index VALUES (?, ?)"));
    insert.addBindValue(layer);
    insert.addBindValue(build);
    file.execute(insert);
    transaction.commit();
}

} // namespace

QString token_index_path(const QString &corpus, int layer)
{
    return QStringLiteral("%1.layer-%2.index").arg(corpus).arg(layer);
}

BuiltIndex build_token_index(const CorpusFile &file, int layer, const std::function<void(double)> &report,
                             const std::stop_token &stop)
{
    check_token_layer(file, layer);
    vector_search(); // before there is anything to wait for
    const Making making{file, layer, count_vectors(file, layer), report, stop};
    if (making.tokens == 0)
        throw Error(CorpusMessages::tr("%1 has no vectors of tokens yet.").arg(file.path()));
    if (making.tokens > std::numeric_limits<std::uint32_t>::max())
        throw Error(CorpusMessages::tr("%1 has too many tokens for an index: %2.")
                        .arg(file.path())
                        .arg(making.tokens));
    const std::vector<std::int64_t> sentences = read_sentence_numbers(file);
    const VectorSearch::Partition partition = partition_of(making);
    if (stop.stop_requested())
        return {.stopped = true};
    making.say(trained);

    const QString path = token_index_path(file.path(), layer);
    const std::size_t columns = partition.ranges.size() / 2;
    Aside unordered(path, Aside::Kind::file, path); // the codes, until their order is known
    const EncodedTokens encoded = encode_tokens(making, partition, sentences, unordered);
    if (stop.stop_requested())
        return {.stopped = true};

    std::vector<std::uint64_t> ends(partition.centres.size() / columns);
    const std::vector<std::uint32_t> order = by_list(encoded.lists, ends);
    std::vector<std::int64_t> numbers;
    numbers.reserve(order.size());
    for (const std::uint32_t token : order)
        numbers.push_back(encoded.numbers[token]);
    const QByteArray build = QUuid::createUuid().toRfc4122();
    TokenIndexHeader header = TokenIndexHeader::begun();
    header.layer = static_cast<std::uint32_t>(layer);
    header.columns = static_cast<std::uint32_t>(columns);
    header.lists = ends.size();
    header.sentences = sentences.size();
    header.tokens = numbers.size();
    std::copy(build.begin(), build.end(), header.build.begin());

    FileWriter writer(path);
    put_token_index(writer, header, sentences,
                    {.centres = partition.centres,
                     .ranges = partition.ranges,
                     .ends = ends,
                     .numbers = numbers,
                     .codes = {}});
    const MappedFile codes(unordered.path());
    for (const std::uint32_t token : order)
        writer.put({codes.bytes().data() + token * columns, static_cast<qsizetype>(columns)});
    writer.commit();
    store_build(file, layer, build);
    making.say(1.0);
    return {.tokens = making.tokens, .bytes = QFileInfo(path).size()};
}

TokenIndex::TokenIndex(const CorpusFile &file, int layer)
    : path_(token_index_path(file.path(), layer))
    , file_([&] {
        check_token_layer(file, layer);
        if (!QFileInfo::exists(path_))
            throw Error(CorpusMessages::tr(
                            "%1 has no index of its vectors after layer %2, which \"corpus index\" makes.")
                            .arg(file.path())
                            .arg(layer));
        return path_;
    }())
{
    QSqlQuery query = file.prepared(QStringLiteral("SELECT build FROM token_index WHERE layer = ?"));
    query.addBindValue(layer);
    file.execute(query);
    const TokenIndexHeader &header = file_.header();
    if (!query.next() ||
        query.value(0).toByteArray() != QByteArrayView(header.build.data(), std::ssize(header.build)) ||
        header.layer != static_cast<std::uint32_t>(layer))
        throw Error(CorpusMessages::tr("%1 is the index of another corpus, or of another state of this one: "
                                       "\"corpus index\" makes it anew.")
                        .arg(path_));
}

std::vector<TokenPlace> TokenIndex::nearest(const RowVector &vector, int most, std::optional<int> piece) const
{
    if (vector.size() != static_cast<Index>(file_.header().columns))
        throw Error(CorpusMessages::tr("%1 is of vectors of %2 numbers; this one has %3.")
                        .arg(path_)
                        .arg(file_.header().columns)
                        .arg(vector.size()));
    RowVector normal = vector;
    normalize(normal);
    const std::int64_t first = TokenNumber{.piece = piece.value_or(0)}.packed();
    const std::int64_t last =
        piece ? TokenNumber{.piece = *piece + 1}.packed() : std::numeric_limits<std::int64_t>::max();
    const std::vector<VectorSearch::Found> found = with_faiss([&](const VectorSearch &search) {
        return search.search(file_.lists(), {normal.data(), static_cast<std::size_t>(normal.size())},
                             static_cast<std::size_t>(most), probes, first, last,
                             [](const void *memory, std::size_t bytes) {
                                 platform::will_read({static_cast<const unsigned char *>(memory), bytes});
                             });
    });
    std::vector<TokenPlace> places;
    for (const auto &[number, product] : found) {
        const TokenNumber token = TokenNumber::of(number);
        if (static_cast<std::size_t>(token.sentence) >= sentences().size())
            throw damaged_index(path_, CorpusMessages::tr("it names a sentence that it lacks"));
        places.push_back({.sentence = sentences()[static_cast<std::size_t>(token.sentence)],
                          .piece = static_cast<int>(token.piece),
                          .position = static_cast<int>(token.position)});
    }
    return places;
}

std::vector<int> indexed_layers(const CorpusFile &file)
{
    std::vector<int> layers;
    std::optional<qint64> sentences;
    for (const int layer : file.settings().token_layers) {
        try {
            const TokenIndex index(file, layer);
            if (!sentences)
                sentences = count_sentences(file);
            if (*sentences - std::ssize(index.sentences()) <= most_not_indexed)
                layers.push_back(layer);
        } catch (const Error &) {
            // None that could be used: who asks for it is told why.
        }
    }
    return layers;
}

} // namespace encoderscope
