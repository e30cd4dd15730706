// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace encoderscope
{

/// What FAISS does for an index of vectors (token_index.h). FAISS brings BLAS and OpenMP along, so that it
/// sits in a module, which is loaded when it is first asked for (vector_search_module.h). Only types of the
/// standard library: the module links nothing of the program. All vectors are of length 1, or 0.
class VectorSearch
{
public:
    /// The vectors are divided among lists, each around a centre; a vector's numbers are kept as bytes.
    struct Partition {
        std::vector<float> centres; ///< [lists x columns]
        std::vector<float> ranges;  ///< [2 x columns]: the least value of each column, and how far they reach
    };
    struct Codes {
        std::vector<std::int64_t> lists; ///< [rows]: whose centre is nearest
        std::vector<std::uint8_t> bytes; ///< [rows x columns]
    };
    /// Vectors, list after list, as they lie in a file.
    struct Lists {
        std::span<const float> centres;        ///< [lists x columns]
        std::span<const float> ranges;         ///< [2 x columns]
        std::span<const std::uint64_t> ends;   ///< [lists]: where each list ends, in rows
        std::span<const std::int64_t> numbers; ///< [rows]: of the vectors
        std::span<const std::uint8_t> codes;   ///< [rows x columns]
    };
    struct Found {
        std::int64_t number = 0;
        float product = 0.0F; ///< with the vector that was asked for, about
    };

    /// `vectors` [rows x columns], as many as there shall be lists or more. Empty when `stop` was requested.
    /// Throws std::exception, as the other two.
    virtual Partition train(std::span<const float> vectors, std::size_t columns, std::size_t lists,
                            const std::stop_token &stop) const = 0;
    /// `vectors` [rows x columns].
    virtual Codes encode(const Partition &partition, std::span<const float> vectors,
                         std::size_t columns) const = 0;
    /// Is told which memory, perhaps of a mapped file, is read next.
    using Announce = std::function<void(const void *memory, std::size_t bytes)>;
    /// The vectors with the greatest product, best first, of those with numbers in [first, last), in the
    /// `probes` lists that are nearest. `announce` is called for each of these before the first is read.
    virtual std::vector<Found> search(const Lists &lists, std::span<const float> vector, std::size_t most,
                                      std::size_t probes, std::int64_t first, std::int64_t last,
                                      const Announce &announce) const = 0;

    VectorSearch() = default;
    VectorSearch(const VectorSearch &) = delete;
    VectorSearch &operator=(const VectorSearch &) = delete;

protected:
    ~VectorSearch() = default;
};

/// What the module exports under this name; another version of this file has another name.
using VectorSearchEntry = const VectorSearch *(*)();
inline constexpr const char *vector_search_entry = "encoderscope_vector_search_2";

} // namespace encoderscope
