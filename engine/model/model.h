// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/encoder_config.h"
#include "engine/model/encoder_weights.h"
#include "engine/model/mapped_file.h"
#include "engine/model/output_heads.h"
#include "engine/text/tokenizer.h"

#include <memory>
#include <vector>

namespace encoderscope
{

/// A model ready to run. Immutable and shared: traces keep the model that made them.
struct Model {
    QString name;          ///< for the user: "encoderscope default", "bert-base-uncased"
    QString folder;        ///< where it was read from; empty for models made in memory
    QString built_in = {}; ///< which of built_in_models() it is; empty for all others
    bool trained = false;  ///< false: the weights are initial ones, and the window says so
    EncoderConfig config;
    EncoderWeights weights;
    OutputHeads output;
    TokenizerPtr tokenizer;
    std::vector<MappedFilePtr> files; ///< that the weights lie in; empty for models made in memory
    QString hash = {}; ///< only of a model without weights: what the file of its trace says, as model_hash()

    /// False for a model of which only a trace is known (read_trace()): it can name itself and its sizes, and
    /// run nothing. It has no tokenizer either.
    bool has_weights() const { return !weights.layers.empty(); }
};

using ModelPtr = std::shared_ptr<const Model>;

} // namespace encoderscope
