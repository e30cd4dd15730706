// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/bert_japanese_settings.h"

#include "engine/text/mecab_words.h"
#include "engine/text/text_file.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

using Words = BertJapaneseOptions::Words;
using Pieces = BertJapaneseOptions::Pieces;

/// The name that a field gives, one of `supported`; `fallback` where it gives none.
QString named(const std::optional<JsonField> &field, const QStringList &supported, const QString &fallback)
{
    const QString name = field ? field->string(longest_piece) : fallback;
    if (!supported.contains(name))
        throw field->unsupported(name, supported);
    return name;
}

/// Words that are never cut make other words of the same text: none but the special tokens are known.
void refuse_never_split(const std::optional<JsonField> &field)
{
    if (field && field->exists() && !field->array().isEmpty())
        field->refuse(QCoreApplication::translate("Tokenizer", "an empty list"));
}

/// The folder of the dictionary that mecab_kwargs name, else of the one that MeCab has in transformers.
QString dictionary_folder(const JsonField &words, const std::optional<JsonField> &options)
{
    const QString name_field = QStringLiteral("mecab_dic");
    QStringList names;
    for (const MecabDictionary &dictionary : mecab_dictionaries())
        names.append(dictionary.name);
    const bool any = options && options->object().value(name_field).isNull();
    const bool said = options && options->has(name_field);
    const std::optional<JsonField> field = said ? std::optional((*options)[name_field]) : std::nullopt;
    if (any)
        (*options)[name_field].refuse(names.join(QStringLiteral(", ")));
    const QString name = named(field, names, QStringLiteral("unidic_lite"));
    if (!has_mecab())
        throw words.error(QCoreApplication::translate(
            "Tokenizer", "found \"mecab\", but this program was built without MeCab (libmecab-dev)."));
    if (const std::optional<QString> folder = mecab_dictionary(name))
        return *folder;
    QString package;
    for (const MecabDictionary &dictionary : mecab_dictionaries()) {
        if (dictionary.name == name)
            package = dictionary.package;
    }
    throw(field ? *field : words)
        .error(QCoreApplication::translate(
                   "Tokenizer",
                   "MeCab's dictionary \"%1\" is needed and not on this computer (%2). Looked for in: %3.")
                   .arg(name, package, mecab_folders().join(QStringLiteral(", "))));
}

} // namespace

BertJapaneseOptions bert_japanese_options(const TokenizerSettings &settings)
{
    BertJapaneseOptions result;
    result.lowercase = settings.flag(QStringLiteral("do_lower_case"), false);
    result.unknown = settings.token(QStringLiteral("unk_token"), result.unknown);
    result.cls = settings.token(QStringLiteral("cls_token"), result.cls);
    result.sep = settings.token(QStringLiteral("sep_token"), result.sep);
    result.pad = settings.token(QStringLiteral("pad_token"), result.pad);
    result.mask = settings.token(QStringLiteral("mask_token"), result.mask);
    refuse_never_split(settings.option(QStringLiteral("never_split")));

    const std::optional<JsonField> words = settings.option(QStringLiteral("word_tokenizer_type"));
    const QString basic = QStringLiteral("basic");
    const QString mecab = QStringLiteral("mecab");
    const QString word_kind = named(words, {basic, mecab}, basic);
    if (!settings.flag(QStringLiteral("do_word_tokenize"), true)) {
        result.words = Words::whole;
    } else if (word_kind == mecab) {
        result.words = Words::mecab;
        const std::optional<JsonField> options = settings.option(QStringLiteral("mecab_kwargs"));
        if (options) {
            result.compatibility_forms = options->flag(QStringLiteral("normalize_text"), true);
            refuse_never_split((*options)[QStringLiteral("never_split")]);
            if (!options->text(QStringLiteral("mecab_option")).isEmpty())
                options->refuse(QStringLiteral("mecab_option"),
                                QCoreApplication::translate("Tokenizer", "an empty text"));
        }
        result.dictionary_folder = dictionary_folder(*words, options);
    }

    const QString wordpiece = QStringLiteral("wordpiece");
    const QString character = QStringLiteral("character");
    const QString piece_kind =
        named(settings.option(QStringLiteral("subword_tokenizer_type")), {wordpiece, character}, wordpiece);
    if (!settings.flag(QStringLiteral("do_subword_tokenize"), true))
        result.pieces = Pieces::whole;
    else
        result.pieces = piece_kind == character ? Pieces::characters : Pieces::wordpiece;
    return result;
}

} // namespace encoderscope
