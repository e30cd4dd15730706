// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/attention_page.h"

#include "ui/figures/catalogue/attention_figures.h"
#include "ui/figures/catalogue/head_table.h"
#include "ui/pages/fitting_tabs.h"
#include "ui/pages/head_table_view.h"
#include "ui/pages/page_controls.h"
#include "ui/state/chosen_heads.h"
#include "ui/text_height.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int most_summarized_tokens = 512;

const QString severalView = QStringLiteral("several-heads");
const QString attentionView = QStringLiteral("attention");
const QString quantityName = QStringLiteral("quantity");
const QString headsName = QStringLiteral("heads");
const QString logName = QStringLiteral("log");

} // namespace

AttentionPage::AttentionPage(Session &session, QWidget *parent)
    : Page(session, parent)
    , quantityLabel_(new QLabel(this))
    , headsLabel_(new QLabel(this))
    , summary_(new QLabel(this))
    , quantity_(new QComboBox(this))
    , heads_(new QComboBox(this))
    , logarithmic_(new QCheckBox(this))
    , tabs_(new FittingTabs(this))
    , table_(new HeadTableView(this))
    , statisticsJob_([this](const Result<Measured> &measured) {
        if (measured) {
            table_->setStatistics(measured->heads, measured->trace->heads());
            showPinnedHead();
        } else {
            describe(measured.problem());
        }
    })
{
    quantityLabel_->setBuddy(quantity_);
    headsLabel_->setBuddy(heads_);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{quantityLabel_, quantity_, headsLabel_, heads_, logarithmic_})
        controls()->addWidget(widget);
    controls()->addStretch();

    heatmap_ = addFigure(attentionView, Axis::query, Axis::key);
    heatmap_->setContext(LinkedView::Context::head);
    lines_ = addFigure(QStringLiteral("lines"), Axis::query, Axis::key);
    lines_->setContext(LinkedView::Context::head);
    lines_->setOwnChoices([this] {
        return Parameters{{QStringLiteral("all"), chosenIndex(attentionView, headsName) > 0}};
    });
    grid_ = addFigure(QStringLiteral("heads"), Axis::query, Axis::key);
    rollout_ = addFigure(QStringLiteral("rollout"), Axis::query, Axis::key);
    addTable(table_, QStringLiteral("head-statistics"));

    auto *single = new QWidget;
    auto *column = new QVBoxLayout(single);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(heatmap_, 1);
    column->addWidget(summary_);
    summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    summary_->setWordWrap(true); // two lines, for narrow windows
    summary_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    summary_->setFixedHeight(textHeight(*summary_, 2));
    summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);

    for (QWidget *tab : std::initializer_list<QWidget *>{single, lines_, grid_, severalHeadsTab(),
                                                         alikeHeadsTab(), rollout_, table_})
        tabs_->addTab(tab, QString());
    setBody(tabs_);
    retranslate();

    bindChoice(*quantity_, session, attentionView, quantityName);
    bindChoice(*heads_, session, attentionView, headsName);
    bindSwitch(*logarithmic_, session, attentionView, logName);
    bindTabs(*tabs_, session, QStringLiteral("attention-page"), QStringLiteral("tab"));
    // After the click has pinned the head, it is opened.
    connect(grid_, &FigureView::clicked, this, [this](const Hit &hit, Qt::KeyboardModifiers modifiers) {
        if (!modifiers.testFlag(Qt::ControlModifier))
            tabs_->setCurrentIndex(heatmapTab);
        else if (const int heads = shown() ? shown().trace().heads() : 0; heads > 0 && hit.panel >= 0)
            chooseHead(hit.panel / heads, hit.panel % heads);
    });
    connect(table_, &HeadTableView::headChosen, this, [this](int layer, int head) {
        if (QGuiApplication::keyboardModifiers().testFlag(Qt::ControlModifier))
            chooseHead(layer, head);
        selection().pinHead(layer, head);
    });
    connect(table_, &QAbstractItemView::doubleClicked, this, [this] { tabs_->setCurrentIndex(heatmapTab); });
}

QWidget *AttentionPage::severalHeadsTab()
{
    chosenLabel_ = new QLabel;
    chosen_ = new QLineEdit;
    chosen_->setObjectName(QStringLiteral("chosen-heads"));
    chosenLabel_->setBuddy(chosen_);
    together_ = new QComboBox;
    onlyPinned_ = new QPushButton;
    several_ = addFigure(severalView, Axis::query, Axis::key);
    auto *choices = new WrappingRow;
    choices->addWidget(chosenLabel_);
    choices->addWidget(chosen_);
    choices->addWidget(together_);
    choices->addWidget(onlyPinned_);
    auto *tab = new QWidget;
    auto *layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(choices);
    layout->addWidget(several_, 1);
    bindChoice(*together_, session(), severalView, QStringLiteral("as"));
    const auto choose = [this](const QString &heads) {
        session().edit(withHeadsChosen(session().state(), heads), QString());
    };
    connect(chosen_, &QLineEdit::textEdited, this, choose);
    connect(onlyPinned_, &QPushButton::clicked, this, [choose] { choose(QString()); });
    const auto showChosen = [this] {
        const QString heads = chosenHeadsOf(session().state());
        if (chosen_->text() != heads)
            chosen_->setText(heads);
    };
    connect(&session(), &Session::stateChanged, chosen_, showChosen);
    showChosen();
    return tab;
}

QWidget *AttentionPage::alikeHeadsTab()
{
    alike_ = addFigure(QStringLiteral("like-heads"), Axis::none, Axis::none);
    headMap_ = addFigure(QStringLiteral("head-map"), Axis::none, Axis::none);
    const auto headsOf = [this](const Hit &hit) {
        return hit.ofReference ? shown().before->heads() : shown().trace().heads();
    };
    connect(alike_, &FigureView::clicked, this,
            [this, headsOf](const Hit &hit, Qt::KeyboardModifiers modifiers) {
                if (!shown() || hit.column < 0)
                    return;
                const int heads = headsOf(hit);
                if (modifiers.testFlag(Qt::ControlModifier))
                    chooseHead(hit.column / heads, hit.column % heads);
                else
                    selection().pinHead(hit.column / heads, hit.column % heads);
            });
    connect(headMap_, &FigureView::clicked, this, [this](const Hit &hit, Qt::KeyboardModifiers modifiers) {
        if (hit.panel < 0 || hit.row < 0)
            return;
        if (modifiers.testFlag(Qt::ControlModifier))
            chooseHead(hit.panel, hit.row);
        else
            selection().pinHead(hit.panel, hit.row);
    });
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(headMap_);
    splitter->addWidget(alike_);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({360, 240});
    return splitter;
}

void AttentionPage::chooseHead(int layer, int head)
{
    session().edit(withHeadChosen(session().state(), {layer, head}), QString());
    describe(tr("Chosen heads: %1").arg(chosenHeadsOf(session().state())));
}

void AttentionPage::fitFont()
{
    summary_->setFixedHeight(textHeight(*this, 2));
}

QString AttentionPage::title()
{
    return tr("Attention");
}

void AttentionPage::retranslate()
{
    quantityLabel_->setText(tr("Show:"));
    setTexts(*quantity_, {tr("weights"), tr("scaled scores"), tr("raw scores"), tr("content to position"),
                          tr("position to content"), tr("position bias")});
    headsLabel_->setText(tr("Heads:"));
    setTexts(*heads_, {tr("the pinned one"), tr("mean of all"), tr("maximum of all")});
    logarithmic_->setText(tr("Logarithmic"));
    tabs_->setTabText(heatmapTab, tr("Heatmap"));
    tabs_->setTabText(linesTab, tr("Lines"));
    tabs_->setTabText(gridTab, tr("All heads"));
    tabs_->setTabText(severalTab, tr("Several"));
    tabs_->setTabToolTip(severalTab, tr("Several heads side by side, or together"));
    tabs_->setTabText(alikeTab, tr("Alike"));
    tabs_->setTabToolTip(alikeTab, tr("Which heads weight the tokens alike"));
    chosenLabel_->setText(tr("Heads:"));
    chosen_->setPlaceholderText(tr("Ctrl+click heads in the map, or type: 1.2 3.4"));
    chosen_->setAccessibleName(tr("Chosen heads"));
    together_->setAccessibleName(tr("How the heads are put together"));
    setTexts(*together_, {tr("side by side"), tr("mean"), tr("maximum"), tr("first − others")});
    onlyPinned_->setText(tr("Only the pinned one"));
    tabs_->setTabText(rolloutTab, tr("Rollout"));
    tabs_->setTabText(tableTab, tr("Head statistics"));
    table_->setAccessibleName(tr("Head statistics"));
    table_->retranslate();
}

void AttentionPage::refresh()
{
    const Trace &trace = shown().trace();
    grid_->setPanelsAreHeads(trace.heads());
    QList<bool> offered;
    for (const AttentionQuantity quantity :
         {AttentionQuantity::contentToPosition, AttentionQuantity::positionToContent,
          AttentionQuantity::positionBias})
        offered.append(hasQuantity(trace.config(), quantity));
    offerFrom(*quantity_, static_cast<int>(AttentionQuantity::contentToPosition), offered);
    logarithmic_->setEnabled(chosenIndex(attentionView, quantityName) == 0);
    switch (tabs_->currentIndex()) {
    case heatmapTab:
        // Of long inputs it takes too long for every key that is typed; the table of heads has it.
        summary_->setText(trace.tokens() <= most_summarized_tokens &&
                                  trace.has(TracePart::weights, pinned().layer)
                              ? headSummary(head_statistics(trace, pinned().layer, pinned().head))
                              : QString());
        break;
    case tableTab:
        askForStatistics();
        showPinnedHead();
        break;
    default:
        break;
    }
}

void AttentionPage::askForStatistics()
{
    const TracePtr trace = shown().comparison == Comparison::before ? shown().before : shown().now;
    if (trace == statisticsAsked_)
        return;
    statisticsAsked_ = trace;
    if (!trace->has(TracePart::weights)) {
        table_->setStatistics({}, trace->heads());
        return;
    }
    statisticsJob_.ask([trace](const JobControl &control) {
        return Measured{trace, head_statistics(*trace, control.stop())};
    });
}

void AttentionPage::showPinnedHead()
{
    table_->showHead(pinned().layer, pinned().head);
}

} // namespace encoderscope
