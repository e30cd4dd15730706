// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/kernels/workers.h"
#include "engine/model/initial_model.h"
#include "engine/reused_memory.h"
#include "tests/bench/machine_limits.h"

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

using namespace encoderscope;

namespace
{

// Commands on standard input, one a line; one line of answer each. tests/bench/forward.py sends them, in turn
// with the same to the peers.
//
//     model LAYERS D_MODEL HEADS D_FF    random weights of that shape, learned positions, GELU, post-norm
//     weights FILE                       its weights as raw float32, in the order of each_weight()
//     input TOKENS
//     output FILE                        the encoder's result for that input, raw float32
//     threads COUNT
//     run MILLISECONDS                   -> microseconds of each run
//     weigh MILLISECONDS                 the same, with every head's weight matrix rebuilt too
//     peak THREADS                       -> floating-point operations a second
//     bandwidth BYTES THREADS            -> bytes a second
class Bench
{
public:
    void answer(const std::string &line)
    {
        std::istringstream words(line);
        std::string command;
        words >> command;
        if (command == "model")
            make_model(words);
        else if (command == "weights")
            write_weights(words);
        else if (command == "input")
            make_input(words);
        else if (command == "output")
            write_output(words);
        else if (command == "threads")
            kernels::set_worker_threads(read<std::size_t>(words));
        else if (command == "run")
            run(words, false);
        else if (command == "weigh")
            run(words, true);
        else if (command == "peak")
            std::cout << measured_peak(read<int>(words));
        else if (command == "bandwidth") {
            const auto bytes = read<std::size_t>(words);
            std::cout << measured_bandwidth(bytes, read<int>(words));
        } else
            std::cout << "unknown command";
        std::cout << std::endl;
    }

private:
    template <typename Number>
    static Number read(std::istream &words)
    {
        Number number{};
        words >> number;
        return number;
    }

    void make_model(std::istream &words)
    {
        auto model = std::make_shared<Model>();
        EncoderConfig &config = model->config;
        config.vocabulary_size = 1000;
        words >> config.layers >> config.d_model >> config.heads >> config.d_ff;
        config.embedding_size = config.d_model;
        config.positions = Positions::learned;
        config.max_positions = 512;
        config.token_types = 2;
        model->weights = initial_weights(config, 1);
        model_ = std::move(model);
    }

    template <typename Action>
    void each_weight(const Action &action) const
    {
        const auto linear = [&](const Linear &l) {
            action(l.weight);
            action(l.bias);
        };
        const auto norm = [&](const LayerNorm &n) {
            action(n.gain);
            action(n.bias);
        };
        const EncoderWeights &weights = model_->weights;
        action(weights.embedding.token);
        action(weights.embedding.position);
        action(weights.embedding.token_type);
        norm(weights.embedding.norm);
        for (const LayerWeights &layer : weights.layers) {
            for (const Linear *l : {&layer.query, &layer.key, &layer.value, &layer.output})
                linear(*l);
            norm(layer.attention_norm);
            linear(layer.expand);
            linear(layer.shrink);
            norm(layer.feed_forward_norm);
        }
    }

    void write_weights(std::istream &words) const
    {
        std::ofstream file(read<std::string>(words), std::ios::binary);
        each_weight([&](const SharedMatrix &matrix) {
            file.write(reinterpret_cast<const char *>(matrix.data()),
                       matrix.rows() * matrix.columns() * static_cast<Index>(sizeof(float)));
        });
    }

    void make_input(std::istream &words)
    {
        const int tokens = read<int>(words);
        encoding_.tokens.clear();
        for (int i = 0; i < tokens; ++i) {
            Token token;
            token.id = (i * 37 + 11) % 1000;
            encoding_.tokens.push_back(token);
        }
    }

    void write_output(std::istream &words) const
    {
        std::ofstream file(read<std::string>(words), std::ios::binary);
        const TracePtr trace = run_encoder(model_, encoding_);
        file.write(reinterpret_cast<const char *>(trace->output().data()),
                   trace->output().size() * static_cast<Index>(sizeof(float)));
    }

    void run(std::istream &words, bool weigh) const
    {
        using Clock = std::chrono::steady_clock;
        const Clock::time_point end = Clock::now() + std::chrono::milliseconds(read<int>(words));
        TracePtr trace = run_encoder(model_, encoding_); // not timed: wakes threads and caches up
        do {
            const Clock::time_point start = Clock::now();
            trace = run_encoder(model_, encoding_);
            for (int layer = 0; weigh && layer < trace->layers(); ++layer) {
                for (int head = 0; head < trace->heads(); ++head)
                    trace->attention_weights(layer, head);
            }
            std::cout << std::chrono::duration<double, std::micro>(Clock::now() - start).count() << ' ';
        } while (Clock::now() < end);
    }

    ModelPtr model_;
    Encoding encoding_;
};

} // namespace

int main()
{
    reuse_freed_memory();
    Bench bench;
    std::string line;
    try {
        while (std::getline(std::cin, line))
            bench.answer(line);
    } catch (const Error &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
