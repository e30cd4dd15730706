// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/attention_page.h"

#include "ui/figures/catalogue/attention_figures.h"
#include "ui/figures/catalogue/head_table.h"
#include "ui/pages/page_controls.h"
#include "ui/text_height.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace encoderscope
{

namespace
{

constexpr int most_summarized_tokens = 512;

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
    , tabs_(new QTabWidget(this))
    , model_(new HeadTableModel(this))
    , sorted_(new QSortFilterProxyModel(this))
    , table_(new QTableView(this))
    , statisticsJob_([this](const Result<Measured> &measured) {
        if (measured) {
            model_->setStatistics(measured->heads, measured->trace->heads());
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
    controls()->addStretch(1);

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

    sorted_->setSourceModel(model_);
    sorted_->setSortRole(Qt::UserRole);
    table_->setModel(sorted_);
    table_->setSortingEnabled(true);
    table_->sortByColumn(HeadTableModel::layer, Qt::AscendingOrder);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(table_->fontMetrics().height() + 6);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    table_->horizontalHeader()->setSectionResizeMode(HeadTableModel::pattern, QHeaderView::ResizeToContents);
    table_->setAlternatingRowColors(true);

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

    tabs_->setDocumentMode(true);
    for (QWidget *tab : std::initializer_list<QWidget *>{single, lines_, grid_, rollout_, table_})
        tabs_->addTab(tab, QString());
    setBody(tabs_);
    retranslate();

    bindChoice(*quantity_, session, attentionView, quantityName);
    bindChoice(*heads_, session, attentionView, headsName);
    bindSwitch(*logarithmic_, session, attentionView, logName);
    bindTabs(*tabs_, session, QStringLiteral("attention-page"), QStringLiteral("tab"));
    // After the click has pinned the head, it is opened.
    connect(grid_, &FigureView::clicked, this, [this] { tabs_->setCurrentIndex(heatmapTab); });
    connect(table_, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
        const int row = sorted_->mapToSource(index).row();
        selection().pinHead(row / model_->headsInALayer(), row % model_->headsInALayer());
    });
    connect(table_, &QAbstractItemView::doubleClicked, this, [this] { tabs_->setCurrentIndex(heatmapTab); });
}

void AttentionPage::fitFont()
{
    table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    summary_->setFixedHeight(textHeight(*this, 2));
}

QString AttentionPage::title() const
{
    return tr("Attention");
}

void AttentionPage::retranslate()
{
    quantityLabel_->setText(tr("Show:"));
    setTexts(*quantity_, {tr("weights"), tr("scaled scores"), tr("raw scores"), tr("content to position"),
                          tr("position to content")});
    headsLabel_->setText(tr("Heads:"));
    setTexts(*heads_, {tr("the pinned one"), tr("mean of all"), tr("maximum of all")});
    logarithmic_->setText(tr("Logarithmic"));
    tabs_->setTabText(heatmapTab, tr("Heatmap"));
    tabs_->setTabText(linesTab, tr("Lines"));
    tabs_->setTabText(gridTab, tr("All heads"));
    tabs_->setTabText(rolloutTab, tr("Rollout"));
    tabs_->setTabText(tableTab, tr("Head statistics"));
    table_->setAccessibleName(tr("Head statistics"));
    model_->retranslate();
}

void AttentionPage::refresh()
{
    const Trace &trace = shown().trace();
    grid_->setPanelsAreHeads(trace.heads());
    const RelativeProducts &products = trace.config().relative_products;
    offerFrom(*quantity_, static_cast<int>(AttentionQuantity::contentToPosition),
              {products.content_to_position, products.position_to_content});
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
        model_->setStatistics({}, trace->heads());
        return;
    }
    statisticsJob_.ask([trace](const JobControl &control) {
        return Measured{trace, head_statistics(*trace, control.stop())};
    });
}

void AttentionPage::showPinnedHead()
{
    const int row = pinned().layer * model_->headsInALayer() + pinned().head;
    if (row < model_->rowCount())
        table_->selectRow(sorted_->mapFromSource(model_->index(row, 0)).row());
}

} // namespace encoderscope
