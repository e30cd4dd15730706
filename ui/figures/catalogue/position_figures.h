// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"
#include "ui/figures/figure.h"

#include <QList>
#include <QString>

namespace encoderscope
{

/// What the model adds for positions 0 .. positions - 1 [positions x embedding_size]; fewer rows when the
/// model takes fewer, none when it adds nothing.
Matrix positionTable(const Model &model, int positions);

/// Points of a sine curve for each position: it is smooth between them. Learned positions have one.
constexpr int curve_steps = 8;
/// The curves of dimension pairs over the positions: even dimension solid (sine), odd dashed (cosine).
/// `cursor` -1: no line at a position.
FigurePtr positionCurves(const Model &model, const Matrix &table, const QList<int> &pairs, int cursor);

/// Position x dimension.
FigurePtr positionHeatmap(const Model &model, const Matrix &table);

/// Dot product of every two positions' vectors.
FigurePtr positionProducts(const Matrix &table);

/// What each head takes off the scores of tokens at distances 0 .. distances - 1, its slope in its name. Null
/// for models without slopes.
FigurePtr slopesFigure(const Model &model, int distances);

/// What each head of the layer adds to the scores of keys from `distances` - 1 before the query to so many
/// after it, learned by training. Null for models without such a bias.
FigurePtr distanceBiasFigure(const Model &model, int layer, int distances);

/// The formula with a position's and a dimension's numbers put in, as HTML; of learned positions the number.
QString positionFormula(const Model &model, const Matrix &table, int position, int dimension);

/// "0, 4, 8-10" -> pairs below `count`, each once, in the order written. What cannot be read is left out.
QList<int> readPairs(const QString &text, int count);

} // namespace encoderscope
