// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/added_tokens.h"
#include "engine/text/json_reader.h"

#include <QDir>

#include <optional>

namespace encoderscope
{

/// A token as added_tokens of a tokenizer.json and added_tokens_decoder have it, without its id.
AddedToken read_added_token(const JsonField &field);

/// A token that the small files add to the vocabulary, or say to be special.
struct NamedToken {
    AddedToken token;           ///< id -1: wherever the vocabulary has it, else after its last piece
    bool says_flags = false;    ///< white space, normalization and the like are said, not only the name
    bool only_if_known = false; ///< "pad_token" and the like: named, but not meant as new
};

/// What the small JSON files beside a vocabulary say of the tokenizer: tokenizer_config.json,
/// special_tokens_map.json, added_tokens.json, and config.json for what the others leave open. Which of them
/// wins is as in the reference implementation: where tokenizer_config.json has "added_tokens_decoder" it says
/// all of the tokens; else special_tokens_map.json wins over it, and added_tokens.json counts.
class TokenizerSettings
{
public:
    explicit TokenizerSettings(const QDir &folder);

    /// The name of a special token ("mask_token"): a text, or an object with its "content".
    QString token(const QString &name, const QString &fallback) const;
    std::optional<bool> flag(const QString &name) const;
    bool flag(const QString &name, bool fallback) const { return flag(name).value_or(fallback); }
    /// A field of tokenizer_config.json, if there is such a one.
    std::optional<JsonField> option(const QString &name) const;

    const std::vector<NamedToken> &added() const { return added_; }
    /// A text that is too long loses its beginning; not set where the files don't say.
    std::optional<bool> truncates_left() const;

    /// The class that the files name.
    std::optional<JsonField> tokenizer_class() const;
    /// "model_type" of config.json; may be empty.
    QString model_type() const;

private:
    std::optional<JsonField> field(const QString &name) const;
    void read_added();
    /// A special token that a field names: a text, or an object with its flags.
    void add_special(const JsonField &field, bool only_if_known);

    std::optional<JsonField> tokenizer_;
    std::optional<JsonField> specials_; ///< special_tokens_map.json, where it counts
    std::optional<JsonField> added_file_;
    std::optional<JsonField> model_;
    std::vector<NamedToken> added_;
};

} // namespace encoderscope
