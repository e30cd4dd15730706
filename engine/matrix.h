// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/made_once.h"

#include <Eigen/Core>

#include <memory>
#include <utility>

namespace encoderscope
{

using Eigen::Index;

/// A matrix of the encoder: row = token (or output dimension of a weight), row-major, float32.
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowVector = Eigen::Matrix<float, 1, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixRef = Eigen::Ref<const Matrix>;
using MatrixView = Eigen::Map<const Matrix>;

/// An immutable matrix that shares its memory: with a mapped checkpoint, with a training snapshot, or with
/// its own copies. Copying one copies a pointer. A bias or a gain is a matrix of one row.
class SharedMatrix
{
public:
    SharedMatrix() = default;

    /// Takes over the numbers of `values`.
    SharedMatrix(Matrix values)
    {
        auto owned = std::make_shared<const Matrix>(std::move(values));
        data_ = owned->data();
        rows_ = owned->rows();
        columns_ = owned->cols();
        owner_ = std::move(owned);
        derived_ = std::make_shared<const MadeOnce>();
    }

    /// Looks at `rows * columns` floats at `data`, which stay valid for as long as `owner` lives.
    SharedMatrix(std::shared_ptr<const void> owner, const float *data, Index rows, Index columns)
        : owner_(std::move(owner))
        , data_(data)
        , rows_(rows)
        , columns_(columns)
        , derived_(std::make_shared<const MadeOnce>())
    {
    }

    Index rows() const { return rows_; }
    Index columns() const { return columns_; }
    bool empty() const { return rows_ == 0 || columns_ == 0; }
    const float *data() const { return data_; }
    /// Valid for as long as a copy of this object lives.
    MatrixView view() const { return MatrixView(data_, rows_, columns_); }
    /// What `make` makes of the numbers (another order of them, which products read faster), made when first
    /// asked for and shared by copies. Thread-safe.
    template <typename Value, typename Make>
    const Value &derived(const Make &make) const
    {
        return derived_->get<Value>(make);
    }

private:
    std::shared_ptr<const void> owner_;
    const float *data_ = nullptr;
    Index rows_ = 0;
    Index columns_ = 0;
    std::shared_ptr<const MadeOnce> derived_;
};

} // namespace encoderscope
