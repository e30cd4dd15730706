// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/sentence_vector.h"

#include "engine/analysis/pooling.h"
#include "engine/analysis/similarity.h"
#include "engine/forward/encoder.h"

#include <set>

namespace encoderscope
{

namespace
{

/// `text` in lower case, apart from special tokens that were typed.
QString lowercased(const QString &text, const Tokenizer &tokenizer)
{
    QString lower;
    qsizetype at = 0;
    for (const Token &token : tokenizer.tokenize(text)) {
        if (!token.special || token.begin < at || token.end <= token.begin)
            continue;
        lower += text.mid(at, token.begin - at).toLower() + text.mid(token.begin, token.end - token.begin);
        at = token.end;
    }
    return lower + text.mid(at).toLower();
}

/// The token of `from` that `token` of another encoding of the same text is; -1 when it is not there. Added
/// specials are found by their rank, others by their place, which is `shift` characters further in sentence
/// A.
int same_token(const Encoding &from, const Token &token, int rank, qsizetype shift)
{
    int specials = 0;
    const qsizetype moved = token.segment == 0 ? shift : 0;
    for (std::size_t i = 0; i < from.tokens.size(); ++i) {
        const Token &other = from.tokens[i];
        const bool added = other.word < 0;
        if (added && specials++ == rank && token.word < 0)
            return static_cast<int>(i);
        if (!added && token.word >= 0 && other.segment == token.segment &&
            other.begin == token.begin - moved && other.end == token.end - moved)
            return static_cast<int>(i);
    }
    return -1;
}

/// Tokens of the trace that are not what the tokenizer makes of its text: replaced by the mask token.
std::set<int> replaced_tokens(const Trace &trace)
{
    const Encoding &encoding = trace.encoding();
    const Encoding plain =
        trace.model().tokenizer->encode(encoding.text, encoding.text_b, trace.config().max_positions);
    std::set<int> replaced;
    for (int token = 0; token < trace.tokens() && plain.tokens.size() == encoding.tokens.size(); ++token) {
        if (plain.tokens[static_cast<std::size_t>(token)].id != trace.token(token).id)
            replaced.insert(token);
    }
    return replaced;
}

/// A run of the encoder on what sentence-transformers would give it; null when the trace is that run, or of
/// no text.
TracePtr sentence_run(const Trace &trace, const SentenceEncoder &sentence)
{
    if (!trace.model().tokenizer || trace.encoding().text.isNull())
        return nullptr;
    Encoding encoding = sentence_encoding(trace.model(), trace.encoding().text, trace.encoding().text_b);
    const auto same_id = [](const Token &a, const Token &b) { return a.id == b.id && a.type == b.type; };
    const auto is_of_trace = [&] {
        return std::equal(encoding.tokens.begin(), encoding.tokens.end(), trace.encoding().tokens.begin(),
                          trace.encoding().tokens.end(), same_id);
    };
    if (is_of_trace())
        return nullptr;
    const std::set<int> replaced = replaced_tokens(trace);
    Switches switches = trace.switches();
    switches.masked_tokens.clear();
    int rank = 0;
    for (std::size_t i = 0; i < encoding.tokens.size(); ++i) {
        Token &token = encoding.tokens[i];
        const int same = same_token(trace.encoding(), token, rank, sentence.prompt.size());
        rank += token.word < 0 ? 1 : 0;
        if (same < 0)
            continue;
        if (replaced.contains(same))
            token.id = trace.token(same).id;
        if (trace.switches().masked_tokens.contains(same))
            switches.masked_tokens.insert(static_cast<int>(i));
    }
    if (is_of_trace())
        return nullptr;
    return run_encoder(trace.model_pointer(), encoding, switches);
}

RowVector vector_of(const Trace &trace)
{
    return pooled_sentence(trace.output(), first_pooled(trace.model()), trace.switches().masked_tokens,
                           sentence_encoder(trace.model()));
}

} // namespace

Encoding sentence_encoding(const Model &model, const QString &text, const QString &text_b)
{
    const SentenceEncoder &sentence = sentence_encoder(model);
    const auto prepared = [&](const QString &one) {
        return sentence.lowercase && !one.isNull() ? lowercased(one, *model.tokenizer) : one;
    };
    return model.tokenizer->encode(prepared(sentence.prompt + text), prepared(text_b),
                                   most_sentence_tokens(model));
}

RowVector sentence_vector(const Trace &trace)
{
    const TracePtr other = sentence_run(trace, sentence_encoder(trace.model()));
    return vector_of(other ? *other : trace);
}

TracePtr sentence_trace(const TracePtr &trace)
{
    const TracePtr other = sentence_run(*trace, sentence_encoder(trace->model()));
    return other ? other : trace;
}

SentencePair compare_sentences(const ModelPtr &model, const QString &a, const QString &b)
{
    const auto vector = [&model](const QString &text) {
        return vector_of(*run_encoder(model, sentence_encoding(*model, text)));
    };
    SentencePair pair{.a = vector(a), .b = vector(b)};
    pair.cosine = cosine_similarity(pair.a, pair.b);
    return pair;
}

} // namespace encoderscope
