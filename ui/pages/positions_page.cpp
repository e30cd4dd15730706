// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/positions_page.h"

#include "ui/figures/catalogue/position_figures.h"
#include "ui/pages/figure_deck.h"
#include "ui/pages/page_controls.h"
#include "ui/text_height.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int exponents = 10; // what they take above two lines
const QString positionsView = QStringLiteral("positions");
const QString pairsName = QStringLiteral("pairs");
const QString positionsName = QStringLiteral("positions");

QLabel *formulaLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::RichText);
    // As high as two lines with exponents, whatever it says and however narrow the page is.
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    label->setFixedHeight(textHeight(*label, 2) + exponents);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// An exponent in the first line would be cut off at the label's upper edge.
QString withRoomAbove(const QString &html)
{
    return QStringLiteral("<div style=\"font-size:4px\">&nbsp;</div><div>%1</div>").arg(html);
}

} // namespace

PositionsPage::PositionsPage(Session &session, QWidget *parent)
    : Page(session, parent)
    , pairsLabel_(new QLabel(this))
    , positionsLabel_(new QLabel(this))
    , kind_(new QLabel(this))
    , general_(formulaLabel(this))
    , formula_(formulaLabel(this))
    , pairs_(new QLineEdit(this))
    , positions_(new QComboBox(this))
{
    pairsLabel_->setBuddy(pairs_);
    positionsLabel_->setBuddy(positions_);
    pairs_->setMaximumWidth(180);
    positions_->addItems(viewKind(positionsView, positionsName).choices);
    controls()->addWidget(pairsLabel_);
    controls()->addWidget(pairs_);
    controls()->addWidget(positionsLabel_);
    controls()->addWidget(positions_);
    controls()->addStretch();
    controls()->addWidget(kind_);

    curves_ = addFigure(QStringLiteral("position-curves"), Axis::none, Axis::none);
    curves_->setOwnChoices([this] {
        const auto longest = static_cast<qsizetype>(viewKind(positionsView, pairsName).highest);
        QStringList all;
        for (const int pair : pairs())
            all.append(QString::number(pair));
        return Parameters{{pairsName, all.join(QStringLiteral(", ")).left(longest)},
                          {positionsName, positions()},
                          {QStringLiteral("position"), position()}};
    });
    rotation_ = addFigure(QStringLiteral("rotation"), Axis::none, Axis::none);
    rotation_->setContext(LinkedView::Context::head);
    rotation_->setOwnChoices([this] {
        const auto longest = static_cast<qsizetype>(viewKind(positionsView, pairsName).highest);
        return Parameters{{pairsName, pairs_->text().left(longest)}};
    });
    rotation_->hide();
    slopes_ = addFigure(QStringLiteral("slopes"), Axis::none, Axis::none);
    slopes_->setOwnChoices([this] { return Parameters{{positionsName, positions()}}; });
    slopes_->hide();
    bias_ = addFigure(QStringLiteral("distance-bias"), Axis::none, Axis::none);
    bias_->setOwnChoices([this] { return Parameters{{positionsName, positions()}}; });
    bias_->hide();
    heatmap_ = addFigure(QStringLiteral("position-table"), Axis::query, Axis::dimension);
    products_ = addFigure(QStringLiteral("position-products"), Axis::query, Axis::key);
    for (CatalogueView *figure : {heatmap_, products_})
        figure->setOwnChoices([this] { return Parameters{{positionsName, positions()}}; });

    auto *top = new QWidget;
    auto *column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(curves_, 1);
    column->addWidget(rotation_, 1);
    column->addWidget(slopes_, 1);
    column->addWidget(bias_, 1);
    column->addWidget(general_);
    column->addWidget(formula_);
    auto *bottom = new QSplitter(Qt::Horizontal);
    bottom->addWidget(heatmap_);
    bottom->addWidget(products_);
    bottom->setChildrenCollapsible(false);
    auto *body = new QSplitter(Qt::Vertical);
    body->addWidget(top);
    body->addWidget(bottom);
    body->setSizes({380, 260});
    body->setChildrenCollapsible(false);
    deck_ = new FigureDeck(body);
    setBody(deck_);
    retranslate();

    pairs_->setMaxLength(static_cast<int>(viewKind(positionsView, pairsName).highest));
    connect(pairs_, &QLineEdit::textEdited, this,
            [this](const QString &text) { this->session().setParameter(positionsView, pairsName, text); });
    connect(&session, &Session::stateChanged, this, &PositionsPage::showPairs);
    showPairs();
    bindChoice(*positions_, session, positionsView, positionsName);
    for (CatalogueView *figure : {curves_, heatmap_, products_}) {
        connect(figure, &FigureView::hovered, this, [this, figure](const Hit &hit) {
            const bool sine = shown().trace().config().positions == Positions::sinusoidal;
            hoveredPosition_ =
                figure == curves_ && sine ? (hit.row + curve_steps / 2) / curve_steps : hit.row;
            refreshHovered();
        });
        connect(figure, &FigureView::left, this, [this] {
            hoveredPosition_ = -1;
            refreshHovered();
        });
    }
}

void PositionsPage::fitFont()
{
    for (QLabel *label : {general_, formula_})
        label->setFixedHeight(textHeight(*this, 2) + exponents);
}

QString PositionsPage::title()
{
    return tr("Positions");
}

void PositionsPage::retranslate()
{
    pairsLabel_->setText(tr("Dimension pairs:"));
    pairs_->setToolTip(tr("Numbers and ranges, such as 0, 4, 8-10. Pair i is the dimensions 2i and 2i+1."));
    positionsLabel_->setText(tr("Positions:"));
    deck_->setTitles({tr("By position"), tr("Table"), tr("Dot products")});
}

void PositionsPage::showPairs()
{
    const QString text = wanted<QString>(positionsView, pairsName);
    if (pairs_->text() != text)
        pairs_->setText(text);
}

int PositionsPage::positions() const
{
    return chosen<QString>(positionsView, positionsName).toInt();
}

Matrix PositionsPage::table() const
{
    return positionTable(session().shown().trace().model(), positions());
}

QList<int> PositionsPage::pairs() const
{
    const int count = (session().shown().trace().config().embedding_size + 1) / 2;
    QList<int> all = readPairs(chosen<QString>(positionsView, pairsName), count);
    const int pinnedDimension = session().selection().pinned().dimension;
    if (pinnedDimension >= 0 && pinnedDimension / 2 < count && !all.contains(pinnedDimension / 2))
        all.append(pinnedDimension / 2);
    return all;
}

int PositionsPage::position() const
{
    if (hoveredPosition_ >= 0)
        return hoveredPosition_;
    const int hoveredToken = selection().hovered().query;
    return hoveredToken >= 0 ? hoveredToken : selection().pinned().query;
}

int PositionsPage::dimension() const
{
    for (const int dimension : {selection().hovered().dimension, selection().pinned().dimension}) {
        if (dimension >= 0)
            return dimension;
    }
    const QList<int> all = pairs();
    return all.isEmpty() ? 0 : 2 * all.front();
}

QString PositionsPage::biasSentence() const
{
    const EncoderConfig &config = shown().trace().config();
    return tr("Each head adds a learned bias to the scores: one for each distance below %1, and shared ones "
              "for "
              "greater distances.")
        .arg(config.relative_buckets / 4);
}

QString PositionsPage::slowedSentence() const
{
    const double slowing = shown().trace().config().turn_rate(pinned().layer)->slowing;
    return slowing == 1.0 ? QString() : u' ' + tr("All angles are divided by %1.").arg(slowing);
}

void PositionsPage::refresh()
{
    const Positions kind = shown().trace().config().positions;
    const bool sinusoidal = kind == Positions::sinusoidal;
    const bool slopes = shown().trace().config().distance_slopes;
    const bool bias = shown().trace().config().relative_buckets > 0;
    const bool alone = kind == Positions::none && bias;
    curves_->setVisible(kind != Positions::rotary && !slopes && !alone);
    rotation_->setVisible(kind == Positions::rotary);
    slopes_->setVisible(slopes);
    bias_->setVisible(bias);
    const bool relative = shown().trace().config().relative_products.rows > 0;
    if (!shown().trace().has(TracePart::embedding_stages)) {
        kind_->setText(tr("not recorded"));
        general_->clear();
        formula_->clear();
        return;
    }
    kind_->setText(sinusoidal                   ? tr("sine and cosine")
                   : kind == Positions::learned ? tr("learned by training")
                   : kind == Positions::rotary  ? tr("rotary")
                   : relative || slopes || bias ? tr("by distance")
                                                : tr("no positions"));
    if (sinusoidal)
        general_->setText(
            withRoomAbove(QStringLiteral("PE(pos, 2i) = sin(pos / 10000<sup>2i/d_model</sup>)<br>"
                                         "PE(pos, 2i+1) = cos(pos / 10000<sup>2i/d_model</sup>)")));
    else
        general_->setText(
            kind == Positions::learned
                ? tr("This model looks its positions up in a table that training has made.") +
                      (bias ? u' ' + biasSentence() : QString())
            : kind == Positions::rotary
                ? tr("Each layer turns dimensions i and i + d_k/2 of every query and key by "
                     "θ = pos · %1<sup>−2i/d_k</sup>.")
                          .arg(shown().trace().config().turn_rate(pinned().layer)->base) +
                      slowedSentence()
            : relative ? tr("The scores have products with keys and queries of the tokens' distance.")
            : slopes   ? tr("Each head takes a slope of its own times the tokens' distance from the scores.")
            : bias     ? biasSentence()
                       : QString());
    refreshHovered();
}

void PositionsPage::refreshHovered()
{
    if (!shown() || !shown().trace().has(TracePart::embedding_stages))
        return;
    const Model &model = shown().trace().model();
    formula_->setText(
        withRoomAbove(positionFormula(model, positionTable(model, positions()), position(), dimension())));
    curves_->remake(); // it has a line at the position
}

} // namespace encoderscope
