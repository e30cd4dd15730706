// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

namespace encoderscope
{

/// What sentence-transformers give the encoder for a text or a pair: behind the prompt, in lower case and cut
/// as the model says. Throws Error when the model has no vector of a sentence.
Encoding sentence_encoding(const Model &model, const QString &text, const QString &text_b = QString());

/// The vector that sentence-transformers give to the trace's text, with the trace's switches; tokens that
/// were masked or replaced in the trace are so here too. Runs the encoder once more where it was given other
/// tokens than sentence_encoding() gives [1 x d], d being d_model times the number of poolings, or what the
/// last dense step makes of it. Throws Error when the model has no such vector, with the reason.
RowVector sentence_vector(const Trace &trace);

/// The run that sentence_vector() makes the vector of: the trace itself, or one of the tokens that
/// sentence-transformers give the encoder, with the trace's switches. Throws the same Error.
TracePtr sentence_trace(const TracePtr &trace);

/// Sentence A's and B's vectors, each computed alone as sentence-transformers do, and their cosine.
struct SentencePair {
    RowVector a, b;
    float cosine = 0.0F;
};
SentencePair compare_sentences(const ModelPtr &model, const QString &a, const QString &b);

} // namespace encoderscope
