// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/plain_models.h"

#include <algorithm>

namespace encoderscope
{

WholeWords::WholeWords(VocabularyPtr vocabulary, int unknown_id)
    : vocabulary_(std::move(vocabulary))
    , unknown_id_(unknown_id)
{
}

std::vector<WordPart> WholeWords::parts(AlignedView word) const
{
    const int id = vocabulary_->id(to_string(word));
    return {{id < 0 ? unknown_id_ : id, 0, word.size(), id < 0}};
}

SingleCharacters::SingleCharacters(VocabularyPtr vocabulary, int unknown_id, QString prefix)
    : vocabulary_(std::move(vocabulary))
    , unknown_id_(unknown_id)
    , prefix_(std::move(prefix))
{
}

int SingleCharacters::id(AlignedView character, bool inside) const
{
    const QString form = to_string(character);
    int id = -1;
    for (const QString &candidate : {form, form.normalized(QString::NormalizationForm_C)}) {
        if (id < 0 && inside)
            id = vocabulary_->id(prefix_ + candidate);
        if (id < 0)
            id = vocabulary_->id(candidate);
    }
    return id;
}

std::vector<WordPart> SingleCharacters::parts(AlignedView word) const
{
    std::vector<std::size_t> bounds = cluster_bounds(word);
    // Characters of one source (the bytes of a byte-level vocabulary, a word mark) stay together.
    std::erase_if(bounds, [&](std::size_t bound) {
        return bound > 0 && bound < word.size() && word[bound].begin < word[bound - 1].end;
    });
    if (bounds.size() > 2 && word[0].begin == word[0].end) {
        const AlignedView first = word.first(bounds[2]);
        if (vocabulary_->id(to_string(first)) >= 0)
            bounds.erase(bounds.begin() + 1);
    }
    std::vector<WordPart> parts;
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
        const std::size_t begin = bounds[i];
        const std::size_t end = bounds[i + 1];
        const int whole = id(word.subspan(begin, end - begin), i > 0);
        if (whole >= 0) {
            parts.push_back({whole, begin, end, false});
            continue;
        }
        std::vector<WordPart> points;
        for (std::size_t j = begin; j < end; ++j)
            points.push_back({id(word.subspan(j, 1), j > 0), j, j + 1, false});
        const bool covered =
            std::all_of(points.begin(), points.end(), [](const WordPart &part) { return part.id >= 0; });
        if (covered)
            parts.insert(parts.end(), points.begin(), points.end());
        else
            parts.push_back({unknown_id_, begin, end, true});
    }
    return parts;
}

} // namespace encoderscope
