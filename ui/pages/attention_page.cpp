// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/attention_page.h"

#include "ui/figures/catalogue/attention_figures.h"
#include "ui/figures/catalogue/catalogue.h"
#include "ui/figures/catalogue/head_table.h"
#include "ui/figures/catalogue/run_difference.h"
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
#include <utility>

namespace encoderscope
{

namespace
{

constexpr int most_summarized_tokens = 512;

const QString severalView = QStringLiteral("several-heads");
const QString pageView = QStringLiteral("attention-page");
const QString tabName = QStringLiteral("tab");
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
    , referenceTable_(new HeadTableView(this))
    , tableName_(new QLabel(this))
    , referenceTableName_(new QLabel(this))
    , statisticsJob_([this](const Result<Measured> &measured) {
        if (measured) {
            measured_ = *measured;
            showStatistics();
        } else {
            measured_ = {};
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
                                                         alikeHeadsTab(), rollout_, tableTabOf()})
        tabs_->addTab(tab, QString());
    setBody(tabs_);
    retranslate();

    bindChoice(*quantity_, session, attentionView, quantityName);
    bindChoice(*heads_, session, attentionView, headsName);
    bindSwitch(*logarithmic_, session, attentionView, logName);
    bindTabs(*tabs_, session, pageView, tabName);
    // After the click has pinned the head, it is opened.
    connect(grid_, &FigureView::clicked, this, [this](const Hit &hit, Qt::KeyboardModifiers modifiers) {
        if (!modifiers.testFlag(Qt::ControlModifier))
            tabs_->setCurrentIndex(heatmapTab);
        else if (const int heads = shown() ? shown().trace().heads() : 0; heads > 0 && hit.panel >= 0)
            chooseHead(hit.panel / heads, hit.panel % heads);
    });
    for (HeadTableView *table : {table_, referenceTable_}) {
        connect(table, &HeadTableView::headChosen, this, [this](int layer, int head) {
            if (layer >= shown().now->layers() || head >= shown().now->heads())
                return; // of a larger model
            if (QGuiApplication::keyboardModifiers().testFlag(Qt::ControlModifier))
                chooseHead(layer, head);
            selection().pinHead(layer, head);
        });
        connect(table, &QAbstractItemView::doubleClicked, this,
                [this] { tabs_->setCurrentIndex(heatmapTab); });
    }
}

QWidget *AttentionPage::tableTabOf()
{
    auto *tab = new QWidget;
    auto *column = new QVBoxLayout(tab);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    const std::pair<QLabel *, HeadTableView *> parts[] = {{tableName_, table_},
                                                          {referenceTableName_, referenceTable_}};
    for (const auto &[name, table] : parts) {
        name->setTextFormat(Qt::PlainText);
        name->setWordWrap(true);
        name->setMargin(4);
        column->addWidget(name);
        column->addWidget(table, 1);
        name->hide();
    }
    referenceTable_->hide();
    referenceTable_->setObjectName(QStringLiteral("reference-heads"));
    tableName_->setObjectName(QStringLiteral("heads-of"));
    return tab;
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
    for (HeadTableView *table : {table_, referenceTable_}) {
        table->setAccessibleName(tr("Head statistics"));
        table->retranslate();
    }
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
    switch (chosenIndex(pageView, tabName)) { // the tabs follow the frame later
    case heatmapTab:
        // Of long inputs it takes too long for every key that is typed; the table of heads has it.
        summary_->setText(trace.tokens() <= most_summarized_tokens &&
                                  trace.has(TracePart::weights, pinned().layer)
                              ? headSummary(head_statistics(trace, pinned().layer, pinned().head))
                              : QString());
        if (shown().before != shown().now && !summary_->text().isEmpty() &&
            shown().comparison != Comparison::now && shown().comparison != Comparison::before)
            summary_->setText(tr("now: %1").arg(summary_->text()));
        break;
    case tableTab:
        askForStatistics();
        break;
    default:
        break;
    }
}

void AttentionPage::askForStatistics()
{
    const ComparedTrace &compared = shown();
    const bool both = compared.difference() || compared.comparison == Comparison::sideBySide;
    const Asked asked{compared.comparison == Comparison::before ? compared.before : compared.now,
                      both ? compared.before : nullptr};
    if (asked == statisticsAsked_) {
        showStatistics();
        return;
    }
    statisticsAsked_ = asked;
    statisticsJob_.ask([asked](const JobControl &control) {
        const auto measure = [&control](const TracePtr &trace) {
            return trace && trace->has(TracePart::weights) ? head_statistics(*trace, control.stop())
                                                           : std::vector<HeadStatistics>();
        };
        return Measured{measure(asked.now), measure(asked.reference)};
    });
}

void AttentionPage::showStatistics()
{
    const ComparedTrace &compared = shown();
    const auto &[now, reference] = statisticsAsked_;
    if (statisticsJob_.running() || !now)
        return; // they come
    const bool two = compared.comparison == Comparison::sideBySide && reference;
    const RunNames names = two ? runNames(frame()) : RunNames();
    tableName_->setText(two ? names.now : compared.difference() ? tr("now − reference") : QString());
    referenceTableName_->setText(names.reference);
    const bool apart =
        compared.difference() && reference &&
        (measured_.now.size() != measured_.reference.size() || now->heads() != reference->heads());
    if (apart) // the catalogue says why
        tableName_->setText(figureOf(*findFigureKind(QStringLiteral("head-statistics")), frame(), {}).reason);
    table_->setStatistics(apart ? std::vector<HeadStatistics>() : measured_.now, now->heads(),
                          compared.difference() && !apart ? measured_.reference
                                                          : std::vector<HeadStatistics>());
    if (two)
        referenceTable_->setStatistics(measured_.reference, reference->heads());
    tableName_->setVisible(!tableName_->text().isEmpty());
    referenceTableName_->setVisible(two);
    referenceTable_->setVisible(two);
    showPinnedHead();
}

void AttentionPage::showPinnedHead()
{
    for (HeadTableView *table : {table_, referenceTable_})
        table->showHead(pinned().layer, pinned().head);
}

} // namespace encoderscope
