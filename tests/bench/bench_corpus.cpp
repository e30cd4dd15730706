// SPDX-License-Identifier: GPL-3.0-or-later
// bench_corpus CORPUS.sqlite: how long the answers of the page Corpus take, and the memory that all of them
// together need.
// bench_corpus CORPUS.sqlite --cold N: the N-th of them alone, once, from 0: the system's cache is emptied
// (as root), the corpus opened, what the page prepares then is waited for, and the first question asked. Exit
// code 3: there are fewer.
#include "engine/corpus/nearest_tokens.h"
#include "engine/corpus/sentence_map.h"
#include "ui/pages/corpus_answers.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>

#include <unistd.h>

using namespace encoderscope;

namespace
{

constexpr int times = 25;

double milliseconds_of(const std::function<void()> &action)
{
    const auto begin = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double peak_megabytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0.0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024.0;
    }
    return 0.0;
}

struct Answer {
    const char *name;
    std::function<void(int)> ask; ///< another thing for each number
};

/// Prints and notes the first, the median and the slowest of the times that `ask(0)`, `ask(1)` ... take.
void measure(QJsonObject &results, const char *what, const std::function<void(int)> &ask)
{
    std::vector<double> taken;
    for (int i = 0; i < times; ++i)
        taken.push_back(milliseconds_of([&] { ask(i); }));
    const double first = taken.front();
    std::sort(taken.begin(), taken.end());
    std::printf("%-48s %8.1f %8.1f %8.1f\n", what, first, taken[taken.size() / 2], taken.back());
    results[QLatin1String(what)] = QJsonObject{{QStringLiteral("first"), first},
                                               {QStringLiteral("median"), taken[taken.size() / 2]},
                                               {QStringLiteral("slowest"), taken.back()}};
}

/// Empties the system's cache of files. Whether it did.
bool forget_files()
{
    sync();
    QFile file(QStringLiteral("/proc/sys/vm/drop_caches"));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write("3") == 1;
}

int measure_cold(const QString &path, const std::vector<Answer> &answers, std::size_t number)
{
    if (number >= answers.size())
        return 3;
    if (!forget_files()) {
        std::fputs("/proc/sys/vm/drop_caches cannot be written: only root may.\n", stderr);
        return 1;
    }
    OpenedCorpusPtr corpus;
    const double opening = milliseconds_of([&] { corpus = openCorpus(path); });
    const double preparing = milliseconds_of([&] {
        if (!corpus->indexed.empty())
            prepareNearest();
    });
    const double answering = milliseconds_of([&] { answers[number].ask(0); });
    std::printf("%-48s %8.1f %8.1f %8.1f %8.0f\n", answers[number].name, opening, preparing, answering,
                peak_megabytes());
    return 0;
}

void measure_all(const OpenedCorpus &corpus, const std::vector<Answer> &answers)
{
    QJsonObject results;
    std::printf("%-48s %8s %8s %8s\n", "milliseconds", "first", "median", "slowest");
    for (const auto &[name, ask] : answers)
        measure(results, name, ask);
    const double peak = peak_megabytes();
    std::printf("%lld sentences, %lld tokens; at most %.0f MB in memory\n",
                static_cast<long long>(corpus.sentences), static_cast<long long>(corpus.tokens), peak);
    results[QStringLiteral("sentences")] = corpus.sentences;
    results[QStringLiteral("peak megabytes")] = peak;
    QFile json(QStringLiteral("build/bench/corpus.json"));
    if (json.open(QIODevice::WriteOnly))
        json.write(QJsonDocument(results).toJson());
}

/// What the answers are about.
struct Subjects {
    const QString path;
    const OpenedCorpusPtr corpus = openCorpus(path);
    const CorpusFile file{path, CorpusFile::Access::read};
    const std::vector<PieceCount> pieces = read_piece_counts(file, 1000);
    const std::vector<std::int64_t> sentences = read_sentence_numbers(file);
    std::vector<std::pair<QString, RowVector>> tokens; ///< one of each of the most frequent pieces
    std::mt19937 random{1};

    explicit Subjects(const QString &of)
        : path(of)
    {
        if (pieces.empty())
            throw Error(QStringLiteral("%1 is empty").arg(path));
        for (const PieceCount &piece : pieces) {
            if (corpus->settings.token_layers.empty() || std::ssize(tokens) == times)
                break;
            const Example first = piece_uses(file, piece.text, 1).uses.front().example;
            RowVector vector = read_token_vector(file, corpus->settings.token_layers.back(), first.sentence,
                                                 piece.id, first.token);
            if (vector.size() > 0) // a special has none
                tokens.emplace_back(piece.text, std::move(vector));
        }
    }
    int any(std::size_t count) { return static_cast<int>(random() % count); }
    QString frequent(int i) const { return pieces[static_cast<std::size_t>(i) % pieces.size()].text; }
    QString rare(int i) const
    {
        return pieces[pieces.size() - 1 - static_cast<std::size_t>(i) % pieces.size()].text;
    }
    const auto &token(int i) const { return tokens[static_cast<std::size_t>(i) % tokens.size()]; }
    void ask(CorpusQuestion question) const
    {
        question.corpus = corpus;
        answerOf(question, {});
    }
};

/// Each opens the corpus anew, as the page and the command do.
std::vector<Answer> answers_about(Subjects &of)
{
    using Kind = CorpusQuestion::Kind;
    const CorpusSettings &settings = of.corpus->settings;
    const auto file = [&of] { return CorpusFile(of.path, CorpusFile::Access::read); };
    std::vector<Answer> all{
        {"opening: all heads, how many sentences", [&of](int) { openCorpus(of.path); }},
        {"a head's strongest examples",
         [&](int) {
             of.ask({.kind = Kind::headExamples,
                     .layer = of.any(static_cast<std::size_t>(settings.layers)),
                     .index = of.any(static_cast<std::size_t>(settings.heads))});
         }},
        {"a neuron's strongest examples",
         [&](int) {
             of.ask({.kind = Kind::neuronExamples,
                     .layer = of.any(static_cast<std::size_t>(settings.layers)),
                     .index = of.any(static_cast<std::size_t>(settings.d_ff))});
         }},
        {"uses of the most frequent pieces",
         [&](int i) { of.ask({.kind = Kind::uses, .piece = of.frequent(i)}); }},
        {"uses of rarer pieces", [&](int i) { of.ask({.kind = Kind::uses, .piece = of.rare(i)}); }},
        {"search for a syllable that many words begin with",
         [&](int i) {
             static const QString syllables =
                 QStringLiteral("이그다아보한정사나영재하좋너내진최기지고만연감스완");
             of.ask({.kind = Kind::search, .words = syllables.mid(i % syllables.size(), 1)});
         }},
        {"search for two words",
         [&](int) { of.ask({.kind = Kind::search, .words = QStringLiteral("정말 재미")}); }},
        {"how often each piece comes", [=](int) { read_piece_counts(file(), 1'000'000); }},
        {"everything of one sentence",
         [=, &of](int) {
             read_sentence(file(), of.sentences[static_cast<std::size_t>(of.any(of.sentences.size()))]);
         }},
    };
    if (of.corpus->vectors) {
        all.push_back(
            {"map of 4,000 sentences", [=](int) { map_sentences(file(), usual_mapped_sentences); }});
        // without the run of the window's own sentence
        all.push_back({"nearest uses of the most frequent pieces", [=, &of](int i) {
                           const CorpusFile asked = file();
                           const RowVector vector = read_sentence(asked, of.sentences.front()).result.vector;
                           nearest_uses(asked, of.frequent(i), vector, most_corpus_rows);
                       }});
    }
    if (of.tokens.empty())
        return all;
    const int layer = settings.token_layers.back();
    all.push_back({"nearest tokens of the most frequent pieces", [=, &of](int i) {
                       nearest_tokens(file(), layer, of.token(i).first, of.token(i).second, most_corpus_rows);
                   }});
    if (!of.corpus->indexed.empty())
        all.push_back({"nearest tokens of any piece", [=, &of](int i) {
                           nearest_of_any_piece(file(), layer, of.token(i).second, most_corpus_rows);
                       }});
    return all;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const bool cold = argc == 4 && qstrcmp(argv[2], "--cold") == 0;
    if (argc != 2 && !cold) {
        std::fputs("bench_corpus CORPUS.sqlite [--cold N]\n", stderr);
        return 2;
    }
    try {
        Subjects subjects(QString::fromLocal8Bit(argv[1]));
        const std::vector<Answer> answers = answers_about(subjects);
        if (cold)
            return measure_cold(subjects.path, answers, QByteArray(argv[3]).toUInt());
        measure_all(*subjects.corpus, answers);
        return 0;
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
