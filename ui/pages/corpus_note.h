// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/corpus_answers.h"

class QLabel;
class QWidget;

namespace encoderscope
{

/// What the sentences of an answer are, and how many there are: the line above their list. Empty where
/// nothing was asked.
QString corpusNote(const CorpusAnswer &answer);

/// A label for such a line: as wide as there is room, and two lines high, for narrow windows.
QLabel *noteLabel();
/// Again, for the font of the page around it, when that is another.
void fitNote(QLabel &label, const QWidget &page);

} // namespace encoderscope
