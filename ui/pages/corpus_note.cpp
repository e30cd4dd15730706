// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/corpus_note.h"

#include "engine/particles.h"
#include "engine/text/text_file.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/plain_text.h"
#include "ui/text_height.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLocale>

#include <iterator>

namespace encoderscope
{

namespace
{

struct Note {
    Q_DECLARE_TR_FUNCTIONS(CorpusNote)
};

QString counted(qint64 number)
{
    return QLocale().toString(number);
}

} // namespace

QString corpusNote(const CorpusAnswer &answer)
{
    using Kind = CorpusQuestion::Kind;
    const QString listed = counted(std::ssize(answer.rows));
    const QString piece = printableText(shortened(answer.question.piece));
    switch (answer.question.kind) {
    case Kind::headExamples:
        return Note::tr(
            "Sentences in which this head's weight of one token (query) on another (key, underlined) is "
            "greatest");
    case Kind::neuronExamples:
        return Note::tr("Sentences in which this neuron's activation is greatest, and at which token");
    case Kind::uses:
        return answer.all > std::ssize(answer.rows)
                   ? withParticles(Note::tr("Sentences with “%1”: %2, of which the first %3 are listed")
                                       .arg(piece, counted(answer.all), listed))
                   : Note::tr("Sentences with “%1”: %2").arg(piece, counted(answer.all));
    case Kind::nearestUses:
        return withParticles(
            Note::tr(
                "Sentences with “%1”: %2, of which %3 were compared by the cosine of the sentences' vectors")
                .arg(piece, counted(answer.all), counted(answer.compared)));
    case Kind::nearestOfAny:
        return Note::
            tr("Of the tokens of %1 sentences those that the corpus's index finds, by the cosine of their "
               "vectors after layer %2")
                .arg(counted(answer.all), counted(answer.question.layer + 1));
    case Kind::nearestTokens:
        if (answer.byIndex)
            return withParticles(
                Note::tr(
                    "Sentences with “%1”: %2; its uses that the corpus's index finds, by the cosine of their "
                    "vectors after layer %3")
                    .arg(piece, counted(answer.all), counted(answer.question.layer + 1)));
        return withParticles(
            Note::tr("Sentences with “%1”: %2; %3 of its uses were compared by the cosine of their vectors "
                     "after layer %4")
                .arg(piece, counted(answer.all), counted(answer.compared),
                     counted(answer.question.layer + 1)));
    case Kind::search:
        return answer.all > std::ssize(answer.rows)
                   ? withParticles(Note::tr("Sentences found: %1, of which the first %2 are listed")
                                       .arg(counted(answer.all), listed))
                   : Note::tr("Sentences found: %1").arg(counted(answer.all));
    case Kind::none:
        break;
    }
    return {};
}

QLabel *noteLabel()
{
    QLabel *label = plainLabel();
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    fitNote(*label, *label);
    return label;
}

void fitNote(QLabel &label, const QWidget &page)
{
    label.setFixedHeight(textHeight(page, 2));
}

} // namespace encoderscope
