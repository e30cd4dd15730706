// SPDX-License-Identifier: GPL-3.0-or-later
// Training steps of the default model's size for train.py: masked-language-model batches of random pieces.
// Reads one command a line, "run MILLISECONDS" or "quit", and answers with the time of each step in
// microseconds.
#include "engine/learn/training.h"
#include "engine/model/initial_model.h"
#include "engine/text/bert.h"

#include <QStringList>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

using namespace encoderscope;

namespace
{

using Clock = std::chrono::steady_clock;

constexpr int words = 8000;
constexpr int specials = 5;
constexpr int sentence_length = 32;

double microseconds_since(Clock::time_point start)
{
    return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

ModelPtr model_to_train()
{
    QStringList pieces{QStringLiteral("[PAD]"), QStringLiteral("[UNK]"), QStringLiteral("[CLS]"),
                       QStringLiteral("[SEP]"), QStringLiteral("[MASK]")};
    while (pieces.size() < words)
        pieces.append(QStringLiteral("piece%1").arg(pieces.size()));
    auto model = std::make_shared<Model>();
    model->config = {.vocabulary_size = words,
                     .max_positions = 4096,
                     .embedding_scale = true,
                     .embedding_norm = false,
                     .activation = Activation::relu};
    model->weights = initial_weights(model->config, 1);
    model->tokenizer = bert_tokenizer(std::make_shared<const Vocabulary>(pieces), {});
    return model;
}

std::shared_ptr<const Sentences> random_sentences(int tokens)
{
    Sentences sentences(static_cast<std::size_t>(8 * tokens / sentence_length));
    unsigned state = 1;
    for (std::vector<int> &sentence : sentences) {
        sentence.assign(sentence_length, 0);
        for (int &id : sentence) {
            state = state * 1664525U + 1013904223U;
            id = specials + static_cast<int>((state >> 8U) % (words - specials));
        }
        sentence.front() = 2;
        sentence.back() = 3;
    }
    return std::make_shared<const Sentences>(std::move(sentences));
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 3) {
        std::cerr << "bench_train THREADS BATCH_TOKENS\n";
        return 2;
    }
    const int batch_tokens = std::atoi(argv[2]);
    TrainingSettings settings;
    settings.steps = 100'000'000;
    settings.batch_tokens = batch_tokens;
    Training training(model_to_train(), random_sentences(batch_tokens), settings, std::atoi(argv[1]));

    std::string command;
    while (std::cin >> command && command == "run") {
        double milliseconds = 0.0;
        std::cin >> milliseconds;
        training.step();
        const auto start = Clock::now();
        std::cout << '[';
        int tokens = 0;
        for (const char *separator = ""; microseconds_since(start) < 1000.0 * milliseconds;
             separator = ", ") {
            const auto begin = Clock::now();
            tokens = training.step().tokens;
            std::cout << separator << '[' << tokens << ", " << microseconds_since(begin) << ']';
        }
        std::cout << ']' << std::endl;
    }
}
