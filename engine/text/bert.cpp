// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/bert.h"

#include "engine/error.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

bool is_control(char32_t c)
{
    if (c == U'\t' || c == U'\n' || c == U'\r')
        return false;
    switch (reference_category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_PrivateUse:
    case QChar::Other_Surrogate:
        return true;
    default:
        return false;
    }
}

/// The CJK ideographs as the reference implementation lists them: no kana, no Hangul, and not U+2B820..2B91F,
/// which the original BERT has.
bool is_ideograph(char32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) ||
           (c >= 0x2A700 && c <= 0x2B73F) || (c >= 0x2B740 && c <= 0x2B81F) ||
           (c >= 0x2B920 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

AlignedText cleaned(AlignedText text)
{
    std::erase_if(text, [](const AlignedCharacter &c) {
        return c.value == 0 || c.value == 0xFFFD || is_control(c.value);
    });
    for (AlignedCharacter &c : text) {
        if (is_space(c.value))
            c.value = U' ';
    }
    return text;
}

AlignedText with_spaced_ideographs(const AlignedText &text)
{
    AlignedText result;
    result.reserve(text.size());
    for (const AlignedCharacter &c : text) {
        const bool spaced = is_ideograph(c.value);
        if (spaced)
            result.push_back({U' ', c.begin, c.begin});
        result.push_back(c);
        if (spaced)
            result.push_back({U' ', c.end, c.end});
    }
    return result;
}

} // namespace

bool is_bert_punctuation(char32_t c)
{
    if (c < 0x80)
        return (c > 0x20 && c < U'0') || (c > U'9' && c < U'A') || (c > U'Z' && c < U'a') ||
               (c > U'z' && c < 0x7F);
    switch (reference_category(c)) {
    case QChar::Punctuation_Connector:
    case QChar::Punctuation_Dash:
    case QChar::Punctuation_Open:
    case QChar::Punctuation_Close:
    case QChar::Punctuation_InitialQuote:
    case QChar::Punctuation_FinalQuote:
    case QChar::Punctuation_Other:
        return true;
    default:
        return false;
    }
}

Normalizer bert_normalizer(const BertNormalizerOptions &options)
{
    return [options](AlignedText text, WorkBudget &) {
        if (options.clean_text)
            text = cleaned(std::move(text));
        if (options.space_chinese_chars)
            text = with_spaced_ideographs(text);
        if (options.strip_accents.value_or(options.lowercase))
            text = without_marks(decomposed(text, false));
        if (options.lowercase)
            text = lowercased(text);
        return text;
    };
}

PreTokenizer bert_pre_tokenizer()
{
    return [](const AlignedText &text, bool, WorkBudget &) {
        std::vector<AlignedText> words;
        bool in_word = false;
        for (const AlignedCharacter &c : text) {
            if (is_space(c.value)) {
                in_word = false;
                continue;
            }
            const bool alone = is_bert_punctuation(c.value);
            if (!in_word || alone)
                words.emplace_back();
            words.back().push_back(c);
            in_word = !alone;
        }
        return words;
    };
}

BertOptions made_tokenizer_options()
{
    BertOptions options;
    options.normalizer.strip_accents = false;
    options.wordpiece.hangul_as_letters = true;
    return options;
}

Pipeline bert_pipeline(VocabularyPtr vocabulary, const BertOptions &options)
{
    for (const QString &piece : {options.wordpiece.unknown, options.cls, options.sep}) {
        if (vocabulary->id(piece) < 0)
            throw Error(QCoreApplication::translate("Tokenizer",
                                                    "The vocabulary has no \"%1\"; the tokenizer needs it.")
                            .arg(piece));
    }
    Pipeline pipeline;
    for (const QString &piece :
         {options.pad, options.wordpiece.unknown, options.cls, options.sep, options.mask}) {
        const int id = vocabulary->id(piece);
        if (id >= 0)
            pipeline.added.push_back({.content = piece, .id = id, .special = true});
    }
    add_specials(pipeline, special_token(vocabulary->id(options.cls), options.cls),
                 special_token(vocabulary->id(options.sep), options.sep), options.pairs);
    pipeline.normalizer = bert_normalizer(options.normalizer);
    pipeline.pre_tokenizer = bert_pre_tokenizer();
    pipeline.model = std::make_shared<WordPiece>(*vocabulary, options.wordpiece);
    pipeline.continuation_prefix = options.wordpiece.prefix;
    pipeline.unknown_id = vocabulary->id(options.wordpiece.unknown);
    pipeline.mask_id = vocabulary->id(options.mask);
    pipeline.vocabulary = std::move(vocabulary);
    return pipeline;
}

TokenizerPtr bert_tokenizer(VocabularyPtr vocabulary, const BertOptions &options)
{
    return std::make_shared<PipelineTokenizer>(bert_pipeline(std::move(vocabulary), options));
}

} // namespace encoderscope
