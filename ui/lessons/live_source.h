// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/predictions.h"
#include "engine/analysis/weights.h"
#include "ui/lessons/live_expression.h"
#include "ui/state/frame.h"

#include <optional>
#include <stop_token>
#include <utility>

namespace encoderscope
{

/// One run as an expression's arguments look at it: they say which layer, head, token and dimension is meant.
/// Each function throws Error when what they name is not there.
class LiveSource
{
public:
    LiveSource(const Frame &frame, TracePtr trace, const LiveExpression &expression,
               const std::stop_token &stop);

    const Trace &trace() const { return *trace_; }
    const Frame &frame() const { return frame_; }
    const std::stop_token &stop() const { return stop_; }
    QString argument(const QString &name) const; ///< empty when it is not given

    int layer() const;                    ///< from 0
    int stateLayer() const;               ///< the same; "embedding" is -1
    int head() const;                     ///< from 0
    int token(const QString &name) const; ///< the token that the argument of that name means
    int anyToken() const;                 ///< that of `token`, `key` or `query`, the first that is given
    bool wantsAll(const QString &name) const;
    /// The number that the argument of that name is; unset: `least`.
    int number(const QString &name, int least, int most) const;
    int position(const QString &name) const; ///< unset: the pinned token's
    int dimension(Index size) const;         ///< in [0, size)
    int neuron() const; ///< "max": the strongest of the token; unset: the pinned one, else that

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
    int number(const QString &name, const QString &word, int least, int most) const;
    int namedHead(const QString &name) const;
    int wordToken(const QString &words) const; ///< the first token that is one of them, divided by |
    int maskToken() const;
    /// The attention weights of the query that is meant [1 x tokens].
    Matrix weightRow() const;
    int extremeKey(bool greatest) const;
    /// The run's input and `edited`, both with these switches.
    std::pair<TracePtr, TracePtr> runBoth(const Encoding &edited, const Switches &switches) const;
    void needCurves() const; ///< throws for models whose positions are not sine and cosine curves
    Matrix meanWeights(int layer, int head) const;
    double meanWeight(const Matrix &weights, int offset) const;
    WeightMatrix matrix() const;

    const Frame &frame_;
    TracePtr trace_;
    const LiveExpression &expression_;
    std::stop_token stop_;
};

} // namespace encoderscope
