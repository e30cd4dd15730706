// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/tokenizer_json_parts.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

/// ["[SEP]", 102]
Token read_name_and_id(const JsonField &field, const Vocabulary &vocabulary)
{
    if (field.array().size() != 2)
        throw field.error(QCoreApplication::translate("Tokenizer", "expected a token and its id."));
    return special_token(field[1].integer(0, vocabulary.size() - 1), field[0].string(longest_piece));
}

/// One of the lists "single" and "pair" of a TemplateProcessing; the sentences in it are A, or A and then B.
Tokenizer::Specials read_template(const JsonField &field, const JsonField &special_tokens, bool pair,
                                  const Vocabulary &vocabulary)
{
    Tokenizer::Specials read;
    std::vector<Token> *const parts[] = {&read.before, pair ? &read.between : &read.after, &read.after};
    int *const types[] = {&read.type_a, &read.type_b};
    const std::size_t sentences = pair ? 2 : 1;
    std::size_t part = 0;
    for (qsizetype i = 0; i < field.array().size(); ++i) {
        const JsonField sequence = field[i][QStringLiteral("Sequence")];
        if (sequence.exists()) {
            const JsonField id = sequence[QStringLiteral("id")];
            if (part == sentences || id.string() != (part == 0 ? QStringLiteral("A") : QStringLiteral("B")))
                throw id.unsupported(id.string(),
                                     {pair ? QCoreApplication::translate("Tokenizer", "A, then B, each once")
                                           : QCoreApplication::translate("Tokenizer", "A, once")});
            *types[part] = sequence[QStringLiteral("type_id")].integer(0, 1);
            ++part;
            continue;
        }
        const JsonField special = field[i][QStringLiteral("SpecialToken")];
        const JsonField definition = special_tokens[special[QStringLiteral("id")].string()];
        const JsonField ids = definition[QStringLiteral("ids")];
        const JsonField tokens = definition[QStringLiteral("tokens")];
        for (qsizetype j = 0; j < ids.array().size(); ++j) {
            const int id = ids[j].integer(0, vocabulary.size() - 1);
            Token token =
                special_token(id, tokens.exists() ? tokens[j].string(longest_piece) : vocabulary.piece(id));
            token.type = special[QStringLiteral("type_id")].integer(0, 1);
            parts[part]->push_back(std::move(token));
        }
    }
    if (part < sentences)
        throw field.error(part == 0 ? QCoreApplication::translate("Tokenizer", "the sentence A is missing.")
                                    : QCoreApplication::translate("Tokenizer", "the sentence B is missing."));
    return read;
}

bool adds_tokens(const Tokenizer::Specials &specials)
{
    return !specials.before.empty() || !specials.between.empty() || !specials.after.empty();
}

} // namespace

void read_post_processor(const JsonField &field, Pipeline &pipeline)
{
    if (!field.exists())
        return;
    const Vocabulary &vocabulary = *pipeline.vocabulary;
    const QString type = field[QStringLiteral("type")].string();
    if (type == QStringLiteral("BertProcessing") || type == QStringLiteral("RobertaProcessing")) {
        add_specials(pipeline, read_name_and_id(field[QStringLiteral("cls")], vocabulary),
                     read_name_and_id(field[QStringLiteral("sep")], vocabulary),
                     type == QStringLiteral("BertProcessing") ? PairStyle::bert : PairStyle::roberta);
    } else if (type == QStringLiteral("TemplateProcessing")) {
        const JsonField special_tokens = field[QStringLiteral("special_tokens")];
        pipeline.specials = read_template(field[QStringLiteral("single")], special_tokens, false, vocabulary);
        const JsonField pair = field[QStringLiteral("pair")];
        if (pair.exists())
            pipeline.pair_specials = read_template(pair, special_tokens, true, vocabulary);
    } else if (type == QStringLiteral("Sequence")) {
        const JsonField processors = field[QStringLiteral("processors")];
        for (qsizetype i = 0; i < processors.array().size(); ++i) {
            Pipeline one;
            one.vocabulary = pipeline.vocabulary;
            read_post_processor(processors[i], one);
            if (!adds_tokens(one.specials) && !adds_tokens(one.pair_specials))
                continue;
            if (adds_tokens(pipeline.specials) || adds_tokens(pipeline.pair_specials))
                throw processors.error(QCoreApplication::translate(
                    "Tokenizer", "two processors add special tokens; supported: one."));
            pipeline.specials = std::move(one.specials);
            pipeline.pair_specials = std::move(one.pair_specials);
        }
    } else if (type != QStringLiteral("ByteLevel")) {
        throw field[QStringLiteral("type")].unsupported(
            type, {QStringLiteral("BertProcessing"), QStringLiteral("ByteLevel"),
                   QStringLiteral("RobertaProcessing"), QStringLiteral("Sequence"),
                   QStringLiteral("TemplateProcessing")});
    }
}

} // namespace encoderscope
