// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/predictions.h"
#include "engine/analysis/weights.h"
#include "ui/lessons/live_arguments.h"

#include <utility>

namespace encoderscope
{

/// What an expression can say of one run. Each function throws Error when what its arguments name is not
/// there.
class LiveSource : public LiveArguments
{
public:
    using LiveArguments::LiveArguments;

    double countTokens(bool Token::*which) const;
    double words() const;

    const Matrix &embeddingStage() const; ///< [tokens x embedding_size or d_model]
    double embeddingCosine() const;       ///< of the looked-up rows of two tokens
    NearWord nearestWord() const;

    double positionEncoding() const;
    double wavelength() const; ///< 2 pi 10000^(2i / d_model), in positions
    double positionDistance() const;
    /// The least distance between the encodings of any two positions of the sentence.
    double nearestPositionDistance() const;
    /// How far the sentence's mean hidden state moves, at most in one number, when its first and last word
    /// change places; `positions` off: without positional encoding. Runs the encoder twice.
    double orderChange() const;

    double weightSum() const;
    /// Mean weight that tokens which are not special give the token `offset` places on, where there is one.
    double meanWeight(int offset) const;
    double specialWeight() const;
    struct BestHead {
        int layer = 0;
        int head = 0;
        double weight = 0.0;
        QString name() const;
    };
    BestHead greatestOfHeads(int offset) const;
    /// Cosine of the attention weights of two heads of the layer.
    double headLikeness() const;
    /// What each key contributes to the head's output, by the length of weight times value; sums to 1.
    std::vector<double> contributionShares() const;

    /// How far the FFN's output is from that of one linear layer in its place, in one number at most: see
    /// feed_forward_in_one().
    double distanceFromOneMatrix() const;
    /// How many rows of a hidden state differ when the token is replaced by another one; `attention` off:
    /// with every attention sublayer off. Runs the encoder twice.
    double rowsChanged() const;
    double deviation(int token) const;
    double hiddenCosine() const;
    double cosineWithEmbedding(int token) const;
    double changeAgainstReference(int token) const;
    /// The share of a token's state after the layer that other tokens gave, by attention rollout.
    double rolloutFromOthers(int token) const;

    Matrix weights() const;
    double weightsCosine() const;
    double parameters() const;
    /// Of all parameters of the model.
    double parameterShare() const;
    double multiplications() const;

    WordPrediction prediction() const;

private:
    /// The run's input and `edited`, both with these switches.
    std::pair<TracePtr, TracePtr> runBoth(const Encoding &edited, const Switches &switches) const;
    void needCurves() const; ///< throws for models whose positions are not sine and cosine curves
    double meanWeight(const Matrix &weights, int offset) const;
    WeightMatrix matrix() const;
};

} // namespace encoderscope
