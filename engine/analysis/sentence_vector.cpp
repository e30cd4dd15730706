// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/sentence_vector.h"

#include "engine/analysis/head_function.h"
#include "engine/analysis/similarity.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/forward/operations.h"

#include <QCoreApplication>

#include <cmath>
#include <set>

namespace encoderscope
{

namespace
{

const SentenceEncoder &encoder_of(const Model &model)
{
    if (model.output.sentence)
        return *model.output.sentence;
    if (!model.output.sentence_problem.isEmpty())
        throw Error(model.output.sentence_problem);
    throw Error(QCoreApplication::translate("Predictions",
                                            "The model %1 does not say how to make one vector of a sentence.")
                    .arg(model.name));
}

int most_tokens(const Model &model)
{
    const int own = model.output.sentence->max_tokens;
    const int encoder = model.config.max_positions;
    return own > 0 && (encoder == 0 || own < encoder) ? own : encoder;
}

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

/// Tokens that the prompt alone has, without the special one at the end.
int prompt_length(const Model &model, const QString &prompt)
{
    const Encoding encoding = model.tokenizer->encode(prompt, QString(), most_tokens(model));
    const auto count = static_cast<int>(encoding.tokens.size());
    return count > 0 && encoding.tokens.back().special ? count - 1 : count;
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
    const auto same_id = [](const Token &a, const Token &b) { return a.id == b.id && a.type == b.type; };
    if (std::equal(encoding.tokens.begin(), encoding.tokens.end(), trace.encoding().tokens.begin(),
                   trace.encoding().tokens.end(), same_id))
        return nullptr;
    return run_encoder(trace.model_pointer(), encoding, switches);
}

RowVector pooled(const Matrix &hidden, Pooling pooling, const std::vector<int> &tokens)
{
    RowVector result = RowVector::Zero(hidden.cols());
    if (tokens.empty())
        return result;
    float weights = 0.0F;
    switch (pooling) {
    case Pooling::first_token:
        return hidden.row(tokens.front());
    case Pooling::last_token:
        return hidden.row(tokens.back());
    case Pooling::max:
        result = hidden.row(tokens.front());
        for (const int token : tokens)
            result = result.cwiseMax(hidden.row(token));
        return result;
    case Pooling::mean:
    case Pooling::mean_sqrt_length:
    case Pooling::weighted_mean:
        for (const int token : tokens) {
            const float weight = pooling == Pooling::weighted_mean ? static_cast<float>(token + 1) : 1.0F;
            result += weight * hidden.row(token);
            weights += weight;
        }
        break;
    }
    return result / (pooling == Pooling::mean_sqrt_length ? std::sqrt(weights) : weights);
}

RowVector after(const SentenceDense &step, const RowVector &x)
{
    RowVector y = apply(step.function, RowVector(linear(x, step.linear)));
    if (step.residual && step.residual_weight.empty())
        y += x;
    else if (step.residual)
        y += linear(x, {.weight = step.residual_weight, .bias = {}});
    return y;
}

RowVector after(const SentenceNorm &step, const RowVector &x)
{
    return layer_norm(x, step.norm, 1e-5F);
}

RowVector after(const SentenceUnitLength &, const RowVector &x)
{
    return x / std::max(x.norm(), 1e-12F);
}

/// The poolings of a run, joined, and the steps after them.
RowVector vector_of(const Trace &trace, const SentenceEncoder &sentence)
{
    const int first = sentence.pools_prompt || sentence.prompt.isEmpty()
                          ? 0
                          : prompt_length(trace.model(), sentence.prompt);
    std::vector<int> tokens;
    for (int token = first; token < trace.tokens(); ++token) {
        if (!trace.switches().masked_tokens.contains(token))
            tokens.push_back(token);
    }
    const Index d_model = trace.output().cols();
    RowVector vector(d_model * static_cast<Index>(sentence.pooling.size()));
    Index at = 0;
    for (const Pooling pooling : sentence.pooling) {
        vector.segment(at, d_model) = pooled(trace.output(), pooling, tokens);
        at += d_model;
    }
    for (const SentenceStep &step : sentence.steps)
        vector = std::visit([&vector](const auto &one) { return after(one, vector); }, step);
    return vector;
}

} // namespace

Encoding sentence_encoding(const Model &model, const QString &text, const QString &text_b)
{
    const SentenceEncoder &sentence = encoder_of(model);
    const auto prepared = [&](const QString &one) {
        return sentence.lowercase && !one.isNull() ? lowercased(one, *model.tokenizer) : one;
    };
    return model.tokenizer->encode(prepared(sentence.prompt + text), prepared(text_b), most_tokens(model));
}

RowVector sentence_vector(const Trace &trace)
{
    const SentenceEncoder &sentence = encoder_of(trace.model());
    const TracePtr other = sentence_run(trace, sentence);
    return vector_of(other ? *other : trace, sentence);
}

TracePtr sentence_trace(const TracePtr &trace)
{
    const TracePtr other = sentence_run(*trace, encoder_of(trace->model()));
    return other ? other : trace;
}

SentencePair compare_sentences(const ModelPtr &model, const QString &a, const QString &b)
{
    const auto vector = [&model](const QString &text) {
        return vector_of(*run_encoder(model, sentence_encoding(*model, text)), *model->output.sentence);
    };
    SentencePair pair{.a = vector(a), .b = vector(b)};
    pair.cosine = cosine_similarity(pair.a, pair.b);
    return pair;
}

} // namespace encoderscope
