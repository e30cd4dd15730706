// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/embedding_page.h"

#include "ui/figures/catalogue/embedding_figures.h"
#include "ui/pages/figure_deck.h"
#include "ui/pages/fitting_tabs.h"
#include "ui/pages/page_controls.h"
#include "ui/pages/token_table.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace encoderscope
{

namespace
{

const QString embeddingView = QStringLiteral("embedding");
const QString similarityView = QStringLiteral("similarity");
const QString componentsView = QStringLiteral("components");
const QString stageName = QStringLiteral("stage");
const QString layerName = QStringLiteral("layer");

/// As the chooser lists them.
constexpr std::array tokenizations{Tokenization::subword, Tokenization::word, Tokenization::character};
constexpr std::array stages_in_order{
    EmbeddingStage::token,    EmbeddingStage::scaled, EmbeddingStage::position,   EmbeddingStage::tokenType,
    EmbeddingStage::taskType, EmbeddingStage::sum,    EmbeddingStage::normalized, EmbeddingStage::output};

/// Worth a place in the list: what the run has, and not the same as the stage before.
bool listed(const ComparedTrace &compared, EmbeddingStage stage)
{
    if (stage == EmbeddingStage::output)
        return compared.trace().config().embedding_size != compared.trace().config().d_model;
    return hasStage(compared, stage);
}

} // namespace

EmbeddingPage::EmbeddingPage(Session &session, QWidget *parent)
    : Page(session, parent)
    , tokenizationLabel_(new QLabel(this))
    , sizes_(new QLabel(this))
    , tokenization_(new QComboBox(this))
    , tokens_(new TokenTable(session, this))
    , tabs_(new FittingTabs(this))
{
    tokenizationLabel_->setBuddy(tokenization_);
    controls()->addWidget(tokenizationLabel_);
    controls()->addWidget(tokenization_);
    controls()->addStretch();
    controls()->addWidget(sizes_);

    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(tokens_);
    layout->addWidget(tabs_, 1);
    tabs_->addTab(embeddingTab(), QString());
    tabs_->addTab(similarityTab(), QString());
    tabs_->addTab(componentsTab(), QString());
    setBody(body);
    addTable(tokens_, QStringLiteral("tokens"));
    retranslate();

    connect(tokenization_, &QComboBox::activated, this, [this](int chosen) {
        this->session().setTokenization(tokenizations[static_cast<std::size_t>(chosen)]);
    });
    connect(&session, &Session::stateChanged, this, &EmbeddingPage::showTokenization);
    bindTabs(*tabs_, session, QStringLiteral("embedding-page"), QStringLiteral("tab"));
}

QWidget *EmbeddingPage::embeddingTab()
{
    stageLabel_ = new QLabel;
    stages_ = new QComboBox;
    stages_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    stageLabel_->setBuddy(stages_);
    auto *row = new WrappingRow;
    row->addWidget(stageLabel_);
    row->addWidget(stages_);
    const auto shownStage = [this] {
        const auto &words = viewKind(embeddingView, stageName).choices;
        return Parameters{{stageName, words.value(static_cast<int>(stage()))}};
    };
    heatmap_ = addFigure(embeddingView, Axis::query, Axis::dimension);
    heatmap_->setOwnChoices(shownStage);
    vector_ = addFigure(QStringLiteral("embedding-vector"), Axis::none, Axis::dimension);
    vector_->setOwnChoices(shownStage);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(heatmap_);
    splitter->addWidget(vector_);
    splitter->setSizes({320, 200});
    splitter->setChildrenCollapsible(false);
    connect(stages_, &QComboBox::currentIndexChanged, this, [this] {
        if (stages_->currentIndex() < 0)
            return;
        const auto &names = viewKind(embeddingView, stageName).choices;
        session().setParameter(embeddingView, stageName, names.value(stages_->currentData().toInt()));
    });
    deck_ = new FigureDeck(splitter);
    return column(row, deck_);
}

QWidget *EmbeddingPage::similarityTab()
{
    similarityLayer_ = new LayerSlider;
    auto *row = new QHBoxLayout;
    row->addWidget(similarityLayer_);
    row->addStretch(1);
    similarity_ = addFigure(similarityView, Axis::query, Axis::key);
    similarity_->setOwnChoices([this] { return Parameters{{layerName, frame().layerOf(similarityView)}}; });
    connect(similarityLayer_, &LayerSlider::layerChanged, this,
            [this](int layer) { session().setParameter(similarityView, layerName, layer); });
    return column(row, similarity_);
}

QWidget *EmbeddingPage::componentsTab()
{
    componentsLayer_ = new LayerSlider;
    auto *row = new QHBoxLayout;
    row->addWidget(componentsLayer_);
    row->addStretch(1);
    components_ = addFigure(componentsView, Axis::query, Axis::none);
    components_->setOwnChoices([this] { return Parameters{{layerName, frame().layerOf(componentsView)}}; });
    connect(componentsLayer_, &LayerSlider::layerChanged, this,
            [this](int layer) { session().setParameter(componentsView, layerName, layer); });
    return column(row, components_);
}

QString EmbeddingPage::title()
{
    return tr("Embedding");
}

void EmbeddingPage::retranslate()
{
    tokenizationLabel_->setText(tr("Pieces:"));
    setTexts(*tokenization_, {tr("Subwords"), tr("Words"), tr("Characters")});
    showTokenization();
    stageLabel_->setText(tr("Stage:"));
    deck_->setTitles({tr("All tokens"), tr("One token")});
    tabs_->setTabText(0, tr("Embedding"));
    tabs_->setTabText(1, tr("Similarity"));
    tabs_->setTabText(2, tr("Components"));
    similarityLayer_->retranslate();
    componentsLayer_->retranslate();
    stages_->clear();
    if (shown())
        refresh();
}

void EmbeddingPage::showTokenization()
{
    const auto found = std::find(tokenizations.begin(), tokenizations.end(), session().tokenization());
    tokenization_->setCurrentIndex(static_cast<int>(found - tokenizations.begin()));
}

/// The chosen one, or the first when the run shown does not have it.
EmbeddingStage EmbeddingPage::stage() const
{
    const EmbeddingStage wanted =
        stages_in_order[static_cast<std::size_t>(chosenIndex(embeddingView, stageName))];
    return listed(shown(), wanted) ? wanted : EmbeddingStage::token;
}

void EmbeddingPage::fillStages()
{
    const auto text = [](EmbeddingStage stage) {
        switch (stage) {
        case EmbeddingStage::token:
            return tr("looked up in the table");
        case EmbeddingStage::scaled:
            return tr("× √d_model");
        case EmbeddingStage::position:
            return tr("position, to be added");
        case EmbeddingStage::tokenType:
            return tr("token type, to be added");
        case EmbeddingStage::taskType:
            return tr("task type, to be added");
        case EmbeddingStage::sum:
            return tr("sum");
        case EmbeddingStage::normalized:
            return tr("normalized");
        case EmbeddingStage::output:
            break;
        }
        return tr("projected to d_model");
    };
    QList<int> available; // places in stages_in_order
    for (std::size_t place = 0; place < stages_in_order.size(); ++place) {
        if (listed(shown(), stages_in_order[place]))
            available.append(static_cast<int>(place));
    }
    const QSignalBlocker blocker(stages_);
    QList<int> listed;
    for (int index = 0; index < stages_->count(); ++index)
        listed.append(stages_->itemData(index).toInt());
    if (listed != available) {
        stages_->clear();
        for (const int place : std::as_const(available))
            stages_->addItem(text(stages_in_order[static_cast<std::size_t>(place)]), place);
    }
    const auto chosen = std::find(stages_in_order.begin(), stages_in_order.end(), stage());
    stages_->setCurrentIndex(stages_->findData(static_cast<int>(chosen - stages_in_order.begin())));
}

void EmbeddingPage::refresh()
{
    const Trace &trace = shown().trace();
    tokens_->setTokens(trace.encoding());
    fillStages();
    similarityLayer_->showLayer(frame().layerOf(similarityView), trace.layers());
    componentsLayer_->showLayer(frame().layerOf(componentsView), trace.layers());
    sizes_->setText(tr("vocabulary %1 · d_model %2")
                        .arg(locale().toString(trace.config().vocabulary_size))
                        .arg(trace.config().d_model));
}

} // namespace encoderscope
