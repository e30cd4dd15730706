// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCommandLineParser>

namespace encoderscope
{

inline QCommandLineOption valued(const char *name, const QString &description, const QString &value,
                                 const QString &standard = {})
{
    return {QLatin1String(name), description, value, standard};
}

inline QCommandLineOption flag(const char *name, const QString &description)
{
    return {QLatin1String(name), description};
}

/// A word that may stand on the command line, and what it means; the meaning may be empty.
struct Choice {
    QString word;
    QString meaning;
};

/// Of a description in --help: a line for each, the word and what it means.
QString listed(const QList<Choice> &choices);

/// A parser that knows what it was given, which Qt's keeps to itself: the manual and the shells' completions
/// are made from it, as --help is.
class OptionParser : public QCommandLineParser
{
public:
    struct Option {
        QCommandLineOption option;
        QList<Choice> choices; ///< empty: any value
    };
    struct Argument {
        QString name, description;
        QList<Choice> choices;
    };
    /// Options that are taken only together with something, such as those of one kind of figures.
    struct Group {
        QString title;
        QList<QCommandLineOption> options;
    };

    void addOption(const QCommandLineOption &option);
    void addOptions(const QList<QCommandLineOption> &options);
    void addPositionalArgument(const QString &name, const QString &description, const QString &syntax = {},
                               const QList<Choice> &choices = {});
    /// The words that the option's value is one of. The option must have been added.
    void setChoices(const QString &option, const QStringList &words);
    /// For the manual only: nothing of it is taken.
    void addGroup(const Group &group) { groups_.append(group); }

    const QList<Option> &options() const { return options_; }
    const QList<Argument> &arguments() const { return arguments_; }
    const QList<Group> &groups() const { return groups_; }

    /// What `word` may become after the words `before`. Empty where a file's name or any text is expected.
    QList<Choice> completions(const QStringList &before, const QString &word) const;

private:
    const Option *find(const QString &word) const;

    QList<Option> options_;
    QList<Argument> arguments_;
    QList<Group> groups_;
};

} // namespace encoderscope
