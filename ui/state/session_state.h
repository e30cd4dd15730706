// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/switches.h"
#include "engine/text/granularity.h"
#include "ui/state/compared_trace.h"
#include "ui/state/model_reference.h"
#include "ui/state/parameters.h"
#include "ui/state/target_choice.h"
#include "ui/state/token_anchor.h"

#include <QRectF>

#include <vector>

namespace encoderscope
{

using Tokenization = Granularity;

/// What is pinned. Layer, head, dimension and neuron from 0, as they were chosen: a model may have fewer.
struct Pinned {
    int layer = 0;
    int head = 0;
    int dimension = -1; ///< of d_model; -1 = none
    int neuron = -1;    ///< of d_ff; -1 = none
    std::optional<TokenAnchor> query;
    std::optional<TokenAnchor> key;

    bool operator==(const Pinned &) const = default;
};

/// What decides the run: all of it can be undone.
struct RunInput {
    QString text;
    std::optional<QString> textB; ///< nothing = a single sentence
    ModelReference reference;
    ModelPtr model; ///< of that reference; null until it is read, and when it cannot be found. Not in files
    /// A run that was read from a file: nothing is computed, and `model` is its model, without weights.
    TracePtr recorded = nullptr;
    Tokenization tokenization = Tokenization::subword;
    Switches switches;     ///< without masked tokens: those are `masked`
    TokenAnchors masked;   ///< taken out of attention
    TokenAnchors replaced; ///< shown to the model as its mask token

    bool operator==(const RunInput &) const = default;

    TextPair sentences() const { return {text, textB.value_or(QString())}; }
    /// The run differs from the plain one of the same tokens.
    bool switched() const { return switches.any() || !masked.empty(); }
};

/// A run that is kept by name, to compare with.
struct PinnedRun {
    QString name;
    RunInput input;

    bool operator==(const PinnedRun &) const = default;
};

/// What the run is compared with.
struct ReferenceChoice {
    enum class Kind {
        withoutSwitches, ///< the same tokens with everything on
        sentenceB,       ///< B in a run of its own; the run itself is of A alone
        beforeMasking,   ///< the same text, without mask tokens in the place of others
        stepBefore,      ///< the same text in the version of the model that training had shown before
        pinned,          ///< the run of that name
    };

    Kind kind = Kind::withoutSwitches;
    QString name = {};

    bool operator==(const ReferenceChoice &) const = default;
};

/// Tokens of the run and of a reference that the user put together; only one of them: it has no partner.
struct TokenMatch {
    ReferenceChoice reference; ///< with which the run was compared
    std::optional<TokenAnchor> now = {};
    std::optional<TokenAnchor> other = {}; ///< in the reference's text

    bool operator==(const TokenMatch &) const = default;
};

/// What the user chose, all of it: what undo swaps, a session file holds and the next start restores.
struct SessionState {
    RunInput input;
    std::optional<TargetChoice>
        target; ///< what is to be explained; nothing: what is usual for the text and model

    std::vector<PinnedRun> pinnedRuns = {}; ///< no two of one name
    ReferenceChoice reference = {};
    std::vector<TokenMatch> matches = {}; ///< of all references, as they were made
    Comparison comparison = Comparison::now;
    bool hidesSpecial = false;
    QString page = {}; ///< a page's name; empty = the first
    Pinned pinned;
    std::map<QString, Parameters> views; ///< each view's choices, by its name
    std::map<QString, QRectF> zoomed;    ///< the cells that a zoomed view shows, by its name

    bool operator==(const SessionState &) const = default;
};

} // namespace encoderscope
