// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/vector_search.h"

#include <faiss/Clustering.h>
#include <faiss/IndexFlat.h>
#include <faiss/IndexScalarQuantizer.h>
#include <faiss/impl/AuxIndexStructures.h>
#include <faiss/impl/IDSelector.h>
#include <faiss/invlists/InvertedLists.h>

#include <algorithm>
#include <memory>

namespace encoderscope
{

namespace
{

/// Lists that lie in somebody else's memory.
class BorrowedLists final : public faiss::ReadOnlyInvertedLists
{
public:
    BorrowedLists(const VectorSearch::Lists &lists, std::size_t columns,
                  const VectorSearch::Announce &announce)
        : ReadOnlyInvertedLists(lists.ends.size(), columns)
        , lists_(lists)
        , announce_(announce)
    {
    }

    std::size_t list_size(std::size_t list) const override
    {
        return static_cast<std::size_t>(lists_.ends[list]) - begin_of(list);
    }
    const std::uint8_t *get_codes(std::size_t list) const override
    {
        return lists_.codes.data() + begin_of(list) * code_size;
    }
    const std::int64_t *get_ids(std::size_t list) const override
    {
        return lists_.numbers.data() + begin_of(list);
    }
    void prefetch_lists(const std::int64_t *lists, int count) const override
    {
        for (int i = 0; i < count; ++i) {
            if (lists[i] < 0)
                continue;
            const auto list = static_cast<std::size_t>(lists[i]);
            announce_(get_codes(list), list_size(list) * code_size);
            announce_(get_ids(list), list_size(list) * sizeof(std::int64_t));
        }
    }

private:
    std::size_t begin_of(std::size_t list) const
    {
        return list == 0 ? 0 : static_cast<std::size_t>(lists_.ends[list - 1]);
    }

    const VectorSearch::Lists lists_;
    const VectorSearch::Announce &announce_;
};

/// What stops the training of this thread; null where nothing does.
thread_local const std::stop_token *stopping = nullptr;

/// FAISS has one for the process and asks it in every thread, also in those that search while one trains.
class Stopping final : public faiss::InterruptCallback
{
public:
    bool want_interrupt() override { return stopping && stopping->stop_requested(); }
};

/// While it lives, `stop` is what stops this thread.
class StoppedBy
{
public:
    explicit StoppedBy(const std::stop_token &stop) { stopping = &stop; }
    ~StoppedBy() { stopping = nullptr; }
    StoppedBy(const StoppedBy &) = delete;
    StoppedBy &operator=(const StoppedBy &) = delete;
};

/// The centres as FAISS searches them, and the form of the codes.
struct Parts {
    faiss::IndexFlatIP centres;
    faiss::IndexIVFScalarQuantizer index;

    Parts(std::span<const float> centre_rows, std::span<const float> ranges, std::size_t columns)
        : centres(static_cast<std::int64_t>(columns))
        , index(&centres, columns, centre_rows.size() / columns, faiss::ScalarQuantizer::QT_8bit,
                faiss::METRIC_INNER_PRODUCT, false)
    {
        centres.add(static_cast<std::int64_t>(centre_rows.size() / columns), centre_rows.data());
        index.sq.trained.assign(ranges.begin(), ranges.end());
        index.is_trained = true;
    }
};

class FaissSearch final : public VectorSearch
{
public:
    FaissSearch() { faiss::InterruptCallback::instance = std::make_unique<Stopping>(); }

    Partition train(std::span<const float> vectors, std::size_t columns, std::size_t lists,
                    const std::stop_token &stop) const override
    {
        const auto rows = static_cast<std::int64_t>(vectors.size() / columns);
        faiss::ClusteringParameters parameters;
        parameters.niter = 10;
        parameters.spherical = true;
        parameters.min_points_per_centroid = 1; // below this it would warn on standard error
        faiss::Clustering clustering(static_cast<int>(columns), static_cast<int>(lists), parameters);
        faiss::IndexFlatIP centres(static_cast<std::int64_t>(columns));
        try {
            const StoppedBy stopped(stop);
            clustering.train(rows, vectors.data(), centres);
        } catch (...) {
            if (stop.stop_requested())
                return {};
            throw;
        }
        faiss::ScalarQuantizer quantizer(columns, faiss::ScalarQuantizer::QT_8bit);
        quantizer.train(static_cast<std::size_t>(rows), vectors.data());
        return {.centres = clustering.centroids, .ranges = quantizer.trained};
    }

    Codes encode(const Partition &partition, std::span<const float> vectors,
                 std::size_t columns) const override
    {
        const auto rows = static_cast<std::int64_t>(vectors.size() / columns);
        const Parts parts(partition.centres, partition.ranges, columns);
        Codes codes{.lists = std::vector<std::int64_t>(static_cast<std::size_t>(rows)),
                    .bytes = std::vector<std::uint8_t>(vectors.size())};
        parts.centres.assign(rows, vectors.data(), codes.lists.data());
        parts.index.encode_vectors(rows, vectors.data(), codes.lists.data(), codes.bytes.data());
        return codes;
    }

    std::vector<Found> search(const Lists &lists, std::span<const float> vector, std::size_t most,
                              std::size_t probes, std::int64_t first, std::int64_t last,
                              const Announce &announce) const override
    {
        Parts parts(lists.centres, lists.ranges, vector.size());
        BorrowedLists borrowed(lists, vector.size(), announce);
        parts.index.replace_invlists(&borrowed, false);
        parts.index.ntotal = static_cast<std::int64_t>(lists.numbers.size());
        faiss::IDSelectorRange wanted(first, last);
        faiss::SearchParametersIVF parameters;
        parameters.nprobe = std::min(probes, lists.ends.size());
        parameters.sel = &wanted;
        parts.index.parallel_mode = 1; // the lists of one search at once
        std::vector<float> products(most);
        std::vector<std::int64_t> numbers(most);
        parts.index.search(1, vector.data(), static_cast<std::int64_t>(most), products.data(), numbers.data(),
                           &parameters);
        std::vector<Found> found;
        for (std::size_t i = 0; i < most && numbers[i] >= 0; ++i)
            found.push_back({numbers[i], products[i]});
        return found;
    }
};

} // namespace

} // namespace encoderscope

extern "C" __attribute__((visibility("default"))) const encoderscope::VectorSearch *
encoderscope_vector_search_2()
{
    static const encoderscope::FaissSearch search;
    return &search;
}
