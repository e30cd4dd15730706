// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace encoderscope
{

/// What is pinned or under the pointer. -1 = nothing. Layers, heads, tokens, dimensions and neurons from 0.
struct Selected {
    int layer = -1;
    int head = -1;
    int query = -1;     ///< a token, as the one that asks
    int key = -1;       ///< a token, as the one that is asked
    int dimension = -1; ///< of d_model
    int neuron = -1;    ///< of d_ff

    bool operator==(const Selected &) const = default;
};

/// Shared by all views: each reads it and says what the user did. What is pinned is the newest frame's and
/// changes with it; what is under the pointer is no part of the session's state.
class Selection : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Of the newest frame: with a run, layer, head and query always name something of it; the others may be
    /// -1.
    const Selected &pinned() const { return pinned_; }
    const Selected &hovered() const { return hovered_; }

    /// Intents: the session makes a new frame of them.
    void pin(const Selected &selected) { Q_EMIT pinAsked(selected); }
    void pinLayer(int layer);
    void pinHead(int layer, int head);
    void pinQuery(int token);
    void pinKey(int token);
    void pinDimension(int dimension);
    void pinNeuron(int neuron);

    void hover(const Selected &selected);
    void unhover() { hover(Selected()); }

    /// The session's: what the newest frame says.
    void setPinned(const Selected &pinned) { pinned_ = pinned; }

Q_SIGNALS:
    void hoveredChanged();
    void pinAsked(const encoderscope::Selected &selected);

private:
    Selected pinned_{.layer = 0, .head = 0};
    Selected hovered_;
};

} // namespace encoderscope
