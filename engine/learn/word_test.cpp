// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/word_test.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

bool is_word(const Token &token)
{
    return !token.special &&
           std::any_of(token.text.begin(), token.text.end(), [](QChar c) { return c.isLetterOrNumber(); });
}

template <typename Predict>
WordOutcome count(const Tokenizer &tokenizer, const QStringList &lines, int max_tokens,
                  const Predict &predict)
{
    WordOutcome sum;
    for (const QString &line : lines) {
        for (const Token &token : tokenizer.encode(line, QString(), max_tokens).tokens)
            sum.unknown += token.unknown && is_word(token) ? 1 : 0;
    }
    const int unknown = tokenizer.id(QStringLiteral("[UNK]"));
    for (const Batch &batch : one_word_batches(tokenizer, lines, max_tokens)) {
        const Outcome outcome = predict(batch);
        const bool known = std::find(batch.labels.begin(), batch.labels.end(), unknown) == batch.labels.end();
        ++sum.words;
        sum.pieces += outcome.labels;
        sum.found += known && outcome.correct == outcome.labels ? 1 : 0;
        sum.pieces_found += known ? outcome.correct : 0;
    }
    return sum;
}

} // namespace

std::vector<Batch> one_word_batches(const Tokenizer &tokenizer, const QStringList &lines, int max_tokens)
{
    std::vector<Batch> batches;
    for (const QString &line : lines) {
        const std::vector<Token> tokens = tokenizer.encode(line, QString(), max_tokens).tokens;
        Batch whole;
        whole.starts = {0, static_cast<int>(tokens.size())};
        for (const Token &token : tokens) {
            whole.ids.push_back(token.id);
            whole.types.push_back(token.type);
        }
        for (std::size_t begin = 0; begin < tokens.size();) {
            std::size_t end = begin + 1;
            while (end < tokens.size() && tokens[end].word == tokens[begin].word && tokens[begin].word >= 0)
                ++end;
            if (is_word(tokens[begin])) {
                Batch batch = whole;
                for (std::size_t index = begin; index < end; ++index) {
                    batch.positions.push_back(static_cast<int>(index));
                    batch.labels.push_back(tokens[index].id);
                    batch.ids[index] = tokenizer.mask_id();
                }
                batches.push_back(std::move(batch));
            }
            begin = end;
        }
    }
    return batches;
}

WordOutcome test_words(const Model &model, const QStringList &lines, int max_tokens)
{
    const ParameterLayout layout(model.config);
    const ParameterVector parameters = parameters_of(layout, model);
    EncoderPass<float> pass(layout);
    return count(*model.tokenizer, lines, max_tokens,
                 [&](const Batch &batch) { return pass.forward(parameters.data(), batch); });
}

WordOutcome test_words_by_unigram(const Baselines &baselines, const Tokenizer &tokenizer,
                                  const QStringList &lines, int max_tokens)
{
    return count(tokenizer, lines, max_tokens, [&](const Batch &batch) { return baselines.unigram(batch); });
}

WordOutcome test_words_by_bigram(const Baselines &baselines, const Tokenizer &tokenizer,
                                 const QStringList &lines, int max_tokens)
{
    return count(tokenizer, lines, max_tokens, [&](const Batch &batch) { return baselines.bigram(batch); });
}

} // namespace encoderscope
