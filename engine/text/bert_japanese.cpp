// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/bert_japanese.h"

#include "engine/text/bert.h"
#include "engine/text/mecab_words.h"
#include "engine/text/plain_models.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

/// Composed forms (NFC; of compatibility characters NFKC), of all of Unicode.
AlignedText normal(const AlignedText &text, bool compatibility)
{
    return composed(decomposed(text, compatibility, QChar::Unicode_Unassigned), QChar::Unicode_Unassigned);
}

/// White space as Python splits texts at.
bool is_python_space(char32_t c)
{
    return is_space(c) || (c >= 0x1C && c <= 0x1F);
}

/// Each code point is a piece, or unknown.
class CodePoints : public PieceModel
{
public:
    CodePoints(VocabularyPtr vocabulary, int unknown_id)
        : vocabulary_(std::move(vocabulary))
        , unknown_id_(unknown_id)
    {
    }

    std::vector<WordPart> parts(AlignedView word) const override
    {
        std::vector<WordPart> parts;
        for (std::size_t i = 0; i < word.size(); ++i) {
            const int id = vocabulary_->id(to_string(word.subspan(i, 1)));
            parts.push_back({id < 0 ? unknown_id_ : id, i, i + 1, id < 0});
        }
        return parts;
    }

private:
    VocabularyPtr vocabulary_;
    int unknown_id_;
};

bool is_cased(char32_t c)
{
    return QChar::isUpper(c) || QChar::isLower(c) || QChar::category(c) == QChar::Letter_Titlecase;
}

/// Neither here nor there where the last letter of a word is looked for.
bool is_case_ignorable(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
    case QChar::Letter_Modifier:
    case QChar::Symbol_Modifier:
        return true;
    default:
        return c == U'\'' || c == U'.' || c == U':' || c == 0xB7 || c == 0x2019;
    }
}

/// Lower case, with the sigma that ends a word.
AlignedText lowercased_word(const AlignedText &word)
{
    constexpr char32_t capital_sigma = 0x3A3;
    constexpr char32_t final_sigma = 0x3C2;
    const auto ignorable = [](const AlignedCharacter &c) { return is_case_ignorable(c.value); };
    AlignedText marked = word;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i].value != capital_sigma)
            continue;
        const auto at = word.begin() + static_cast<std::ptrdiff_t>(i);
        const auto before = std::find_if_not(std::make_reverse_iterator(at), word.rend(), ignorable);
        const auto after = std::find_if_not(at + 1, word.end(), ignorable);
        if (before != word.rend() && is_cased(before->value) &&
            (after == word.end() || !is_cased(after->value)))
            marked[i].value = final_sigma;
    }
    return lowercased(marked);
}

AlignedText without_accents(const AlignedText &word)
{
    AlignedText result = decomposed(word, false, QChar::Unicode_Unassigned);
    std::erase_if(
        result, [](const AlignedCharacter &c) { return QChar::category(c.value) == QChar::Mark_NonSpacing; });
    return result;
}

/// Drops control characters and what is no character, and makes white space blanks.
AlignedText without_controls(AlignedText text)
{
    for (AlignedCharacter &c : text) {
        const bool blank = c.value == U'\t' || c.value == U'\n' || c.value == U'\r' ||
                           QChar::category(c.value) == QChar::Separator_Space;
        if (blank)
            c.value = U' ';
    }
    std::erase_if(text, [](const AlignedCharacter &c) {
        switch (QChar::category(c.value)) {
        case QChar::Other_Control:
        case QChar::Other_Format:
        case QChar::Other_Surrogate:
        case QChar::Other_PrivateUse:
        case QChar::Other_NotAssigned:
            return true;
        default:
            return c.value == 0xFFFD;
        }
    });
    return text;
}

bool is_punctuation(char32_t c)
{
    return c < 0x80 ? is_bert_punctuation(c) : QChar::isPunct(c);
}

std::vector<AlignedText> split_at_spaces(const AlignedText &text)
{
    std::vector<AlignedText> words;
    bool in_word = false;
    for (const AlignedCharacter &c : text) {
        if (is_python_space(c.value)) {
            in_word = false;
            continue;
        }
        if (!in_word)
            words.emplace_back();
        words.back().push_back(c);
        in_word = true;
    }
    return words;
}

/// Words between white space, each punctuation mark on its own.
PreTokenizer basic_pre_tokenizer(bool lowercase)
{
    return [lowercase](const AlignedText &text, bool, WorkBudget &) {
        std::vector<AlignedText> words;
        for (AlignedText &word : split_at_spaces(text)) {
            if (lowercase)
                word = without_accents(lowercased_word(word));
            bool in_word = false;
            for (const AlignedCharacter &c : word) {
                const bool alone = is_punctuation(c.value);
                if (!in_word || alone)
                    words.emplace_back();
                words.back().push_back(c);
                in_word = !alone;
            }
        }
        return words;
    };
}

/// Changes each word that `cut` finds; it may become several, or none.
PreTokenizer with_each_word(PreTokenizer cut, std::function<std::vector<AlignedText>(AlignedText)> change)
{
    return [cut = std::move(cut), change = std::move(change)](AlignedText text, bool at_start,
                                                              WorkBudget &budget) {
        std::vector<AlignedText> words;
        for (AlignedText &word : cut(std::move(text), at_start, budget)) {
            budget.spend(word.size());
            for (AlignedText &changed : change(std::move(word))) {
                if (!changed.empty())
                    words.push_back(std::move(changed));
            }
        }
        return words;
    };
}

PreTokenizer words_of(const BertJapaneseOptions &options)
{
    switch (options.words) {
    case BertJapaneseOptions::Words::basic:
        return basic_pre_tokenizer(options.lowercase);
    case BertJapaneseOptions::Words::mecab: {
        PreTokenizer words = mecab_pre_tokenizer(options.dictionary_folder);
        return options.lowercase ? with_each_word(std::move(words),
                                                  [](const AlignedText &word) {
                                                      return std::vector<AlignedText>{lowercased_word(word)};
                                                  })
                                 : words;
    }
    default:
        return [](AlignedText text, bool, WorkBudget &) { return std::vector<AlignedText>{std::move(text)}; };
    }
}

} // namespace

Pipeline bert_japanese_pipeline(VocabularyPtr vocabulary, const BertJapaneseOptions &options)
{
    Pipeline pipeline = bert_pipeline(vocabulary, {.wordpiece = {.unknown = options.unknown},
                                                   .cls = options.cls,
                                                   .sep = options.sep,
                                                   .pad = options.pad,
                                                   .mask = options.mask});
    pipeline.normalizer = nullptr;
    if (options.words == BertJapaneseOptions::Words::basic)
        pipeline.normalizer = [](AlignedText text, WorkBudget &) {
            return normal(without_controls(std::move(text)), false);
        };
    else if (options.words == BertJapaneseOptions::Words::mecab && options.compatibility_forms)
        pipeline.normalizer = [](const AlignedText &text, WorkBudget &) { return normal(text, true); };
    PreTokenizer words = words_of(options);
    switch (options.pieces) {
    case BertJapaneseOptions::Pieces::wordpiece:
        pipeline.pre_tokenizer = with_each_word(std::move(words), split_at_spaces);
        break;
    case BertJapaneseOptions::Pieces::characters:
        pipeline.pre_tokenizer = with_each_word(std::move(words), [](const AlignedText &word) {
            return std::vector<AlignedText>{normal(word, true)};
        });
        pipeline.model = std::make_shared<CodePoints>(vocabulary, pipeline.unknown_id);
        break;
    case BertJapaneseOptions::Pieces::whole:
        pipeline.pre_tokenizer = std::move(words);
        pipeline.model = std::make_shared<WholeWords>(vocabulary, pipeline.unknown_id);
        break;
    }
    return pipeline;
}

} // namespace encoderscope
