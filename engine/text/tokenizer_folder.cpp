// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/tokenizer_folder.h"

#include "engine/text/bert.h"
#include "engine/text/bpe.h"
#include "engine/text/byte_level.h"
#include "engine/text/json_reader.h"
#include "engine/text/sentencepiece_file.h"
#include "engine/text/text_file.h"
#include "engine/text/tokenizer_json.h"

#include <QCoreApplication>
#include <QDir>

#include <optional>

namespace encoderscope
{

namespace
{

/// What the small JSON files beside the vocabulary say.
class Settings
{
public:
    explicit Settings(const QDir &folder)
    {
        for (const QString &name :
             {QStringLiteral("tokenizer_config.json"), QStringLiteral("special_tokens_map.json"),
              QStringLiteral("config.json")}) {
            if (folder.exists(name))
                files_.push_back(JsonField::read(folder.filePath(name)));
        }
    }

    /// The name of a special token: a text, or an object with its "content".
    QString token(const QString &name, const QString &fallback) const
    {
        const std::optional<JsonField> found = field(name);
        if (!found)
            return fallback;
        return found->is_object() ? (*found)[QStringLiteral("content")].string() : found->string();
    }

    bool boolean(const QString &name, bool fallback) const
    {
        const std::optional<JsonField> found = field(name);
        return found ? found->boolean() : fallback;
    }

    std::optional<bool> boolean(const QString &name) const
    {
        const std::optional<JsonField> found = field(name);
        return found ? std::optional(found->boolean()) : std::nullopt;
    }

    /// The tokenizer's class, else the model's type, in lower case; may be empty.
    QString kind() const
    {
        for (const QString &name : {QStringLiteral("tokenizer_class"), QStringLiteral("model_type")}) {
            const std::optional<JsonField> found = field(name);
            if (found)
                return found->string().toLower();
        }
        return {};
    }

private:
    std::optional<JsonField> field(const QString &name) const
    {
        for (const JsonField &file : files_) {
            if (file[name].exists())
                return file[name];
        }
        return std::nullopt;
    }

    std::vector<JsonField> files_;
};

TokenizerPtr from_vocab_txt(const QString &file, const Settings &settings)
{
    const bool mpnet = settings.kind().startsWith(QStringLiteral("mpnet"));
    BertOptions options;
    options.wordpiece.unknown = settings.token(QStringLiteral("unk_token"), options.wordpiece.unknown);
    options.cls = settings.token(QStringLiteral("cls_token"), mpnet ? QStringLiteral("<s>") : options.cls);
    options.sep = settings.token(QStringLiteral("sep_token"), mpnet ? QStringLiteral("</s>") : options.sep);
    options.pad = settings.token(QStringLiteral("pad_token"), mpnet ? QStringLiteral("<pad>") : options.pad);
    options.mask =
        settings.token(QStringLiteral("mask_token"), mpnet ? QStringLiteral("<mask>") : options.mask);
    options.normalizer.lowercase = settings.boolean(QStringLiteral("do_lower_case"), true);
    options.normalizer.strip_accents = settings.boolean(QStringLiteral("strip_accents"));
    options.normalizer.space_chinese_chars = settings.boolean(QStringLiteral("tokenize_chinese_chars"), true);
    options.wordpiece.hangul_as_letters = settings.boolean(QStringLiteral("hangul_as_letters"), false);
    options.roberta_pairs = mpnet;
    return bert_tokenizer(std::make_shared<const Vocabulary>(
                              read_vocabulary(file, {options.wordpiece.unknown, options.cls, options.sep})),
                          options);
}

/// RoBERTa's two files, as the fields of a tokenizer.json: one reader knows the format.
TokenizerPtr from_vocab_and_merges(const QDir &folder, const Settings &settings)
{
    const QString vocabulary_file = folder.filePath(QStringLiteral("vocab.json"));
    const QString merges_file = folder.filePath(QStringLiteral("merges.txt"));
    const QJsonObject pieces = JsonField::read(vocabulary_file, largest_tokenizer_file).object();
    QJsonArray merges;
    for (const QString &line : text_of(read_bytes(merges_file), merges_file).split(u'\n')) {
        const QString merge = line.endsWith(u'\r') ? line.chopped(1) : line;
        if (!merge.isEmpty() && !merge.startsWith(QStringLiteral("#version")))
            merges.append(merge);
    }
    const auto id = [&](const QString &piece) {
        if (!pieces.contains(piece))
            throw Error(QCoreApplication::translate(
                            "Tokenizer", "%1: The vocabulary has no \"%2\"; the tokenizer needs it.")
                            .arg(vocabulary_file, piece.left(80)));
        return pieces.value(piece);
    };
    const QString cls = settings.token(QStringLiteral("cls_token"), QStringLiteral("<s>"));
    const QString sep = settings.token(QStringLiteral("sep_token"), QStringLiteral("</s>"));
    const QString mask = settings.token(QStringLiteral("mask_token"), QStringLiteral("<mask>"));
    const QString pad = settings.token(QStringLiteral("pad_token"), QStringLiteral("<pad>"));
    const QString unknown = settings.token(QStringLiteral("unk_token"), QStringLiteral("<unk>"));
    const bool prefix_space = settings.boolean(QStringLiteral("add_prefix_space"), false);
    QJsonArray added;
    for (const QString &token : {cls, pad, sep, unknown, mask}) {
        if (pieces.contains(token))
            added.append(QJsonObject{{QStringLiteral("content"), token},
                                     {QStringLiteral("id"), pieces.value(token)},
                                     {QStringLiteral("special"), true},
                                     {QStringLiteral("lstrip"), token == mask}});
    }
    const QJsonObject tokenizer{
        {QStringLiteral("added_tokens"), added},
        {QStringLiteral("pre_tokenizer"), QJsonObject{{QStringLiteral("type"), QStringLiteral("ByteLevel")},
                                                      {QStringLiteral("add_prefix_space"), prefix_space}}},
        {QStringLiteral("post_processor"),
         QJsonObject{{QStringLiteral("type"), QStringLiteral("RobertaProcessing")},
                     {QStringLiteral("cls"), QJsonArray{cls, id(cls)}},
                     {QStringLiteral("sep"), QJsonArray{sep, id(sep)}}}},
        {QStringLiteral("model"), QJsonObject{{QStringLiteral("type"), QStringLiteral("BPE")},
                                              {QStringLiteral("vocab"), pieces},
                                              {QStringLiteral("merges"), merges}}},
    };
    return tokenizer_from_json(JsonField::made(tokenizer, vocabulary_file), mask);
}

TokenizerPtr from_sentencepiece(const QString &file, bool xlm_roberta, const Settings &settings)
{
    const SentencePieceFile model = parse_sentencepiece(read_bytes(file), file);
    SentencePieceNames names;
    names.cls = settings.token(QStringLiteral("cls_token"),
                               xlm_roberta ? QStringLiteral("<s>") : QStringLiteral("[CLS]"));
    names.sep = settings.token(QStringLiteral("sep_token"),
                               xlm_roberta ? QStringLiteral("</s>") : QStringLiteral("[SEP]"));
    names.pad = settings.token(QStringLiteral("pad_token"), QStringLiteral("<pad>"));
    names.mask = settings.token(QStringLiteral("mask_token"),
                                xlm_roberta ? QStringLiteral("<mask>") : QStringLiteral("[MASK]"));
    if (xlm_roberta)
        return xlm_roberta_tokenizer(model, names, file);
    return albert_tokenizer(model, names, settings.boolean(QStringLiteral("do_lower_case"), true),
                            settings.boolean(QStringLiteral("keep_accents"), false), file);
}

} // namespace

TokenizerPtr load_tokenizer(const QString &folder)
{
    const QDir directory(folder);
    if (!directory.exists())
        throw Error(QCoreApplication::translate("Tokenizer", "%1: There is no such folder.").arg(folder));
    const Settings settings(directory);
    const auto has = [&](const QString &name) { return directory.exists(name); };
    const auto path = [&](const QString &name) { return directory.filePath(name); };
    if (has(QStringLiteral("tokenizer.json")))
        return tokenizer_from_json(
            JsonField::read(path(QStringLiteral("tokenizer.json")), largest_tokenizer_file),
            settings.token(QStringLiteral("mask_token"), QString()));
    if (has(QStringLiteral("vocab.txt")))
        return from_vocab_txt(path(QStringLiteral("vocab.txt")), settings);
    if (has(QStringLiteral("vocab.json")) && has(QStringLiteral("merges.txt")))
        return from_vocab_and_merges(directory, settings);
    if (has(QStringLiteral("spiece.model")))
        return from_sentencepiece(path(QStringLiteral("spiece.model")), false, settings);
    if (has(QStringLiteral("sentencepiece.bpe.model")))
        return from_sentencepiece(path(QStringLiteral("sentencepiece.bpe.model")), true, settings);
    throw Error(
        QCoreApplication::translate("Tokenizer",
                                    "%1: The folder has no tokenizer; expected one of these files: %2.")
            .arg(folder, QStringLiteral("tokenizer.json, vocab.txt, vocab.json + merges.txt, spiece.model, "
                                        "sentencepiece.bpe.model")));
}

} // namespace encoderscope
