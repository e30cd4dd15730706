// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/corpus_answers.h"

namespace encoderscope
{

/// What the sentences of an answer are, and how many there are: the line above their list. Empty where
/// nothing was asked.
QString corpusNote(const CorpusAnswer &answer);

} // namespace encoderscope
