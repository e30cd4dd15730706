// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/weights_page.h"

#include "ui/clear_button.h"
#include "ui/figures/catalogue/model_comparison_figures.h"
#include "ui/figures/catalogue/weight_figures.h"
#include "ui/pages/figure_deck.h"
#include "ui/pages/fitting_tabs.h"
#include "ui/pages/page_controls.h"
#include "ui/pages/size_slider.h"

#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStringListModel>
#include <QTabWidget>

#include <algorithm>
#include <array>

namespace encoderscope
{

namespace
{

const QString weightsView = QStringLiteral("weights");
const QString matrixName = QStringLiteral("matrix");
const QString weightHeadsName = QStringLiteral("heads");
const QString wordsView = QStringLiteral("words");
const QString wordName = QStringLiteral("word");
const QString costsView = QStringLiteral("costs");

/// In the order of the view's choices.
constexpr std::array matrices{WeightMatrix::query,
                              WeightMatrix::key,
                              WeightMatrix::value,
                              WeightMatrix::output,
                              WeightMatrix::query_key,
                              WeightMatrix::value_output,
                              WeightMatrix::up,
                              WeightMatrix::gate_value,
                              WeightMatrix::down,
                              WeightMatrix::biases,
                              WeightMatrix::up_bias,
                              WeightMatrix::norms,
                              WeightMatrix::token_embedding,
                              WeightMatrix::position_embedding,
                              WeightMatrix::relative_key,
                              WeightMatrix::relative_query,
                              WeightMatrix::relative_bias};

Axis rowsOfMatrix(WeightMatrix which)
{
    switch (which) {
    case WeightMatrix::query:
    case WeightMatrix::key:
    case WeightMatrix::value:
    case WeightMatrix::query_key:
    case WeightMatrix::value_output:
    case WeightMatrix::up:
    case WeightMatrix::gate_value:
        return Axis::dimension;
    case WeightMatrix::down:
        return Axis::neuron;
    default:
        return Axis::none;
    }
}

Axis columnsOfMatrix(WeightMatrix which)
{
    switch (which) {
    case WeightMatrix::query:
    case WeightMatrix::key:
    case WeightMatrix::value:
    case WeightMatrix::query_key: // its rows are dimensions, too
    case WeightMatrix::relative_key:
    case WeightMatrix::relative_query:
    case WeightMatrix::relative_bias:
        return Axis::none;
    case WeightMatrix::up:
    case WeightMatrix::gate_value:
    case WeightMatrix::up_bias:
        return Axis::neuron;
    default:
        return Axis::dimension;
    }
}

QSplitter *split(Qt::Orientation orientation, std::initializer_list<QWidget *> parts, const QList<int> &sizes)
{
    auto *splitter = new QSplitter(orientation);
    for (QWidget *part : parts)
        splitter->addWidget(part);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes(sizes);
    return splitter;
}

} // namespace

WeightsPage::WeightsPage(Session &session, QWidget *parent)
    : Page(session, parent)
    , tabs_(new FittingTabs(this))
    , listing_([this](const Result<QStringList> &pieces) {
        if (pieces)
            pieces_->setStringList(*pieces);
    })
{
    tabs_->addTab(matrixTab(), QString());
    tabs_->addTab(addFigure(QStringLiteral("weight-table"), Axis::none, Axis::none), QString());
    tabs_->addTab(wordsTab(), QString());
    tabs_->addTab(costsTab(), QString());
    changes_ = addFigure(QStringLiteral("weight-changes"), Axis::none, Axis::none);
    tabs_->addTab(changes_, QString());
    connect(changes_, &FigureView::clicked, this, [this](const Hit &hit) { openBlock(hit.column); });
    setBody(tabs_);
    retranslate();
    bindChoice(*matrix_, session, weightsView, matrixName);
    bindChoice(*heads_, session, weightsView, weightHeadsName);
    bindTabs(*tabs_, session, QStringLiteral("weights-page"), QStringLiteral("tab"));
    connect(&session, &Session::stateChanged, this, &WeightsPage::showWord);
    connect(&session, &Session::stateChanged, this, &WeightsPage::showSizes);
    showWord();
}

/// A block whose weights differ, in the tab of one matrix.
void WeightsPage::openBlock(int place)
{
    const auto *weights = std::any_cast<ComparedWeights>(&changes_->kept());
    if (!weights || place < 0 || place >= static_cast<int>(weights->changes.blocks.size()))
        return;
    const WeightChange &block = weights->changes.blocks[static_cast<std::size_t>(place)];
    if (block.layer >= 0)
        selection().pinLayer(block.layer);
    session().setParameter(weightsView, matrixName,
                           viewKind(weightsView, matrixName).choices[static_cast<int>(block.block)]);
    tabs_->setCurrentIndex(0);
}

QWidget *WeightsPage::matrixTab()
{
    matrixLabel_ = new QLabel;
    matrix_ = new QComboBox;
    heads_ = new QComboBox;
    place_ = new QLabel;
    matrixLabel_->setBuddy(matrix_);
    auto *row = new WrappingRow;
    row->addWidget(matrixLabel_);
    row->addWidget(matrix_);
    row->addWidget(heads_);
    row->addStretch();
    row->addWidget(place_);

    heatmap_ = addFigure(weightsView, Axis::dimension, Axis::none);
    QList<QWidget *> beside;
    for (const char *kind : {"weight-summary", "weight-histogram", "singular-values"}) {
        CatalogueView *figure = addFigure(QLatin1String(kind), Axis::none, Axis::none);
        figure->setOwnChoices([this] { return frame().parameters(weightsView); });
        beside.append(figure);
    }
    auto *numbers = split(Qt::Vertical, {beside[0], beside[1], beside[2]}, {232, 178, 178});
    deck_ = new FigureDeck(split(Qt::Horizontal, {heatmap_, numbers}, {420, 300}));
    return column(row, deck_);
}

QWidget *WeightsPage::wordsTab()
{
    wordLabel_ = new QLabel;
    word_ = new QLineEdit;
    word_->setMaxLength(static_cast<int>(viewKind(wordsView, wordName).highest));
    word_->setMaximumWidth(240);
    addClearButton(word_);
    wordLabel_->setBuddy(word_);
    pieces_ = new QStringListModel(this);
    auto *completer = new QCompleter(pieces_, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    word_->setCompleter(completer);
    auto *row = new QHBoxLayout;
    row->addWidget(wordLabel_);
    row->addWidget(word_);
    row->addStretch(1);
    const auto choose = [this](const QString &text) { session().setParameter(wordsView, wordName, text); };
    connect(word_, &QLineEdit::textEdited, this, choose);
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this, choose);

    CatalogueView *vector = addFigure(QStringLiteral("word-vector"), Axis::none, Axis::dimension);
    CatalogueView *nearest = addFigure(QStringLiteral("nearest-words"), Axis::none, Axis::none);
    for (CatalogueView *figure : {vector, nearest})
        figure->setOwnChoices([this] { return Parameters{{wordName, word()}}; });
    connect(nearest, &FigureView::clicked, this, [nearest, choose](const Hit &hit) {
        const FigurePtr figure = nearest->figure();
        const auto *bars = figure ? std::get_if<BarsData>(&figure->content) : nullptr;
        if (bars && hit.column >= 0 && hit.column < bars->labels.size())
            choose(bars->labels[hit.column]);
    });
    return column(row, split(Qt::Vertical, {vector, nearest}, {220, 320}));
}

QWidget *WeightsPage::costsTab()
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    const ParameterKinds &kinds = viewKinds().at(costsView);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        auto *slider = new SizeSlider(1, static_cast<int>(kinds[i].highest));
        connect(slider, &SizeSlider::sizeChosen, this,
                [this, name = kinds[i].name](int size) { session().setParameter(costsView, name, size); });
        grid->addWidget(slider, static_cast<int>(i) / 2, static_cast<int>(i) % 2);
        sizes_.append(slider);
    }
    own_ = new QPushButton;
    connect(own_, &QPushButton::clicked, this, [this] {
        for (const ParameterKind &kind : viewKinds().at(costsView))
            session().setParameter(costsView, kind.name, 0);
    });
    grid->addWidget(own_, 2, 1, Qt::AlignRight);
    return column(grid, addFigure(costsView, Axis::none, Axis::none));
}

QString WeightsPage::title()
{
    return tr("Weights");
}

void WeightsPage::retranslate()
{
    deck_->setTitles({tr("Matrix"), tr("In numbers"), tr("Distribution"), tr("Singular values")});
    tabs_->setTabText(0, tr("One matrix"));
    tabs_->setTabText(1, tr("The layer in numbers"));
    tabs_->setTabText(2, tr("Words"));
    tabs_->setTabText(3, tr("Costs"));
    tabs_->setTabText(4, tr("Changes"));
    tabs_->setTabToolTip(4, tr("Which weights differ most from those of the model that is compared with"));
    matrixLabel_->setText(tr("Matrix:"));
    QStringList names;
    for (const WeightMatrix which : matrices)
        names.append(weightSymbol(which));
    setTexts(*matrix_, names);
    setTexts(*heads_, {tr("of the head"), tr("of all heads")});
    heads_->setAccessibleName(tr("Heads"));
    wordLabel_->setText(tr("Word:"));
    word_->setPlaceholderText(tr("the pinned token"));
    word_->setToolTip(tr("A piece of the vocabulary. Click a neighbour below to go on to it."));
    const QStringList sizes{QStringLiteral("d_model"), tr("layers"), tr("heads"), QStringLiteral("d_ff"),
                            tr("tokens")};
    for (qsizetype i = 0; i < sizes_.size(); ++i)
        sizes_[i]->setName(sizes.value(i));
    own_->setText(tr("As the model is"));
    if (shown())
        refresh();
}

void WeightsPage::showMatrix()
{
    const WeightMatrix which = matrices[static_cast<std::size_t>(chosenIndex(weightsView, matrixName))];
    const EncoderConfig &config = shown().trace().config();
    offerFrom(*matrix_, static_cast<int>(WeightMatrix::gate_value), {config.gated});
    offerFrom(*matrix_, static_cast<int>(WeightMatrix::relative_key),
              {config.relative_products.content_to_position, config.relative_products.position_to_content,
               config.relative_buckets > 0});
    heatmap_->setAxes(rowsOfMatrix(which), columnsOfMatrix(which));
    const bool product = which == WeightMatrix::query_key || which == WeightMatrix::value_output;
    heads_->setEnabled(isOfHeads(which) && !product);
    const bool ofHead = product || (isOfHeads(which) && chosenIndex(weightsView, weightHeadsName) == 0);
    const bool table = which == WeightMatrix::token_embedding || which == WeightMatrix::position_embedding;
    place_->setText(table    ? QString()
                    : ofHead ? tr("layer %1 · head %2").arg(pinned().layer + 1).arg(pinned().head + 1)
                             : tr("layer %1").arg(pinned().layer + 1));
}

QString WeightsPage::word() const
{
    const QString asked = chosen<QString>(wordsView, wordName);
    return asked.trimmed().isEmpty() ? shown().trace().token(pinned().query).piece : asked;
}

void WeightsPage::showWord()
{
    const QString text = wanted<QString>(wordsView, wordName);
    if (word_->text() != text)
        word_->setText(text);
}

void WeightsPage::showSizes()
{
    if (!shown())
        return;
    const EncoderConfig &model = shown().trace().config();
    const std::array own{model.d_model, model.layers, model.heads, model.d_ff, shown().trace().tokens()};
    const ParameterKinds &kinds = viewKinds().at(costsView);
    for (std::size_t i = 0; i < kinds.size(); ++i)
        sizes_[static_cast<qsizetype>(i)]->showSize(wanted<int>(costsView, kinds[i].name), own[i]);
}

void WeightsPage::listPieces()
{
    const ModelPtr model = shown().trace().model_pointer();
    if (std::exchange(listed_, model) == model || !model->tokenizer)
        return;
    listing_.ask([model](const JobControl &control) {
        QStringList pieces;
        const int all = model->tokenizer->vocabulary_size();
        for (int id = 0; id < all && !control.stop().stop_requested(); ++id)
            pieces.append(model->tokenizer->piece(id));
        return pieces;
    });
}

void WeightsPage::refresh()
{
    showMatrix();
    showSizes();
    listPieces();
}

} // namespace encoderscope
