// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/byte_level.h"

#include <array>

namespace encoderscope
{

namespace
{

/// Printable Latin-1 bytes stand for themselves; the others are numbered from U+0100 on.
std::array<char32_t, 256> byte_characters()
{
    std::array<char32_t, 256> table{};
    char32_t next = 0x100;
    for (char32_t byte = 0; byte < 256; ++byte) {
        const bool printable =
            (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
        table[byte] = printable ? byte : next++;
    }
    return table;
}

enum class Kind { letter, number, space, other };

Kind kind_of(char32_t c)
{
    if (is_space(c))
        return Kind::space;
    if (QChar::isLetter(c))
        return Kind::letter;
    switch (QChar::category(c)) {
    case QChar::Number_DecimalDigit:
    case QChar::Number_Letter:
    case QChar::Number_Other:
        return Kind::number;
    default:
        return Kind::other;
    }
}

/// Length of an English contraction ('s 't 're 've 'm 'll 'd) at the beginning of `text`; 0 = none.
std::size_t contraction(AlignedView text)
{
    if (text.size() < 2 || text[0].value != U'\'')
        return 0;
    const char32_t first = text[1].value;
    if (first == U's' || first == U't' || first == U'm' || first == U'd')
        return 2;
    const char32_t second = text.size() > 2 ? text[2].value : 0;
    const bool two = (first == U'r' && second == U'e') || (first == U'v' && second == U'e') ||
                     (first == U'l' && second == U'l');
    return two ? 3 : 0;
}

/// End of the word that begins at `begin`:
/// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
std::size_t word_end(AlignedView text, std::size_t begin)
{
    const std::size_t contracted = contraction(text.subspan(begin));
    if (contracted > 0)
        return begin + contracted;
    std::size_t end = begin;
    if (text[begin].value == U' ' && begin + 1 < text.size() && !is_space(text[begin + 1].value))
        ++end;
    const Kind kind = kind_of(text[end].value);
    while (end < text.size() && kind_of(text[end].value) == kind)
        ++end;
    // Of several blanks before a word, the last goes with the word.
    if (kind == Kind::space && end < text.size() && end - begin > 1)
        --end;
    return end;
}

} // namespace

AlignedText as_byte_characters(AlignedView text)
{
    static const std::array<char32_t, 256> table = byte_characters();
    AlignedText result;
    result.reserve(text.size());
    for (const AlignedCharacter &c : text) {
        const QByteArray bytes = QStringView(QChar::fromUcs4(c.value)).toUtf8();
        for (const char byte : bytes)
            result.push_back({table[static_cast<quint8>(byte)], c.begin, c.end});
    }
    return result;
}

PreTokenizer byte_level_pre_tokenizer(bool add_prefix_space, bool split)
{
    return [add_prefix_space, split](AlignedText text, bool, WorkBudget &) {
        std::vector<AlignedText> words;
        if (text.empty())
            return words;
        if (add_prefix_space && text.front().value != U' ')
            text.insert(text.begin(), {U' ', text.front().begin, text.front().begin});
        const AlignedView all = text;
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = split ? word_end(all, begin) : text.size();
            words.push_back(as_byte_characters(all.subspan(begin, end - begin)));
            begin = end;
        }
        return words;
    };
}

} // namespace encoderscope
