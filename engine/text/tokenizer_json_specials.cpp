// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/tokenizer_json_parts.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

Token special_token(int id, const QString &piece)
{
    Token token;
    token.id = id;
    token.piece = piece;
    token.text = piece;
    token.special = true;
    return token;
}

/// ["[SEP]", 102]
Token read_name_and_id(const JsonField &field, const Vocabulary &vocabulary)
{
    if (field.array().size() != 2)
        throw field.error(QCoreApplication::translate("Tokenizer", "expected a token and its id."));
    return special_token(field[1].integer(0, vocabulary.size() - 1), field[0].string());
}

/// One of the lists "single" and "pair" of a TemplateProcessing, cut at its sentences.
struct Template {
    std::vector<Token> parts[3]; ///< before A; after A; after B
    int type_of_a = 0;
    int type_of_b = 0;
    bool has_b = false;
};

Template read_template(const JsonField &field, const JsonField &special_tokens, const Vocabulary &vocabulary)
{
    Template read;
    std::size_t part = 0;
    for (qsizetype i = 0; i < field.array().size(); ++i) {
        const JsonField sequence = field[i][QStringLiteral("Sequence")];
        if (sequence.exists()) {
            const QString name = sequence[QStringLiteral("id")].string();
            const int type = sequence[QStringLiteral("type_id")].integer(0, 1);
            if (name != (part == 0 ? QStringLiteral("A") : QStringLiteral("B")) || part == 2)
                throw sequence[QStringLiteral("id")].unsupported(
                    name, {QCoreApplication::translate("Tokenizer", "A, then B, each once")});
            (part == 0 ? read.type_of_a : read.type_of_b) = type;
            read.has_b = part == 1;
            ++part;
            continue;
        }
        const JsonField special = field[i][QStringLiteral("SpecialToken")];
        const JsonField definition = special_tokens[special[QStringLiteral("id")].string()];
        const JsonField ids = definition[QStringLiteral("ids")];
        const JsonField tokens = definition[QStringLiteral("tokens")];
        for (qsizetype j = 0; j < ids.array().size(); ++j) {
            const int id = ids[j].integer(0, vocabulary.size() - 1);
            Token token = special_token(id, tokens.exists() ? tokens[j].string() : vocabulary.piece(id));
            token.type = special[QStringLiteral("type_id")].integer(0, 1);
            read.parts[part].push_back(std::move(token));
        }
    }
    if (part == 0)
        throw field.error(QCoreApplication::translate("Tokenizer", "the sentence A is missing."));
    return read;
}

bool same_ids(const std::vector<Token> &a, const std::vector<Token> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Token &left, const Token &right) { return left.id == right.id; });
}

bool all_of_type(const std::vector<Token> &tokens, int type)
{
    return std::all_of(tokens.begin(), tokens.end(),
                       [type](const Token &token) { return token.type == type; });
}

Tokenizer::Specials read_template_processing(const JsonField &field, const Vocabulary &vocabulary)
{
    const JsonField special_tokens = field[QStringLiteral("special_tokens")];
    const JsonField single_field = field[QStringLiteral("single")];
    const JsonField pair_field = field[QStringLiteral("pair")];
    const Template single = read_template(single_field, special_tokens, vocabulary);
    const Template pair = read_template(pair_field, special_tokens, vocabulary);
    const bool fits = !single.has_b && pair.has_b && same_ids(single.parts[0], pair.parts[0]) &&
                      same_ids(single.parts[1], pair.parts[2]) && single.type_of_a == 0 &&
                      pair.type_of_a == 0 && all_of_type(single.parts[0], 0) &&
                      all_of_type(single.parts[1], 0) && all_of_type(pair.parts[0], 0) &&
                      all_of_type(pair.parts[1], 0) && all_of_type(pair.parts[2], pair.type_of_b);
    if (!fits)
        throw pair_field.error(QCoreApplication::translate(
            "Tokenizer",
            "unusual special tokens; supported: the same before A and after the last sentence as "
            "with one sentence, token type 0 up to B and one token type from B on."));
    Tokenizer::Specials specials{pair.parts[0], pair.parts[1], pair.parts[2], pair.type_of_b};
    return specials;
}

} // namespace

Tokenizer::Specials read_post_processor(const JsonField &field, const Vocabulary &vocabulary)
{
    if (!field.exists())
        return {};
    const QString type = field[QStringLiteral("type")].string();
    if (type == QStringLiteral("BertProcessing") || type == QStringLiteral("RobertaProcessing")) {
        const bool bert = type == QStringLiteral("BertProcessing");
        const Token cls = read_name_and_id(field[QStringLiteral("cls")], vocabulary);
        const Token sep = read_name_and_id(field[QStringLiteral("sep")], vocabulary);
        return {{cls}, bert ? std::vector{sep} : std::vector{sep, sep}, {sep}, bert ? 1 : 0};
    }
    if (type == QStringLiteral("TemplateProcessing"))
        return read_template_processing(field, vocabulary);
    if (type == QStringLiteral("ByteLevel"))
        return {};
    if (type == QStringLiteral("Sequence")) {
        const JsonField processors = field[QStringLiteral("processors")];
        Tokenizer::Specials all;
        for (qsizetype i = 0; i < processors.array().size(); ++i) {
            Tokenizer::Specials specials = read_post_processor(processors[i], vocabulary);
            if (specials.before.empty() && specials.between.empty() && specials.after.empty())
                continue;
            if (!all.before.empty() || !all.between.empty() || !all.after.empty())
                throw processors.error(QCoreApplication::translate(
                    "Tokenizer", "two processors add special tokens; supported: one."));
            all = std::move(specials);
        }
        return all;
    }
    throw field[QStringLiteral("type")].unsupported(
        type,
        {QStringLiteral("BertProcessing"), QStringLiteral("ByteLevel"), QStringLiteral("RobertaProcessing"),
         QStringLiteral("Sequence"), QStringLiteral("TemplateProcessing")});
}

} // namespace encoderscope
