// SPDX-License-Identifier: GPL-3.0-or-later
// bench_sentences THREADS: sentences.py says what it is asked, one command a line; each is answered with a
// line.
#include "engine/analysis/sentence_vectors.h"
#include "engine/corpus/add_sentences.h"
#include "engine/kernels/workers.h"
#include "engine/model/load_model.h"
#include "engine/platform/platform.h"

#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

#include <chrono>
#include <cstdio>

using namespace encoderscope;

namespace
{

std::vector<QString> lines_of(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(QStringLiteral("%1 cannot be read").arg(path));
    std::vector<QString> lines;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (!line.isEmpty())
            lines.push_back(QString::fromUtf8(line));
    }
    return lines;
}

template <typename Action>
double seconds_of(const Action &action)
{
    const auto begin = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// vectors TEXT [OUTPUT]: of its lines; where an output is named they are written there, as floats.
double vectors(const ModelPtr &model, const QStringList &words)
{
    const std::vector<QString> texts = lines_of(words.value(1));
    Matrix vectors;
    const double seconds = seconds_of([&] { vectors = sentence_vectors(model, texts); });
    if (words.size() > 2) {
        QFile output(words[2]);
        const auto size = static_cast<qint64>(vectors.size() * static_cast<Index>(sizeof(float)));
        if (!output.open(QIODevice::WriteOnly) ||
            output.write(reinterpret_cast<const char *>(vectors.data()), size) != size)
            throw Error(QStringLiteral("%1 cannot be written").arg(words[2]));
    }
    return seconds;
}

/// corpus TEXT OUTPUT: everything that a corpus keeps, in a new one or added to it.
double corpus(const ModelPtr &model, const CorpusSettings &settings, const QStringList &words)
{
    return seconds_of([&] {
        CorpusFile file(words.value(2), settings);
        CorpusWriter writer(file);
        SentenceReader reader({.path = words.value(1), .format = SentenceFormat::lines, .field = {}});
        add_sentences(writer, settings, model, reader, {});
    });
}

int answer_all()
{
    QTextStream input(stdin);
    ModelPtr model;
    CorpusSettings settings;
    QString line;
    while (input.readLineInto(&line)) {
        const QStringList words = line.split(QLatin1Char(' '));
        double seconds = 0.0;
        if (words[0] == QStringLiteral("load")) {
            model = load_model(words.value(1));
            settings = usual_settings(*model);
        } else if (words[0] == QStringLiteral("vectors")) {
            seconds = vectors(model, words);
        } else if (words[0] == QStringLiteral("corpus")) {
            seconds = corpus(model, settings, words);
        }
        std::printf("%.6f\n", seconds);
        std::fflush(stdout);
    }
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    platform::reuse_freed_memory(); // as the program does
    const QCoreApplication application(argc, argv);
    kernels::set_worker_threads(static_cast<std::size_t>(argc > 1 ? std::max(std::atoi(argv[1]), 1) : 1));
    try {
        return answer_all();
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
