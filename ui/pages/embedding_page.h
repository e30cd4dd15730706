// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QTabWidget;

namespace encoderscope
{

class FigureDeck;
class LayerSlider;
class TokenTable;
enum class EmbeddingStage;

/// Text to pieces to ids to vectors: the embedding at each stage, and how alike the tokens' vectors are.
class EmbeddingPage : public Page
{
    Q_OBJECT

public:
    explicit EmbeddingPage(Session &session, QWidget *parent = nullptr);

    static QString title();

protected:
    void refresh() override;
    void retranslate() override;

private:
    QWidget *embeddingTab();
    QWidget *similarityTab();
    QWidget *componentsTab();
    void fillStages();
    void showTokenization();
    EmbeddingStage stage() const;

    QLabel *tokenizationLabel_, *sizes_;
    QComboBox *tokenization_;
    TokenTable *tokens_;
    QTabWidget *tabs_;
    FigureDeck *deck_;
    QLabel *stageLabel_;
    QComboBox *stages_;
    CatalogueView *heatmap_, *vector_, *similarity_, *components_;
    LayerSlider *similarityLayer_, *componentsLayer_;
};

} // namespace encoderscope
