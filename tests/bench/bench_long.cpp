// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"
#include "engine/model/initial_model.h"
#include "engine/platform/platform.h"

#include <QFile>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

using namespace encoderscope;

namespace
{

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// The value that the share `rank` of all values stays below.
double quantile(std::vector<double> values, double rank)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(rank * static_cast<double>(values.size() - 1))];
}

double median(const std::vector<double> &values)
{
    return quantile(values, 0.5);
}

/// A line of /proc/self/status, in bytes.
double status_bytes(const char *field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0.0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(field))
            return line.simplified().split(' ').at(1).toDouble() * 1024.0;
    }
    return 0.0;
}

ModelPtr model_of(int layers, int d_model, int heads, int d_ff)
{
    auto model = std::make_shared<Model>();
    model->config = {.vocabulary_size = 1000,
                     .d_model = d_model,
                     .layers = layers,
                     .heads = heads,
                     .d_ff = d_ff,
                     .embedding_size = d_model,
                     .max_positions = 0};
    model->weights = initial_weights(model->config, 1);
    return model;
}

Encoding encoding_of(int tokens)
{
    Encoding encoding;
    for (int i = 0; i < tokens; ++i) {
        Token token;
        token.id = (i * 37 + 11) % 1000;
        encoding.tokens.push_back(token);
    }
    return encoding;
}

/// How long a run goes on after it is stopped, stopped at several points of its way.
std::vector<double> stop_delays(const ModelPtr &model, const Encoding &encoding, double whole)
{
    std::vector<double> delays;
    for (int i = 1; i <= 20; ++i) {
        std::stop_source stop;
        Clock::time_point stopped;
        std::jthread impatient([&] {
            std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(whole * i / 21.0));
            stopped = Clock::now();
            stop.request_stop();
        });
        const TracePtr trace = run_encoder(model, encoding, {}, nullptr, stop.get_token());
        const Clock::time_point returned = Clock::now();
        impatient.join();
        if (!trace) // otherwise it was done before
            delays.push_back(std::chrono::duration<double, std::milli>(returned - stopped).count());
    }
    return delays.empty() ? std::vector<double>{0.0} : delays;
}

} // namespace

/// bench_long LAYERS D_MODEL HEADS D_FF TOKENS: one size in one process, as one line of JSON.
int main(int argc, char **argv)
{
    platform::reuse_freed_memory();
    if (argc != 6) {
        std::cerr << "bench_long LAYERS D_MODEL HEADS D_FF TOKENS\n";
        return 2;
    }
    const auto number = [argv](int index) { return std::atoi(argv[index]); };
    const ModelPtr model = model_of(number(1), number(2), number(3), number(4));
    run_encoder(model, encoding_of(2)); // packs the weights
    const Encoding encoding = encoding_of(number(5));
    const double before = status_bytes("VmRSS:");
    TracePtr trace = run_encoder(model, encoding);
    const double peak = status_bytes("VmHWM:") - before;

    std::size_t trace_bytes = trace->embedding().bytes();
    for (const auto &layer : trace->layer_pointers())
        trace_bytes += layer->bytes();

    std::vector<double> times;
    for (int i = 0; i < 5; ++i) {
        const Clock::time_point start = Clock::now();
        trace = run_encoder(model, encoding);
        times.push_back(milliseconds_since(start));
    }
    std::vector<double> rows;
    for (int i = 0; i < 5; ++i) {
        const Clock::time_point start = Clock::now();
        trace->attention_weights(0, 0, {.first = 0, .count = std::min(64, trace->tokens())});
        rows.push_back(milliseconds_since(start));
    }
    const std::vector<double> delays = stop_delays(model, encoding, median(times));
    std::cout << R"({"milliseconds": )" << median(times) << R"(, "peak_bytes": )" << peak
              << R"(, "trace_bytes": )" << trace_bytes << R"(, "rows_milliseconds": )" << median(rows)
              << R"(, "stop_median": )" << median(delays) << R"(, "stop_95": )" << quantile(delays, 0.95)
              << R"(, "stop_longest": )" << quantile(delays, 1.0) << "}\n";
}
