// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/option_parser.h"
#include "engine/error.h"
#include "engine/forward/trace.h"

#include <QStringList>

#include <span>

namespace encoderscope
{

/// Wrong arguments on the command line: exit code 2 (other errors: 1).
class ArgumentError : public Error
{
public:
    using Error::Error;
};

/// One command of the program: `encoderscope NAME ...`. All of them run without a display.
struct Command {
    const char *name;
    bool paints;          ///< needs fonts and painting: runs under QGuiApplication, offscreen
    QString (*summary)(); ///< one translated line for --help
    int (*run)(
        const QStringList &arguments); ///< arguments after the name; returns the exit code, throws Error
};

std::span<const Command> commands();

/// Parses `arguments` (those after the command's name). Throws ArgumentError; prints the help and sets
/// `helped` when --help is among them; throws Error when it cannot be printed. Two last arguments that the
/// help does not name print something else instead: --complete=WORD, for shells, a line for each word that
/// WORD may become (the word, a tab, what it means), and --manual, for the build, the manual page or the
/// command's section of it.
void parse(OptionParser &parser, const QString &command, const QStringList &arguments, bool &helped);

/// Whether a shell asks what the last word may become.
bool asks_for_completions(const QStringList &arguments);
/// Whether the build asks for the manual.
bool asks_for_manual(const QStringList &arguments);

/// Throws ArgumentError when something is there that belongs to no option.
void refuse_other_arguments(const QCommandLineParser &parser);

/// Writes to standard output, all of it and at once. Throws Error when that is not possible.
void print(const QByteArray &text);

/// Says on standard error where a run's numbers stop being finite, if they do.
void warn_of_non_finite(const Trace &trace);

int run_tokenize(const QStringList &arguments);
int run_trace(const QStringList &arguments);
int run_figure(const QStringList &arguments);
int run_train(const QStringList &arguments);
int run_explain(const QStringList &arguments);
int run_sweep(const QStringList &arguments);
int run_lesson(const QStringList &arguments);
int run_lens(const QStringList &arguments);
int run_patch(const QStringList &arguments);
int run_corpus(const QStringList &arguments);

} // namespace encoderscope
