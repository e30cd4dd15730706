// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/bert.h"
#include "engine/text/byte_level.h"
#include "engine/text/charsmap.h"
#include "engine/text/normalizers.h"
#include "engine/text/pre_tokenizers.h"
#include "engine/text/text_file.h"
#include "engine/text/tokenizer_json_parts.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

/// A short text: what is put into a text must not be able to make it huge.
QString short_string(const JsonField &field)
{
    constexpr qsizetype longest = 256;
    return field.string(longest);
}

QRegularExpression read_pattern(const JsonField &field)
{
    const JsonField literal = field[QStringLiteral("String")];
    if (literal.exists())
        return literal_pattern(short_string(literal));
    const JsonField expression = field[QStringLiteral("Regex")];
    const QString pattern = expression.string();
    try {
        return compiled_pattern(pattern);
    } catch (const Error &error) {
        throw expression.error(
            QCoreApplication::translate("Tokenizer", "the expression \"%1\" is not understood: %2")
                .arg(shortened(pattern), error.message()));
    }
}

/// A text of one character.
char32_t read_character(const JsonField &field)
{
    const AlignedText text = aligned_text(field.string());
    if (text.size() != 1)
        field.refuse(QCoreApplication::translate("Tokenizer", "one character"));
    return text.front().value;
}

SplitBehavior read_behavior(const JsonField &field)
{
    const QString name = field.string_or(QStringLiteral("Isolated"));
    const std::pair<QString, SplitBehavior> known[] = {
        {QStringLiteral("Removed"), SplitBehavior::removed},
        {QStringLiteral("Isolated"), SplitBehavior::isolated},
        {QStringLiteral("MergedWithPrevious"), SplitBehavior::merged_with_previous},
        {QStringLiteral("MergedWithNext"), SplitBehavior::merged_with_next},
        {QStringLiteral("Contiguous"), SplitBehavior::contiguous},
    };
    QStringList names;
    for (const auto &[candidate, behavior] : known) {
        if (name == candidate)
            return behavior;
        names.append(candidate);
    }
    throw field.unsupported(name, names);
}

Normalizer read_charsmap(const JsonField &field)
{
    const QByteArray base64 = field.string().toLatin1();
    const auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        throw field.error(QCoreApplication::translate("Tokenizer", "expected Base64."));
    try {
        return charsmap_normalizer(*decoded);
    } catch (const Error &error) {
        throw field.error(error.message());
    }
}

PreTokenizer read_metaspace(const JsonField &field)
{
    const JsonField mark = field[QStringLiteral("replacement")];
    if (mark.exists())
        read_character(mark);
    PrependScheme prepend = field[QStringLiteral("add_prefix_space")].boolean_or(true) ? PrependScheme::always
                                                                                       : PrependScheme::never;
    const JsonField scheme = field[QStringLiteral("prepend_scheme")];
    if (scheme.exists()) {
        const QString name = scheme.string();
        if (name == QStringLiteral("always"))
            prepend = PrependScheme::always;
        else if (name == QStringLiteral("first"))
            prepend = PrependScheme::first;
        else if (name == QStringLiteral("never"))
            prepend = PrependScheme::never;
        else
            throw scheme.unsupported(
                name, {QStringLiteral("always"), QStringLiteral("first"), QStringLiteral("never")});
    }
    return metaspace_pre_tokenizer(mark.string_or(QStringLiteral("\u2581")), prepend,
                                   field[QStringLiteral("split")].boolean_or(true));
}

} // namespace

Normalizer read_normalizer(const JsonField &field)
{
    if (!field.exists())
        return {};
    const QString type = field[QStringLiteral("type")].string();
    if (type == QStringLiteral("Sequence")) {
        const JsonField all = field[QStringLiteral("normalizers")];
        std::vector<Normalizer> normalizers;
        for (qsizetype i = 0; i < all.array().size(); ++i)
            normalizers.push_back(read_normalizer(all[i]));
        return sequence_normalizer(std::move(normalizers));
    }
    if (type == QStringLiteral("BertNormalizer")) {
        BertNormalizerOptions options;
        options.clean_text = field[QStringLiteral("clean_text")].boolean_or(true);
        options.space_chinese_chars = field[QStringLiteral("handle_chinese_chars")].boolean_or(true);
        const JsonField accents = field[QStringLiteral("strip_accents")];
        if (accents.exists())
            options.strip_accents = accents.boolean();
        options.lowercase = field[QStringLiteral("lowercase")].boolean_or(true);
        return bert_normalizer(options);
    }
    if (type == QStringLiteral("Lowercase"))
        return lowercase_normalizer();
    if (type == QStringLiteral("StripAccents"))
        return strip_accents_normalizer();
    if (type == QStringLiteral("NFC"))
        return unicode_normalizer(UnicodeForm::nfc);
    if (type == QStringLiteral("NFD"))
        return unicode_normalizer(UnicodeForm::nfd);
    if (type == QStringLiteral("NFKC"))
        return unicode_normalizer(UnicodeForm::nfkc);
    if (type == QStringLiteral("NFKD"))
        return unicode_normalizer(UnicodeForm::nfkd);
    if (type == QStringLiteral("Nmt"))
        return nmt_normalizer();
    if (type == QStringLiteral("ByteLevel"))
        return byte_level_normalizer();
    if (type == QStringLiteral("Strip"))
        return strip_normalizer(field[QStringLiteral("strip_left")].boolean_or(true),
                                field[QStringLiteral("strip_right")].boolean_or(true));
    if (type == QStringLiteral("Prepend"))
        return prepend_normalizer(short_string(field[QStringLiteral("prepend")]));
    if (type == QStringLiteral("Replace"))
        return replace_normalizer(read_pattern(field[QStringLiteral("pattern")]),
                                  short_string(field[QStringLiteral("content")]));
    if (type == QStringLiteral("Precompiled"))
        return read_charsmap(field[QStringLiteral("precompiled_charsmap")]);
    throw field[QStringLiteral("type")].unsupported(
        type, {QStringLiteral("BertNormalizer"), QStringLiteral("ByteLevel"), QStringLiteral("Lowercase"),
               QStringLiteral("NFC"), QStringLiteral("NFD"), QStringLiteral("NFKC"), QStringLiteral("NFKD"),
               QStringLiteral("Nmt"), QStringLiteral("Precompiled"), QStringLiteral("Prepend"),
               QStringLiteral("Replace"), QStringLiteral("Sequence"), QStringLiteral("Strip"),
               QStringLiteral("StripAccents")});
}

PreTokenizer read_pre_tokenizer(const JsonField &field)
{
    if (!field.exists())
        return {};
    const QString type = field[QStringLiteral("type")].string();
    if (type == QStringLiteral("Sequence")) {
        const JsonField all = field[QStringLiteral("pretokenizers")];
        std::vector<PreTokenizer> pre_tokenizers;
        for (qsizetype i = 0; i < all.array().size(); ++i)
            pre_tokenizers.push_back(read_pre_tokenizer(all[i]));
        return sequence_pre_tokenizer(std::move(pre_tokenizers));
    }
    if (type == QStringLiteral("BertPreTokenizer"))
        return bert_pre_tokenizer();
    if (type == QStringLiteral("ByteLevel"))
        return byte_level_pre_tokenizer(field[QStringLiteral("add_prefix_space")].boolean_or(true),
                                        field[QStringLiteral("use_regex")].boolean_or(true));
    if (type == QStringLiteral("Metaspace"))
        return read_metaspace(field);
    if (type == QStringLiteral("Whitespace"))
        return whitespace_pre_tokenizer();
    if (type == QStringLiteral("WhitespaceSplit"))
        return whitespace_split_pre_tokenizer();
    if (type == QStringLiteral("Punctuation"))
        return punctuation_pre_tokenizer(read_behavior(field[QStringLiteral("behavior")]));
    if (type == QStringLiteral("Digits"))
        return digits_pre_tokenizer(field[QStringLiteral("individual_digits")].boolean_or(false));
    if (type == QStringLiteral("UnicodeScripts"))
        return unicode_scripts_pre_tokenizer();
    if (type == QStringLiteral("CharDelimiterSplit"))
        return delimiter_pre_tokenizer(read_character(field[QStringLiteral("delimiter")]));
    if (type == QStringLiteral("FixedLength")) {
        constexpr int usual = 5;
        constexpr int most = 1'000'000;
        return fixed_length_pre_tokenizer(
            static_cast<std::size_t>(field.integer(QStringLiteral("length"), 1, most, usual)));
    }
    if (type == QStringLiteral("Split"))
        return split_pre_tokenizer(read_pattern(field[QStringLiteral("pattern")]),
                                   read_behavior(field[QStringLiteral("behavior")]),
                                   field[QStringLiteral("invert")].boolean_or(false));
    throw field[QStringLiteral("type")].unsupported(
        type, {QStringLiteral("BertPreTokenizer"), QStringLiteral("ByteLevel"),
               QStringLiteral("CharDelimiterSplit"), QStringLiteral("Digits"), QStringLiteral("FixedLength"),
               QStringLiteral("Metaspace"), QStringLiteral("Punctuation"), QStringLiteral("Sequence"),
               QStringLiteral("Split"), QStringLiteral("UnicodeScripts"), QStringLiteral("Whitespace"),
               QStringLiteral("WhitespaceSplit")});
}

} // namespace encoderscope
