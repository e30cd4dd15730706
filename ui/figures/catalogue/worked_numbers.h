// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <vector>

namespace encoderscope
{

/// The vectors of the worked example, in the order in which they are computed.
enum class WorkedVector {
    input,            ///< x of the query token, what W_Q reads [d_model]
    keyInput,         ///< x of the key token, what W_K and W_V read [d_model]
    query,            ///< q [d_k]
    key,              ///< k of the key token [d_k]
    value,            ///< v of the key token [d_k]
    turnedQuery,      ///< q, turned by rotary positions; q where there are none [d_k]
    turnedKey,        ///< the same of k [d_k]
    terms,            ///< the two multiplied element by element [d_k]
    weightedValue,    ///< a_j * v_j of one key [d_k]
    otherValues,      ///< the sum of a_j * v_j of some keys [d_k]
    headOutput,       ///< the sum over all keys [d_k]
    concatenation,    ///< of all heads' outputs [heads * d_k]
    attentionOutput,  ///< Z [d_model]
    attentionSum,     ///< layer input + Z [d_model]
    attentionResult,  ///< what the FFN sublayer reads [d_model]
    normedResult,     ///< pre-norm models: the norm of it, what W_1 reads [d_model]
    expanded,         ///< before the activation [d_ff]
    gate,             ///< gated FFNs: after it [d_ff]
    feedForwardValue, ///< gated FFNs: what the gate multiplies [d_ff]
    activated,        ///< what W_2 reads [d_ff]
    feedForwardOutput,
    feedForwardSum,
    output, ///< hidden state after the layer [d_model]
    // How one element of such a vector came about, see worked_product.h.
    productRow,
    productColumn,
    productTerms,
};

struct WorkedKey {
    float raw = 0.0F;               ///< q·k
    float contentToPosition = 0.0F; ///< what is added to it for the distance, see RelativeProducts
    float positionToContent = 0.0F;
    float positionBias = 0.0F; ///< what is added to their sum, divided: see Trace::position_bias()
    float scaled = 0.0F;       ///< with it
    float weight = 0.0F;       ///< after the softmax
    bool masked = false;
    bool outside = false; ///< of the window of a local layer
    bool counts() const { return !masked && !outside; }
};

/// Mean and standard deviation of a vector that a layer norm reads; of a norm by the root mean square, 0 and
/// that.
struct NormFigures {
    float mean = 0.0F;
    float deviation = 0.0F;
};

/// Everything that happens to one token in one layer, seen through one head, taken from a trace.
class WorkedNumbers
{
public:
    /// `key` = -1: the key with the greatest weight. `hideSpecial`: special tokens that are neither query nor
    /// key are not among the keys listed; the numbers are those of the run, with them.
    WorkedNumbers(TracePtr trace, int layer, int head, int query, int key, bool hideSpecial = false);

    const Trace &trace() const { return *trace_; }
    int layer() const { return layer_; }
    int head() const { return head_; }
    int query() const { return query_; }
    int key() const { return key_; }
    bool keyChosen() const { return keyChosen_; } ///< false: it is the one with the greatest weight

    const std::vector<WorkedKey> &keys() const { return keys_; } ///< one a token
    const WorkedKey &at(int token) const { return keys_[static_cast<std::size_t>(token)]; }
    /// What divides e^(score) in the softmax, and that numerator, for the key.
    double exponential(int token) const;
    double exponentialSum() const;
    /// Takes part in the sums without being listed.
    bool hidden(int token) const;
    /// The tokens listed, greatest weight first; the earlier one first among equals.
    std::vector<int> strongestKeys() const;

    /// `token` only matters for weightedValue. Not for otherValues and the parts of products.
    RowVector vector(WorkedVector which, int token = -1) const;
    /// The sum of a_j * v_j over these keys [d_k].
    RowVector weightedSum(const std::vector<int> &tokens) const;
    /// The sum of their weights.
    double weightOf(const std::vector<int> &tokens) const;
    std::vector<int> hiddenKeys() const;
    /// The weight of a key as the figures show it that leave special tokens out: its share among the others.
    double shareWithoutSpecials(int token) const
    {
        return static_cast<double>(at(token).weight) / ordinaryWeight();
    }
    /// The sum of the weights of all keys that are no special tokens.
    double ordinaryWeight() const;
    NormFigures normFigures(WorkedVector which) const;

private:
    TracePtr trace_;
    int layer_, head_, query_, key_;
    bool keyChosen_;
    bool hideSpecial_;
    std::vector<WorkedKey> keys_;
};

} // namespace encoderscope
