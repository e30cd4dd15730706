// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/progress.h"
#include "engine/model/model.h"

#include <QStringList>

#include <stop_token>

namespace encoderscope
{

/// Affine maps from the hidden states of each layer to those of the last one: what an early layer knows lies
/// in other directions there than the masked-word head reads. After "Eliciting Latent Predictions from
/// Transformers with the Tuned Lens" (Belrose et al. 2023), which fits them to the predictions; these are
/// fitted to the hidden states, by least squares.
struct LensMaps {
    /// y = x Wᵀ + b; [0]: of the embedding's output, [1 + k]: of the hidden state after layer k; none of the
    /// last layer, whose states are read as they are [d_model x d_model].
    std::vector<Linear> states;
};

/// An affine map by least squares, from any number of rows that are added bit by bit.
class AffineFit
{
public:
    AffineFit(Index in, Index out);

    /// Rows and what they shall become [n x in], [n x out].
    void add(const Matrix &x, const Matrix &y);
    /// W and b of the least sum of |x Wᵀ + b - y|², with a ridge of 1e-6 of the mean square of x that decides
    /// where the rows do not.
    Linear solve() const;

private:
    Index in_, out_;
    Eigen::MatrixXd products_; ///< (x, 1)ᵀ (x, 1, y) [in + 1 x in + 1 + out]
};

/// Maps, and how good they are on lines that they were not fitted to; each value is of the state in that
/// place [layers].
struct FittedLens {
    LensMaps maps;
    Index tokens = 0, held_out = 0; ///< rows that were fitted to, and that were tried
    /// The squared distance from the last layer's states over that of these from their mean: as it is,
    /// mapped.
    Eigen::VectorXd error, mapped_error;
    /// The share of tokens at which the likeliest piece is the last layer's.
    Eigen::VectorXd agreement, mapped_agreement;
};

/// Fits maps to `lines`: each as it is, and up to eight times with one of its tokens replaced by the mask
/// token; a line with a tab is a pair. Every tenth line is held out, and tried as it is. Lines are cut at 128
/// tokens. Throws Error for a model without masked-word head or tokenizer, and for fewer than ten lines.
/// Without maps when stopped.
FittedLens fit_lens(const ModelPtr &model, const QStringList &lines, const std::stop_token &stop = {},
                    const OnProgress &progress = {});

/// Writes maps that belong to `model` as safetensors, F16. Throws Error.
void write_lens_maps(const QString &path, const LensMaps &maps, const Model &model);
/// Reads them. Throws Error for a file that is none, is of another model, or holds other sizes or numbers
/// that are not finite.
LensMaps read_lens_maps(const QString &path, const Model &model);

/// The maps that a model has: `lens.safetensors` in its folder, or the program's own where the model has the
/// default model's weights. Throws Error when there are none, or the file cannot be used.
LensMaps lens_maps(const Model &model);

} // namespace encoderscope
