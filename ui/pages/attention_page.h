// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"
#include "ui/jobs/job.h"
#include "ui/pages/page.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;

namespace encoderscope
{

class HeadTableView;

/// Which token looks at which: one head large, as lines, all heads, rollout over the layers, statistics of
/// heads.
class AttentionPage : public Page
{
    Q_OBJECT

public:
    explicit AttentionPage(Session &session, QWidget *parent = nullptr);

    static QString title();

protected:
    void refresh() override;
    void retranslate() override;
    void fitFont() override;

private:
    enum Tab { heatmapTab, linesTab, gridTab, severalTab, alikeTab, rolloutTab, tableTab };

    QWidget *severalHeadsTab();
    QWidget *alikeHeadsTab();
    void chooseHead(int layer, int head);

    /// The table of the run, and of the reference where both are to be seen.
    QWidget *tableTabOf();
    void askForStatistics();
    void showStatistics();
    void showPinnedHead();

    /// What the tables are of.
    struct Asked {
        TracePtr now, reference; ///< the second may be null
        bool operator==(const Asked &) const = default;
    };
    struct Measured {
        std::vector<HeadStatistics> now, reference;
    };

    QLabel *quantityLabel_, *headsLabel_, *summary_;
    QComboBox *quantity_, *heads_;
    QCheckBox *logarithmic_;
    QTabWidget *tabs_;
    CatalogueView *heatmap_, *lines_, *grid_, *rollout_;
    CatalogueView *several_ = nullptr, *alike_ = nullptr, *headMap_ = nullptr;
    QLabel *chosenLabel_ = nullptr;
    QLineEdit *chosen_ = nullptr;
    QComboBox *together_ = nullptr;
    QPushButton *onlyPinned_ = nullptr;
    HeadTableView *table_, *referenceTable_;
    QLabel *tableName_, *referenceTableName_;

    Asked statisticsAsked_;
    Measured measured_;
    Job<Measured> statisticsJob_;
};

} // namespace encoderscope
