// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/first_non_finite.h"
#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/forward/encoder.h"
#include "engine/model/model.h"
#include "tests/fuzz/check_encoding.h"

namespace encoderscope
{

/// What the window computes of a model that opened.
inline void run_model(const ModelPtr &model)
{
    const Encoding encoding = model->tokenizer->encode(QStringLiteral("a b [MASK]"), QStringLiteral("b"),
                                                       model->config.max_positions);
    check_encoding(*model->tokenizer, encoding);
    constexpr int most_layers = 24;
    if (model->config.layers > most_layers)
        return;
    const TracePtr trace = run_encoder(model, encoding);
    if (trace->output().rows() != static_cast<Index>(encoding.tokens.size()))
        std::abort();
    if (model->output.masked_word)
        masked_word_predictions(*trace, 0, 5);
    if (model->output.pooler)
        pooled_vector(*trace);
    if (model->output.classification)
        class_predictions(*trace);
    if (model->output.token_classification)
        labelled_spans(*trace);
    if (model->output.answer)
        answers(*trace, 3);
    if (model->output.discriminator)
        replaced_logits(*trace);
    non_finite_message(*trace);
    if (model->output.sentence)
        compare_sentences(model, QStringLiteral("a"), QStringLiteral("b"));
}

} // namespace encoderscope
