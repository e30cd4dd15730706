// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace encoderscope
{

class FigureDeck;

/// What tells the positions apart: the curves, the formula with numbers, the table, and how alike positions
/// are.
class PositionsPage : public Page
{
    Q_OBJECT

public:
    explicit PositionsPage(Session &session, QWidget *parent = nullptr);

    static QString title();

protected:
    void refresh() override;
    void refreshHovered() override;
    void retranslate() override;
    void fitFont() override;

private:
    void showPairs();
    int positions() const;
    QList<int> pairs() const;
    Matrix table() const;
    /// The hovered position and dimension, else the pinned ones.
    int position() const;
    int dimension() const;
    /// What the formula says besides, of models that have such a bias, and of rotations that were slowed.
    QString biasSentence() const;
    QString slowedSentence() const;

    QLabel *pairsLabel_, *positionsLabel_, *kind_, *general_, *formula_;
    QLineEdit *pairs_;
    QComboBox *positions_;
    CatalogueView *curves_, *rotation_, *slopes_, *bias_, *heatmap_, *products_;
    FigureDeck *deck_;
    int hoveredPosition_ = -1; ///< here; there may be no token at it
};

} // namespace encoderscope
