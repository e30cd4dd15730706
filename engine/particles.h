// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace encoderscope
{

/// Korean particles as the word before them asks for. Which of two forms is right depends on the last sound
/// of that word, which is not known where a message with a place for a word is written: the message has
/// 이(가), 은(는), 을(를), 과(와), (으)로 or (이) there, and this puts what is right. Words are Hangul,
/// numbers (as they are read aloud), Latin letters (capitals by their names, others about as they sound) and
/// punctuation marks by their names. Both forms stay after what has no known sound. Quotes, brackets and HTML
/// tags that end the word are passed over.
QString withParticles(const QString &message);

} // namespace encoderscope
