// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/corpus_answers.h"
#include "ui/state/frame.h"

namespace encoderscope
{

/// The name of the page Corpus among the views.
inline const QString corpusView = QStringLiteral("corpus-page");

/// Its tabs, in their order.
enum class CorpusTab { heads, examples, uses, search, map };
/// The tab has a list of sentences; the others have figures, which ask by themselves.
inline bool hasList(CorpusTab tab)
{
    return tab != CorpusTab::heads && tab != CorpusTab::map;
}
/// The one that is chosen.
CorpusTab corpusTab(const Parameters &choices);

/// The model has the weights that the corpus was made with.
bool madeWith(const OpenedCorpus &corpus, const ModelPtr &model);

/// What the chosen tab asks an open corpus of what is pinned in the frame. `choices` are those of the page.
CorpusQuestion corpusQuestion(const OpenedCorpusPtr &corpus, const Parameters &choices, const Frame &frame);
/// Why that is nothing, for the user.
QString whyNothingIsAsked(const Parameters &choices, const Frame &frame);

} // namespace encoderscope
