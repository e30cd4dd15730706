// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/token_index_file.h"

#include "engine/corpus/corpus_messages.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace encoderscope
{

namespace
{

constexpr std::array<char, 8> index_magic{'E', 'n', 'c', 'S', 't', 'o', 'k', 'n'};
constexpr std::uint32_t index_version = 1;
constexpr std::uint64_t most_columns = 1 << 16, most_lists = 1 << 20;

static_assert(sizeof(TokenIndexHeader) == 64);

template <typename Number>
QByteArrayView bytes_of(std::span<const Number> numbers)
{
    return {reinterpret_cast<const char *>(numbers.data()), static_cast<qsizetype>(numbers.size_bytes())};
}

/// Takes arrays from the file's bytes, one after the other.
class Taking
{
public:
    Taking(std::span<const uchar> bytes, std::size_t begin)
        : bytes_(bytes.subspan(begin))
    {
    }
    template <typename Number>
    std::span<const Number> take(std::uint64_t count)
    {
        const auto size = static_cast<std::size_t>(count);
        const std::span<const Number> taken(reinterpret_cast<const Number *>(bytes_.data()), size);
        bytes_ = bytes_.subspan(size * sizeof(Number));
        return taken;
    }

private:
    std::span<const uchar> bytes_;
};

/// How long a file with this header has to be. None of its counts is so great that this runs over.
std::uint64_t whole_size(const TokenIndexHeader &header)
{
    return sizeof(TokenIndexHeader) + 8 * header.sentences + (8 + 4 * header.columns) * header.lists +
           8 * header.columns + (8 + header.columns) * header.tokens;
}

bool all_finite(std::span<const float> values)
{
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

} // namespace

TokenIndexHeader TokenIndexHeader::begun()
{
    TokenIndexHeader header;
    header.magic = index_magic;
    header.order = 1;
    header.version = index_version;
    return header;
}

bool TokenNumber::fits() const
{
    const auto within = [](std::int64_t value, int bits) { return value >= 0 && value >> bits == 0; };
    return within(piece, piece_bits) && within(sentence, sentence_bits) && within(position, position_bits);
}

std::int64_t TokenNumber::packed() const
{
    return (piece << (sentence_bits + position_bits)) | (sentence << position_bits) | position;
}

TokenNumber TokenNumber::of(std::int64_t packed)
{
    const auto low = [](std::int64_t value, int bits) { return value & ((std::int64_t{1} << bits) - 1); };
    return {.piece = low(packed >> (sentence_bits + position_bits), piece_bits),
            .sentence = low(packed >> position_bits, sentence_bits),
            .position = low(packed, position_bits)};
}

Error damaged_index(const QString &path, const QString &what)
{
    return Error(CorpusMessages::tr("%1 is no index of a corpus, or damaged: %2.").arg(path, what));
}

TokenIndexFile::TokenIndexFile(const QString &path)
    : file_(path)
{
    const auto damaged = [&](const QString &what) { return damaged_index(path, what); };
    const std::span<const uchar> bytes = file_.bytes();
    if (bytes.size() < sizeof header_)
        throw damaged(CorpusMessages::tr("it has only %1 bytes").arg(bytes.size()));
    std::memcpy(&header_, bytes.data(), sizeof header_);
    const TokenIndexHeader expected = TokenIndexHeader::begun();
    if (header_.magic != expected.magic || header_.order != expected.order)
        throw damaged(CorpusMessages::tr("it begins otherwise"));
    if (header_.version != expected.version)
        throw Error(CorpusMessages::tr("%1 is an index of version %2; this program reads version %3.")
                        .arg(path)
                        .arg(header_.version)
                        .arg(expected.version));
    const std::uint64_t size = bytes.size();
    if (header_.columns == 0 || header_.columns > most_columns || header_.lists == 0 ||
        header_.lists > most_lists || header_.sentences > size || header_.tokens > size ||
        whole_size(header_) != size)
        throw damaged(
            CorpusMessages::tr("it has %1 bytes, which does not go with the counts in it").arg(size));
    Taking from(bytes, sizeof header_);
    sentences_ = from.take<std::int64_t>(header_.sentences);
    lists_.ends = from.take<std::uint64_t>(header_.lists);
    lists_.numbers = from.take<std::int64_t>(header_.tokens);
    lists_.centres = from.take<float>(header_.lists * header_.columns);
    lists_.ranges = from.take<float>(std::uint64_t{2} * header_.columns);
    lists_.codes = from.take<std::uint8_t>(header_.tokens * header_.columns);
    if (!std::is_sorted(lists_.ends.begin(), lists_.ends.end()) || lists_.ends.back() != header_.tokens)
        throw damaged(CorpusMessages::tr("its lists are not one after the other"));
    if (!all_finite(lists_.centres) || !all_finite(lists_.ranges))
        throw damaged(CorpusMessages::tr("not all of its numbers are finite"));
    if (!std::is_sorted(sentences_.begin(), sentences_.end()))
        throw damaged(CorpusMessages::tr("its sentences are not in order"));
}

void put_token_index(FileWriter &file, const TokenIndexHeader &header,
                     std::span<const std::int64_t> sentences, const VectorSearch::Lists &lists)
{
    file.put(bytes_of(std::span<const TokenIndexHeader>(&header, 1)));
    file.put(bytes_of(sentences));
    file.put(bytes_of(lists.ends));
    file.put(bytes_of(lists.numbers));
    file.put(bytes_of(lists.centres));
    file.put(bytes_of(lists.ranges));
}

} // namespace encoderscope
