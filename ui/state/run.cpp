// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/run.h"

#include "engine/analysis/first_non_finite.h"
#include "engine/error.h"
#include "engine/particles.h"
#include "ui/state/switch_edits.h"

#include <new>

#include <QCoreApplication>
#include <QFileInfo>

namespace encoderscope
{

namespace
{

void replaceByMask(Encoding &encoding, const std::set<int> &replaced, const Tokenizer &tokenizer)
{
    for (const int index : replaced) {
        Token &token = encoding.tokens[static_cast<std::size_t>(index)];
        token.id = tokenizer.mask_id();
        token.piece = tokenizer.piece(token.id);
        token.text = token.piece;
        token.unknown = false;
        token.continuation = false;
    }
}

double millisecondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

void runEncoder(const RunRequest &request, TraceCache &cache, const std::stop_token &stop, RunResult &result)
{
    const RunInput &input = request.input;
    if (input.recorded) {
        result.now = result.before = input.recorded;
        result.cached = true;
        result.problem = non_finite_message(*result.now);
        return;
    }
    const Encoding encoding = encodingOf(input, input.model->config.max_positions);
    if (stop.stop_requested())
        return;
    const Switches switches = switchesOf(input, encoding);

    const auto timed = [&](const Switches &wanted) {
        const TracePtr kept = cache.find(input.model, encoding, wanted);
        const auto begin = std::chrono::steady_clock::now();
        const TracePtr trace = kept ? kept : cache.run(input.model, encoding, wanted, stop);
        result.forwardMilliseconds = millisecondsSince(begin);
        result.cached = kept != nullptr;
        return trace;
    };
    const TracePtr before = timed({});
    const TracePtr now = before && switches.any() ? timed(switches) : before;
    if (now) {
        result.before = before;
        result.now = now;
        if (marksTokens(input.model->output)) {
            result.marks.now = std::make_shared<const TokenMarks>(tokenMarks(*now));
            result.marks.before =
                now == before ? result.marks.now : std::make_shared<const TokenMarks>(tokenMarks(*before));
        }
        if (!now->output().allFinite())
            result.problem = non_finite_message(*now);
    }
}

} // namespace

RunInput recordedInput(const TracePtr &trace)
{
    const Encoding &encoding = trace->encoding();
    RunInput input;
    input.text = encoding.text;
    if (!encoding.text_b.isNull())
        input.textB = encoding.text_b;
    input.reference = {ModelReference::Kind::trace, QFileInfo(trace->recording()->file).absoluteFilePath(),
                       trace->model().hash};
    input.model = trace->model_pointer();
    input.recorded = trace;
    return input;
}

Encoding encodingOf(const RunInput &input, int most)
{
    if (input.recorded)
        return input.recorded->encoding();
    const TokenizerPtr tokenizer = with_granularity(input.model->tokenizer, input.tokenization);
    const QString second = input.textB ? QStringLiteral("") + *input.textB : QString(); // null = none
    Encoding encoding = tokenizer->encode(input.text, second, most);
    if (tokenizer->mask_id() >= 0)
        replaceByMask(encoding, tokensAt(encoding, input.replaced), *tokenizer);
    return encoding;
}

Switches switchesOf(const RunInput &input, const Encoding &encoding)
{
    Switches switches = fittingSwitches(input.switches, input.model->config);
    switches.masked_tokens = tokensAt(encoding, input.masked);
    return switches;
}

RunResult run(const RunRequest &request, TraceCache &cache, const std::stop_token &stop)
{
    RunResult result;
    result.generation = request.generation;
    result.asked = request.asked;
    result.input = request.input;
    try {
        runEncoder(request, cache, stop, result);
    } catch (const Error &error) {
        result.problem = error.message();
    } catch (const std::bad_alloc &) {
        result.problem = withParticles(
            QCoreApplication::translate("Run", "There is not enough memory to run %1 on this text.")
                .arg(request.input.model->name));
    }
    return result;
}

} // namespace encoderscope
