// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStringListModel;
class QTabWidget;

namespace encoderscope
{

class FigureDeck;
class SizeSlider;

/// What training has made: the matrices of the pinned layer and head, all of a layer in numbers, the words of
/// the embedding table, and what everything costs.
class WeightsPage : public Page
{
    Q_OBJECT

public:
    explicit WeightsPage(Session &session, QWidget *parent = nullptr);

    static QString title();

protected:
    void refresh() override;
    void retranslate() override;

private:
    void openBlock(int place);
    QWidget *matrixTab();
    QWidget *wordsTab();
    QWidget *costsTab();
    void showMatrix();
    void showWord();
    void showSizes();
    void listPieces();
    /// The word that was asked for, else the pinned token's piece.
    QString word() const;

    QTabWidget *tabs_;
    FigureDeck *deck_;
    QLabel *matrixLabel_ = nullptr, *place_ = nullptr;
    QComboBox *matrix_ = nullptr, *heads_ = nullptr;
    CatalogueView *heatmap_ = nullptr;
    CatalogueView *changes_ = nullptr;
    QLabel *wordLabel_ = nullptr;
    QLineEdit *word_ = nullptr;
    QStringListModel *pieces_ = nullptr; ///< of the vocabulary, for completion
    ModelPtr listed_;                    ///< whose pieces they are
    Job<QStringList> listing_;
    QList<SizeSlider *> sizes_; ///< in the order of the view's choices
    QPushButton *own_ = nullptr;
};

} // namespace encoderscope
