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

/// Shared by all views: each reads it, says what the user did, and redraws from the signals.
class Selection : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Layer, head and query always name something of the current model and input (the session keeps them in
    /// range); the others may be -1.
    const Selected &pinned() const { return pinned_; }
    const Selected &hovered() const { return hovered_; }

    void pin(const Selected &selected);
    void hover(const Selected &selected);
    void unhover() { hover(Selected()); }

    void pinLayer(int layer);
    void pinHead(int layer, int head);
    void pinQuery(int token);
    void pinKey(int token);
    void pinDimension(int dimension);
    void pinNeuron(int neuron);

Q_SIGNALS:
    void pinnedChanged();
    void hoveredChanged();

private:
    Selected pinned_{.layer = 0, .head = 0, .query = 0};
    Selected hovered_;
};

} // namespace encoderscope
