// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/hangul.h"

namespace encoderscope
{

std::u32string hangul_letters(char32_t c)
{
    constexpr char32_t first_syllable = 0xAC00;
    constexpr char32_t last_syllable = 0xD7A3;
    static const std::u32string first = U"ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
    static const std::u32string last = U"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
    if (c < first_syllable || c > last_syllable)
        return {};
    // "The Unicode Standard", section 3.12: 21 middles for each first, 27 lasts and none for each middle.
    const char32_t index = c - first_syllable;
    std::u32string letters{first[index / (21 * 28)], static_cast<char32_t>(U'ㅏ' + index / 28 % 21)};
    if (index % 28 > 0)
        letters += last[index % 28 - 1];
    return letters;
}

} // namespace encoderscope
