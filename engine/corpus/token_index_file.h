// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/vector_search.h"
#include "engine/error.h"
#include "engine/file_writer.h"
#include "engine/model/mapped_file.h"

#include <array>

namespace encoderscope
{

/// The file beside a corpus that has an index of its tokens' vectors after one layer (README.md says what is
/// in it). It is mapped: what a search does not need is never read.
struct TokenIndexHeader {
    std::array<char, 8> magic{};
    std::uint32_t order = 0;   ///< the byte order of the machine that wrote it: 1 on this one
    std::uint32_t version = 0; ///< of the format
    std::uint32_t layer = 0;   ///< from 1
    std::uint32_t columns = 0; ///< of a vector
    std::uint64_t lists = 0;
    std::uint64_t sentences = 0;
    std::uint64_t tokens = 0;
    std::array<char, 16> build{}; ///< the corpus keeps the same, so that an index of another state is known

    /// This version, on this machine.
    static TokenIndexHeader begun();
};

/// Where a token is, in one number, so that those of a piece are a range.
struct TokenNumber {
    std::int64_t piece = 0;
    std::int64_t sentence = 0; ///< among those of the index, from 0
    std::int64_t position = 0;

    static constexpr int position_bits = 17, sentence_bits = 26, piece_bits = 20;
    /// Whether each has room.
    bool fits() const;
    std::int64_t packed() const;
    static TokenNumber of(std::int64_t packed);
};

/// That the file is no index, or damaged, and in what way.
Error damaged_index(const QString &path, const QString &what);

class TokenIndexFile
{
public:
    /// Throws Error when it cannot be read or what it says of itself cannot be: nothing of a checked file
    /// leads out of it, whoever made it.
    explicit TokenIndexFile(const QString &path);

    const TokenIndexHeader &header() const { return header_; }
    const VectorSearch::Lists &lists() const { return lists_; }
    /// The numbers of the sentences it has, in order.
    std::span<const std::int64_t> sentences() const { return sentences_; }

private:
    MappedFile file_;
    TokenIndexHeader header_;
    std::span<const std::int64_t> sentences_;
    VectorSearch::Lists lists_;
};

/// Writes everything before the codes, which follow in the order of the lists. Throws Error.
void put_token_index(FileWriter &file, const TokenIndexHeader &header,
                     std::span<const std::int64_t> sentences, const VectorSearch::Lists &lists);

} // namespace encoderscope
