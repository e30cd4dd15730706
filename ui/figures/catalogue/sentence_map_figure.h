// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/sentence_map.h"
#include "ui/figures/catalogue/catalogue.h"
#include "ui/figures/viewpoint.h"

#include <QDateTime>

#include <memory>

namespace encoderscope
{

/// A corpus's map, which takes longest, and how its figure shows it: what "corpus-map" keeps.
struct ShownMap {
    QString path;
    QDateTime modified; ///< the file, when it was read
    std::shared_ptr<const SentenceMap> map;
    std::vector<std::vector<std::size_t>> series; ///< [series][point]: which of the map's sentences that is

    /// The sentence that a hit in the figure is on; null: none of the corpus.
    const PlacedSentence *at(const Hit &hit) const;
};

/// The sentences of the corpus at `path`, and the run's among them where it is of the corpus's model. Throws
/// Error where the file is no corpus or has no vectors of sentences, Stopped when told to stop.
MadeFigure sentenceMapFigure(const FigureRequest &request, const QString &path, const std::stop_token &stop);

} // namespace encoderscope
