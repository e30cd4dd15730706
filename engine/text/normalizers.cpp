// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/normalizers.h"

#include "engine/text/byte_level.h"

#include <algorithm>

namespace encoderscope
{

Normalizer unicode_normalizer(UnicodeForm form)
{
    return [form](const AlignedText &text, WorkBudget &) {
        const bool compatibility = form == UnicodeForm::nfkc || form == UnicodeForm::nfkd;
        AlignedText result = decomposed(text, compatibility);
        if (form == UnicodeForm::nfc || form == UnicodeForm::nfkc)
            result = composed(result);
        return result;
    };
}

Normalizer lowercase_normalizer()
{
    return [](const AlignedText &text, WorkBudget &) { return lowercased(text); };
}

Normalizer strip_accents_normalizer()
{
    return [](AlignedText text, WorkBudget &) {
        std::erase_if(text, [](const AlignedCharacter &c) {
            constexpr char32_t vedic[] = {0x1CF2, 0x1CF3}; // marks until Unicode 12
            return c.value == vedic[0] || c.value == vedic[1] ||
                   (QChar::isMark(c.value) && QChar::unicodeVersion(c.value) <= QChar::Unicode_9_0);
        });
        return text;
    };
}

Normalizer strip_normalizer(bool left, bool right)
{
    return [left, right](AlignedText text, WorkBudget &) {
        const auto kept = [](const AlignedCharacter &c) { return !is_space(c.value); };
        if (right)
            text.erase(std::find_if(text.rbegin(), text.rend(), kept).base(), text.end());
        if (left)
            text.erase(text.begin(), std::find_if(text.begin(), text.end(), kept));
        return text;
    };
}

Normalizer prepend_normalizer(const QString &prefix)
{
    return [prefix](AlignedText text, WorkBudget &) {
        if (text.empty())
            return text;
        AlignedText added = aligned_text(prefix);
        for (AlignedCharacter &c : added)
            c.begin = c.end = text.front().begin;
        text.insert(text.begin(), added.begin(), added.end());
        return text;
    };
}

Normalizer replace_normalizer(const QRegularExpression &pattern, const QString &content)
{
    return [pattern, replacement = aligned_text(content)](AlignedText text, WorkBudget &budget) {
        if (text.empty())
            return text;
        const std::vector<Match> matches = find_all(text, pattern, budget);
        if (matches.empty())
            return text;
        budget.spend(text.size() + matches.size() * replacement.size());
        AlignedText result;
        result.reserve(text.size());
        std::size_t rest = 0;
        const auto keep_until = [&](std::size_t end) {
            for (; rest < end; ++rest)
                result.push_back(text[rest]);
        };
        for (const Match &match : matches) {
            keep_until(match.begin);
            const bool empty = match.begin == match.end;
            const qsizetype begin = match.begin < text.size() ? text[match.begin].begin : text.back().end;
            const qsizetype end = empty ? begin : text[match.end - 1].end;
            for (const AlignedCharacter &c : replacement)
                result.push_back({c.value, begin, end});
            rest = match.end;
        }
        keep_until(text.size());
        return result;
    };
}

Normalizer nmt_normalizer()
{
    return [](AlignedText text, WorkBudget &) {
        std::erase_if(text, [](const AlignedCharacter &c) {
            return (c.value >= 0x01 && c.value <= 0x08) || c.value == 0x0B ||
                   (c.value >= 0x0E && c.value <= 0x1F) || c.value == 0x7F || c.value == 0x8F ||
                   c.value == 0x9F;
        });
        for (AlignedCharacter &c : text) {
            const char32_t v = c.value;
            if (v == 0x09 || v == 0x0A || v == 0x0C || v == 0x0D || v == 0x1680 ||
                (v >= 0x200B && v <= 0x200F) || v == 0x2028 || v == 0x2029 || v == 0x2581 || v == 0xFEFF ||
                v == 0xFFFD)
                c.value = U' ';
        }
        return text;
    };
}

Normalizer byte_level_normalizer()
{
    return [](const AlignedText &text, WorkBudget &) { return as_byte_characters(text); };
}

Normalizer sequence_normalizer(std::vector<Normalizer> normalizers)
{
    return [normalizers = std::move(normalizers)](AlignedText text, WorkBudget &budget) {
        for (const Normalizer &normalizer : normalizers) {
            text = normalizer(std::move(text), budget);
            budget.spend(text.size());
        }
        return text;
    };
}

} // namespace encoderscope
