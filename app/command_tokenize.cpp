// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/model_option.h"
#include "app/session_option.h"
#include "engine/model/built_in_models.h"
#include "engine/model/model_sources.h"
#include "engine/text/line_reader.h"
#include "engine/text/text_file.h"
#include "engine/text/tokenizer_folder.h"
#include "ui/state/run.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace encoderscope
{

namespace
{

QByteArray encoding_as_json(const Encoding &encoding)
{
    QJsonArray ids;
    QJsonArray pieces;
    for (const Token &token : encoding.tokens) {
        ids.append(token.id);
        pieces.append(token.piece);
    }
    const QJsonObject object{{QStringLiteral("ids"), ids}, {QStringLiteral("pieces"), pieces}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

int run_tokenize(const QStringList &arguments)
{
    OptionParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("Command", "Prints one JSON object a line: {\"ids\": [...], \"pieces\": "
                                               "[...]}, special tokens included, nothing "
                                               "cut. The model's folder needs no weights."));
    const QCommandLineOption text(
        QStringLiteral("text"),
        QCoreApplication::translate("Command", "The text; without it, each line of standard input (UTF-8)."),
        QStringLiteral("text"));
    const QCommandLineOption text_b(QStringLiteral("text-b"),
                                    QCoreApplication::translate("Command", "A second sentence, for a pair."),
                                    QStringLiteral("text"));
    parser.addOptions({session_option(), model_option(), text, text_b});
    bool helped = false;
    parse(parser, QStringLiteral("tokenize"), arguments, helped);
    if (helped)
        return 0;
    refuse_other_arguments(parser);
    if (parser.isSet(text_b) && !parser.isSet(text))
        throw ArgumentError(QCoreApplication::translate("Command", "--text-b needs --text."));

    if (parser.isSet(QStringLiteral("session"))) {
        const RunInput input = input_from(parser);
        print(encoding_as_json(encodingOf(input, 0)));
        return 0;
    }
    const QString model = parser.value(QStringLiteral("model"));
    const bool given = parser.isSet(QStringLiteral("model"));
    const TokenizerPtr tokenizer =
        given && !is_built_in(model) ? load_tokenizer(resolve_model(model)) : model_from(parser)->tokenizer;
    if (parser.isSet(text)) {
        // A text that is given is not null, even when it is empty.
        const QString b = parser.isSet(text_b) ? QStringLiteral("") + parser.value(text_b) : QString();
        print(encoding_as_json(tokenizer->encode(parser.value(text), b)));
        return 0;
    }
    LineReader input(QStringLiteral("-"));
    for (QByteArray line; input.next(line);)
        print(encoding_as_json(tokenizer->encode(text_of_utf8(line))));
    return 0;
}

} // namespace encoderscope
