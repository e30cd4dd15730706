// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/progress_line.h"
#include "app/run_options.h"
#include "engine/file_writer.h"
#include "engine/learn/plan.h"
#include "engine/learn/report.h"
#include "engine/learn/saved_training.h"
#include "engine/model/load_model.h"
#include "engine/model/save_model.h"
#include "engine/platform/platform.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLocale>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <optional>
#include <thread>

namespace encoderscope
{

namespace
{

/// The command's options and the numbers behind them.
class TrainOptions
{
public:
    TrainOptions()
    {
        parser_.setApplicationDescription(QCoreApplication::translate(
            "Command",
            "Trains an encoder to predict masked words of a text, and saves it as a model's folder."));
        add("text",
            QCoreApplication::translate(
                "Command",
                "A UTF-8 text to learn from, a sentence or paragraph a line, or two sentences with a tab "
                "between them. May be given several times."),
            "file");
        add("validation-text",
            QCoreApplication::translate("Command",
                                        "A text that is only measured with. May be given several times."),
            "file");
        add("validation-share",
            QCoreApplication::translate("Command",
                                        "Without such texts: the share of lines that is held out."),
            "share", "0.02");
        add("output", QCoreApplication::translate("Command", "The folder to write."), "folder");
        add("resume",
            QCoreApplication::translate(
                "Command", "Go on with the training in the folder; of the other options only --steps, "
                           "--decay-steps, --threads, --half, --report, --word-text, --against and "
                           "--save-every count."));
        add("d-model", QCoreApplication::translate("Command", "Width of the embeddings."), "number", "128");
        add("heads", QCoreApplication::translate("Command", "Heads of each layer."), "number", "4");
        add("layers", QCoreApplication::translate("Command", "Layers."), "number", "4");
        add("d-ff", QCoreApplication::translate("Command", "Width of the feed-forward networks."), "number",
            "512");
        add("activation",
            QCoreApplication::translate(
                "Command", "Activation of the feed-forward networks: relu, gelu, gelu-tanh, silu, "
                           "quick-gelu, mish, relu-squared, or identity for none."),
            "name", "relu");
        add("vocabulary",
            QCoreApplication::translate("Command",
                                        "Most pieces of the vocabulary, which is made from the text."),
            "number", "8000");
        add("pieces",
            QCoreApplication::translate("Command",
                                        "A UTF-8 file of pieces that the vocabulary must have, one a line."),
            "file");
        add("steps", QCoreApplication::translate("Command", "Steps to make."), "number", "2000");
        add("warm-up-steps",
            QCoreApplication::translate("Command", "Steps in which the learning rate climbs."), "number",
            "500");
        add("decay-steps",
            QCoreApplication::translate("Command",
                                        "Last steps, in which it falls; -1: all after the warm-up."),
            "number", "-1");
        add("rate", QCoreApplication::translate("Command", "Highest learning rate."), "rate", "0.001");
        add("batch-tokens", QCoreApplication::translate("Command", "Tokens of a batch."), "number", "4096");
        add("max-tokens", QCoreApplication::translate("Command", "Longer lines are cut to this many tokens."),
            "number", "128");
        add("whole-word-share",
            QCoreApplication::translate(
                "Command", "Share of the steps in which all pieces of a word are masked together."),
            "share", "0");
        add("special-key-share",
            QCoreApplication::translate("Command",
                                        "Share of the steps in which special tokens can be attended to."),
            "share", "1");
        add("special-penalty",
            QCoreApplication::translate(
                "Command", "Added to the loss, times the mean attention weight on special tokens."),
            "factor", "0");
        add("short-first",
            QCoreApplication::translate("Command", "Go from short lines to long ones in the first epoch."));
        add("dropout", QCoreApplication::translate("Command", "Share of numbers set to zero while training."),
            "share", "0");
        add("seed", QCoreApplication::translate("Command", "The same seed gives the same model."), "number",
            "1");
        add("threads", QCoreApplication::translate("Command", "Threads; 0: one for each core."), "number",
            "0");
        add("half", QCoreApplication::translate("Command", "Save the weights as float16."));
        add("report",
            QCoreApplication::translate("Command", "Write how well held-out text is predicted, and what the "
                                                   "heads look at, as JSON."),
            "file");
        add("word-text",
            QCoreApplication::translate("Command",
                                        "Mask each word of this text by itself at the end, and count "
                                        "those that are found. May be given several times."),
            "file");
        add("against",
            QCoreApplication::translate("Command", "Count them for the model in this folder, too."),
            "folder");
        add("save-every", QCoreApplication::translate("Command", "Save the training every so many minutes."),
            "minutes", "5");
    }

    OptionParser &parser() { return parser_; }
    bool has(const char *name) const { return parser_.isSet(QLatin1String(name)); }
    QString text(const char *name) const { return parser_.value(QLatin1String(name)); }
    QStringList texts(const char *name) const { return parser_.values(QLatin1String(name)); }

    int integer(const char *name, int least, int most) const
    {
        bool good = false;
        const int value = text(name).toInt(&good);
        if (!good || value < least || value > most)
            throw ArgumentError(
                QCoreApplication::translate("Command", "--%1 must be a whole number from %2 to %3, not “%4”.")
                    .arg(QLatin1String(name))
                    .arg(least)
                    .arg(most)
                    .arg(text(name)));
        return value;
    }
    double number(const char *name, double least, double most) const
    {
        bool good = false;
        const double value = text(name).toDouble(&good);
        if (!good || !(value >= least && value <= most))
            throw ArgumentError(
                QCoreApplication::translate("Command", "--%1 must be a number from %2 to %3, not “%4”.")
                    .arg(QLatin1String(name))
                    .arg(least)
                    .arg(most)
                    .arg(text(name)));
        return value;
    }

private:
    void add(const char *name, const QString &description, const char *value = "", const char *standard = "")
    {
        parser_.addOption(QCommandLineOption(QLatin1String(name), description, QLatin1String(value),
                                             QLatin1String(standard)));
    }

    OptionParser parser_;
};

constexpr int most_steps = 100'000'000;

SavedTraining new_training(const TrainOptions &options)
{
    SavedTraining training;
    training.texts = options.texts("text");
    training.validation_texts = options.texts("validation-text");
    training.validation_share = options.number("validation-share", 0.0, 0.5);
    training.max_tokens = options.integer("max-tokens", 4, 4096);
    TrainingSettings &settings = training.settings;
    settings.steps = options.integer("steps", 1, most_steps);
    settings.warmup_steps = options.integer("warm-up-steps", 0, most_steps);
    settings.decay_steps = options.integer("decay-steps", -1, most_steps);
    settings.peak_rate = static_cast<float>(options.number("rate", 0.0, 1000.0));
    settings.batch_tokens = options.integer("batch-tokens", 16, 1'000'000);
    settings.whole_word_share = options.number("whole-word-share", 0.0, 1.0);
    settings.special_key_share = options.number("special-key-share", 0.0, 1.0);
    settings.special_penalty = options.number("special-penalty", 0.0, 1000.0);
    settings.short_first = options.has("short-first");
    settings.dropout = options.number("dropout", 0.0, 0.9);
    settings.seed = static_cast<unsigned>(options.integer("seed", 0, std::numeric_limits<int>::max()));
    return training;
}

/// A model with initial weights and a vocabulary made from `lines`.
ModelPtr new_model(const TrainOptions &options, const QStringList &lines, const TrainingSettings &settings)
{
    return initial_model(
        {.lines = lines,
         .d_model = options.integer("d-model", 1, 4096),
         .heads = options.integer("heads", 1, 64),
         .layers = options.integer("layers", 1, 64),
         .d_ff = options.integer("d-ff", 1, 16384),
         .activation = activation_named(options.text("activation")),
         .vocabulary = options.integer("vocabulary", 128, 200'000),
         .pieces = options.has("pieces") ? read_lines({options.text("pieces")}) : QStringList(),
         .settings = settings});
}

/// Lines to learn from, and texts to measure with under the names they are reported by.
struct Texts {
    QStringList train;
    std::vector<std::pair<QString, QStringList>> validation;
};

Texts read_texts(const SavedTraining &training)
{
    Texts texts;
    const QStringList lines = read_lines(training.texts);
    if (!training.validation_texts.isEmpty() || training.validation_share <= 0.0) {
        texts.train = lines;
        for (const QString &file : training.validation_texts)
            texts.validation.emplace_back(QFileInfo(file).fileName(), read_lines({file}));
        return texts;
    }
    QStringList held_out;
    KeyedRandom random{training.settings.seed, 0x5E1D};
    for (const QString &line : lines)
        (random.uniform() < training.validation_share ? held_out : texts.train).append(line);
    if (texts.train.isEmpty())
        texts.train.swap(held_out);
    texts.validation.emplace_back(QCoreApplication::translate("Command", "held-out lines"), held_out);
    return texts;
}

class Progress
{
public:
    explicit Progress(int steps)
        : steps_(steps)
    {
    }

    void add(const StepReport &report)
    {
        ++count_;
        tokens_ += report.tokens;
        loss_ += report.outcome.mean_loss();
        if (!line_.due() && report.step != steps_)
            return;
        const double seconds = line_.seconds();
        const double left = seconds / count_ * (steps_ - report.step);
        const QLocale locale;
        line_.show(QCoreApplication::translate("Command", "step %1 of %2 · loss %3 · %4 tokens/s · %5 left")
                       .arg(locale.toString(report.step), locale.toString(steps_),
                            locale.toString(loss_ / count_, 'f', 3),
                            locale.toString(tokens_ / std::max(seconds, 1e-3), 'f', 0), duration(left)));
        count_ = 0;
        tokens_ = 0;
        loss_ = 0.0;
    }
    void end_line() { line_.end(); }

private:
    int steps_;
    ProgressLine line_{stdout};
    int count_ = 0;
    qint64 tokens_ = 0;
    double loss_ = 0.0;
};

void check_new_folder(const QString &folder)
{
    const QDir directory(folder);
    if (directory.exists() && !directory.isEmpty())
        throw Error(
            has_saved_training(folder)
                ? QCoreApplication::translate(
                      "Command",
                      "%1 exists already and holds a training: go on with it by --resume, or name another "
                      "folder.")
                      .arg(folder)
                : QCoreApplication::translate("Command",
                                              "%1 exists already and is not empty: name another folder.")
                      .arg(folder));
}

void print_line(const QString &line)
{
    print(line.toUtf8() + '\n');
}

void print_words(const WordReport &report)
{
    const auto line = [](const QString &name, const WordOutcome &outcome) {
        print_line(QCoreApplication::translate(
                       "Command", "%1: %2 of %3 masked words found, %4 of %5 pieces; %6 words are [UNK]")
                       .arg(name)
                       .arg(outcome.found)
                       .arg(outcome.words)
                       .arg(outcome.pieces_found)
                       .arg(outcome.pieces)
                       .arg(outcome.unknown));
    };
    line(report.name, report.model);
    line(QCoreApplication::translate("Command", "  bigram"), report.bigram);
    line(QCoreApplication::translate("Command", "  unigram"), report.unigram);
    if (report.other)
        line(QCoreApplication::translate("Command", "  the other model"), *report.other);
}

/// Prints how well the held-out texts are predicted; with --report, writes it and what the heads look at as
/// JSON.
void report(Training &training, const Texts &texts, const SavedTraining &saved, const TrainOptions &options)
{
    const QString path = options.text("report");
    std::vector<TextReport> reports;
    QStringList lines;
    for (const auto &[name, held_out] : texts.validation) {
        const TextReport text = report_on(training, name, held_out, saved.max_tokens);
        if (text.model.labels == 0)
            continue;
        print_line(QCoreApplication::translate("Command", "%1: loss %2 (bigram %3, unigram %4), masked words "
                                                          "found %5 % (bigram %6 %, unigram %7 %)")
                       .arg(name)
                       .arg(text.model.mean_loss(), 0, 'f', 3)
                       .arg(text.bigram.mean_loss(), 0, 'f', 3)
                       .arg(text.unigram.mean_loss(), 0, 'f', 3)
                       .arg(100.0 * text.model.accuracy(), 0, 'f', 1)
                       .arg(100.0 * text.bigram.accuracy(), 0, 'f', 1)
                       .arg(100.0 * text.unigram.accuracy(), 0, 'f', 1));
        reports.push_back(text);
        lines += held_out.mid(0, 100);
    }
    std::vector<WordReport> words;
    const ModelPtr other = options.has("against") ? load_model(options.text("against")) : nullptr;
    for (const QString &file : options.texts("word-text")) {
        const QStringList text = read_lines({file});
        words.push_back(report_on_words(training, QFileInfo(file).fileName(), text, saved.max_tokens, other));
        print_words(words.back());
        lines += text;
    }
    if (path.isEmpty())
        return;
    const ModelPtr model = training.snapshot(QString());
    QJsonObject object =
        report_as_json(reports, words, mean_head_statistics(model, lines, 1000), model->config.heads);
    object.insert(QStringLiteral("steps"), training.steps_done());
    object.insert(QStringLiteral("seconds"), saved.seconds);
    write_file(path, QJsonDocument(object).toJson());
}

int train(const TrainOptions &options)
{
    const QString folder = options.text("output");
    const bool resume = options.has("resume");
    if (folder.isEmpty())
        throw ArgumentError(
            QCoreApplication::translate("Command", "--output is missing: the folder to write."));
    if (folder == QStringLiteral("-"))
        throw ArgumentError(QCoreApplication::translate(
            "Command", "--output -: a folder is written, which cannot go to standard output."));
    if (!resume && !options.has("text"))
        throw ArgumentError(
            QCoreApplication::translate("Command", "--text is missing: a text to learn from."));
    if (resume && !has_saved_training(folder))
        throw Error(
            QCoreApplication::translate("Command", "%1 holds no training to go on with.").arg(folder));
    if (!resume)
        check_new_folder(folder);

    SavedTraining saved = resume ? load_training(folder) : new_training(options);
    if (resume && options.has("steps"))
        saved.settings.steps = options.integer("steps", 1, most_steps);
    if (resume && options.has("decay-steps"))
        saved.settings.decay_steps = options.integer("decay-steps", -1, most_steps);
    int threads = options.integer("threads", 0, 256);
    if (threads == 0)
        threads = static_cast<int>(std::max(std::thread::hardware_concurrency(), 1U));
    const double save_every = options.number("save-every", 0.0, 1e6);
    const FloatType type = options.has("half") ? FloatType::f16 : FloatType::f32;

    const Texts texts = read_texts(saved);
    const ModelPtr initial = resume ? load_model(folder) : new_model(options, texts.train, saved.settings);
    const auto sentences =
        std::make_shared<const Sentences>(tokenize_lines(*initial->tokenizer, texts.train, saved.max_tokens));
    const std::uint64_t fingerprint_now = fingerprint(*sentences);
    std::optional<platform::HeldSignals> signals(std::in_place);
    Training training(initial, sentences, saved.settings, threads);
    if (resume) {
        if (fingerprint_now != saved.fingerprint)
            throw Error(QCoreApplication::translate(
                            "Command", "The text is no longer what the training in %1 began with.")
                            .arg(folder));
        training.restore(std::move(saved.state));
    }
    saved.fingerprint = fingerprint_now;

    QElapsedTimer clock;
    clock.start();
    const double seconds_before = saved.seconds;
    const auto save = [&] {
        save_model(*training.snapshot(QFileInfo(folder).fileName()), folder, type);
        saved.state = training.state();
        saved.seconds = seconds_before + static_cast<double>(clock.elapsed()) / 1000.0;
        save_training(saved, folder);
    };
    save();
    double last_save = 0.0;
    Progress progress(saved.settings.steps);
    try {
        while (!training.finished() && !signals->take()) {
            progress.add(training.step());
            const double minutes = static_cast<double>(clock.elapsed()) / 60'000.0;
            if (minutes - last_save >= save_every) {
                save();
                last_save = minutes;
            }
        }
    } catch (const Error &) {
        progress.end_line();
        save();
        throw;
    }
    progress.end_line();
    save();
    signals.reset();
    if (!training.finished())
        print_line(QCoreApplication::translate("Command", "Stopped at step %1 and saved; --resume goes on.")
                       .arg(training.steps_done()));
    report(training, texts, saved, options);
    return 0;
}

} // namespace

int run_train(const QStringList &arguments)
{
    TrainOptions options;
    bool helped = false;
    parse(options.parser(), QStringLiteral("train"), arguments, helped);
    if (helped)
        return 0;
    refuse_other_arguments(options.parser());
    return train(options);
}

} // namespace encoderscope
