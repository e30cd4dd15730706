// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/run.h"

#include "engine/analysis/first_non_finite.h"
#include "engine/error.h"
#include "engine/model/model_hash.h"
#include "engine/particles.h"
#include "ui/jobs/result.h"
#include "ui/jobs/stopped.h"
#include "ui/state/switch_edits.h"
#include "ui/state/token_matches.h"

#include <algorithm>
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

std::shared_ptr<const TokenMarks> marksOf(const TracePtr &trace)
{
    return trace && marksTokens(trace->model().output)
               ? std::make_shared<const TokenMarks>(tokenMarks(*trace))
               : nullptr;
}

/// The kept trace of that input, or a new one. Null when stopped.
TracePtr traceOf(const RunInput &input, TraceCache &cache, const std::stop_token &stop)
{
    if (input.recorded)
        return input.recorded;
    const Encoding encoding = encodingOf(input, input.model->config.max_positions);
    return stop.stop_requested() ? nullptr
                                 : cache.run(input.model, encoding, switchesOf(input, encoding), stop);
}

/// What is wrong with the reference is no problem of the run itself.
void runReference(const RunRequest &request, RunCaches &caches, const std::stop_token &stop,
                  ReferenceRunOf &reference)
{
    if (!reference.input || !reference.problem.isEmpty())
        return;
    const bool sameModel = reference.input->model == request.input.model;
    const Result<Done> ran = attempt([&] {
        if (!reference.trace) {
            reference.trace = traceOf(*reference.input, sameModel ? caches.now : caches.reference, stop);
            reference.marks = marksOf(reference.trace);
        }
        if (reference.trace && reference.modelHash.isEmpty())
            reference.modelHash = model_hash(reference.trace->model_pointer());
    });
    if (!ran)
        reference.problem = ran.problem();
}

/// A switch changes no token, and a letter that is taken back was there before: then what is kept serves.
/// Null where nothing has to be aligned.
std::shared_ptr<const AlignedRuns> alignmentOf(const ComparedTrace &both,
                                               const std::vector<TokenPair> &corrections, RunCaches &caches,
                                               const std::stop_token &stop)
{
    constexpr std::size_t few = 4;
    if (!both.acrossRuns())
        return nullptr;
    const Encoding &now = both.now->encoding();
    const Encoding &reference = both.before->encoding();
    std::list<KeptAlignment> &all = caches.alignments;
    const auto kept = std::find_if(all.begin(), all.end(), [&](const KeptAlignment &one) {
        return one.now == now && one.reference == reference && one.corrections == corrections;
    });
    if (kept != all.end())
        return kept->alignment;
    const std::shared_ptr<const AlignedRuns> alignment = aligned(both, corrections, stop).alignment;
    if (!stop.stop_requested()) {
        all.push_front({now, reference, corrections, alignment});
        all.resize(std::min(all.size(), few));
    }
    return alignment;
}

void runEncoder(const RunRequest &request, RunCaches &caches, const std::stop_token &stop, RunResult &result)
{
    const RunInput &input = request.input;
    const bool plain = request.reference.choice.kind == ReferenceChoice::Kind::withoutSwitches;
    if (input.recorded) {
        result.now = result.before = input.recorded;
        result.cached = true;
    } else {
        const Encoding encoding = encodingOf(input, input.model->config.max_positions);
        if (stop.stop_requested())
            return;
        const Switches switches = switchesOf(input, encoding);
        const auto timed = [&](const Switches &wanted) {
            const TracePtr kept = caches.now.find(input.model, encoding, wanted);
            const auto begin = std::chrono::steady_clock::now();
            const TracePtr trace = kept ? kept : caches.now.run(input.model, encoding, wanted, stop);
            result.forwardMilliseconds = millisecondsSince(begin);
            result.cached = kept != nullptr;
            return trace;
        };
        result.before = plain ? timed({}) : nullptr;
        const bool same = plain && !switches.any();
        result.now = same ? result.before : plain && !result.before ? nullptr : timed(switches);
    }
    if (!result.now)
        return;
    if (!plain) {
        runReference(request, caches, stop, result.reference);
        result.before = result.reference.trace ? result.reference.trace : result.now;
    }
    const std::vector<TokenPair> corrections = correctionsOf(
        request.matches, request.reference.choice, result.now->encoding(), result.before->encoding());
    result.alignment = alignmentOf({result.now, result.before}, corrections, caches, stop);
    if (stop.stop_requested() && result.alignment && result.alignment->units.empty()) {
        result.now = result.before = nullptr;
        return;
    }
    result.marks.now = marksOf(result.now);
    result.marks.before = result.before == result.now ? result.marks.now
                          : !plain                    ? result.reference.marks
                                                      : marksOf(result.before);
    if (input.recorded || !result.now->output().allFinite())
        result.problem = non_finite_message(*result.now);
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

RunResult run(const RunRequest &request, RunCaches &caches, const std::stop_token &stop)
{
    RunResult result;
    result.generation = request.generation;
    result.asked = request.asked;
    result.input = request.input;
    result.reference = request.reference;
    try {
        runEncoder(request, caches, stop, result);
    } catch (const Error &error) {
        result.problem = error.message();
    } catch (const std::bad_alloc &) {
        result.problem = withParticles(
            QCoreApplication::translate("Run", "There is not enough memory to run %1 on this text.")
                .arg(request.input.model->name));
    }
    return result;
}

RunResult runAlone(const RunInput &input, RunCaches &caches, const std::stop_token &stop)
{
    RunRequest request;
    request.input = input;
    RunResult result = run(request, caches, stop);
    throwIfStopped(stop);
    if (!result.now)
        throw Error(result.problem);
    return result;
}

} // namespace encoderscope
