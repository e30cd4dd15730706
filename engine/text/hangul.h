// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace encoderscope
{

/// The letters of a Hangul syllable as a keyboard has them, first, middle and, where there is one, last: 갓
/// is ㄱㅏㅅ. Empty for other characters.
std::u32string hangul_letters(char32_t c);

} // namespace encoderscope
