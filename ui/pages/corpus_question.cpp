// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/corpus_question.h"

#include "engine/model/model_hash.h"
#include "ui/state/view_kinds.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

struct Question {
    Q_DECLARE_TR_FUNCTIONS(CorpusQuestion)
};

QString word(const Parameters &choices, const char *name)
{
    return chosen<QString>(choices, viewKind(corpusView, QLatin1String(name)));
}

/// The layer, from 0, after which tokens are compared: the pinned one where it is among these, from 1.
int tokenLayer(const std::vector<int> &layers, int pinned)
{
    const bool kept = std::find(layers.begin(), layers.end(), pinned + 1) != layers.end();
    return (kept ? pinned + 1 : layers.back()) - 1;
}

} // namespace

CorpusTab corpusTab(const Parameters &choices)
{
    return static_cast<CorpusTab>(
        viewKind(corpusView, QStringLiteral("tab")).choices.indexOf(word(choices, "tab")));
}

bool madeWith(const OpenedCorpus &corpus, const ModelPtr &model)
{
    return model && model_hash(model) == corpus.settings.model;
}

CorpusQuestion corpusQuestion(const OpenedCorpusPtr &corpus, const Parameters &choices, const Frame &frame)
{
    CorpusQuestion asked{.corpus = corpus};
    const Selected &pinned = frame.selection;
    const CorpusSettings &settings = corpus->settings;
    switch (corpusTab(choices)) {
    case CorpusTab::heads:
    case CorpusTab::map:
        break;
    case CorpusTab::examples: {
        const bool neuron = word(choices, "of") == QStringLiteral("neuron");
        asked.layer = pinned.layer;
        asked.index = neuron ? pinned.neuron : pinned.head;
        if (asked.layer >= 0 && asked.layer < settings.layers && asked.index >= 0 &&
            asked.index < (neuron ? settings.d_ff : settings.heads))
            asked.kind = neuron ? CorpusQuestion::Kind::neuronExamples : CorpusQuestion::Kind::headExamples;
        break;
    }
    case CorpusTab::uses: {
        const QString order = word(choices, "order");
        if (!frame || pinned.query < 0)
            break;
        asked.piece = frame.trace().token(pinned.query).piece;
        asked.kind = CorpusQuestion::Kind::uses;
        if (order == QStringLiteral("nearest") && corpus->vectors) {
            asked.kind = CorpusQuestion::Kind::nearestUses;
            asked.run = frame.shown();
        } else if (const bool any = order == QStringLiteral("any");
                   (any ? !corpus->indexed.empty()
                        : order == QStringLiteral("tokens") && !settings.token_layers.empty()) &&
                   !frame.trace().token(pinned.query).special &&
                   madeWith(*corpus, frame.trace().model_pointer())) {
            asked.kind = any ? CorpusQuestion::Kind::nearestOfAny : CorpusQuestion::Kind::nearestTokens;
            asked.layer = tokenLayer(any ? corpus->indexed : settings.token_layers, pinned.layer);
            asked.index = pinned.query;
            asked.run = frame.shown();
        }
        break;
    }
    case CorpusTab::search:
        asked.words = word(choices, "search").trimmed();
        if (!asked.words.isEmpty())
            asked.kind = CorpusQuestion::Kind::search;
        break;
    }
    return asked;
}

QString whyNothingIsAsked(const Parameters &choices, const Frame &frame)
{
    switch (corpusTab(choices)) {
    case CorpusTab::examples:
        return word(choices, "of") == QStringLiteral("neuron") && frame.selection.neuron < 0
                   ? Question::tr("No neuron is pinned: choose one here, or on the page FFN.")
                   : Question::tr("The corpus's model has no such layer or number.");
    case CorpusTab::uses:
        return Question::tr("There is no token: type a sentence.");
    default:
        return Question::tr("Words that begin like this are found: “cat” finds “cats” as well.");
    }
}

} // namespace encoderscope
