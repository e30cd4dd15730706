// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/corpus_commands.h"
#include "app/model_option.h"
#include "app/progress_line.h"
#include "app/run_options.h"
#include "app/stopped_by_signal.h"
#include "engine/corpus/add_sentences.h"
#include "engine/corpus/merge_corpora.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <cstdio>
#include <memory>

namespace encoderscope
{

namespace
{

struct AddMessages {
    Q_DECLARE_TR_FUNCTIONS(Corpus)
};

constexpr int most_shown_problems = 10;

struct AddArguments {
    QCommandLineOption text{QStringLiteral("text"),
                            AddMessages::tr("A file of sentences, UTF-8; - for standard input. May be given "
                                            "several times."),
                            AddMessages::tr("file")};
    QCommandLineOption output{{QStringLiteral("o"), QStringLiteral("output")},
                              AddMessages::tr("The corpus; it is made, or added to."),
                              AddMessages::tr("file")};
    QCommandLineOption format{
        QStringLiteral("format"),
        AddMessages::tr("text, csv, tsv or jsonl; without it, by the file's name: text for "
                        "all that end in none of these."),
        AddMessages::tr("format")};
    QCommandLineOption field{
        QStringLiteral("field"),
        AddMessages::tr("The column or the field with the sentence; without it, \"text\", or "
                        "the only column."),
        AddMessages::tr("name")};
    QCommandLineOption name{QStringLiteral("name"),
                            AddMessages::tr("What the corpus calls the file; without it, as --text says."),
                            AddMessages::tr("name")};
    QCommandLineOption shard{
        QStringLiteral("shard"),
        AddMessages::tr("3/16: the third of sixteen parts of the work, for a machine of its "
                        "own; corpus merge puts them together."),
        QStringLiteral("i/n")};
    QCommandLineOption max_tokens{
        QStringLiteral("max-tokens"),
        AddMessages::tr("Tokens of a sentence, special ones included; without it, those "
                        "that the model takes, or 512."),
        AddMessages::tr("number")};
    QCommandLineOption long_lines{QStringLiteral("long"),
                                  AddMessages::tr("A sentence of more tokens: cut, or refuse."),
                                  AddMessages::tr("what"), QStringLiteral("cut")};
    QCommandLineOption examples{
        QStringLiteral("examples"),
        AddMessages::tr("Sentences that are kept for each neuron and head, those in which "
                        "it is strongest."),
        AddMessages::tr("number"), QString::number(CorpusSettings().examples)};
    QCommandLineOption token_vectors{
        QStringLiteral("token-vectors"),
        AddMessages::tr(
            "2,4: keeps the hidden state of each token after layers 2 and 4, to find the nearest uses "
            "of a token; the file becomes much larger."),
        QStringLiteral("layer,...")};
    QCommandLineOption bad{QStringLiteral("bad-lines"),
                           AddMessages::tr("A line that is no sentence: refuse, or skip."),
                           AddMessages::tr("what"), QStringLiteral("refuse")};
};

constexpr std::array<std::pair<const char *, bool>, 2> bad_choices{{{"refuse", false}, {"skip", true}}};

Shard shard_of(const QString &word)
{
    const QStringList parts = word.split(QLatin1Char('/'));
    bool good = parts.size() == 2;
    const int index = good ? parts[0].toInt(&good) : 0;
    const int count = good ? parts[1].toInt(&good) : 0;
    if (!good || index < 1 || count < 1 || index > count)
        throw ArgumentError(
            AddMessages::tr(
                "--shard: \"%1\" is not understood; expected a part, from 1, and how many there are: "
                "3/16 is the third of 16.")
                .arg(word));
    return {index - 1, count};
}

/// Shows how far the work on a file is, and when it will be done.
class AddReport
{
public:
    void operator()(const AddProgress &progress)
    {
        if (!line_.due())
            return;
        const QLocale locale;
        QString text =
            AddMessages::tr("%1 sentences · %2 sentences/s")
                .arg(locale.toString(progress.added),
                     locale.toString(static_cast<double>(progress.added - shown_) / line_.seconds(), 'f', 0));
        const double seconds = static_cast<double>(clock_.elapsed()) / 1000.0;
        if (progress.size > 0 && progress.new_bytes > 0)
            text += QStringLiteral(" · ") +
                    AddMessages::tr("%1 % · %2 left")
                        .arg(locale.toString(100.0 * static_cast<double>(progress.bytes) /
                                                 static_cast<double>(progress.size),
                                             'f', 0),
                             duration(seconds * static_cast<double>(progress.size - progress.bytes) /
                                      static_cast<double>(progress.new_bytes)));
        shown_ = progress.added;
        line_.show(text);
    }
    void end() { line_.end(); }
    void start() { clock_.start(); }

private:
    ProgressLine line_{stderr};
    QElapsedTimer clock_;
    qint64 shown_ = 0;
};

void say_what_was_done(const QString &file, const AddProgress &progress)
{
    QStringList parts{AddMessages::tr("added: %1").arg(progress.added)};
    if (progress.present > 0)
        parts.append(AddMessages::tr("already there: %1").arg(progress.present));
    if (progress.cut > 0)
        parts.append(AddMessages::tr("cut: %1").arg(progress.cut));
    if (progress.not_finite > 0)
        parts.append(AddMessages::tr("without statistics, because numbers of their runs are not finite: %1")
                         .arg(progress.not_finite));
    if (progress.bad > 0)
        parts.append(AddMessages::tr("bad lines skipped: %1").arg(progress.bad));
    say(QStringLiteral("%1: %2").arg(file, parts.join(QStringLiteral(", "))));
}

QString output_database(const QCommandLineParser &parser, const QCommandLineOption &option)
{
    const QString value = required(parser, option);
    if (value == QStringLiteral("-"))
        throw ArgumentError(
            AddMessages::tr("--%1 -: a corpus is a database, which cannot go to standard output.")
                .arg(option.names().constLast()));
    return value;
}

std::vector<SentenceFile> files_of(const QCommandLineParser &parser, const AddArguments &options)
{
    std::vector<SentenceFile> files;
    // --text *.txt: the shell puts all but the first behind it.
    for (const QString &path : parser.values(options.text) + parser.positionalArguments())
        files.push_back({.path = path,
                         .format = parser.isSet(options.format)
                                       ? one_of(QStringLiteral("--format"), parser.value(options.format),
                                                sentence_formats)
                                       : format_of_file(path),
                         .field = parser.value(options.field)});
    if (files.empty())
        throw ArgumentError(AddMessages::tr("--text is missing: a file of sentences."));
    if (parser.isSet(options.field) && std::all_of(files.begin(), files.end(), [](const SentenceFile &file) {
            return file.format == SentenceFormat::lines;
        }))
        throw ArgumentError(
            AddMessages::tr("--field: %1 is read as lines, which have no fields; expected csv, tsv or "
                            "jsonl (--format).")
                .arg(files.front().path));
    if (parser.isSet(options.name) && files.size() > 1)
        throw ArgumentError(AddMessages::tr("--name is for one file."));
    return files;
}

int most_tokens(const QCommandLineParser &parser, const AddArguments &options, const Model &model)
{
    const int most = model.config.max_positions;
    if (!parser.isSet(options.max_tokens))
        return usual_max_tokens(model);
    return whole_within(QStringLiteral("--max-tokens"), parser.value(options.max_tokens), 3,
                        most > 0 ? most : 1 << 16);
}

std::vector<int> token_layers(const QCommandLineParser &parser, const AddArguments &options,
                              const Model &model)
{
    const QString word = parser.value(options.token_vectors);
    const std::optional<std::vector<int>> layers = layers_from_text(word, model.config.layers);
    if (!layers || (layers->empty() && parser.isSet(options.token_vectors)))
        throw ArgumentError(
            AddMessages::tr(
                "--token-vectors: \"%1\" is not understood; expected layers from 1 to %2, as in 2,4.")
                .arg(word)
                .arg(model.config.layers));
    return *layers;
}

} // namespace

int run_corpus_add(const QStringList &arguments)
{
    const AddArguments options;
    OptionParser parser;
    parser.setApplicationDescription(
        AddMessages::tr("Runs the model on every sentence of the files and keeps "
                        "in an SQLite database what each head did, where "
                        "each neuron and head is strongest, tokens, predictions "
                        "and sentence vectors. Stopped at any time, the "
                        "same command goes on where it was."));
    parser.addOptions({model_option(), options.text, options.output, options.format, options.field,
                       options.name, options.shard, options.max_tokens, options.long_lines, options.examples,
                       options.token_vectors, options.bad});
    parser.addPositionalArgument(QStringLiteral("file"), AddMessages::tr("More files, as after --text."),
                                 QStringLiteral("[file...]"));
    parser.setChoices(QStringLiteral("format"), words_of(sentence_formats));
    parser.setChoices(QStringLiteral("long"), words_of(long_texts));
    parser.setChoices(QStringLiteral("bad-lines"), words_of(bad_choices));
    bool helped = false;
    parse(parser, QStringLiteral("corpus add"), arguments, helped);
    if (helped)
        return 0;
    const std::vector<SentenceFile> files = files_of(parser, options);
    const QString output = output_database(parser, options.output);
    AddOptions add{.shard = {},
                   .name = parser.value(options.name),
                   .refuse_long =
                       one_of(QStringLiteral("--long"), parser.value(options.long_lines), long_texts),
                   .bad_line = {}};
    if (parser.isSet(options.shard))
        add.shard = shard_of(parser.value(options.shard));
    int problems = 0;
    if (one_of(QStringLiteral("--bad-lines"), parser.value(options.bad), bad_choices))
        add.bad_line = [&problems](const BadLine &line) {
            if (++problems <= most_shown_problems)
                say(line.message());
        };
    const int examples =
        whole_within(QStringLiteral("--examples"), parser.value(options.examples), 0, most_kept_examples);
    const ModelPtr model = model_from(parser);
    const CorpusSettings settings = settings_of(*model, most_tokens(parser, options, *model), examples,
                                                token_layers(parser, options, *model));

    StoppedBySignal stopped;
    CorpusFile corpus(output, settings);
    CorpusWriter writer(corpus);
    for (const SentenceFile &file : files) {
        SentenceReader reader(file);
        AddReport report;
        report.start();
        const AddProgress progress =
            add_sentences(writer, settings, model, reader, add, std::ref(report), stopped.token());
        report.end();
        say_what_was_done(file.path, progress);
        if (progress.stopped) {
            say(AddMessages::tr("Stopped; the same command goes on."));
            return 1;
        }
    }
    return problems > 0 ? 1 : 0;
}

int run_corpus_merge(const QStringList &arguments)
{
    const AddArguments options;
    OptionParser parser;
    parser.setApplicationDescription(AddMessages::tr(
        "Puts corpora together that were made apart, such as the shards of one: the result is what "
        "one run would have given."));
    parser.addPositionalArgument(QStringLiteral("corpora"), AddMessages::tr("The corpora."),
                                 QStringLiteral("corpus..."));
    parser.addOption(options.output);
    bool helped = false;
    parse(parser, QStringLiteral("corpus merge"), arguments, helped);
    if (helped)
        return 0;
    const QStringList paths = parser.positionalArguments();
    if (paths.isEmpty())
        throw ArgumentError(AddMessages::tr("Say which corpora to merge."));
    const QString output = output_database(parser, options.output);
    for (const QString &path : paths) {
        if (QFileInfo(path).exists() &&
            QFileInfo(path).canonicalFilePath() == QFileInfo(output).canonicalFilePath())
            throw ArgumentError(AddMessages::tr("%1 cannot be merged into itself.").arg(path));
    }
    StoppedBySignal stopped;
    const CorpusSettings settings = settings_to_merge(paths);
    CorpusFile corpus(output, settings);
    CorpusWriter writer(corpus);
    for (const QString &path : paths) {
        const MergeProgress progress =
            merge_corpus(writer, CorpusFile(path, CorpusFile::Access::read), settings, stopped.token());
        say_what_was_done(path, {.added = progress.added, .present = progress.present});
        if (progress.stopped) {
            say(AddMessages::tr("Stopped; the same command goes on."));
            return 1;
        }
    }
    return 0;
}

} // namespace encoderscope
