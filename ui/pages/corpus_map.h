// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/pages/corpus_answers.h"

#include <QWidget>

class QLabel;

namespace encoderscope
{

class CatalogueView;
struct Hit;

/// The sentences of a corpus on a plane, and a line that says how to read it. A click on a point reads its
/// sentence, beside the window.
class CorpusMap : public QWidget
{
    Q_OBJECT

public:
    /// `view`: of the figure "corpus-map".
    explicit CorpusMap(CatalogueView *view, QWidget *parent = nullptr);

    void retranslate();
    void fitFont();
    /// What was clicked is of a corpus that is not shown any more.
    void cancel() { reading_.cancel(); }

Q_SIGNALS:
    void chosen(const encoderscope::CorpusRow &row);
    /// Why the sentence that was clicked could not be read.
    void failed(const QString &message);

private:
    void choose(const Hit &hit);

    QLabel *note_;
    CatalogueView *view_;
    Job<CorpusRow> reading_;
};

} // namespace encoderscope
