// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/corpus_commands.h"
#include "engine/corpus/corpus_file.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cstdio>

namespace encoderscope
{

namespace
{

struct CorpusMessages {
    Q_DECLARE_TR_FUNCTIONS(Corpus)
};

struct Part {
    const char *name;
    QString (*summary)();
    int (*run)(const QStringList &);
};
constexpr std::array<Part, 4> parts{
    {{"add", [] { return CorpusMessages::tr("run a model on sentences and keep what comes of it"); },
      run_corpus_add},
     {"index", [] { return CorpusMessages::tr("make an index of its vectors of tokens"); }, run_corpus_index},
     {"merge", [] { return CorpusMessages::tr("put corpora together that were made apart"); },
      run_corpus_merge},
     {"query", [] { return CorpusMessages::tr("say what is in a corpus"); }, run_corpus_query}}};

} // namespace

void say(const QString &line)
{
    std::fprintf(stderr, "encoderscope corpus: %s\n", qUtf8Printable(line));
}

const std::vector<int> &token_layers_of(const CorpusFile &file)
{
    const std::vector<int> &layers = file.settings().token_layers;
    if (layers.empty())
        throw ArgumentError(
            CorpusMessages::tr("%1 keeps no vectors of tokens: it was made without --token-vectors.")
                .arg(file.path()));
    return layers;
}

int run_corpus(const QStringList &arguments)
{
    if (asks_for_manual(arguments)) {
        for (const Part &part : parts)
            part.run(arguments);
        return 0;
    }
    const QString name = arguments.value(0);
    const auto *found = std::find_if(parts.begin(), parts.end(),
                                     [&](const Part &part) { return name == QLatin1String(part.name); });
    if (found != parts.end())
        return found->run(arguments.mid(1));
    QList<Choice> choices;
    for (const Part &part : parts)
        choices.append({QLatin1String(part.name), part.summary()});
    OptionParser parser;
    parser.setApplicationDescription(
        CorpusMessages::tr("What a model does over many sentences, kept in an SQLite database. --help after "
                           "one of these lists its options.") +
        listed(choices));
    parser.addPositionalArgument(QStringLiteral("part"), CorpusMessages::tr("add, index, merge or query."),
                                 {}, choices);
    bool helped = false;
    parse(parser, QStringLiteral("corpus"), arguments, helped);
    if (helped)
        return 0;
    throw ArgumentError(
        name.isEmpty()
            ? CorpusMessages::tr("Say what to do: add, index, merge or query.")
            : CorpusMessages::tr("\"%1\" is not known; expected add, index, merge or query.").arg(name));
}

} // namespace encoderscope
