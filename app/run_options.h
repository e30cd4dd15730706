// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/option_parser.h"
#include "app/steering_options.h"
#include "ui/state/frame.h"

#include <array>
#include <functional>
#include <utility>

namespace encoderscope
{

/// What every command that runs the encoder takes: model, text, what is off or changed. Layers and heads
/// count from 1 on the command line, tokens from 0.
class RunOptions
{
public:
    RunOptions();

    void add_to(OptionParser &parser) const;
    /// --trace, for commands that need no model but only a run.
    void add_recorded_to(OptionParser &parser) const;

    /// --each-line, for commands whose results can be of many texts.
    void add_each_line_to(OptionParser &parser) const;

    /// Opens the model and reads the text. Throws ArgumentError, and Error for what cannot be read.
    SessionState read(const QCommandLineParser &parser) const;

    /// Puts what is said of the text that `input` has, with its model, into it: what is cut, masked,
    /// replaced, switched off. Throws as read() does.
    void apply(const QCommandLineParser &parser, RunInput &input) const;

    bool has_each_line(const QCommandLineParser &parser) const;
    /// Calls `use` with what read() gives and 0; with --each-line, for every line of --text-file, with the
    /// line's number, the model opened once. What is wrong with a line is said on standard error and the next
    /// one is taken; the exit code is 1 then, else 0. Throws as read() does.
    int for_each_text(const QCommandLineParser &parser, const QByteArray &command,
                      const std::function<void(SessionState, qint64)> &use) const;

private:
    /// The model and what else is the same for every text.
    SessionState opened(const QCommandLineParser &parser) const;
    /// The run that --trace names, instead. Throws as read() does.
    SessionState read_recorded(const QCommandLineParser &parser) const;

    QCommandLineOption trace_, text_, text_file_, each_line_, text_b_, model_, tokenization_, off_, mask_,
        replace_, temperature_, activation_, long_;
    SteeringOptions steering_;
};

/// The run that `state` asks for, by the function that the window's worker uses. Says on standard error where
/// a text was cut. Throws Error.
Frame run_state(const SessionState &state, const QByteArray &command);
/// The same with the run of `reference` to compare with.
Frame run_against(const SessionState &state, const RunInput &reference, const QByteArray &command);

/// The tokens that `what` names: a number from 0, or those of a word of the text; at least one. Throws
/// ArgumentError.
TokenAnchors anchors_of(const QString &option, const QString &what, const Encoding &encoding);

/// A path with the line's number in the place of {line}.
QString output_of_line(const QString &output, qint64 line);
/// Throws ArgumentError when the results of many texts would go to one file.
void require_line_in(const QString &output);

/// An option's words and what they mean; throws ArgumentError that lists them.
template <typename Value, std::size_t count>
Value one_of(const QString &option, const QString &word,
             const std::array<std::pair<const char *, Value>, count> &all);
/// What --long says of texts and sentences that are too long: whether they are refused.
inline constexpr std::array<std::pair<const char *, bool>, 2> long_texts{{{"cut", false}, {"refuse", true}}};

/// An option's value. Throws ArgumentError when it is missing or empty.
QString required(const QCommandLineParser &parser, const QCommandLineOption &option);
/// What --activation names. Throws ArgumentError.
Activation activation_named(const QString &name);
/// A number from 1, as an index from 0. Throws ArgumentError.
int index_from_one(const QString &option, const QString &word);
/// A whole number within the bounds. Throws ArgumentError.
int whole_within(const QString &option, const QString &word, int lowest, int highest);
/// A number within the bounds. Throws ArgumentError.
double number_within(const QString &option, const QString &word, double lowest, double highest);
[[noreturn]] void throw_unknown_word(const QString &option, const QString &word, const QStringList &known);

template <typename Value, std::size_t count>
QStringList words_of(const std::array<std::pair<const char *, Value>, count> &all)
{
    QStringList words;
    for (const auto &pair : all)
        words.append(QLatin1String(pair.first));
    return words;
}

template <typename Value, std::size_t count>
Value one_of(const QString &option, const QString &word,
             const std::array<std::pair<const char *, Value>, count> &all)
{
    for (const auto &[name, value] : all) {
        if (word == QLatin1String(name))
            return value;
    }
    throw_unknown_word(option, word, words_of(all));
}

} // namespace encoderscope
