// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/output_figures.h"
#include "ui/jobs/job.h"
#include "ui/pages/page.h"

#include <optional>

class QLabel;
class QListWidget;
class QPushButton;
class QTabWidget;

namespace encoderscope
{

class FigureDeck;
class LayerSlider;

/// The hidden state of every layer, and what is read from the last: words, sentence vectors, classes of
/// sentence and tokens, answers, replaced tokens.
class OutputPage : public Page
{
    Q_OBJECT

public:
    explicit OutputPage(Session &session, QWidget *parent = nullptr);

    static QString title();

protected:
    /// What only a visible tab shows is made when it comes.
    bool eventFilter(QObject *watched, QEvent *event) override;
    void refresh() override;
    void retranslate() override;
    void fitFont() override;

private:
    QWidget *hiddenTab();
    QWidget *wordsTab();
    QWidget *sentenceTab();
    /// What a head says of the tokens: in a line, and as a figure.
    struct TokenTab {
        QWidget *tab = nullptr;
        QLabel *line = nullptr;
    };
    TokenTab tokenTab(const QString &kind, Axis rows, Axis columns);
    void showTabs();
    void showTokens();
    void askForSentences();
    void offerWhy();

    QLabel *layerLabel_, *wordsHint_, *sentence_;
    LayerSlider *layer_;
    QTabWidget *tabs_;
    FigureDeck *deck_;
    QPushButton *whySimilar_;
    QListWidget *tokens_;
    QWidget *words_, *sentences_;
    TokenTab tokenClasses_, answer_, replaced_;
    CatalogueView *hidden_, *lengths_, *similarity_, *predictions_, *sentenceA_, *sentenceB_, *classes_;
    CatalogueView *layers_;

    std::optional<ComparedTrace> sentencesAsked_;
    ComparedVectors vectors_;
    Job<ComparedVectors> sentencesJob_;
};

} // namespace encoderscope
