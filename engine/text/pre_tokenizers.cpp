// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/pre_tokenizers.h"

#include "engine/text/bert.h"

#include <algorithm>
#include <optional>

namespace encoderscope
{

namespace
{

/// A part of a text that is cut: what was found, or what lies between.
struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool found = false;
};

/// The whole text as parts; `matches` are in order and do not overlap.
std::vector<Part> parts_of(AlignedView text, const std::vector<Match> &matches, bool inverted)
{
    std::vector<Part> parts;
    std::size_t rest = 0;
    for (const Match &match : matches) {
        if (rest < match.begin)
            parts.push_back({rest, match.begin, inverted});
        parts.push_back({match.begin, match.end, !inverted});
        rest = match.end;
    }
    if (rest < text.size())
        parts.push_back({rest, text.size(), inverted});
    return parts;
}

/// Joins what was found with what stands before it (from the left) or after it (`parts` reversed); of
/// neighbours that were both found, only the first.
template <typename Join>
std::vector<Part> merged(const std::vector<Part> &parts, Join join)
{
    std::vector<Part> result;
    bool previous = false;
    for (const Part &part : parts) {
        if (part.found && !previous && !result.empty())
            join(result.back(), part);
        else
            result.push_back(part);
        previous = part.found;
    }
    return result;
}

std::vector<Part> arranged(std::vector<Part> parts, SplitBehavior behavior)
{
    switch (behavior) {
    case SplitBehavior::removed:
        std::erase_if(parts, [](const Part &part) { return part.found; });
        return parts;
    case SplitBehavior::isolated:
        return parts;
    case SplitBehavior::merged_with_previous:
        return merged(parts, [](Part &before, const Part &part) { before.end = part.end; });
    case SplitBehavior::merged_with_next:
        std::reverse(parts.begin(), parts.end());
        parts = merged(parts, [](Part &after, const Part &part) { after.begin = part.begin; });
        std::reverse(parts.begin(), parts.end());
        return parts;
    case SplitBehavior::contiguous:
        break;
    }
    std::vector<Part> result;
    for (const Part &part : parts) {
        if (!result.empty() && result.back().found == part.found)
            result.back().end = part.end;
        else
            result.push_back(part);
    }
    return result;
}

std::vector<AlignedText> split_at(AlignedView text, const std::vector<Match> &matches, SplitBehavior behavior,
                                  bool inverted = false)
{
    std::vector<AlignedText> words;
    for (const Part &part : arranged(parts_of(text, matches, inverted), behavior)) {
        if (part.begin == part.end)
            continue;
        const AlignedView word = text.subspan(part.begin, part.end - part.begin);
        words.emplace_back(word.begin(), word.end());
    }
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

bool is_numeric(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category == QChar::Number_DecimalDigit || category == QChar::Number_Letter ||
           category == QChar::Number_Other;
}

/// The script of a character as this way of cutting takes it: the Japanese ones are one, a blank belongs to
/// whatever is beside it (nothing).
std::optional<QChar::Script> script_of(char32_t c)
{
    constexpr char32_t prolonged_sound_mark = 0x30FC;
    if (c == U' ')
        return std::nullopt;
    const QChar::Script script = QChar::script(c);
    if (c == prolonged_sound_mark || script == QChar::Script_Hiragana || script == QChar::Script_Katakana)
        return QChar::Script_Han;
    const bool known = QChar::unicodeVersion(c) <= QChar::Unicode_9_0; // to the reference implementation
    return script == QChar::Script_Unknown || !known ? std::nullopt : std::optional(script);
}

} // namespace

PreTokenizer split_pre_tokenizer(const QRegularExpression &pattern, SplitBehavior behavior, bool inverted)
{
    return [=](const AlignedText &text, bool, WorkBudget &budget) {
        const std::vector<Match> matches = find_all(text, pattern, budget);
        return split_at(text, matches, behavior, inverted);
    };
}

PreTokenizer punctuation_pre_tokenizer(SplitBehavior behavior)
{
    return [behavior](const AlignedText &text, bool, WorkBudget &) {
        return split_at(text, single_characters(text, is_bert_punctuation), behavior);
    };
}

PreTokenizer whitespace_split_pre_tokenizer()
{
    return [](const AlignedText &text, bool, WorkBudget &) {
        return split_at(text, single_characters(text, is_space), SplitBehavior::removed);
    };
}

PreTokenizer whitespace_pre_tokenizer()
{
    return [](const AlignedText &text, bool, WorkBudget &) {
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
    return [individual](const AlignedText &text, bool, WorkBudget &) {
        return split_at(text, single_characters(text, is_numeric),
                        individual ? SplitBehavior::isolated : SplitBehavior::contiguous);
    };
}

PreTokenizer metaspace_pre_tokenizer(const QString &mark, PrependScheme prepend, bool split)
{
    return [mark = aligned_text(mark), prepend, split](const AlignedText &text, bool at_start, WorkBudget &) {
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

PreTokenizer unicode_scripts_pre_tokenizer()
{
    return [](const AlignedText &text, bool, WorkBudget &) {
        // Blanks before the first character that has a script are left out.
        std::vector<AlignedText> words;
        std::optional<QChar::Script> last;
        for (const AlignedCharacter &c : text) {
            const std::optional<QChar::Script> script = script_of(c.value);
            if (script && script != last)
                words.emplace_back();
            if (script)
                last = script;
            if (!words.empty())
                words.back().push_back(c);
        }
        return words;
    };
}

PreTokenizer delimiter_pre_tokenizer(char32_t delimiter)
{
    return [delimiter](const AlignedText &text, bool, WorkBudget &) {
        const auto is_delimiter = [delimiter](char32_t c) { return c == delimiter; };
        return split_at(text, single_characters(text, is_delimiter), SplitBehavior::removed);
    };
}

PreTokenizer fixed_length_pre_tokenizer(std::size_t length)
{
    return [length](const AlignedText &text, bool, WorkBudget &) {
        std::vector<AlignedText> words;
        for (std::size_t begin = 0; begin < text.size(); begin += length) {
            const AlignedView word = AlignedView(text).subspan(begin, std::min(length, text.size() - begin));
            words.emplace_back(word.begin(), word.end());
        }
        return words;
    };
}

PreTokenizer sequence_pre_tokenizer(std::vector<PreTokenizer> pre_tokenizers)
{
    return [pre_tokenizers = std::move(pre_tokenizers)](AlignedText text, bool at_start, WorkBudget &budget) {
        const qsizetype start = text.empty() ? 0 : text.front().begin;
        std::vector<AlignedText> words{std::move(text)};
        for (const PreTokenizer &pre_tokenizer : pre_tokenizers) {
            std::vector<AlignedText> cut;
            for (AlignedText &word : words) {
                const bool first = at_start && !word.empty() && word.front().begin == start;
                for (AlignedText &part : pre_tokenizer(std::move(word), first, budget))
                    cut.push_back(std::move(part));
            }
            words = std::move(cut);
        }
        return words;
    };
}

} // namespace encoderscope
