// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/feed_forward_page.h"

#include "engine/analysis/contributions.h"
#include "ui/figures/catalogue/feed_forward_figures.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/pages/figure_deck.h"
#include "ui/pages/fitting_tabs.h"
#include "ui/pages/page_controls.h"
#include "ui/state/chosen_target.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace encoderscope
{

namespace
{

const QString feedForwardView = QStringLiteral("feed-forward");
const QString feedForwardStageName = QStringLiteral("stage");

constexpr std::array activations{Activation::relu,         Activation::gelu,       Activation::gelu_tanh,
                                 Activation::silu,         Activation::quick_gelu, Activation::mish,
                                 Activation::relu_squared, Activation::identity};

} // namespace

FeedForwardPage::FeedForwardPage(Session &session, QWidget *parent)
    : Page(session, parent)
    , stageLabel_(new QLabel(this))
    , activationLabel_(new QLabel(this))
    , share_(new QLabel(this))
    , stage_(new QComboBox(this))
    , activation_(new QComboBox(this))
    , tabs_(new FittingTabs(this))
    , numberLabel_(new QLabel(this))
    , number_(new QSpinBox(this))
{
    stageLabel_->setBuddy(stage_);
    activationLabel_->setBuddy(activation_);
    numberLabel_->setBuddy(number_);
    number_->setObjectName(QStringLiteral("neuron-number"));
    number_->setKeyboardTracking(false);
    for (QWidget *widget : std::initializer_list<QWidget *>{stageLabel_, stage_, activationLabel_,
                                                            activation_, numberLabel_, number_})
        controls()->addWidget(widget);
    controls()->addStretch();

    heatmap_ = addFigure(feedForwardView, Axis::query, Axis::neuron);
    heatmap_->setContext(LinkedView::Context::layer);
    strongest_ = addFigure(QStringLiteral("neurons"), Axis::none, Axis::neuron);
    curve_ = addFigure(QStringLiteral("activation"), Axis::neuron, Axis::none);
    curve_->setLinkedSeries(1);
    curve_->setOwnChoices([this] { return Parameters{{QStringLiteral("neuron"), hovered().neuron}}; });

    neuron_ = addFigure(QStringLiteral("neuron"), Axis::none, Axis::query);

    tabs_->addTab(curve_, QString());
    tabs_->addTab(neuron_, QString());
    tabs_->addTab(addFigure(QStringLiteral("neuron-weights"), Axis::none, Axis::dimension), QString());
    tabs_->addTab(addFigure(QStringLiteral("neuron-words"), Axis::none, Axis::none), QString());
    tabs_->addTab(separationTab(), QString());
    auto *bottom = new QSplitter(Qt::Horizontal);
    bottom->addWidget(strongest_);
    bottom->addWidget(tabs_);
    bottom->setChildrenCollapsible(false);
    bottom->setSizes({220, 480}); // five tabs
    auto *body = new QSplitter(Qt::Vertical);
    body->addWidget(heatmap_);
    body->addWidget(bottom);
    body->setChildrenCollapsible(false);
    body->setSizes({260, 320});
    // Below, as wide as the page: a long token must not make the page wider.
    share_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    share_->setTextFormat(Qt::PlainText);
    share_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    deck_ = new FigureDeck(body);
    column->addWidget(deck_, 1);
    column->addWidget(share_);
    setBody(content);
    retranslate();
    bindChoice(*stage_, session, feedForwardView, feedForwardStageName);
    bindTabs(*tabs_, session, QStringLiteral("feed-forward-page"), QStringLiteral("tab"));
    connect(tabs_->tabBar(), &QTabBar::currentChanged, this, &FeedForwardPage::makeRoom);
    makeRoom();

    const auto neuron = [this](int token, int index) -> std::optional<TargetChoice> {
        const std::optional<TokenAnchor> anchor =
            index < 0 || token < 0 ? std::nullopt : anchorInRun(frame(), token);
        if (!anchor)
            return std::nullopt;
        return TargetChoice{
            .kind = TargetChoice::Kind::neuron, .token = anchor, .layer = pinned().layer, .index = index};
    };
    addWhy(
        *heatmap_, [neuron](const Hit &hit) { return neuron(hit.row, hit.column); }, false);
    addWhy(
        *strongest_, [this, neuron](const Hit &hit) { return neuron(pinned().query, hit.column); }, false);
    addWhy(
        *neuron_, [this, neuron](const Hit &hit) { return neuron(hit.column, pinned().neuron); }, false);

    connect(activation_, &QComboBox::activated, this, &FeedForwardPage::chooseActivation);
    connect(number_, &QSpinBox::valueChanged, this, [this](int number) { selection().pinNeuron(number); });
    connect(&session, &Session::stateChanged, this, &FeedForwardPage::showActivation);
    connect(&selection(), &Selection::hoveredChanged, curve_, [this, last = -1]() mutable {
        if (hovered().neuron == last)
            return;
        last = hovered().neuron;
        curve_->remake();
    });
}

/// The last tab shows networks of its own, two side by side: what belongs to the model's gives way.
void FeedForwardPage::makeRoom()
{
    const bool own = tabs_->currentIndex() == tabs_->count() - 1;
    for (QWidget *other : {heatmap_, strongest_})
        deck_->setPartVisible(other, !own);
}

/// Below the first one stands the token's strongest.
void FeedForwardPage::showNeuron()
{
    const QSignalBlocker blocker(number_);
    number_->setRange(-1, shown().trace().config().d_ff - 1);
    number_->setValue(pinned().neuron);
}

QWidget *FeedForwardPage::separationTab()
{
    const QString separation = QStringLiteral("separation");
    const QString parameter = QStringLiteral("steps");
    const ParameterKind &kind = viewKind(separation, parameter);
    stepsLabel_ = new QLabel;
    steps_ = new QSlider(Qt::Horizontal);
    steps_->setRange(0, 600);
    stepsLabel_->setBuddy(steps_);
    auto *row = new QHBoxLayout;
    row->addWidget(stepsLabel_);
    row->addWidget(steps_, 1);
    auto *tab = new QWidget;
    auto *column = new QVBoxLayout(tab);
    column->setContentsMargins(0, 6, 0, 0);
    column->addLayout(row);
    column->addWidget(addFigure(separation, Axis::none, Axis::none), 1);
    connect(steps_, &QSlider::valueChanged, this,
            [this, separation, &kind](int steps) { session().setParameter(separation, kind.name, steps); });
    const auto show = [this, separation, &kind] {
        const QSignalBlocker blocker(steps_);
        steps_->setValue(wanted<int>(separation, kind.name));
    };
    connect(&session(), &Session::stateChanged, this, show);
    show();
    return tab;
}

QString FeedForwardPage::title()
{
    return tr("FFN");
}

void FeedForwardPage::retranslate()
{
    stageLabel_->setText(tr("Show:"));
    setTexts(*stage_, {tr("before the activation"), tr("after the activation"), tr("gate"), tr("value")});
    activationLabel_->setText(tr("Activation:"));
    showActivation();
    deck_->setTitles({tr("All neurons"), tr("The strongest"), tr("In detail")});
    tabs_->setTabText(0, tr("Activation"));
    tabs_->setTabText(1, tr("Neuron"));
    tabs_->setTabText(2, tr("Weights"));
    tabs_->setTabText(3, tr("Words"));
    tabs_->setTabText(4, tr("No activation"));
    stepsLabel_->setText(tr("Training step:"));
    numberLabel_->setText(tr("Neuron:"));
    number_->setSpecialValueText(tr("the strongest"));
    number_->setToolTip(tr("Which neuron the tabs below show; it is pinned everywhere"));
}

void FeedForwardPage::showActivation()
{
    if (!session().model())
        return;
    QStringList names{tr("the model's (%1)").arg(activationName(session().model()->config.activation))};
    for (const Activation one : activations)
        names.append(one == Activation::identity ? tr("none (identity)") : activationName(one));
    if (activation_->count() != names.size() || activation_->itemText(0) != names.front())
        setTexts(*activation_, names);
    const auto &chosen = session().switches().activation;
    const auto found =
        chosen ? std::find(activations.begin(), activations.end(), *chosen) : activations.end();
    activation_->setCurrentIndex(
        found == activations.end() ? 0 : static_cast<int>(found - activations.begin()) + 1);
}

void FeedForwardPage::chooseActivation(int chosen)
{
    Switches changed = session().switches();
    changed.activation.reset();
    if (chosen > 0)
        changed.activation = activations[static_cast<std::size_t>(chosen - 1)];
    if (changed == session().switches())
        return;
    session().setSwitches(changed, chosen > 0 ? tr("Activation %1").arg(activation_->itemText(chosen))
                                              : tr("Activation of the model"));
}

void FeedForwardPage::refresh()
{
    showNeuron();
    const Trace &trace = shown().trace();
    const bool gated = trace.config().gated;
    stage_->setItemText(1, gated ? tr("gate × value") : tr("after the activation"));
    offerFrom(*stage_, 2, {gated, gated});
    if (!trace.has(TracePart::activated, pinned().layer)) {
        share_->clear();
        return;
    }
    const Matrix shares = active_share(trace, pinned().layer);
    share_->setText(tr("layer %1 · active neurons: %2 % of “%3”, %4 % on average")
                        .arg(pinned().layer + 1)
                        .arg(static_cast<double>(shares(pinned().query, 0)) * 100.0, 0, 'f', 1)
                        .arg(tokenLabels(trace).value(pinned().query))
                        .arg(static_cast<double>(shares.mean()) * 100.0, 0, 'f', 1));
}

} // namespace encoderscope
