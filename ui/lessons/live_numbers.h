// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"
#include "ui/state/frame.h"

#include <QString>
#include <QStringList>

#include <stop_token>
#include <variant>
#include <vector>

namespace encoderscope
{

/// What a live number is: a number, a word of the sentence, or one number for each token.
using LiveValue = std::variant<double, QString, std::vector<double>>;

/// A name that a lesson's text may use in braces, and the arguments that it takes.
struct LiveNumberKind {
    QString name;          ///< "attention.weights"
    QStringList arguments; ///< "layer", "head", "query", "key"
};

/// Every one there is.
std::vector<LiveNumberKind> liveNumberKinds();

/// The value of an expression such as `attention.weights[layer=2,head=1,query=pinned,key=max]` in a frame
/// that has a run. Layers and heads count from 1, tokens, positions and dimensions from 0; what is left out
/// is the pinned one. A token is a number, `pinned`, `key`, `first`, `last`, `max`, `min` (of the row of
/// attention weights that the other arguments name), `next`, `previous`, `mask`, or a word in quotes
/// ('mother|엄마': the first that is there); `*` in place of one token
/// gives the numbers of all. `run=reference` takes the run to compare with, `run=difference` the difference.
/// Throws Error that says what is not understood or not there.
LiveValue liveValue(const QString &expression, const Frame &frame, const std::stop_token &stop = {});

/// The same, of an expression that is one number.
double liveNumber(const QString &expression, const Frame &frame, const std::stop_token &stop = {});

/// `text` with each `{expression}` replaced by its value: numbers to three significant digits, or as
/// `{expression:2}` (decimals) and `{expression:%}` say. What has no value in this frame becomes "–".
QString filledWithNumbers(const QString &text, const Frame &frame, const std::stop_token &stop = {});

/// The expressions in braces, with their formats.
QStringList expressionsIn(const QString &text);

/// Throws Error unless every expression in `text` is well formed, of a known name and with known arguments.
void checkExpressions(const QString &text);
/// The same for one expression without braces.
void checkExpression(const QString &expression);

} // namespace encoderscope
