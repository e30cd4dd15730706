// SPDX-License-Identifier: GPL-3.0-or-later
// bench_corpus CORPUS.sqlite: how long the answers of the page Corpus take, and the memory that all of them
// together need.
#include "engine/corpus/nearest_tokens.h"
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

/// Prints and notes the first, the median and the slowest of the times that `ask(0)`, `ask(1)` ... take.
void measure(QJsonObject &results, const char *what, const std::function<void(int)> &ask)
{
    std::vector<double> taken;
    for (int i = 0; i < times; ++i)
        taken.push_back(milliseconds_of([&] { ask(i); }));
    const double first = taken.front();
    std::sort(taken.begin(), taken.end());
    std::printf("%-46s %8.1f %8.1f %8.1f\n", what, first, taken[taken.size() / 2], taken.back());
    results[QLatin1String(what)] = QJsonObject{{QStringLiteral("first"), first},
                                               {QStringLiteral("median"), taken[taken.size() / 2]},
                                               {QStringLiteral("slowest"), taken.back()}};
}

int measure_all(const QString &path)
{
    using Kind = CorpusQuestion::Kind;
    QJsonObject results;
    std::printf("%-46s %8s %8s %8s\n", "milliseconds", "first", "median", "slowest");
    OpenedCorpusPtr corpus;
    measure(results, "opening: all heads, how many sentences", [&](int) { corpus = openCorpus(path); });

    const CorpusFile file(path, CorpusFile::Access::read);
    std::vector<PieceCount> pieces = read_piece_counts(file, 1000);
    if (pieces.empty())
        throw Error(QStringLiteral("%1 is empty").arg(path));
    std::mt19937 random(1);
    const auto any = [&random](int count) {
        return static_cast<int>(random() % static_cast<unsigned>(count));
    };
    const auto ask = [&](CorpusQuestion question) {
        question.corpus = corpus;
        return answerOf(question, {});
    };
    const CorpusSettings &settings = corpus->settings;
    measure(results, "a head's strongest examples", [&](int) {
        ask({.kind = Kind::headExamples, .layer = any(settings.layers), .index = any(settings.heads)});
    });
    measure(results, "a neuron's strongest examples", [&](int) {
        ask({.kind = Kind::neuronExamples, .layer = any(settings.layers), .index = any(settings.d_ff)});
    });
    measure(results, "uses of the most frequent pieces",
            [&](int i) { ask({.kind = Kind::uses, .piece = pieces[static_cast<std::size_t>(i)].text}); });
    measure(results, "uses of rarer pieces", [&](int i) {
        ask({.kind = Kind::uses, .piece = pieces[pieces.size() - 1 - static_cast<std::size_t>(i)].text});
    });
    if (corpus->vectors) { // without the run of the window's own sentence
        const RowVector vector = read_sentence(file, read_sentence_numbers(file).front()).result.vector;
        measure(results, "nearest uses of the most frequent pieces", [&](int i) {
            nearest_uses(file, pieces[static_cast<std::size_t>(i)].text, vector, most_corpus_rows);
        });
    }
    if (!settings.token_layers.empty()) {
        const int layer = settings.token_layers.back();
        std::vector<std::pair<QString, RowVector>> tokens; // one of each of the most frequent pieces
        for (const PieceCount &piece : pieces) {
            const PieceUses use = piece_uses(file, piece.text, 1);
            const Example &first = use.uses.front().example;
            RowVector vector = read_token_vector(file, layer, first.sentence, piece.id, first.token);
            if (vector.size() > 0) // a special has none
                tokens.emplace_back(piece.text, std::move(vector));
            if (std::ssize(tokens) == times)
                break;
        }
        const auto token = [&tokens](int i) -> const auto &
        {
            return tokens[static_cast<std::size_t>(i) % tokens.size()];
        };
        measure(results, "nearest tokens of the most frequent pieces", [&](int i) {
            nearest_tokens(file, layer, token(i).first, token(i).second, most_corpus_rows);
        });
        if (!corpus->indexed.empty())
            measure(results, "nearest tokens of any piece",
                    [&](int i) { nearest_of_any_piece(file, layer, token(i).second, most_corpus_rows); });
    }
    measure(results, "search for a letter, which most sentences have", [&](int i) {
        ask({.kind = Kind::search, .words = QString(QLatin1Char(static_cast<char>('a' + i)))});
    });
    measure(results, "search for two words",
            [&](int) { ask({.kind = Kind::search, .words = QStringLiteral("the ho")}); });
    const double peak = peak_megabytes();
    std::printf("%lld sentences, %lld tokens; at most %.0f MB in memory\n",
                static_cast<long long>(corpus->sentences), static_cast<long long>(corpus->tokens), peak);
    results[QStringLiteral("sentences")] = corpus->sentences;
    results[QStringLiteral("peak megabytes")] = peak;
    QFile json(QStringLiteral("build/bench/corpus.json"));
    if (json.open(QIODevice::WriteOnly))
        json.write(QJsonDocument(results).toJson());
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc != 2) {
        std::fputs("bench_corpus CORPUS.sqlite\n", stderr);
        return 2;
    }
    try {
        return measure_all(QString::fromLocal8Bit(argv[1]));
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
