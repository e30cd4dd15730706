// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

#include <vector>

namespace encoderscope
{

/// The masked-word head on hidden states, and the way back through it.
class WordScores
{
public:
    /// `rows`: hidden states [rows x d_model].
    WordScores(const MaskedWordHead &head, float epsilon, const Matrix &rows);

    /// Of the whole vocabulary [rows x vocabulary].
    Matrix logits() const;
    /// Of some pieces [rows x pieces].
    Matrix logits(const std::vector<int> &pieces) const;
    /// From the gradient by the logits to that by the rows [rows x d_model].
    Matrix backward(const Matrix &by_logits) const;
    Matrix backward(const std::vector<int> &pieces, const Matrix &by_logits) const;

private:
    Matrix transform_backward(Matrix by_decoded) const;

    const MaskedWordHead &head_;
    float epsilon_;
    Matrix expanded_;  ///< rows times the transform; empty without one [rows x embedding_size]
    Matrix activated_; ///< [rows x embedding_size]
    Matrix decoded_;   ///< what the decoder reads [rows x embedding_size]
};

/// The classification head on what it reads (the first token's hidden states, or means), and the way back.
class ClassScores
{
public:
    ClassScores(const Model &model, const Matrix &rows);

    const Matrix &logits() const { return logits_; } ///< [rows x labels]
    /// From the gradient by the logits to that by the rows [rows x d_model].
    Matrix backward(const Matrix &by_logits) const;

private:
    const Model &model_;
    Matrix pooled_;  ///< after the pooler's tanh; empty without one [rows x d_model]
    Matrix dense_;   ///< before the function between; empty without a dense layer [rows x d_model]
    Matrix between_; ///< after it
    Matrix normed_;  ///< after the norm; empty without one
    Matrix logits_;
};

} // namespace encoderscope
