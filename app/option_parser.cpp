// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/option_parser.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

const QString two_dashes = QStringLiteral("--");

/// Those that begin with `word`, with `prefix` before each.
QList<Choice> beginning_with(const QString &word, const QList<Choice> &choices, const QString &prefix = {})
{
    QList<Choice> fitting;
    for (const Choice &choice : choices) {
        if (choice.word.startsWith(word))
            fitting.append({prefix + choice.word, choice.meaning});
    }
    return fitting;
}

} // namespace

QString listed(const QList<Choice> &choices)
{
    QString lines;
    for (const Choice &choice : choices)
        lines += QStringLiteral("\n  %1: %2").arg(choice.word, choice.meaning);
    return lines;
}

void OptionParser::addOption(const QCommandLineOption &option)
{
    QCommandLineParser::addOption(option);
    options_.append({option, {}});
}

void OptionParser::addOptions(const QList<QCommandLineOption> &options)
{
    for (const QCommandLineOption &option : options)
        addOption(option);
}

void OptionParser::addPositionalArgument(const QString &name, const QString &description,
                                         const QString &syntax, const QList<Choice> &choices)
{
    QCommandLineParser::addPositionalArgument(name, description, syntax);
    arguments_.append({name, description, choices});
}

void OptionParser::setChoices(const QString &option, const QStringList &words)
{
    const auto found = std::find_if(options_.begin(), options_.end(), [&](const Option &candidate) {
        return candidate.option.names().contains(option);
    });
    Q_ASSERT(found != options_.end());
    for (const QString &word : words)
        found->choices.append({word, {}});
}

const OptionParser::Option *OptionParser::find(const QString &word) const
{
    if (!word.startsWith(QLatin1Char('-')))
        return nullptr;
    const QString name = word.mid(word.startsWith(two_dashes) ? 2 : 1);
    const auto found = std::find_if(options_.begin(), options_.end(), [&](const Option &candidate) {
        return candidate.option.names().contains(name);
    });
    return found == options_.end() ? nullptr : &*found;
}

QList<Choice> OptionParser::completions(const QStringList &before, const QString &word) const
{
    // bash makes three words of "--theme=dark".
    const bool apart = !before.isEmpty() && before.last() == QStringLiteral("=");
    const qsizetype at = before.size() - (apart ? 2 : 1);
    const Option *asking = at >= 0 ? find(before.at(at)) : nullptr;
    if (asking && !asking->option.valueName().isEmpty())
        return beginning_with(word, asking->choices);

    const qsizetype equals = word.indexOf(QLatin1Char('='));
    if (word.startsWith(two_dashes) && equals > 0) {
        const Option *option = find(word.left(equals));
        return option ? beginning_with(word.mid(equals + 1), option->choices, word.left(equals + 1))
                      : QList<Choice>();
    }

    qsizetype arguments = 0;
    for (qsizetype index = 0; index < before.size(); ++index) {
        const Option *option = find(before.at(index));
        if (option && !option->option.valueName().isEmpty())
            ++index;
        else if (!before.at(index).startsWith(QLatin1Char('-')))
            ++arguments;
    }
    if (arguments < arguments_.size() && !word.startsWith(QLatin1Char('-')))
        return beginning_with(word, arguments_.at(arguments).choices);

    QList<Choice> choices;
    for (const Option &option : options_)
        choices.append({two_dashes + option.option.names().constLast(), option.option.description()});
    return beginning_with(word, choices);
}

} // namespace encoderscope
