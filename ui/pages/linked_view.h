// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/figure_view.h"
#include "ui/state/session.h"

namespace encoderscope
{

/// What the rows or columns of a figure are in the selection.
enum class Axis {
    none,
    query,     ///< tokens, as those that ask; also tokens in no particular role
    key,       ///< tokens, as those that are asked
    dimension, ///< of d_model
    neuron,    ///< of d_ff
    layer,     ///< of the encoder
    head,      ///< of a layer
};

/// A figure whose rows and columns are linked with the selection: what the pointer is on is hovered
/// everywhere, a click pins it, and what is hovered or pinned elsewhere is emphasised here. In heatmaps the
/// arrow keys move the pinned row and column.
class LinkedView : public FigureView
{
    Q_OBJECT

public:
    LinkedView(Session &session, Axis rows, Axis columns, Maker make, QWidget *parent = nullptr);

    /// Another figure has other rows and columns.
    void setAxes(Axis rows, Axis columns);
    /// Hovering here also names the pinned layer, or the pinned layer and head.
    enum class Context { none, layer, head };
    void setContext(Context context) { context_ = context; }
    /// The figure is a grid with a panel for each head: a panel names layer and head.
    void setPanelsAreHeads(int heads) { headsInARow_ = heads; }
    /// Only the points of this series of a chart are linked.
    void setLinkedSeries(int series) { linkedSeries_ = series; }

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void hoverHit(const Hit &hit);
    void leave();
    /// What a hit in the reference's figure names in the run: the tokens that its tokens stand for.
    Hit inRun(Hit hit) const;
    Emphasis emphasisOf(const Hit *own, bool reference) const;
    /// `selected` with what a hit names, as far as the selection can name it.
    Selected named(const Hit &hit, Selected selected) const;
    void pinHit(const Hit &hit);
    void showSelection();
    /// What the rows or columns are called in the selection, in the order shown; empty when they cannot be
    /// walked.
    QList<int> stops(bool rows);

    Session &session_;
    Selection &selection_;
    Axis rows_, columns_;
    Context context_ = Context::none;
    int headsInARow_ = 0;
    int linkedSeries_ = -1;  ///< -1: all
    std::optional<Hit> own_; ///< what the pointer is on here
};

/// The part of the selection that belongs to an axis; -1 for `none`.
int selectedOn(Axis axis, const Selected &selected);
void select(Axis axis, int index, Selected &selected);

} // namespace encoderscope
