// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/output_page.h"

#include "ui/figures/trace_figures.h"
#include "ui/pages/page_controls.h"
#include "ui/pages/page_figures.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

namespace encoderscope
{

namespace
{

constexpr int shown_words = 12;
const QString view = QStringLiteral("hidden");

} // namespace

OutputPage::OutputPage(Session &session, QWidget *parent)
    : Page(session, parent)
    , layerLabel_(new QLabel(this))
    , layer_(new LayerSlider(this))
    , tabs_(new QTabWidget(this))
    , wordsJob_([this](const Result<Words> &words) {
        shownWords_ = words ? *words : Words();
        predictions_->setEmptyText(words ? tr("Computing…") : words.problem());
        predictions_->remake();
    })
    , sentencesJob_([this](const Result<SentenceVectors> &vectors) {
        vectors_ = vectors ? *vectors : SentenceVectors();
        vectors_.problem += vectors.problem();
        refresh();
        sentenceA_->remake();
        sentenceB_->remake();
    })
{
    controls()->addWidget(layerLabel_);
    controls()->addWidget(layer_);
    controls()->addStretch(1);

    similarity_ =
        addView(Axis::query, Axis::key, [this] { return similarityFigure(shown(), frame().layerOf(view)); });
    classes_ = addView(Axis::none, Axis::none, [this]() -> FigurePtr {
        if (!shown().trace().model().output.classification)
            return nullptr;
        return classesFigure(shown().trace(), class_predictions(shown().trace()), classes_->style());
    });
    tabs_->setDocumentMode(true);
    tabs_->addTab(hiddenTab(), QString());
    tabs_->addTab(similarity_, QString());
    words_ = wordsTab();
    sentences_ = sentenceTab();
    tabs_->addTab(words_, QString());
    tabs_->addTab(sentences_, QString());
    tabs_->addTab(classes_, QString());
    setBody(tabs_);
    retranslate();

    connect(layer_, &LayerSlider::layerChanged, this, [this](int layer) {
        // What is on the last layer stays there in another model.
        const bool last = shown() && layer + 1 == shown().trace().layers();
        this->session().setParameter(view, QStringLiteral("layer"), last ? last_layer : layer);
    });
    bindTabs(*tabs_, session, QStringLiteral("output-page"), QStringLiteral("tab"));
}

QWidget *OutputPage::hiddenTab()
{
    hidden_ = addView(Axis::query, Axis::dimension,
                      [this] { return hiddenFigure(shown(), frame().layerOf(view)); });
    lengths_ = addView(Axis::none, Axis::none,
                       [this] { return contributionsFigure(shown(), pinned().query, lengths_->style()); });
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(hidden_);
    splitter->addWidget(lengths_);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({320, 240});
    return splitter;
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
    tokens_->setFixedHeight(tokens_->fontMetrics().height() * 3 + 12);
    tokens_->setMouseTracking(true);
    predictions_ = addView(Axis::none, Axis::none, [this]() -> FigurePtr {
        if (!shownWords_.trace)
            return nullptr;
        return predictionsFigure(*shownWords_.trace, shownWords_.token, shownWords_.predictions,
                                 predictions_->style());
    });
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
    const auto maker = [this](bool second) -> FigurePtr {
        const RowVector &vector = second ? vectors_.b : vectors_.a;
        if (!vectors_.trace || vector.size() == 0)
            return nullptr;
        return vectorFigure(vector, second ? tr("Vector of sentence B") : tr("Vector of sentence A"),
                            second ? QStringLiteral("sentence-b") : QStringLiteral("sentence-a"),
                            figureCaption(*vectors_.trace), tr("dimension"),
                            (second ? sentenceB_ : sentenceA_)->style());
    };
    sentenceA_ = addView(Axis::none, Axis::dimension, [maker] { return maker(false); });
    sentenceB_ = addView(Axis::none, Axis::dimension, [maker] { return maker(true); });
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(sentenceA_);
    splitter->addWidget(sentenceB_);
    auto *tab = new QWidget;
    auto *layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(sentence_);
    layout->addWidget(splitter, 1);
    return tab;
}

QString OutputPage::title() const
{
    return tr("Output");
}

void OutputPage::retranslate()
{
    layerLabel_->setText(tr("Hidden state:"));
    layer_->retranslate();
    tabs_->setTabText(tabs_->indexOf(tabs_->widget(0)), tr("Hidden state"));
    tabs_->setTabText(tabs_->indexOf(similarity_), tr("Similarity"));
    tabs_->setTabText(tabs_->indexOf(words_), tr("Masked words"));
    tabs_->setTabText(tabs_->indexOf(sentences_), tr("Sentence"));
    tabs_->setTabText(tabs_->indexOf(classes_), tr("Classes"));
    wordsHint_->setText(
        tr("Double-click a token to hide it behind the mask token, and again to show it. The bars are "
           "what the model expects at the pinned token."));
    tokens_->setAccessibleName(tr("Tokens"));
    predictions_->setEmptyText(tr("Computing…"));
    sentenceB_->setEmptyText(tr("Add a sentence B to compare it with A."));
    vectors_ = {};
    sentencesAsked_.reset();
}

void OutputPage::showTabs()
{
    const OutputHeads &heads = shown().trace().model().output;
    const int mask = shown().trace().model().tokenizer ? shown().trace().model().tokenizer->mask_id() : -1;
    tabs_->setTabVisible(tabs_->indexOf(words_), heads.masked_word.has_value());
    tabs_->setTabVisible(tabs_->indexOf(classes_), heads.classification.has_value());
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

void OutputPage::refresh()
{
    if (!shown())
        return;
    layer_->showLayer(frame().layerOf(view), shown().trace().layers());
    layer_->setEnabled(tabs_->currentIndex() < 2); // the others show the last layer
    showTabs();
    if (words_->isVisible()) {
        showTokens();
        askForWords();
    }
    if (sentences_->isVisible()) {
        askForSentences();
        QStringList lines;
        if (!vectors_.problem.isEmpty())
            lines.append(vectors_.problem);
        if (vectors_.a.size() > 0)
            lines.append(tr("One vector of the whole sentence: %1.").arg(vectors_.method));
        if (vectors_.a.size() > 0 && vectors_.b.size() > 0)
            lines.append(tr("Cosine of A and B: %1").arg(static_cast<double>(vectors_.cosine), 0, 'f', 4));
        sentence_->setText(lines.join(QLatin1Char('\n')));
    }
}

void OutputPage::askForWords()
{
    const TracePtr trace = shown().comparison == Comparison::before ? shown().before : shown().now;
    const int token = pinned().query;
    if (!trace->model().output.masked_word || (trace == wordsAsked_ && token == wordAsked_))
        return;
    wordsAsked_ = trace;
    wordAsked_ = token;
    wordsJob_.ask([trace, token](const JobControl &) {
        return Words{trace, token, masked_word_predictions(*trace, token, shown_words)};
    });
}

void OutputPage::askForSentences()
{
    const TracePtr trace = shown().comparison == Comparison::before ? shown().before : shown().now;
    if (trace == sentencesAsked_)
        return;
    sentencesAsked_ = trace;
    sentencesJob_.ask([trace](const JobControl &) { return sentenceVectors(trace); });
}

} // namespace encoderscope
