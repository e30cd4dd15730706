// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/why_page.h"

#include "engine/particles.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/shared_scores.h"
#include "ui/pages/figure_deck.h"
#include "ui/pages/fitting_tabs.h"
#include "ui/pages/page_controls.h"
#include "ui/pages/steering_panel.h"
#include "ui/pages/target_bar.h"
#include "ui/state/switch_edits.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace encoderscope
{

namespace
{

const QString whyView = QStringLiteral("why-page");
const QString methodName = QStringLiteral("method");
const QString baselineName = QStringLiteral("baseline");
const QString stepsName = QStringLiteral("steps");
const QString blockName = QStringLiteral("block");
const QString readingName = QStringLiteral("reading");
const QString scaledName = QStringLiteral("scaled");

QSplitter *splitter(Qt::Orientation orientation, std::initializer_list<QWidget *> widgets)
{
    auto *made = new QSplitter(orientation);
    QList<int> sizes;
    for (QWidget *widget : widgets) {
        made->addWidget(widget);
        sizes.append(orientation == Qt::Vertical && sizes.isEmpty() ? 360 : 300);
    }
    made->setChildrenCollapsible(false);
    made->setSizes(sizes);
    return made;
}

} // namespace

WhyPage::WhyPage(Session &session, QWidget *parent)
    : Page(session, parent)
    , target_(new TargetBar(session, this))
    , steering_(new SteeringPanel(session))
    , tabs_(new FittingTabs(this))
    , parts_(new FittingTabs(this))
    , methodLabel_(new QLabel(this))
    , baselineLabel_(new QLabel(this))
    , stepsLabel_(new QLabel(this))
    , headsHint_(new QLabel(this))
    , blockLabel_(new QLabel(this))
    , patchingHint_(new QLabel(this))
    , pairsBaselineLabel_(new QLabel(this))
    , pairsStepsLabel_(new QLabel(this))
    , readingLabel_(new QLabel(this))
    , method_(new QComboBox(this))
    , baseline_(new QComboBox(this))
    , steps_(new QComboBox(this))
    , block_(new QComboBox(this))
    , pairsBaseline_(new QComboBox(this))
    , pairsSteps_(new QComboBox(this))
    , reading_(new QComboBox(this))
    , progress_(new QProgressBar(this))
    , stop_(new QToolButton(this))
{
    target_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    controls()->addWidget(target_);
    tabs_->addTab(tokensTab(), QString());
    tabs_->addTab(headsTab(), QString());
    tabs_->addTab(patchingTab(), QString());
    tabs_->addTab(similarityTab(), QString());
    tabs_->addTab(steeringTab(), QString());
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    progress_->setFixedWidth(90);
    stop_->setAutoRaise(true);
    stop_->setObjectName(QStringLiteral("stop"));
    for (QWidget *widget : std::initializer_list<QWidget *>{progress_, stop_}) {
        QSizePolicy policy = widget->sizePolicy();
        policy.setRetainSizeWhenHidden(true); // nothing moves
        widget->setSizePolicy(policy);
        addBelow(widget);
    }
    slow_.setSingleShot(true);
    slow_.setInterval(300);
    connect(&slow_, &QTimer::timeout, this, [this] {
        ranOut_ = true;
        showComputing();
    });
    setBody(tabs_);
    offerSwitches();
    retranslate();
    bindTabs(*tabs_, session, whyView, QStringLiteral("tab"));
    bindTabs(*parts_, session, whyView, QStringLiteral("part"));
    bindChoice(*method_, session, whyView, methodName);
    bindChoice(*baseline_, session, whyView, baselineName);
    bindChoice(*steps_, session, whyView, stepsName);
    bindChoice(*block_, session, whyView, blockName);
    bindChoice(*reading_, session, whyView, readingName);
    bindChoice(*pairsBaseline_, session, whyView, baselineName);
    bindChoice(*pairsSteps_, session, whyView, stepsName);
    connect(stop_, &QToolButton::clicked, this, [this] {
        for (CatalogueView *one : visibleViews()) {
            if (one->computing())
                one->stop();
            else if (one->stopped())
                one->again();
        }
    });
    connect(tabs_, &QTabWidget::currentChanged, this, &WhyPage::showComputing);
    connect(parts_, &QTabWidget::currentChanged, this, &WhyPage::showComputing);
    showComputing();
}

QWidget *WhyPage::tokensTab()
{
    methodLabel_->setBuddy(method_);
    baselineLabel_->setBuddy(baseline_);
    stepsLabel_->setBuddy(steps_);
    auto *choices = new WrappingRow;
    for (QWidget *widget : std::initializer_list<QWidget *>{methodLabel_, method_, baselineLabel_, baseline_,
                                                            stepsLabel_, steps_})
        choices->addWidget(widget);
    steps_->addItems(viewKind(whyView, stepsName).choices);

    methods_ = addFigure(QStringLiteral("why-methods"), Axis::none, Axis::query);
    scores_ = addFigure(QStringLiteral("why-scores"), Axis::none, Axis::query);
    curves_ = addFigure(QStringLiteral("why-curves"), Axis::none, Axis::none);
    const auto shared = std::make_shared<SharedScores>(); // each score is computed once
    for (CatalogueView *one : {methods_, scores_, curves_}) {
        one->setOwnChoices([this] {
            return Parameters{{methodName, chosen<QString>(whyView, methodName)},
                              {baselineName, chosen<QString>(whyView, baselineName)},
                              {stepsName, chosen<QString>(whyView, stepsName).toInt()}};
        });
        one->keep(shared);
        followComputing(one);
    }
    // A click on a method's row shows its bars and its proof.
    connect(methods_, &FigureView::clicked, this, [this](const Hit &hit) {
        const FigurePtr all = methods_->figure();
        const bool whole =
            all && all->heatmap() && all->heatmap()->rows == method_->count(); // some may be still under way
        if (whole && hit.row >= 0)
            this->session().setParameter(whyView, methodName, viewKind(whyView, methodName).choices[hit.row]);
    });
    auto *tab = new QWidget;
    auto *layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(choices);
    tokenFigures_ =
        new FigureDeck(splitter(Qt::Vertical, {methods_, splitter(Qt::Horizontal, {scores_, curves_})}));
    connect(tokenFigures_, &FigureDeck::partShown, this, &WhyPage::showComputing);
    layout->addWidget(tokenFigures_, 1);
    return tab;
}

QWidget *WhyPage::headsTab()
{
    heads_ = addFigure(QStringLiteral("sweep-heads"), Axis::layer, Axis::head, QStringLiteral("why-heads"));
    importance_ =
        addFigure(QStringLiteral("sweep-heads"), Axis::layer, Axis::head, QStringLiteral("why-importance"));
    importance_->setOwnChoices([] { return Parameters{{QStringLiteral("by"), QStringLiteral("gradient")}}; });
    sublayers_ = addFigure(QStringLiteral("sweep-sublayers"), Axis::layer, Axis::none);
    tokens_ = addFigure(QStringLiteral("sweep-tokens"), Axis::none, Axis::query);
    lens_ = addFigure(QStringLiteral("lens"), Axis::layer, Axis::query);
    lens_->setOwnChoices([this] { return Parameters{{readingName, chosen<QString>(whyView, readingName)}}; });
    readingLabel_->setBuddy(reading_);
    auto *readings = new QHBoxLayout;
    readings->addWidget(readingLabel_);
    readings->addWidget(reading_);
    readings->addStretch(1);
    for (CatalogueView *one : {heads_, importance_, sublayers_, tokens_, lens_})
        followComputing(one);
    for (QWidget *part : std::initializer_list<QWidget *>{splitter(Qt::Horizontal, {heads_, importance_}),
                                                          sublayers_, tokens_, column(readings, lens_)})
        parts_->addTab(part, QString());
    headsHint_->setWordWrap(true);
    auto *tab = new QWidget;
    auto *layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(parts_, 1);
    layout->addWidget(headsHint_);
    return tab;
}

QWidget *WhyPage::patchingTab()
{
    blockLabel_->setBuddy(block_);
    auto *choices = new WrappingRow;
    choices->addWidget(blockLabel_);
    choices->addWidget(block_);
    patch_ = addFigure(QStringLiteral("patch"), Axis::layer, Axis::query, QStringLiteral("why-patch"));
    patch_->setOwnChoices([this] { return Parameters{{blockName, chosen<QString>(whyView, blockName)}}; });
    patchHeads_ =
        addFigure(QStringLiteral("patch"), Axis::layer, Axis::head, QStringLiteral("why-patch-heads"));
    patchHeads_->setOwnChoices([] { return Parameters{{blockName, QStringLiteral("heads")}}; });
    for (CatalogueView *one : {patch_, patchHeads_})
        followComputing(one);
    patchingHint_->setWordWrap(true);
    auto *tab = new QWidget;
    auto *layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(choices);
    patchFigures_ = new FigureDeck(splitter(Qt::Vertical, {patch_, patchHeads_}));
    connect(patchFigures_, &FigureDeck::partShown, this, &WhyPage::showComputing);
    layout->addWidget(patchFigures_, 1);
    layout->addWidget(patchingHint_);
    return tab;
}

QWidget *WhyPage::similarityTab()
{
    pairsBaselineLabel_->setBuddy(pairsBaseline_);
    pairsStepsLabel_->setBuddy(pairsSteps_);
    pairsSteps_->addItems(viewKind(whyView, stepsName).choices);
    auto *choices = new WrappingRow;
    choices->addStretch();
    for (QWidget *widget :
         std::initializer_list<QWidget *>{pairsBaselineLabel_, pairsBaseline_, pairsStepsLabel_, pairsSteps_})
        choices->addWidget(widget);
    pairs_ = addFigure(QStringLiteral("similarity-pairs"), Axis::query, Axis::key);
    inputPairs_ = addFigure(QStringLiteral("input-pairs"), Axis::query, Axis::key);
    inputPairs_->setOwnChoices([this] {
        return Parameters{{baselineName, chosen<QString>(whyView, baselineName)},
                          {stepsName, chosen<QString>(whyView, stepsName).toInt()}};
    });
    for (CatalogueView *one : {pairs_, inputPairs_})
        followComputing(one);
    auto *tab = new QWidget;
    auto *layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(choices);
    layout->addWidget(splitter(Qt::Horizontal, {pairs_, inputPairs_}), 1);
    return tab;
}

QWidget *WhyPage::steeringTab()
{
    factors_ = addFigure(QStringLiteral("steering-curve"), Axis::none, Axis::none);
    factors_->setOwnChoices([this] {
        return Parameters{{scaledName, chosen<QString>(whyView, scaledName)},
                          {QStringLiteral("neuron"), std::max(0, pinned().neuron)}};
    });
    followComputing(factors_);
    return splitter(Qt::Vertical, {steering_, factors_});
}

void WhyPage::addSwitch(CatalogueView &figure, std::function<std::optional<Part>(const Hit &)> part)
{
    connect(&figure, &FigureView::menuOpened, this, [this, part](QMenu *menu, const Hit &hit) {
        if (const std::optional<Part> found = shown() ? part(hit) : std::nullopt)
            menu->addAction(found->text, this, found->toggle);
    });
    connect(&figure, &FigureView::doubleClicked, this, [this, part](const Hit &hit) {
        if (const std::optional<Part> found = shown() ? part(hit) : std::nullopt)
            found->toggle();
    });
}

WhyPage::Part WhyPage::headSwitch(int layer, int head)
{
    return {tr("Switch head %1 of layer %2").arg(head + 1).arg(layer + 1),
            [this, layer, head] { session().toggleHead(layer, head); }};
}

void WhyPage::offerSwitches()
{
    for (CatalogueView *figure : {heads_, importance_})
        addSwitch(*figure, [this](const Hit &hit) { return headSwitch(hit.row, hit.column); });
    addSwitch(*sublayers_, [this](const Hit &hit) -> std::optional<Part> {
        const int layer = hit.row;
        switch (hit.column) {
        case 0:
            return Part{tr("Switch the attention of layer %1").arg(layer + 1),
                        [this, layer] { session().toggleAttention(layer); }};
        case 1:
            return Part{tr("Switch the FFN of layer %1").arg(layer + 1),
                        [this, layer] { session().toggleFeedForward(layer); }};
        default:
            return Part{tr("Switch layer %1").arg(layer + 1),
                        [this, layer] { session().toggleLayer(layer); }};
        }
    });
    addSwitch(*factors_, [this](const Hit &hit) -> std::optional<Part> {
        const FigurePtr figure = factors_->figure();
        const auto *chart = figure ? std::get_if<ChartData>(&figure->content) : nullptr;
        if (!chart || hit.panel != 0 || hit.row < 0 || hit.row >= chart->series.front().points.size())
            return std::nullopt;
        const bool neuron = chosen<QString>(whyView, scaledName) == QStringLiteral("neuron");
        const auto factor = static_cast<float>(chart->series.front().points[hit.row].x());
        const ScaledPart part{neuron ? ScaledPart::Kind::neuron : ScaledPart::Kind::head, pinned().layer,
                              neuron ? std::max(0, pinned().neuron) : pinned().head, factor};
        const QString text = tr("Multiply by %1").arg(QLocale().toString(static_cast<double>(factor)));
        return Part{text, [this, part, text] {
                        session().setSwitches(withFactor(session().switches(), part, part.factor), text);
                    }};
    });
    addSwitch(*tokens_, [this](const Hit &hit) -> std::optional<Part> {
        const int tokens = shown().trace().tokens();
        if (hit.column == tokens)
            return Part{tr("Switch the positional encoding"), [this] { session().togglePositions(); }};
        if (hit.column < 0 || hit.column > tokens)
            return std::nullopt;
        return Part{withParticles(tr("Take token %1 out of attention, or put it back").arg(hit.column)),
                    [this, token = hit.column] { session().toggleMaskedToken(token); }};
    });
}

void WhyPage::followComputing(CatalogueView *figure)
{
    views_.append(figure);
    connect(figure, &CatalogueView::computingChanged, this, &WhyPage::showComputing);
}

QList<CatalogueView *> WhyPage::visibleViews() const
{
    QList<CatalogueView *> visible;
    for (CatalogueView *one : views_) {
        if (one->isVisible())
            visible.append(one);
    }
    return visible;
}

void WhyPage::showComputing()
{
    int computing = 0, stopped = 0;
    double done = 0.0;
    for (const CatalogueView *one : visibleViews()) {
        computing += one->computing() ? 1 : 0;
        stopped += one->stopped() ? 1 : 0;
        done += one->computing() ? one->done() : 0.0;
    }
    if (computing == 0) {
        slow_.stop();
        ranOut_ = false;
    } else if (!slow_.isActive() && !ranOut_) {
        slow_.start();
    }
    const bool slow = computing > 0 && ranOut_;
    progress_->setValue(computing > 0 ? static_cast<int>(done / computing * 1000.0) : 0);
    progress_->setVisible(slow);
    stop_->setVisible(slow || stopped > 0);
    stop_->setText(computing > 0 ? tr("Stop") : tr("Go on"));
}

QString WhyPage::title()
{
    return tr("Why?");
}

void WhyPage::retranslate()
{
    target_->retranslate();
    tabs_->setTabText(0, tr("Tokens"));
    tabs_->setTabText(1, tr("Heads and layers"));
    tabs_->setTabText(2, tr("Patching"));
    tabs_->setTabText(3, tr("Similarity"));
    tabs_->setTabText(4, tr("Steering"));
    steering_->retranslate();
    readingLabel_->setText(tr("Hidden states:"));
    setTexts(*reading_, {tr("as they are"), tr("through fitted maps")});
    reading_->setToolTip(tr("The head was trained for the last layer. A fitted map brings an earlier layer's "
                            "hidden states to where the head reads."));
    blockLabel_->setText(tr("Taken from the reference:"));
    setTexts(*block_, {tr("the hidden state"), tr("the attention's output"), tr("the FFN's output")});
    parts_->setTabText(0, tr("Heads"));
    parts_->setTabText(1, tr("Sublayers"));
    parts_->setTabText(2, tr("Tokens and positions"));
    parts_->setTabText(3, tr("Lens"));
    tokenFigures_->setTitles({tr("All methods"), tr("Scores"), tr("Proof")});
    patchFigures_->setTitles({tr("Tokens"), tr("Heads")});
    methodLabel_->setText(tr("Method:"));
    baselineLabel_->setText(tr("Baseline:"));
    stepsLabel_->setText(tr("Steps:"));
    QStringList methods;
    for (const NamedMethod &one : token_methods())
        methods.append(methodTitle(one.method));
    setTexts(*method_, methods);
    pairsBaselineLabel_->setText(tr("Baseline:"));
    pairsStepsLabel_->setText(tr("Steps:"));
    for (QComboBox *box : {baseline_, pairsBaseline_})
        setTexts(*box, {baselineTitle(Baseline::mask), baselineTitle(Baseline::zero),
                        baselineTitle(Baseline::average)});
    baseline_->setToolTip(tr("What a token is compared with or replaced by"));
    steps_->setToolTip(tr("Points on the way from the baseline to the text, of integrated gradients"));
    headsHint_->setText(
        tr("A click pins a head or layer, and the worked example shows it. A double-click switches "
           "it off for real, and another one on again."));
    progress_->setAccessibleName(tr("Progress of the explanation"));
}

void WhyPage::refresh()
{
    target_->refresh();
    steering_->refresh();
    const QString scale =
        tr("0: taking that part from it changes nothing, 1: it brings the whole difference back.");
    patchingHint_->setText(
        (frame().reference == ReferenceRun::other
             ? tr("The reference is the run that this one is compared with. %1 “dog ← cat”: dog is "
                  "given what cat has there.")
             : tr("The reference is the run with everything on. %1"))
            .arg(scale));
    showComputing();
}

} // namespace encoderscope
