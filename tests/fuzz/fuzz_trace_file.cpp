// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/first_non_finite.h"
#include "engine/analysis/trace_file.h"
#include "engine/analysis/trace_reader.h"
#include "tests/fuzz/fuzz_folder.h"

using namespace encoderscope;

namespace
{

/// Everything that the trace says it has.
void look_at(const Trace &trace)
{
    non_finite_message(trace);
    volatile float sum = trace.output().sum();
    for (int layer = 0; layer < trace.layers(); ++layer) {
        sum = sum + trace.hidden(layer).sum() + trace.layer(layer).activated.sum();
        for (int head = 0; head < trace.heads(); ++head) {
            if (trace.has(TracePart::query, layer))
                sum = sum + trace.query(layer, head).sum();
            if (trace.has(TracePart::value, layer))
                sum = sum + trace.value(layer, head).sum();
            if (trace.has(TracePart::scores, layer))
                sum = sum + trace.scaled_scores(layer, head).sum();
            if (trace.has(TracePart::weights, layer))
                sum = sum + trace.attention_weights(layer, head).sum();
        }
    }
    for (const Token &token : trace.encoding().tokens) {
        const QString &typed = token.segment == 0 ? trace.encoding().text : trace.encoding().text_b;
        if (token.id < 0 || token.type < 0 || token.begin < 0 || token.begin > token.end ||
            token.end > typed.size() || token.word < -1)
            std::abort();
    }
}

} // namespace

/// A trace's file: "=== tensors" lists its tensors (made_safetensors()), "=== NAME" is the text of each entry
/// of its metadata. What is read must come back the same when it is written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static FuzzFolder folder;
    const QString name = QStringLiteral("trace.safetensors");
    const QString again = QStringLiteral("again.safetensors");
    QMap<QString, QByteArray> parts =
        files_of({reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)});
    const QByteArray tensors = parts.take(QStringLiteral("tensors"));
    folder.fill({{name, made_safetensors(tensors, parts)}}, {name});
    const QString path = folder.path() + QLatin1Char('/') + name;
    try {
        const TracePtr trace = read_trace(path);
        look_at(*trace);
        const QString copy = folder.path() + QLatin1Char('/') + again;
        write_trace(*trace, copy);
        const TracePtr twice = read_trace(copy);
        if (twice->encoding() != trace->encoding() || twice->switches() != trace->switches() ||
            twice->config() != trace->config())
            std::abort();
    } catch (const Error &error) {
        check_message(error, folder.path());
    }
    return 0;
}
