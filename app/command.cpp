// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include "app/manual.h"
#include "engine/analysis/first_non_finite.h"
#include "engine/file_writer.h"

#include <QCoreApplication>

#include <array>

namespace encoderscope
{

std::span<const Command> commands()
{
    static constexpr std::array<Command, 10> all{{
        {"tokenize", false,
         [] { return QCoreApplication::translate("Command", "print a text's tokens and their ids as JSON"); },
         run_tokenize},
        {"trace", false,
         [] {
             return QCoreApplication::translate("Command",
                                                "write every intermediate of a run as safetensors");
         },
         run_trace},
        {"figure", true,
         [] { return QCoreApplication::translate("Command", "write a figure of a text's run to a file"); },
         run_figure},
        {"lesson", true,
         [] {
             return QCoreApplication::translate(
                 "Command", "write the pictures of a lesson's steps, as files or animated");
         },
         run_lesson},
        {"explain", false,
         [] {
             return QCoreApplication::translate("Command",
                                                "say what each token did for a prediction, with the proof");
         },
         run_explain},
        {"sweep", false,
         [] {
             return QCoreApplication::translate("Command",
                                                "switch every part off in turn and say what changes");
         },
         run_sweep},
        {"lens", false,
         [] {
             return QCoreApplication::translate("Command",
                                                "predict words from the hidden state of every layer");
         },
         run_lens},
        {"patch", false,
         [] {
             return QCoreApplication::translate("Command", "put parts of another text's run into this one");
         },
         run_patch},
        {"train", false,
         [] {
             return QCoreApplication::translate("Command", "train a model on text and save it as a folder");
         },
         run_train},
        {"corpus", false,
         [] {
             return QCoreApplication::translate("Command",
                                                "say what heads and neurons do over thousands of sentences");
         },
         run_corpus},
    }};
    return all;
}

namespace
{

const QString complete = QStringLiteral("--complete=");
const QString manual = QStringLiteral("--manual");

void print_completions(const OptionParser &parser, const QStringList &arguments)
{
    QString lines;
    for (const Choice &choice :
         parser.completions(arguments.first(arguments.size() - 1), arguments.last().mid(complete.size())))
        lines += QStringLiteral("%1\t%2\n").arg(choice.word, choice.meaning.section(QLatin1Char('\n'), 0, 0));
    print(lines.toUtf8());
}

void print_manual(const OptionParser &parser, const QString &command)
{
    if (!command.isEmpty()) {
        print(manual_section(parser, command).toUtf8());
        return;
    }
    print(manual_beginning(parser).toUtf8());
    for (const Command &each : commands())
        each.run({manual});
}

} // namespace

bool asks_for_completions(const QStringList &arguments)
{
    return !arguments.isEmpty() && arguments.last().startsWith(complete);
}

bool asks_for_manual(const QStringList &arguments)
{
    return arguments == QStringList{manual};
}

void parse(OptionParser &parser, const QString &command, const QStringList &arguments, bool &helped)
{
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  QCoreApplication::translate("Command", "Show this help."));
    parser.addOption(help);
    if (asks_for_completions(arguments)) {
        helped = true;
        print_completions(parser, arguments);
        return;
    }
    if (asks_for_manual(arguments)) {
        helped = true;
        print_manual(parser, command);
        return;
    }
    QStringList all{QStringLiteral("encoderscope ") + command};
    all += arguments;
    if (!parser.parse(all))
        throw ArgumentError(parser.errorText());
    helped = parser.isSet(help);
    if (helped)
        print(parser.helpText().toUtf8());
}

void refuse_other_arguments(const QCommandLineParser &parser)
{
    if (!parser.positionalArguments().isEmpty())
        throw ArgumentError(
            QCoreApplication::translate(
                "Command", "Unexpected argument \"%1\"; what belongs to an option goes after it.")
                .arg(parser.positionalArguments().first()));
}

void print(const QByteArray &text)
{
    write_file(QStringLiteral("-"), text);
}

void warn_of_non_finite(const Trace &trace)
{
    const QString message = non_finite_message(trace);
    if (!message.isEmpty())
        std::fprintf(stderr, "%s\n", qUtf8Printable(message));
}

} // namespace encoderscope
