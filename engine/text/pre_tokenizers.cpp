// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/pre_tokenizers.h"

#include "engine/text/bert.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

/// `matches` are in order and do not overlap.
std::vector<AlignedText> split_at(AlignedView text, const std::vector<Match> &matches, SplitBehavior behavior)
{
    std::vector<AlignedText> words;
    const auto add = [&](std::size_t begin, std::size_t end) {
        if (begin < end) {
            const AlignedView word = text.subspan(begin, end - begin);
            words.emplace_back(word.begin(), word.end());
        }
    };
    std::size_t rest = 0;
    for (std::size_t i = 0; i < matches.size(); ++i) {
        const std::size_t begin = matches[i].begin;
        std::size_t end = matches[i].end;
        if (behavior == SplitBehavior::merged_with_previous) {
            add(rest, end);
            rest = end;
            continue;
        }
        add(rest, begin);
        rest = begin;
        if (behavior == SplitBehavior::merged_with_next)
            continue;
        if (behavior == SplitBehavior::contiguous) {
            while (i + 1 < matches.size() && matches[i + 1].begin == end)
                end = matches[++i].end;
        }
        if (behavior != SplitBehavior::removed)
            add(begin, end);
        rest = end;
    }
    add(rest, text.size());
    return words;
}

template <typename Predicate>
std::vector<Match> single_characters(AlignedView text, Predicate predicate)
{
    std::vector<Match> matches;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (predicate(text[i].value))
            matches.push_back({i, i + 1});
    }
    return matches;
}

std::vector<Match> inverse(const std::vector<Match> &matches, std::size_t size)
{
    std::vector<Match> gaps;
    std::size_t rest = 0;
    for (const Match &match : matches) {
        if (rest < match.begin)
            gaps.push_back({rest, match.begin});
        rest = match.end;
    }
    if (rest < size)
        gaps.push_back({rest, size});
    return gaps;
}

bool is_numeric(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category == QChar::Number_DecimalDigit || category == QChar::Number_Letter ||
           category == QChar::Number_Other;
}

/// As \w of regular expressions over Unicode: also the circled and squared letters.
bool is_word_character(char32_t c)
{
    constexpr char32_t non_joiner = 0x200C;
    constexpr char32_t joiner = 0x200D;
    const QChar::Category category = QChar::category(c);
    return QChar::isLetter(c) || QChar::isMark(c) || category == QChar::Number_DecimalDigit ||
           category == QChar::Number_Letter || category == QChar::Punctuation_Connector || c == non_joiner ||
           c == joiner || (c >= 0x24B6 && c <= 0x24E9) || (c >= 0x1F130 && c <= 0x1F149) ||
           (c >= 0x1F150 && c <= 0x1F169) || (c >= 0x1F170 && c <= 0x1F189);
}

} // namespace

PreTokenizer split_pre_tokenizer(const QRegularExpression &pattern, SplitBehavior behavior, bool inverted)
{
    return [=](const AlignedText &text, bool) {
        std::vector<Match> matches = find_all(text, pattern);
        if (inverted)
            matches = inverse(matches, text.size());
        return split_at(text, matches, behavior);
    };
}

PreTokenizer punctuation_pre_tokenizer(SplitBehavior behavior)
{
    return [behavior](const AlignedText &text, bool) {
        return split_at(text, single_characters(text, is_bert_punctuation), behavior);
    };
}

PreTokenizer whitespace_split_pre_tokenizer()
{
    return [](const AlignedText &text, bool) {
        return split_at(text, single_characters(text, is_space), SplitBehavior::removed);
    };
}

PreTokenizer whitespace_pre_tokenizer()
{
    return [](const AlignedText &text, bool) {
        std::vector<AlignedText> words;
        bool in_word = false;
        bool word_characters = false;
        for (const AlignedCharacter &c : text) {
            if (is_space(c.value)) {
                in_word = false;
                continue;
            }
            if (!in_word || is_word_character(c.value) != word_characters)
                words.emplace_back();
            word_characters = is_word_character(c.value);
            in_word = true;
            words.back().push_back(c);
        }
        return words;
    };
}

PreTokenizer digits_pre_tokenizer(bool individual)
{
    return [individual](const AlignedText &text, bool) {
        return split_at(text, single_characters(text, is_numeric),
                        individual ? SplitBehavior::isolated : SplitBehavior::contiguous);
    };
}

PreTokenizer metaspace_pre_tokenizer(const QString &mark, PrependScheme prepend, bool split)
{
    return [mark = aligned_text(mark), prepend, split](const AlignedText &text, bool at_start) {
        if (text.empty())
            return std::vector<AlignedText>{};
        AlignedText marked;
        marked.reserve(text.size() + mark.size());
        const auto put_mark = [&](qsizetype begin, qsizetype end) {
            for (const AlignedCharacter &c : mark)
                marked.push_back({c.value, begin, end});
        };
        const auto begins_with_mark = [&] {
            return text.size() >= mark.size() &&
                   std::equal(mark.begin(), mark.end(), text.begin(),
                              [](const AlignedCharacter &a, const AlignedCharacter &b) {
                                  return a.value == b.value;
                              });
        };
        if ((prepend == PrependScheme::always || (prepend == PrependScheme::first && at_start)) &&
            text.front().value != U' ' && !begins_with_mark())
            put_mark(text.front().begin, text.front().begin);
        for (const AlignedCharacter &c : text) {
            if (c.value == U' ')
                put_mark(c.begin, c.end);
            else
                marked.push_back(c);
        }
        if (!split)
            return std::vector<AlignedText>{marked};
        std::vector<Match> marks;
        for (std::size_t i = 0; i + mark.size() <= marked.size();) {
            const bool here = std::equal(
                mark.begin(), mark.end(), marked.begin() + static_cast<std::ptrdiff_t>(i),
                [](const AlignedCharacter &a, const AlignedCharacter &b) { return a.value == b.value; });
            if (here)
                marks.push_back({i, i + mark.size()});
            i += here ? mark.size() : 1;
        }
        return split_at(marked, marks, SplitBehavior::merged_with_next);
    };
}

PreTokenizer sequence_pre_tokenizer(std::vector<PreTokenizer> pre_tokenizers)
{
    return [pre_tokenizers = std::move(pre_tokenizers)](AlignedText text, bool at_start) {
        const qsizetype start = text.empty() ? 0 : text.front().begin;
        std::vector<AlignedText> words{std::move(text)};
        for (const PreTokenizer &pre_tokenizer : pre_tokenizers) {
            std::vector<AlignedText> cut;
            for (AlignedText &word : words) {
                const bool first = at_start && !word.empty() && word.front().begin == start;
                for (AlignedText &part : pre_tokenizer(std::move(word), first))
                    cut.push_back(std::move(part));
            }
            words = std::move(cut);
        }
        return words;
    };
}

} // namespace encoderscope
