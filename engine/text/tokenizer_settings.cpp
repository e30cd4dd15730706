// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/tokenizer_settings.h"

#include "engine/text/vocabulary.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

const QString decoder = QStringLiteral("added_tokens_decoder");

std::optional<JsonField> read_if_there(const QDir &folder, const QString &name)
{
    return folder.exists(name) ? std::optional(JsonField::read(folder.filePath(name))) : std::nullopt;
}

QStringList special_names()
{
    return {QStringLiteral("bos_token"), QStringLiteral("eos_token"), QStringLiteral("unk_token"),
            QStringLiteral("sep_token"), QStringLiteral("pad_token"), QStringLiteral("cls_token"),
            QStringLiteral("mask_token")};
}

/// The greatest id that a token may have: beyond it there would be more holes than pieces.
constexpr int greatest_id = 10'000'000;

} // namespace

AddedToken read_added_token(const JsonField &field)
{
    AddedToken token;
    token.content = field[QStringLiteral("content")].string(longest_piece);
    token.special = field.flag(QStringLiteral("special"), false);
    token.normalized = field.flag(QStringLiteral("normalized"), !token.special);
    token.single_word = field.flag(QStringLiteral("single_word"), false);
    token.lstrip = field.flag(QStringLiteral("lstrip"), false);
    token.rstrip = field.flag(QStringLiteral("rstrip"), false);
    return token;
}

TokenizerSettings::TokenizerSettings(const QDir &folder)
    : tokenizer_(read_if_there(folder, QStringLiteral("tokenizer_config.json")))
    , model_(read_if_there(folder, QStringLiteral("config.json")))
{
    if (!tokenizer_ || !tokenizer_->has(decoder)) {
        specials_ = read_if_there(folder, QStringLiteral("special_tokens_map.json"));
        added_file_ = read_if_there(folder, QStringLiteral("added_tokens.json"));
    }
    read_added();
}

std::optional<JsonField> TokenizerSettings::field(const QString &name) const
{
    for (const std::optional<JsonField> &file : {specials_, tokenizer_}) {
        if (file && file->has(name))
            return (*file)[name];
    }
    return std::nullopt;
}

QString TokenizerSettings::token(const QString &name, const QString &fallback) const
{
    const std::optional<JsonField> found = field(name);
    if (!found)
        return fallback;
    return (found->is_object() ? (*found)[QStringLiteral("content")] : *found).string(longest_piece);
}

std::optional<JsonField> TokenizerSettings::option(const QString &name) const
{
    return tokenizer_ && tokenizer_->has(name) ? std::optional((*tokenizer_)[name]) : std::nullopt;
}

std::optional<bool> TokenizerSettings::flag(const QString &name) const
{
    const std::optional<JsonField> found = option(name);
    return found ? std::optional(found->boolean()) : std::nullopt;
}

std::optional<bool> TokenizerSettings::truncates_left() const
{
    const QString name = QStringLiteral("truncation_side");
    if (!tokenizer_ || !tokenizer_->has(name))
        return std::nullopt;
    const QString side = tokenizer_->text(name);
    const QStringList sides{QStringLiteral("left"), QStringLiteral("right")};
    if (!sides.contains(side))
        throw(*tokenizer_)[name].unsupported(side, sides);
    return side == sides.front();
}

std::optional<JsonField> TokenizerSettings::tokenizer_class() const
{
    const QString name = QStringLiteral("tokenizer_class");
    for (const std::optional<JsonField> &file : {tokenizer_, model_}) {
        if (file && file->has(name))
            return (*file)[name];
    }
    return std::nullopt;
}

QString TokenizerSettings::model_type() const
{
    return model_ ? model_->text(QStringLiteral("model_type")) : QString();
}

void TokenizerSettings::add_special(const JsonField &field, bool only_if_known)
{
    NamedToken named{.token = {}, .says_flags = field.is_object(), .only_if_known = only_if_known};
    if (field.is_object()) {
        named.token = read_added_token(field);
        named.token.normalized = field.flag(QStringLiteral("normalized"), false);
    } else {
        named.token.content = field.string(longest_piece);
    }
    named.token.special = true;
    const QString &content = named.token.content;
    const auto same = std::find_if(added_.begin(), added_.end(),
                                   [&](const NamedToken &other) { return other.token.content == content; });
    if (same != added_.end()) {
        same->token.special = true;
        // As in the reference implementation, which has not read this list when it asks what is special.
        const bool late = specials_ && !only_if_known && field.file() == specials_->file();
        if (!same->says_flags && !late)
            same->token.normalized = false;
    } else if (!content.isEmpty()) {
        added_.push_back(named);
    }
}

void TokenizerSettings::read_added()
{
    if (tokenizer_ && tokenizer_->has(decoder)) {
        const JsonField all = (*tokenizer_)[decoder];
        const QJsonObject object = all.object();
        for (auto entry = object.begin(); entry != object.end(); ++entry) {
            bool number = false;
            NamedToken named{.token = read_added_token(all[entry.key()]), .says_flags = true};
            named.token.id = entry.key().toInt(&number);
            if (!number || named.token.id < 0 || named.token.id > greatest_id)
                throw all[entry.key()].error(
                    QCoreApplication::translate("Tokenizer", "expected an id from 0 to %1.")
                        .arg(greatest_id));
            if (!named.token.content.isEmpty())
                added_.push_back(std::move(named));
        }
    }
    if (added_file_) {
        const QJsonObject object = added_file_->object();
        for (auto entry = object.begin(); entry != object.end(); ++entry) {
            if (entry.key().size() > longest_piece)
                throw(*added_file_)[entry.key()].too_long(entry.key().size(), longest_piece);
            if (!entry.key().isEmpty())
                added_.push_back({.token = {.content = entry.key(),
                                            .id = added_file_->integer(entry.key(), 0, greatest_id),
                                            .normalized = true}});
        }
    }
    std::sort(added_.begin(), added_.end(),
              [](const NamedToken &a, const NamedToken &b) { return a.token.id < b.token.id; });

    for (const QString &name : special_names()) {
        if (const std::optional<JsonField> found = field(name))
            add_special(*found, true);
    }
    for (const QString &name :
         {QStringLiteral("additional_special_tokens"), QStringLiteral("extra_special_tokens")}) {
        const std::optional<JsonField> found = field(name);
        if (!found)
            continue;
        if (found->is_object()) {
            for (const QString &key : found->object().keys())
                add_special((*found)[key], false);
        } else {
            for (qsizetype i = 0; i < found->array().size(); ++i)
                add_special((*found)[i], false);
        }
    }
}

} // namespace encoderscope
