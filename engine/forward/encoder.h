// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <span>
#include <stop_token>
#include <vector>

namespace encoderscope
{

/// Where a trace has its attention weights [n x n of each head of each layer] from.
enum class AttentionWeights {
    rebuilt, ///< from queries and keys, whenever asked: the trace's memory grows with n, not n²
    kept     ///< from the run, which had them at hand: for who asks for all of them
};

/// Runs the encoder ("Attention Is All You Need", section 3) on one input and keeps every intermediate.
///
/// Layers whose input and switches are the same in `previous` (a trace of any input; may be null) are shared
/// with it, not computed again, and keep weights if they do there. A run that `stop` ends returns null within
/// some milliseconds, whatever its size. Throws Error when the encoding has no tokens, more than the model
/// takes, or an id outside the vocabulary.
TracePtr run_encoder(const ModelPtr &model, const Encoding &encoding, const Switches &switches = {},
                     const TracePtr &previous = nullptr, const std::stop_token &stop = {},
                     AttentionWeights attention_weights = AttentionWeights::rebuilt);

/// Runs several inputs at once, their rows stacked without padding: of short ones faster than one after the
/// other, because each weight is read once for all. The numbers are those of run_encoder(). When `stop` ends
/// it, the list is empty. Throws as run_encoder() does.
std::vector<TracePtr> run_encoders(const ModelPtr &model, std::span<const Encoding> encodings,
                                   const std::stop_token &stop = {});

/// How much of `previous` such a run would share: 0 nothing, 1 the embedding, 1 + k the first k layers too.
int shared_stages(const Trace &previous, const ModelPtr &model, const Encoding &encoding,
                  const Switches &switches);

} // namespace encoderscope
