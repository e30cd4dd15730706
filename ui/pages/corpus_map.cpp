// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/corpus_map.h"

#include "engine/particles.h"
#include "ui/figures/catalogue/sentence_map_figure.h"
#include "ui/pages/catalogue_view.h"
#include "ui/pages/corpus_note.h"

#include <QLabel>
#include <QVBoxLayout>

namespace encoderscope
{

CorpusMap::CorpusMap(CatalogueView *view, QWidget *parent)
    : QWidget(parent)
    , note_(noteLabel())
    , view_(view)
    , reading_([this](const Result<CorpusRow> &row) {
        if (row)
            Q_EMIT chosen(*row);
        else if (!row.wasStopped())
            Q_EMIT failed(withParticles(row.problem()));
    })
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 6, 0, 0);
    rows->addWidget(note_);
    rows->addWidget(view_, 1);
    connect(view_, &FigureView::clicked, this, &CorpusMap::choose);
    retranslate();
}

void CorpusMap::retranslate()
{
    note_->setText(
        tr("Each point is a sentence; those that lie together are alike to the model. Point at one to "
           "read it, click it to bring it into the window."));
}

void CorpusMap::fitFont()
{
    fitNote(*note_, *this);
}

void CorpusMap::choose(const Hit &hit)
{
    const auto *shown = std::any_cast<ShownMap>(&view_->kept());
    const PlacedSentence *sentence = shown ? shown->at(hit) : nullptr;
    if (!sentence)
        return;
    reading_.ask([path = shown->path, number = sentence->number](const JobControl &) {
        return rowOfSentence(path, number);
    });
}

} // namespace encoderscope
