// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run.h"

#include "engine/error.h"
#include "ui/session/token_following.h"

#include <new>

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

/// Those tokens of the request's reference in the new encoding; none that it has no token for, as after an
/// undo past an edit.
std::set<int> tokensOf(const RunRequest &request, std::set<int> tokens, const Encoding &encoding)
{
    if (request.reference)
        tokens = followedTokens(request.reference->encoding(), tokens, encoding);
    tokens.erase(tokens.begin(), tokens.lower_bound(0));
    tokens.erase(tokens.lower_bound(static_cast<int>(encoding.tokens.size())), tokens.end());
    return tokens;
}

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
    const TokenizerPtr tokenizer = with_granularity(request.model->tokenizer, request.tokenization);
    Encoding encoding = tokenizer->encode(request.text, request.textB, request.model->config.max_positions);
    if (stop.stop_requested())
        return;
    Switches switches = request.switches;
    switches.masked_tokens = tokensOf(request, request.switches.masked_tokens, encoding);
    if (tokenizer->mask_id() >= 0)
        replaceByMask(encoding, tokensOf(request, request.replaced, encoding), *tokenizer);

    auto begin = std::chrono::steady_clock::now();
    const TracePtr before = cache.run(request.model, encoding, {}, stop);
    result.forwardMilliseconds = millisecondsSince(begin);
    TracePtr now = before;
    if (before && switches.any()) {
        begin = std::chrono::steady_clock::now();
        now = cache.run(request.model, encoding, switches, stop);
        result.forwardMilliseconds = millisecondsSince(begin);
    }
    if (now) {
        result.before = before;
        result.now = now;
    }
}

} // namespace

RunResult run(const RunRequest &request, TraceCache &cache, const std::stop_token &stop)
{
    RunResult result;
    result.generation = request.generation;
    result.asked = request.asked;
    try {
        runEncoder(request, cache, stop, result);
    } catch (const Error &error) {
        result.problem = error.message();
    } catch (const std::bad_alloc &) {
        result.problem =
            QCoreApplication::translate("Run", "There is not enough memory to run %1 on this text.")
                .arg(request.model->name);
    }
    return result;
}

} // namespace encoderscope
