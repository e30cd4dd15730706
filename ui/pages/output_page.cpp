// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/output_page.h"

#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/token_head_figures.h"
#include "ui/figures/ticks.h"
#include "ui/pages/figure_deck.h"
#include "ui/pages/fitting_tabs.h"
#include "ui/pages/page_controls.h"
#include "ui/plain_text.h"
#include "ui/state/chosen_target.h"
#include "ui/text_height.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

namespace encoderscope
{

namespace
{

const QString hiddenView = QStringLiteral("hidden");

} // namespace

OutputPage::OutputPage(Session &session, QWidget *parent)
    : Page(session, parent)
    , layerLabel_(new QLabel(this))
    , layer_(new LayerSlider(this))
    , tabs_(new FittingTabs(this))
    , whySimilar_(new QPushButton(this))
    , sentencesJob_([this](const Result<ComparedVectors> &vectors) {
        vectors_ = vectors ? *vectors : ComparedVectors();
        vectors_.now.problem += vectors.problem();
        for (CatalogueView *figure : {sentenceA_, sentenceB_})
            figure->keep(vectors_);
        refresh();
    })
{
    controls()->addWidget(layerLabel_);
    controls()->addWidget(layer_);
    controls()->addStretch();

    similarity_ =
        addFigure(QStringLiteral("similarity"), Axis::query, Axis::key, QStringLiteral("hidden-similarity"));
    similarity_->setOwnChoices([this] {
        return Parameters{{QStringLiteral("layer"), frame().layerOf(hiddenView)}};
    });
    classes_ = addFigure(QStringLiteral("classes"), Axis::none, Axis::none);
    tokenClasses_ = tokenTab(QStringLiteral("token-classes"), Axis::query, Axis::none);
    answer_ = tokenTab(QStringLiteral("answer"), Axis::query, Axis::none);
    replaced_ = tokenTab(QStringLiteral("replaced"), Axis::none, Axis::query);
    tabs_->addTab(hiddenTab(), QString());
    tabs_->addTab(similarity_, QString());
    layers_ = addFigure(QStringLiteral("layer-similarity"), Axis::none, Axis::none);
    tabs_->addTab(layers_, QString());
    connect(layers_, &FigureView::clicked, this, [this](const Hit &hit) {
        if (shown() && hit.row >= 0)
            this->session().setParameter(hiddenView, QStringLiteral("layer"),
                                         hit.row == shown().now->layers() ? last_layer : hit.row - 1);
        if (shown() && hit.column > 0)
            this->session().setParameter(QStringLiteral("compared"), QStringLiteral("layer"), hit.column);
    });
    words_ = wordsTab();
    sentences_ = sentenceTab();
    tabs_->addTab(words_, QString());
    tabs_->addTab(sentences_, QString());
    tabs_->addTab(classes_, QString());
    for (const TokenTab &tab : {tokenClasses_, answer_, replaced_})
        tabs_->addTab(tab.tab, QString());
    for (QWidget *tab : {words_, sentences_})
        tab->installEventFilter(this);
    setBody(tabs_);
    offerWhy();
    retranslate();

    connect(layer_, &LayerSlider::layerChanged, this, [this](int layer) {
        // What is on the last layer stays there in another model.
        const bool last = shown() && layer + 1 == shown().trace().layers();
        this->session().setParameter(hiddenView, QStringLiteral("layer"), last ? last_layer : layer);
    });
    bindTabs(*tabs_, session, QStringLiteral("output-page"), QStringLiteral("tab"));
}

QWidget *OutputPage::hiddenTab()
{
    hidden_ = addFigure(hiddenView, Axis::query, Axis::dimension);
    hidden_->setOwnChoices([this] {
        return Parameters{{QStringLiteral("layer"), frame().layerOf(hiddenView)}};
    });
    lengths_ = addFigure(QStringLiteral("lengths"), Axis::none, Axis::none);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(hidden_);
    splitter->addWidget(lengths_);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({320, 240});
    deck_ = new FigureDeck(splitter);
    return deck_;
}

QWidget *OutputPage::wordsTab()
{
    wordsHint_ = new QLabel;
    wordsHint_->setWordWrap(true);
    tokens_ = new QListWidget;
    tokens_->setFlow(QListView::LeftToRight);
    tokens_->setWrapping(false);
    tokens_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    tokens_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tokens_->setSpacing(2);
    tokens_->setFixedHeight(textHeight(*tokens_, 3) + 12);
    tokens_->setMouseTracking(true);
    predictions_ = addFigure(QStringLiteral("predictions"), Axis::none, Axis::none);
    auto *tab = new QWidget;
    auto *layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(wordsHint_);
    layout->addWidget(tokens_);
    layout->addWidget(predictions_, 1);
    connect(tokens_, &QListWidget::currentRowChanged, this, [this](int token) {
        if (token >= 0)
            selection().pinQuery(token);
    });
    connect(tokens_, &QListWidget::itemActivated, this,
            [this](QListWidgetItem *item) { session().toggleReplacedByMask(tokens_->row(item)); });
    connect(tokens_, &QListWidget::itemEntered, this,
            [this](QListWidgetItem *item) { selection().hover({.query = tokens_->row(item)}); });
    return tab;
}

QWidget *OutputPage::sentenceTab()
{
    sentence_ = new QLabel;
    sentence_->setWordWrap(true);
    sentence_->setTextFormat(Qt::PlainText);
    sentence_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const auto sentence = [this](const QString &which) {
        CatalogueView *figure = addFigure(QStringLiteral("sentence-vector"), Axis::none, Axis::dimension,
                                          QStringLiteral("sentence-") + which);
        figure->setOwnChoices([which] { return Parameters{{QStringLiteral("sentence"), which}}; });
        figure->setSupplied(); // by the job that also knows the cosine
        return figure;
    };
    sentenceA_ = sentence(QStringLiteral("a"));
    sentenceB_ = sentence(QStringLiteral("b"));
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(sentenceA_);
    splitter->addWidget(sentenceB_);
    auto *tab = new QWidget;
    auto *layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 6, 0, 0);
    auto *line = new QHBoxLayout;
    line->addWidget(sentence_, 1);
    line->addWidget(whySimilar_, 0, Qt::AlignTop);
    layout->addLayout(line);
    layout->addWidget(splitter, 1);
    return tab;
}

OutputPage::TokenTab OutputPage::tokenTab(const QString &kind, Axis rows, Axis columns)
{
    TokenTab made{new QWidget, plainLabel()};
    made.line->setWordWrap(true);
    made.line->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    made.line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    made.line->setFixedHeight(textHeight(*made.line, 2) + 4); // nothing jumps while typing
    auto *layout = new QVBoxLayout(made.tab);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(made.line);
    layout->addWidget(addFigure(kind, rows, columns), 1);
    return made;
}

void OutputPage::fitFont()
{
    tokens_->setFixedHeight(textHeight(*this, 3) + 12);
    for (const TokenTab &tab : {tokenClasses_, answer_, replaced_})
        tab.line->setFixedHeight(textHeight(*this, 2) + 4);
}

void OutputPage::offerWhy()
{
    addWhy(
        *predictions_,
        [this](const Hit &hit) -> std::optional<TargetChoice> {
            const auto *words = std::any_cast<PredictedWords>(&predictions_->kept());
            if (!words || words->now != frame().shown() || hit.column < 0 ||
                hit.column >= static_cast<int>(words->words.size()))
                return std::nullopt;
            return TargetChoice{.kind = TargetChoice::Kind::word,
                                .token = anchorOf(words->now->encoding(), words->token),
                                .name = words->words[static_cast<std::size_t>(hit.column)].piece};
        },
        true);
    addWhy(
        *classes_,
        [this](const Hit &hit) -> std::optional<TargetChoice> {
            const auto &head = shown().trace().model().output.classification;
            if (!head || hit.column < 0)
                return std::nullopt;
            const QString label = head->labels.value(hit.column);
            return TargetChoice{.kind = TargetChoice::Kind::label,
                                .name = label.isEmpty() ? QString::number(hit.column + 1) : label};
        },
        true);
    connect(whySimilar_, &QPushButton::clicked, this,
            [this] { session().explain({.kind = TargetChoice::Kind::similarity}); });
}

QString OutputPage::title()
{
    return tr("Output");
}

void OutputPage::retranslate()
{
    layerLabel_->setText(tr("Hidden state:"));
    layer_->retranslate();
    deck_->setTitles({tr("All tokens"), tr("Through the layers")});
    tabs_->setTabText(tabs_->indexOf(tabs_->widget(0)), tr("Hidden state"));
    tabs_->setTabText(tabs_->indexOf(similarity_), tr("Similarity"));
    tabs_->setTabText(tabs_->indexOf(layers_), tr("Layers"));
    tabs_->setTabToolTip(tabs_->indexOf(layers_),
                         tr("How similar the layers are, of this run and the one that it is compared with"));
    tabs_->setTabText(tabs_->indexOf(words_), tr("Masked words"));
    tabs_->setTabText(tabs_->indexOf(sentences_), tr("Sentence"));
    tabs_->setTabText(tabs_->indexOf(classes_), tr("Classes"));
    tabs_->setTabText(tabs_->indexOf(tokenClasses_.tab), tr("Labels"));
    tabs_->setTabText(tabs_->indexOf(answer_.tab), tr("Answer"));
    tabs_->setTabText(tabs_->indexOf(replaced_.tab), tr("Replaced tokens"));
    wordsHint_->setText(
        tr("Double-click a token to hide it behind the mask token, and again to show it. The bars are "
           "what the model expects at the pinned token; click one to ask why."));
    whySimilar_->setText(tr("Why?"));
    whySimilar_->setToolTip(tr("Which tokens make the sentences similar"));
    tokens_->setAccessibleName(tr("Tokens"));
    vectors_ = {};
    sentencesAsked_.reset();
}

void OutputPage::showTabs()
{
    const OutputHeads &heads = shown().trace().model().output;
    const int mask = shown().trace().model().tokenizer ? shown().trace().model().tokenizer->mask_id() : -1;
    tabs_->setTabVisible(tabs_->indexOf(words_), heads.masked_word.has_value());
    tabs_->setTabVisible(tabs_->indexOf(classes_), heads.classification.has_value());
    tabs_->setTabVisible(tabs_->indexOf(tokenClasses_.tab), heads.token_classification.has_value());
    tabs_->setTabVisible(tabs_->indexOf(answer_.tab), heads.answer.has_value());
    tabs_->setTabVisible(tabs_->indexOf(replaced_.tab), heads.discriminator.has_value());
    wordsHint_->setVisible(mask >= 0);
}

void OutputPage::showTokens()
{
    const QStringList labels = tokenLabels(shown().trace());
    const QSignalBlocker blocker(tokens_);
    while (tokens_->count() > labels.size())
        delete tokens_->takeItem(tokens_->count() - 1);
    while (tokens_->count() < labels.size())
        tokens_->addItem(QString());
    for (int token = 0; token < labels.size(); ++token)
        tokens_->item(token)->setText(labels[token]);
    tokens_->setCurrentRow(pinned().query);
}

bool OutputPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show)
        refresh();
    return Page::eventFilter(watched, event);
}

void OutputPage::refresh()
{
    if (!shown())
        return;
    layer_->showLayer(frame().layerOf(hiddenView), shown().trace().layers());
    layer_->setEnabled(tabs_->currentIndex() < 2); // the others show the last layer
    showTabs();
    if (words_->isVisible()) {
        showTokens();
    }
    if (const TokenMarks *marks = frame().marks()) {
        const Trace &trace = *frame().shown();
        tokenClasses_.line->setText(labelsLine(trace, *marks));
        answer_.line->setText(answersLine(trace, *marks));
        replaced_.line->setText(replacedLine(trace, *marks));
    }
    if (sentences_->isVisible()) {
        askForSentences();
        QStringList lines;
        const SentenceVectors &vectors = vectors_.now;
        if (!vectors.problem.isEmpty())
            lines.append(vectors.problem);
        if (vectors.a.size() > 0)
            lines.append(tr("One vector of the whole sentence: %1.").arg(vectors.method));
        if (vectors.a.size() > 0 && vectors.b.size() > 0)
            lines.append(
                tr("Cosine of A and B: %1").arg(fixedNumber(static_cast<double>(vectors.cosine), 4)));
        sentence_->setText(lines.join(QLatin1Char('\n')));
        whySimilar_->setVisible(whyNoTarget(TargetChoice::Kind::similarity, frame()).isEmpty());
    }
}

void OutputPage::askForSentences()
{
    const ComparedTrace compared = shown();
    if (sentencesAsked_ && sentencesAsked_->now == compared.now &&
        sentencesAsked_->before == compared.before && sentencesAsked_->comparison == compared.comparison)
        return;
    sentencesAsked_ = compared;
    sentencesJob_.ask([compared](const JobControl &) { return comparedVectors(compared); });
}

} // namespace encoderscope
