// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace encoderscope
{

/// The WordPiece vocabulary of a model that has learned nothing yet: the five special tokens of BERT, ASCII,
/// all Hangul syllables at the start and inside of words, the most frequent short English words and the
/// common endings of both languages.
QStringList initial_vocabulary();

} // namespace encoderscope
