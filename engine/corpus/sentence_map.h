// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/principal_axes.h"
#include "engine/corpus/corpus_file.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace encoderscope
{

/// A sentence of a corpus, and where it lies on the map.
struct PlacedSentence {
    std::int64_t number = 0;
    QString source;
    qint64 line = 0;
    QString beginning; ///< of its text
    float x = 0.0F, y = 0.0F;
};

/// Sentences of a corpus along the first two principal components of their vectors: those that the model
/// takes for alike lie together.
struct SentenceMap {
    PrincipalAxes axes; ///< of the vectors of these sentences
    std::vector<PlacedSentence> sentences;
    qint64 all = 0; ///< that the corpus has
};

/// Sentences of a map, unless another number is asked for: so many take a fifth of a second, and a
/// picture of more shows no more.
constexpr int usual_mapped_sentences = 4000;
/// A map of more takes too much memory.
constexpr int most_mapped_sentences = 50'000;

/// Of at most `most` sentences, which lie evenly over the corpus; those without a vector (their run's numbers
/// were not finite) are left out. No sentences when `stop` was requested. Throws Error when the corpus cannot
/// be read, or has no vectors of sentences because its model makes none.
SentenceMap map_sentences(const CorpusFile &file, int most, const std::stop_token &stop = {});

} // namespace encoderscope
