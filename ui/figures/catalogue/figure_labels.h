// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/frame.h"

#include <QString>
#include <QStringList>

namespace encoderscope
{

// What titles and names of trace figures have in common.

/// " (before switching)", " (now − before)" or nothing.
QString comparisonSuffix(const ComparedTrace &compared);
/// The same for file names.
QString comparisonName(const ComparedTrace &compared);
/// `caption`, which explains hatching when there is some.
QString withHatching(const QString &caption, bool hatched);
/// The title of a value: "attention weight", or of its difference.
QString comparedValueTitle(const ComparedTrace &compared, const QString &value);

/// "ReLU", "GELU"...
QString activationName(Activation activation);

/// The text as it can stand in a label, a caption or XML: control characters and halves of surrogate pairs
/// are shown as such.
QString printableText(const QString &text);
/// The first `most` UTF-16 units at most, and never half of what a person sees as one character.
QString shortened(const QString &text, qsizetype most);
/// What to show for each token; special ones as they stand in the vocabulary.
QStringList tokenLabels(const Trace &trace);
/// Those of these tokens alone.
QStringList labelsAmong(const QStringList &labels, const QList<int> &tokens);
/// A token in a title: “cat”.
QString quotedToken(const Trace &trace, int token);
/// "embedding", "layer 2".
QString stateName(int layer);
/// The same for file names.
QString stateFileName(int layer);

/// Of an axis along a principal component, from 0, with its share of the variance.
QString componentTitle(int component, double share);

/// What a caption says of the place: layer and head, from 0 (-1: left out).
QString placeCaption(int layer, int head = -1);
/// So many digits of a model's hash stand in a caption.
constexpr int shownHashDigits = 12;
/// What makes a figure reproducible: model, text and where it was cut, what is off or changed, `place`, and
/// the program's version. `ofText` false: of the model alone.
QString runCaption(const Frame &frame, bool ofText, const QString &place);
/// What of the encoder is off or changed in that run, for a caption; empty when nothing is.
QString changesText(const Trace &trace, const std::set<int> &replaced);

} // namespace encoderscope
