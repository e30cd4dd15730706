// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/pages/output_figures.h"
#include "ui/pages/page.h"

class QLabel;
class QListWidget;
class QTabWidget;

namespace encoderscope
{

class LayerSlider;

/// The hidden state of every layer, and what is read from the last: words, sentence vectors, classes.
class OutputPage : public Page
{
    Q_OBJECT

public:
    explicit OutputPage(Session &session, QWidget *parent = nullptr);

    QString title() const override;

protected:
    void refresh() override;
    void retranslate() override;

private:
    QWidget *hiddenTab();
    QWidget *wordsTab();
    QWidget *sentenceTab();
    void showTabs();
    void showTokens();
    void askForWords();
    void askForSentences();

    struct Words {
        TracePtr trace;
        int token = -1;
        std::vector<WordPrediction> predictions;
    };

    QLabel *layerLabel_, *wordsHint_, *sentence_;
    LayerSlider *layer_;
    QTabWidget *tabs_;
    QListWidget *tokens_;
    QWidget *words_, *sentences_;
    LinkedView *hidden_, *lengths_, *similarity_, *predictions_, *sentenceA_, *sentenceB_, *classes_;

    Words shownWords_;
    TracePtr wordsAsked_, sentencesAsked_;
    int wordAsked_ = -1;
    SentenceVectors vectors_;
    Job<Words> wordsJob_;
    Job<SentenceVectors> sentencesJob_;
};

} // namespace encoderscope
