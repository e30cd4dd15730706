// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"
#include "ui/jobs/job.h"
#include "ui/pages/page.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QTabWidget;
class QTableView;

namespace encoderscope
{

class HeadTableModel;
struct AttentionView;

/// Which token looks at which: one head large, as lines, all heads, rollout over the layers, figures of
/// heads.
class AttentionPage : public Page
{
    Q_OBJECT

public:
    explicit AttentionPage(Session &session, QWidget *parent = nullptr);

    QString title() const override;

protected:
    void refresh() override;
    void retranslate() override;

private:
    enum Tab { heatmapTab, linesTab, gridTab, rolloutTab, tableTab };

    AttentionView view() const;
    /// Every head; of a long input the newest figure that is there while the next is made.
    FigurePtr makeGrid();
    void askForRollout();
    void askForStatistics();
    void showPinnedHead();

    /// What a figure that takes long is asked for.
    struct Question {
        TracePtr now, before;
        Comparison comparison = Comparison::now;
        bool hideSpecial = false;
        int layer = -1;

        ComparedTrace compared() const { return {now, before, comparison}; }
        bool operator==(const Question &) const = default;
    };
    Question question(int layer = -1) const;

    struct Rolled {
        Question question;
        Matrix rollout;
    };
    struct Measured {
        TracePtr trace;
        std::vector<HeadStatistics> heads;
    };

    QLabel *quantityLabel_, *headsLabel_, *summary_;
    QComboBox *quantity_, *heads_;
    QCheckBox *logarithmic_;
    QTabWidget *tabs_;
    LinkedView *heatmap_, *lines_, *grid_, *rollout_;
    HeadTableModel *model_;
    QSortFilterProxyModel *sorted_;
    QTableView *table_;

    FigurePtr drawn_;
    Rolled rolled_;
    Question gridAsked_, rolloutAsked_;
    TracePtr statisticsAsked_;
    Job<FigurePtr> gridJob_;
    Job<Rolled> rolloutJob_;
    Job<Measured> statisticsJob_;
};

} // namespace encoderscope
