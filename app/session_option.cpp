// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session_option.h"

#include "app/command.h"
#include "engine/model/built_in_models.h"
#include "engine/model/default_model.h"
#include "ui/state/session_file.h"
#include "ui/state/view_kinds.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

const QString session_name = QStringLiteral("session");

} // namespace

QCommandLineOption session_option()
{
    return {session_name,
            QCoreApplication::translate("Command", "A session saved in the window: its text, model and "
                                                   "switches. Other options take precedence."),
            QCoreApplication::translate("Command", "file")};
}

SessionState session_from(const QCommandLineParser &parser)
{
    return parser.isSet(session_name) ? readSessionFile(parser.value(session_name), viewKinds())
                                      : SessionState();
}

void open_model(RunInput &input, const QString &other)
{
    using Kind = ModelReference::Kind;
    if (input.reference.kind == Kind::standard)
        input.model = default_model();
    else if (input.reference.kind == Kind::trace)
        throw Error(QCoreApplication::translate(
                        "Command", "The session shows the recorded run %1: give it to \"figure\" by --trace.")
                        .arg(input.reference.source));
    else if (input.reference.kind == Kind::unsaved)
        throw Error(QCoreApplication::translate(
                        "Command", "The session's model “%1” was trained in the window and never saved; name "
                                   "one with %2.")
                        .arg(input.reference.source, other));
    else
        input.model = named_model(input.reference.source);
}

RunInput input_from(const QCommandLineParser &parser)
{
    const QString text = QStringLiteral("text");
    const QString textB = QStringLiteral("text-b");
    const QString model = QStringLiteral("model");
    SessionState state = session_from(parser);
    if (parser.isSet(text) || parser.isSet(textB)) {
        const std::optional<QString> second = parser.isSet(textB)  ? std::optional(parser.value(textB))
                                              : parser.isSet(text) ? std::nullopt
                                                                   : state.input.textB;
        // What was masked in another text means nothing in this one.
        if (parser.isSet(text)) {
            state.input.masked.clear();
            state.input.replaced.clear();
            state.input.text = parser.value(text);
        }
        state.input.textB = second;
    }
    RunInput input = state.input;
    if (parser.isSet(model))
        input.model = named_model(parser.value(model));
    else
        open_model(input, QStringLiteral("--model"));
    return input;
}

} // namespace encoderscope
